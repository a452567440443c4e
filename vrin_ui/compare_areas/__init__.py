"""The screen Compare areas: a funnel before any rank, and an area month by month beside its comparators."""
