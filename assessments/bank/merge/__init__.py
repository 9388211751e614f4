"""A file that comes back, compared three ways: what it was exported from, the file, the draft now.

Enter through `three_way.compare_three_ways`.
"""
