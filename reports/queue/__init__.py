"""The row as queue: who may work on it, and how workers learn of it."""
