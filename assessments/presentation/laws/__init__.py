"""What a business is told about laws: which apply, why, and what changes soon. And what bank editors look up again.

Pure, like all of `presentation`; pages of several rooms print it.
"""
