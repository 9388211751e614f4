"""Many clients' reports in one ZIP."""
