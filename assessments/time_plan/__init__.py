"""What fits in a given time: the steps of a finished assessment that reach most in it.

Only the table of URLs leads here. Which steps these are is found in `assessments/planning/time_budget.py`.
"""
