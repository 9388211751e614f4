"""Values to output formats: charts as SVG, rich text as safe HTML, tables as CSV and XLSX.

For pages and reports alike; nothing here reads the database.
"""
