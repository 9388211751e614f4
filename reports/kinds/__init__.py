"""The kinds of report: for whom each is, which sections it has and what it may hold. Knows no rows and no format."""
