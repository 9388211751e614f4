"""Reports in Word, to edit: real headings, lists and tables in named styles."""
