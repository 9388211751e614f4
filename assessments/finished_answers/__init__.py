"""The answers of a finished assessment, to read. Only the table of URLs leads here."""
