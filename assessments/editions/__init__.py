"""Editions of the bank between files, rows and the pure types, and upgrades of open assessments.

To get an `Edition`, use `stored`; `shipped` reads the files that come with Evenkeel.
"""
