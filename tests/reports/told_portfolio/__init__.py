"""The pure part of a portfolio: no Django, no server."""
