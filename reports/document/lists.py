"""What to do, what the law still asks, what to find out, what was left out."""

from django.utils.translation import gettext as _

from assessments.bank.types import Edition
from assessments.scoring.types import FindOut, LeftOut, MustFix, OpenDuty, ScoredResult, Todo
from assessments.wording import effort_of, gate_name, level_name
from reports.document.prose import prose
from reports.document.types import DutyPart, FindOutPart, FixPart, LawPart, LeftOutPart, PlanStep


def plan_steps(edition: Edition, outcome: ScoredResult) -> tuple[PlanStep, ...]:
    return tuple(_plan_step(edition, number, todo) for number, todo in enumerate(outcome.todo, start=1))


def _plan_step(edition: Edition, number: int, todo: Todo) -> PlanStep:
    question = todo.question
    effort = effort_of(edition, question.effort)
    return PlanStep(
        number=number,
        question=question.id,
        first_step=question.first_step,
        urgent=gate_name(edition, todo.gate) if todo.gate else "",
        why=todo.gate.reason if todo.gate else "",
        move=_("from level %(before)d to %(after)d") % {"before": todo.level, "after": todo.target},
        effort=effort.name,
        effort_says=effort.says.rstrip("."),
        who=edition.domain[question.domain].who_knows,
    )


def fix_parts(edition: Edition, outcome: ScoredResult) -> tuple[FixPart, ...]:
    return tuple(_fix_part(edition, item) for item in outcome.must_fix)


def _fix_part(edition: Edition, item: MustFix) -> FixPart:
    return FixPart(
        question=item.question.id,
        asks=item.question.text,
        kind=gate_name(edition, item.gate) if item.gate else _("Duty met in part"),
        why=item.gate.reason if item.gate else " ".join(dict.fromkeys(duty.says for duty in item.duties)),
        first_step=item.question.first_step,
    )


def law_parts(edition: Edition, outcome: ScoredResult) -> tuple[LawPart, ...]:
    """Every law that applies, also one with nothing open: that is worth saying."""
    return tuple(
        LawPart(
            anchor=f"law-{law.code}",
            name=law.name,
            says=law.says,
            note=law.note,
            duties=tuple(_duty_part(edition, duty) for duty in outcome.open_duties if duty.law.code == law.code),
        )
        for law in edition.laws
        if law.tag in outcome.run.tags
    )


def _duty_part(edition: Edition, item: OpenDuty) -> DutyPart:
    return DutyPart(
        says=item.duty.says,
        question=item.question.id,
        now=f"{item.level} {level_name(edition, item.level)}",
        needed=f"{item.duty.level} {level_name(edition, item.duty.level)}",
        citations="; ".join(citation.label for citation in item.citations),
        mark=_("to be checked") if item.provisional else "",
    )


def find_out_parts(edition: Edition, outcome: ScoredResult) -> tuple[FindOutPart, ...]:
    return tuple(_find_out_part(edition, item) for item in outcome.find_out)


def _find_out_part(edition: Edition, item: FindOut) -> FindOutPart:
    return FindOutPart(
        question=item.question.id,
        asks=item.question.text,
        who=item.who_knows,
        why=_("%(gate)s: it holds figures down until it is known.") % {"gate": gate_name(edition, item.gate)}
        if item.gate
        else "",
    )


def left_out_parts(outcome: ScoredResult) -> tuple[LeftOutPart, ...]:
    return tuple(_left_out_part(item) for item in outcome.left_out)


def _left_out_part(item: LeftOut) -> LeftOutPart:
    return LeftOutPart(question=item.question.id, asks=item.question.text, reason=prose(item.reason))
