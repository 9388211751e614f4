"""An edition as plain tables and back. Enter through `writer.write_sheets` and `reader.read_sheets`."""
