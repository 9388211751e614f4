"""A business that does not exist, with its result and its report: what the first page shows of a real one.

Nothing of it has a row. The figures come from the same functions as everybody's; a worker makes the file.
"""
