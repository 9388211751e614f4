"""A report for programs: JSON, with a published schema."""
