"""The pages on which answers are given: a domain with its questions, conflicts, the check before finishing."""
