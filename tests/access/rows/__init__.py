"""Parts of the access table (tests/access/table.py), and what a row of it is."""
