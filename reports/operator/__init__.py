"""Who runs this installation, and the pages that follow from it: privacy notice, terms for businesses, security.txt.

The operator fills one file (operator_file.py reads it); the rest comes from what the software itself stores and does.
"""
