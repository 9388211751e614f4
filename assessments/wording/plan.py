"""The steps of the plan, and what the first of them change, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.presentation.plan import ChangeStatement, PlanStepStatement
from assessments.wording.figures import change_text
from assessments.wording.phrases import check_mark


@dataclass(frozen=True, slots=True)
class PlanStepWords:
    """`gate` names the kind of the closed gate behind the step and `reason` says why it matters; empty without one."""

    number: int
    question: str
    asks: str
    step: str
    change: str
    effort: str
    who: str
    gate: str
    reason: str
    mark: str


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One pillar: "Security", "Beginning 1.9 → Basics 2.4"."""

    name: str
    change: str


def plan_step_words(step: PlanStepStatement) -> PlanStepWords:
    return PlanStepWords(
        number=step.number,
        question=step.question.id,
        asks=step.question.text,
        step=step.step,
        change=_("From level %(before)d “%(from)s” to %(after)d “%(to)s”.")
        % {
            "before": step.before.level,
            "from": step.before.name,
            "after": step.after.level,
            "to": step.after.name,
        },
        effort=_("%(size)s effort: %(says)s") % {"size": step.effort.name, "says": step.effort.says},
        who=_("Who knows: %(who)s.") % {"who": step.who_knows},
        gate=step.gate.name if step.gate else "",
        reason=step.gate.reason if step.gate else "",
        mark=check_mark(step.provisional),
    )


def change_words(change: ChangeStatement) -> ChangeWords:
    return ChangeWords(change.name, change_text(change.before, change.after))
