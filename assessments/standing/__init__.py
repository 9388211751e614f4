"""After a result stands: single questions answered again, what that changes, and an interim result made of it.

Only the table of URLs leads here. What is read is in `assessments/standing_answers.py`, and what is due in
`assessments/planning/asked_again.py`: other rooms ask those.
"""
