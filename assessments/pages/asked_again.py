"""Since the newest result: what was answered again and what it moved, and which questions are due."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment
from assessments.planning.asked_again import DueQuestion
from assessments.results.run_names import result_title
from assessments.scoring.plan import figures_before_after
from assessments.standing_answers import StandingFigure, figure_since
from assessments.wording import date_text, figure_change_text
from assessments.wording.over_time.asked_again import changes_text

SHOWN_AS_DUE = 3
"""In the box; its page shows all of them."""


@dataclass(frozen=True, slots=True)
class PillarSinceResult:
    name: str
    change: str


@dataclass(frozen=True, slots=True)
class SinceResult:
    """`result` names the result, `begins` the sentence about it; `says` is empty where nothing was answered again."""

    result: str
    result_url: str
    begins: str
    says: str
    pillars: tuple[PillarSinceResult, ...]


@dataclass(frozen=True, slots=True)
class DueLine:
    """`since` is when it was last answered, in words."""

    id: str
    text: str
    url: str
    since: str
    gate: bool


@dataclass(frozen=True, slots=True)
class AgainBox:
    """`due` are the first of `due_count` questions."""

    since: SinceResult
    due: tuple[DueLine, ...]
    due_count: int
    url: str


def again_box(basis: Assessment, day: date) -> AgainBox | None:
    """On the assessment behind the newest result; None where nothing was answered again and nothing is due."""
    figure = figure_since(basis)
    due = figure.due(day)
    if not due and not figure.again:
        return None
    url = reverse("answered_again", args=[basis.organisation_id])
    return AgainBox(since_result(figure), due_lines(figure.basis, due[:SHOWN_AS_DUE]), len(due), url)


def since_result(figure: StandingFigure) -> SinceResult:
    """Only pillars whose figure moved are named."""
    names = {pillar.code: pillar.name for pillar in figure.edition.pillars}
    moves = figures_before_after(figure.before.pillars, figure.after.pillars)
    return SinceResult(
        result=result_name(figure.basis),
        result_url=reverse("result", args=[figure.basis.pk]),
        begins=_since_text(figure.basis),
        says=changes_text(figure.changes) if figure.again else "",
        pillars=tuple(
            PillarSinceResult(names[move.code], figure_change_text(figure.edition, move.before, move.after))
            for move in moves
            if move.before != move.after
        ),
    )


def due_lines(basis: Assessment, due: tuple[DueQuestion, ...]) -> tuple[DueLine, ...]:
    """`basis` is the assessment behind the newest result."""
    return tuple(
        DueLine(
            id=each.question.id,
            text=each.question.text,
            url=reverse("question_again", args=[basis.organisation_id, each.question.id]),
            since=date_text(each.given_on),
            gate=each.gate is not None,
        )
        for each in due
    )


def _since_text(basis: Assessment) -> str:
    text = _("Since your interim result of %(day)s") if basis.interim else _("Since your result of %(day)s")
    return text % {"day": _day(basis)}


def result_name(assessment: Assessment) -> str:
    """By its day alone: whoever says this means the newest one."""
    return result_title(_day(assessment), interim=assessment.interim)


def _day(finished: Assessment) -> str:
    return date_text(timezone.localdate(finished.finished_at)) if finished.finished_at else ""
