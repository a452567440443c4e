"""The words: tables, code lists, feeds, definitions and weight editions, each declared once."""
