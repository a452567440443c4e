"""The map screen: what is drawn, how it is classed, and what stands beside it."""
