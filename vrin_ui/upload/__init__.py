"""The screen Upload: files on their way in, and the mapping of unfamiliar headings."""
