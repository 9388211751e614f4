"""Pure room: one result as a file that anybody can check and take elsewhere. See docs/signed-assessments.md.

The data of an assessment, its whole edition included, with the signature of the installation that made its report.
"""
