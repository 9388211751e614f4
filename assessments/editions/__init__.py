"""Editions of the bank between files, rows and the pure types, and upgrades of open assessments.

Whoever needs an `Edition` asks `stored`; `shipped` reads the files that come with Evenkeel.
"""
