"""What only the database knows: SQL compiled once, and the roles that may run it."""
