"""A portfolio as words and tables: all that a format may see of it."""
