"""Template tags and filters: charts, moments in time, and help texts in a little Markdown."""
