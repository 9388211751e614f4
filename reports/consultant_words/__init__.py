"""What a consultant writes for a client's report, and the snippets it is written from; a feature room
(docs/decisions/0027-the-consultants-words.md). `frozen` is what reports read of it.
"""
