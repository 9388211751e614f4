"""The plan, and the short sections of an owner's report: 90 days, laws in a table, what is open."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.wording.findings import DutyWords, LawWords
from assessments.wording.phrases import date_text
from assessments.wording.plan import LaterStepWords, PlanStepWords
from assessments.wording.result import ResultWords
from reports.document.prose import one_line
from reports.document.types import (
    LaterPlanEntry,
    LawTableRow,
    NinetyDays,
    OpenList,
    OpenPoint,
    PlanEntry,
    PlanPart,
    StepInDays,
    TakenOn,
)

MOST_NEXT = 6
"""Steps of days 31 to 90; the first steps of the plan are those of days 1 to 30."""

MOST_OPEN = 6
"""Of each list of open points; its heading has the count."""

MOST_DUTIES = 12
"""Of each law."""


def plan_part(words: ResultWords, taken: Mapping[str, TakenOn]) -> PlanPart:
    """The whole plan; `taken` as in `ninety_days`."""
    return PlanPart(
        first=tuple(PlanEntry(step, *_assigned(taken.get(step.question))) for step in words.first),
        later=tuple(LaterPlanEntry(step, *_assigned(taken.get(step.question))) for step in words.later),
    )


def ninety_days(words: ResultWords, taken: Mapping[str, TakenOn]) -> NinetyDays:
    """`taken` is who does a step and by when, by the id of its question."""
    left = len(words.later) - MOST_NEXT
    more = ngettext(
        "%(count)d more step comes after that: the plan has it.",
        "%(count)d more steps come after that: the plan has all of them.",
        left,
    )
    return NinetyDays(
        first=tuple(_in_full(step, taken.get(step.question)) for step in words.first),
        next=tuple(_in_short(step, taken.get(step.question)) for step in words.later[:MOST_NEXT]),
        more=more % {"count": left} if left > 0 else "",
    )


def _in_full(entry: PlanStepWords, taken: TakenOn | None) -> StepInDays:
    facts = " ".join(part for part in (f"{entry.step.facts}.", entry.promise, entry.law) if part)
    return StepInDays(entry.number, entry.step.text, entry.step.done, facts, entry.mark, *_assigned(taken))


def _in_short(entry: LaterStepWords, taken: TakenOn | None) -> StepInDays:
    return StepInDays(entry.number, entry.step, "", entry.work, entry.mark, *_assigned(taken))


def _assigned(taken: TakenOn | None) -> tuple[str, str]:
    if taken is None:
        return "", ""
    return one_line(taken.who), date_text(taken.due) if taken.due else ""


def duty_rows(words: ResultWords) -> tuple[LawTableRow, ...]:
    """For each law its open duties, or a sentence that none is open."""
    return tuple(row for law in words.laws for row in _of_law(law))


def _of_law(law: LawWords) -> Iterator[LawTableRow]:
    if not law.duties:
        yield LawTableRow(law.name, law.mark, law.nothing_open, "", "")
    for place, duty in enumerate(law.duties[:MOST_DUTIES]):
        yield LawTableRow("" if place else law.name, "" if place else law.mark, duty.says, _when(duty), duty.step)
    left = len(law.duties) - MOST_DUTIES
    if left > 0:
        more = ngettext("and %(count)d more open duty", "and %(count)d more open duties", left)
        yield LawTableRow("", "", more % {"count": left}, "", "")


def _when(duty: DutyWords) -> str:
    return " ".join(part for part in (duty.citations, duty.starts, duty.part, duty.unsettled) if part)


def open_lists(words: ResultWords) -> tuple[OpenList, ...]:
    """The kinds of finding, never mixed, each in the order of the page."""
    headings = words.headings
    given = (
        (headings.must_fix.title, [OpenPoint(each.question, each.asks, each.step) for each in words.must_fix]),
        (headings.on_the_day.title, [OpenPoint(each.question, each.asks, each.step) for each in words.on_the_day]),
        (headings.find_out.title, [OpenPoint(each.question, each.asks, each.who) for each in words.find_out]),
        (headings.not_looked_at.title, [OpenPoint(each.question, each.asks, each.who) for each in words.not_looked_at]),
        (headings.to_check.title, [OpenPoint(each.question, each.asks, each.settle) for each in words.to_check]),
    )
    return tuple(_cut(title, points) for title, points in given if points)


def _cut(title: str, points: list[OpenPoint]) -> OpenList:
    left = len(points) - MOST_OPEN
    more = ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left} if left > 0 else ""
    return OpenList(title, len(points), tuple(points[:MOST_OPEN]), more)


def limits(disclaimer: str, *, on_cover: bool, reviewed: bool) -> tuple[str, ...]:
    """What the figures cannot say. "Not legal advice" stands once: on the cover where there is one."""
    return tuple(_limits(() if on_cover else (disclaimer,), reviewed=reviewed))


def _limits(first: Iterable[str], *, reviewed: bool) -> Iterator[str]:
    yield from first
    if reviewed:
        yield _(
            "The figures rest on what was answered. A review reads the answers; it does not test what lies behind them."
        )
    else:
        yield _("The figures rest on what was answered; nobody has checked the answers.")
    yield _(
        "Someone else who answers the same "
        "questions for the same business may get different figures. Only runs of the same edition, depth and scope can "
        "be compared."
    )
