"""The quick check of somebody without an account, what becomes of it, and the links of consultancies to it.

Only the table of URLs leads here. What the check says is worked out in `assessments/presentation/quick_check/`.
"""
