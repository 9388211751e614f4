"""Middleware that knows no app of ours: health checks, headers, limits. Named only in the settings."""
