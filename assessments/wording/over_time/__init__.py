"""Words about what changes from one result to the next."""
