"""Looking ahead from a finished assessment: what ticked steps would change, and which answers matter.

Nothing is stored. Only the table of URLs leads here; what would change is found in `assessments/planning/`.
"""
