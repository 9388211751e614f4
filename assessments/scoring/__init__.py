"""Scope, levels, gates, results and plan as pure functions of a bank edition and answers."""
