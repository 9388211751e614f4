"""The guards as of migration 0020: who gave an answer cannot agree with it.

They look at the answer as it is stored, so a review cannot claim otherwise. A later migration that changes the table of
answers or of reviews drops them first and creates them again at its end: SQLite makes such a table anew.
"""

from assessments.migrations._guards import Guard

OWN_ANSWER = "You gave this answer yourself. A colleague can review it."
_OWN = (
    "NEW.verdict = 'agrees' AND EXISTS (SELECT 1 FROM assessments_answer a WHERE a.assessment_id = NEW.assessment_id "
    "AND a.question = NEW.question AND a.version = NEW.answer_version AND a.saved_by_id = NEW.by_id)"
)
_SAME = " AND ".join(
    f"NEW.{column} = OLD.{column}" for column in ("verdict", "assessment_id", "question", "answer_version", "by_id")
)


def own_answer_guards(vendor: str) -> list[Guard]:
    table = "assessments_answerreview"
    return [
        Guard("guard_answerreview_own_insert", table, "INSERT", _OWN, OWN_ANSWER),
        Guard("guard_answerreview_own_update", table, "UPDATE", f"NOT ({_SAME}) AND {_OWN}", OWN_ANSWER),
    ]
