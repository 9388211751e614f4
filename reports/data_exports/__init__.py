"""Everything about a person or an organisation, in one file to take away."""
