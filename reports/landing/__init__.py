"""The first page: what this is, what it costs, how long it takes, who runs it, and what comes out of it."""
