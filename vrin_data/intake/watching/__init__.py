"""The watched folder: what suppliers drop is taken in and moved, with a report beside it."""
