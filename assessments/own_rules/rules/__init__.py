"""The rules of our own bank that concern this software: `OWN_RULES` of `table`, in the order of the bank."""
