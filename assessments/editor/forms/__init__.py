"""Forms that make values of the bank."""
