"""People's data in files: what an erased person leaves in them."""
