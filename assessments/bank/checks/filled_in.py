"""Rules for placeholders: only known ones, only where they are filled in."""

from collections.abc import Iterable, Iterator

from assessments.bank.checks.known import KnownNames
from assessments.bank.checks.scope import warning
from assessments.bank.checks.steps import law_is_certain, texts_of
from assessments.bank.errors import Problem
from assessments.bank.placeholders import AS_ADDRESS, IN_TEXT, OF_A_LAW, placeholders_in
from assessments.bank.reach import Demand
from assessments.bank.scope_types import Scope
from assessments.bank.steps import StepLink
from assessments.bank.types import Question


def check_placeholders(question: Question, known: KnownNames) -> Iterator[Problem]:
    """The steps themselves check for whom a law is certain."""
    place = f"questions {question.id}"
    for where, text in _never_filled_in(question):
        yield from _others(f"{place}, {where}", text, frozenset())
    for where, text in _filled_in(question):
        yield from _others(f"{place}, {where}", text, IN_TEXT)
    for where, link in _links(question):
        yield from _others(f"{place}, {where}", link.url, AS_ADDRESS)
        yield from _others(f"{place}, {where}", f"{link.label} {link.path}", frozenset())
    named = OF_A_LAW.intersection(placeholders_in(question.help))
    if named and not (question.applies_when.names() - known.tags or _certain(question, known)):
        for name in sorted(named):
            yield Problem(f"{place}, help", f"{{{name}}}: some businesses that read this have no law with an authority")


def check_scope_placeholders(scope: Scope) -> Iterator[Problem]:
    """What is out of view may name an authority."""
    for item in scope.out_of_view:
        yield from _others(f"out_of_view {item.id}", item.text, IN_TEXT)


def _certain(question: Question, known: KnownNames) -> bool:
    return law_is_certain(known, [Demand(question.applies_when)])


def _others(place: str, text: str, allowed: frozenset[str]) -> Iterator[Problem]:
    for name in placeholders_in(text):
        if name not in IN_TEXT | AS_ADDRESS:
            yield warning(place, f"{{{name}}} is not a placeholder: it is shown as a word")
        elif name not in allowed:
            yield Problem(place, f"{{{name}}} is not filled in here")


def _never_filled_in(question: Question) -> Iterator[tuple[str, str]]:
    yield from _numbered("levels, level", question.levels, 0)
    yield from _numbered("gates, entry", (gate.reason for gate in question.gates))
    yield from _numbered("duties, entry", (duty.says for duty in question.duties))
    yield from _numbered("evidence, entry", question.evidence)
    for name in ("text", "weight_reason", "not_applicable_hint", "first_step"):
        yield name, getattr(question, name)


def _filled_in(question: Question) -> Iterator[tuple[str, str]]:
    yield "help", question.help
    if question.find_out:
        yield "find_out", question.find_out.text
    for step in question.steps:
        yield from ((f"steps, to {step.to}, {name}", text) for name, text in texts_of(step))


def _links(question: Question) -> Iterator[tuple[str, StepLink]]:
    for step in question.steps:
        for links in (step.links, *(variant.links for variant in step.variants)):
            yield from ((f"steps, to {step.to}, links", link) for link in links)


def _numbered(name: str, texts: Iterable[str], start: int = 1) -> Iterator[tuple[str, str]]:
    return ((f"{name} {number}", text) for number, text in enumerate(texts, start))
