"""The sections of a report in Word, each a function from the document to what it adds to the body."""
