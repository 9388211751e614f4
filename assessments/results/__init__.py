"""What is stored beside a result when an assessment is finished, and how it is read back.

The service that finishes an assessment writes with these functions; pages and reports read with them.
"""
