"""PURE: a consultancy's clients told once, as values. No words, no rows, no clock."""
