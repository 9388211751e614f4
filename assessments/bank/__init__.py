"""The question bank as plain values: types, document, checks. No Django, no clock, no I/O."""
