"""Differences between two editions, and applying some of them.

The bank editor and the edition upgrade enter through `editions` and `accept`.
"""
