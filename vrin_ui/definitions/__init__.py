"""The screen Definitions: library, reading, comparing and the editor."""
