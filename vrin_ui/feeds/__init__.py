"""The screen Feeds: the ledger as a matrix, the detail of a cell, the forms beside it."""
