"""The files that a portfolio can be."""
