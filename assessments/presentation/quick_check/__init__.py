"""What a quick check says: counts, what is solid, gaps by name and three steps.

Eight answers carry no level, so none of these statements has one.
"""
