"""The command line: words in, one operation, words out."""
