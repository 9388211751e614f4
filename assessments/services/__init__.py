"""Writes: verb functions, keyword-only, no request. Each runs in one transaction."""
