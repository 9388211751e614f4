"""The laws that apply to an organisation, and for bank editors what of the laws to look up again.

Only the table of URLs leads here. What it shows is made in `assessments/presentation/laws/`.
"""
