"""The parts of the page Areas."""
