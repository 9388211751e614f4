"""Backups: one file with every row and every finished file, of one moment, that any supported database takes in again.

`making` writes it, `restoring` reads it. Rows are stored as values, not as a database's own dump, so that a backup of
SQLite goes into PostgreSQL, one of PostgreSQL into another major version, and one of an earlier Evenkeel into a later.
"""
