"""Framework libraries of CISO Assistant read as a draft edition. Enter through `library` and `draft`."""
