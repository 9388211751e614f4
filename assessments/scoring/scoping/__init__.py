"""Which scope questions still matter, what a trade assumes at them, and which answers lead to a tag."""
