"""Scoring cases: facts, answers and a day in a file, scored and told without a database. Pure but for `__main__`.

`python -m assessments.scoring_case` is what `./run score` starts. docs/scoring-cases.md describes the file.
"""
