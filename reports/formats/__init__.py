"""The file formats that a report can have."""
