"""Proposals for files that nobody prepared: which heading is which column, and which value which code."""
