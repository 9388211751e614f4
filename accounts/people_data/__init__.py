"""People's data is theirs: erasing a person, what is kept for how long, and what of it there is."""
