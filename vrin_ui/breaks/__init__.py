"""Breaks in series, re-basing and targets: their forms and tables."""
