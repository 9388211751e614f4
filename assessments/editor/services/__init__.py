"""Verbs that change a draft. Each locks it, keeps its history and is one transaction."""
