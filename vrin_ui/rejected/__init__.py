"""The screen Rejected rows: reading, sending back, correcting."""
