"""The screen Police and health: recorded violence beside what hospitals and ambulances saw of it."""
