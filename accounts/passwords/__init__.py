"""Which passwords are too easy to guess: common ones, well-known phrases, patterns, and words about the person."""
