"""Changes to a draft. Each locks it, records its history and is one transaction."""
