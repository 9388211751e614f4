"""Signing up: nothing that somebody set before an address was confirmed ever signs in as the owner of its mailbox."""
