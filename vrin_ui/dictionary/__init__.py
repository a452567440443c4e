"""The screen Data dictionary."""
