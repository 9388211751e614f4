"""What changes quick checks, the links to them and what was shared."""
