"""The screen Who, when, where: times, persons, places and weapons, with what is not recorded."""
