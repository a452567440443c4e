"""What stands out, on the Overview: the signals that the publish of the build found."""
