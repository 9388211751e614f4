"""The question bank, assessments, answers and results. Imports accounts, never reports.

Other apps enter through `access`, `queries`, the presentation package and the services.
"""
