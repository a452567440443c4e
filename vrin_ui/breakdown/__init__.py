"""The screen Harm breakdown: totals, readings, costs, and the weights to review."""
