"""Middleware that knows no app of ours: health checks, headers, limits, refused methods. Named only in the settings."""
