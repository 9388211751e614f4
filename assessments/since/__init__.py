"""What has changed between two results of an organisation, and how its figures went over all of them.

Only the table of URLs leads here. What there is to say is told in `assessments/presentation/since/`.
"""
