"""What keeps a site in order: what its operator writes down, and figures about the site as a whole.

Only administrators see them; the pages are in `assessments/own_rules/`.
"""
