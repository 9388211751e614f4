"""Middleware that knows no app of ours: health checks, headers, upload limits. Named only in the settings."""
