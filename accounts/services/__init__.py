"""Changes to people and organisations. No request here; each function is one transaction."""
