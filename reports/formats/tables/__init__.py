"""A report as tables: each section becomes sheets, which a workbook holds and of which a CSV file is one."""
