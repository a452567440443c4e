"""The screen Trends: whether a figure is changing, told with the limits of what is usual."""
