"""Template filters: moments in time, and help texts with a few marks."""
