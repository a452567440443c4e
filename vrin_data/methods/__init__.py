"""The field's statistics as functions of numbers: each knows no store, no definition and no screen."""
