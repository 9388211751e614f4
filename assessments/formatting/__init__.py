"""Values to output formats: charts as SVG, rich text as safe HTML, tables as CSV and XLSX.

Pages and reports enter here; nothing here reads the database.
"""
