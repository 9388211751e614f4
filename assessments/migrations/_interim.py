"""The guards as of migration 0022: an interim result stays one, and standing answers are on top of a result."""

from assessments.migrations._guards import FINISHED, Guard

NOT_TURNED = "This assessment is finished; an interim result stays one."
NOT_A_RESULT = "A question is asked again only after a result."
NOT_MOVED = "A standing answer stays with its result."


def interim_guards(vendor: str) -> list[Guard]:
    standing = "assessments_standinganswer"
    turned = f"OLD.state = '{FINISHED.value}' AND NEW.interim <> OLD.interim"
    moved = "NEW.assessment_id <> OLD.assessment_id"
    return [
        Guard("guard_assessment_interim", "assessments_assessment", "UPDATE", turned, NOT_TURNED),
        Guard("guard_standinganswer_insert", standing, "INSERT", f"NOT ({FINISHED.of_run_in('NEW')})", NOT_A_RESULT),
        Guard("guard_standinganswer_update", standing, "UPDATE", moved, NOT_MOVED),
    ]
