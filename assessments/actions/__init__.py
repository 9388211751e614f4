"""The living plan of an organisation: who does which step by when, and what came of it.

Only the table of URLs leads here, and the tasks of the scheduler. What others need to read of it is in
`assessments/action_queries.py` and `assessments/results/newest_plan.py`.
"""
