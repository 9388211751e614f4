"""What somebody reads who may not do what they asked for: in words that fit, with what they typed.

Functions that find what is missing raise errors of this room; views and middleware show its pages.
"""
