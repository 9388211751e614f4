"""Differences between two editions, and taking some of them over.

The bank editor and the edition upgrade enter through `editions` and `accept`.
"""
