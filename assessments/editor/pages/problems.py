"""What still prevents publishing, each problem with a link to its place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from assessments.bank.checks.edition import check_edition
from assessments.bank.errors import Problem, Severity
from assessments.bank.types import Edition
from assessments.editor.pages.frame import FRAME_PAGES
from assessments.editor.pages.places import place_in_words
from assessments.models import EditionRow

# The section of a question's page in which a field of the document is edited.
SECTIONS = {
    "text": "wording",
    "help": "wording",
    "levels": "levels",
    "weight": "counting",
    "weight_reason": "counting",
    "gates": "gates",
    "duties": "duties",
    "applies_when": "scope",
    "not_applicable": "scope",
    "not_applicable_hint": "scope",
    "citations": "citations",
    "evidence": "evidence",
    "usual": "levels",
    "steps": "steps",
    "first_step": "steps",
    "find_out": "steps",
    "checklist": "checklist",
}

_STEP = re.compile(r"steps, to (\d)")


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """`url` is "" for what has no page, such as the scope: it is changed by importing a file."""

    place: str
    message: str
    url: str


@dataclass(frozen=True, slots=True)
class ProblemList:
    errors: tuple[ProblemLine, ...]
    warnings: tuple[ProblemLine, ...]


def problem_list(row: EditionRow, edition: Edition, problems: Iterable[Problem] | None = None) -> ProblemList:
    """Those of the edition, or the given ones."""
    found = list(check_edition(edition) if problems is None else problems)
    citations = dict(row.citations.values_list("label", "pk")) if found else {}
    lines = [(problem.severity, _line(row, edition, problem, citations)) for problem in found]
    return ProblemList(
        errors=tuple(line for severity, line in lines if severity is Severity.ERROR),
        warnings=tuple(line for severity, line in lines if severity is not Severity.ERROR),
    )


def problems_of_question(edition: Edition, code: str) -> list[Problem]:
    place = f"questions {code}"
    return [problem for problem in check_edition(edition) if _within(problem.place, place)]


def _line(row: EditionRow, edition: Edition, problem: Problem, citations: dict[str, int]) -> ProblemLine:
    return ProblemLine(
        place_in_words(problem.place) or problem.file, problem.message, _url(row, edition, problem.place, citations)
    )


def _url(row: EditionRow, edition: Edition, place: str, citations: dict[str, int]) -> str:
    """The page on which it is mended; empty where there is none."""
    kind, _, rest = place.partition(" ")
    name = rest.partition(",")[0]
    if kind == "questions" and name in edition.question:
        return reverse("bank_question", args=[row.code, name]) + f"#{_section(rest.partition(', ')[2])}"
    if place.partition(",")[0] == "quick_check":
        return reverse("bank_quick_check", args=[row.code])
    if kind == "dates":
        return reverse("bank_dates", args=[row.code])
    if kind == "citations":
        return _citation_url(row, place, citations)
    if kind in FRAME_PAGES:
        keys = FRAME_PAGES[kind].part.items(edition)
        return FRAME_PAGES[kind].url_of(row, name) if name in keys else ""
    of_kind = {"domains": ("bank_domain", edition.domain), "checklist": ("bank_item", edition.checklist)}
    page, known = of_kind.get(kind, ("", {}))
    return reverse(page, args=[row.code, name]) if name in known else ""


def _citation_url(row: EditionRow, place: str, citations: dict[str, int]) -> str:
    """A label may itself contain a comma: the longest that fits is meant."""
    labels = (label for label in citations if _within(place, f"citations {label}"))
    label = max(labels, key=len, default="")
    return reverse("bank_citation", args=[row.code, citations[label]]) if label else ""


def _section(field: str) -> str:
    """The id of the part of the page; each step has its own."""
    step = _STEP.match(field)
    return f"step-{step[1]}" if step else SECTIONS.get(field.partition(",")[0].partition(" ")[0], "wording")


def _within(place: str, whole: str) -> bool:
    return place == whole or place.startswith(f"{whole},")
