"""Middleware that knows no app of ours: health checks, headers, upload limits. Named in the settings alone."""
