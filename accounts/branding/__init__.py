"""A consultancy's brand: which one a client sees, colour contrast, and logos made safe.

The brand pages, the page shell and the reports enter here.
"""
