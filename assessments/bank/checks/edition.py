"""The rules that a well-formed edition must also keep before it may be published."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assessments.bank.checks.questions import KnownNames, check_question
from assessments.bank.checks.scope import check_scope, repeated, scope_is_sound
from assessments.bank.document.entry import in_words
from assessments.bank.document.question_entry import LEVELS
from assessments.bank.errors import Problem, Severity
from assessments.bank.laws import Verification
from assessments.bank.reach import reach_of
from assessments.bank.steps import Effort
from assessments.bank.types import Depth, Edition, GateKind, ScaleEntry

STANDARD = "standard"
FEWEST_IN_A_DOMAIN = 5


def check_edition(edition: Edition) -> tuple[Problem, ...]:
    """All problems of an edition; one with an error must not be published."""
    return tuple(_problems(edition))


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that keep an edition from being published."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def _problems(edition: Edition) -> Iterator[Problem]:
    yield from _frame(edition)
    yield from check_scope(edition)
    yield from _domains(edition)
    yield from _questions(edition)
    yield from _citations(edition)
    yield from _checklist(edition)


def _frame(edition: Edition) -> Iterator[Problem]:
    levels = tuple(str(level) for level in range(LEVELS))
    yield from _steps("scale", edition.scale, levels)
    yield from _steps("labels", edition.labels, levels)
    yield from _steps("effort", edition.efforts, tuple(Effort))
    yield from _steps("gate_kinds", edition.gate_kinds, tuple(GateKind))
    tags = {tag.id for tag in edition.scope.tags}
    laws = {law.code for law in edition.laws}
    yield from repeated("laws", (law.code for law in edition.laws))
    yield from repeated("pillars", (pillar.code for pillar in edition.pillars))
    for law in edition.laws:
        if law.tag not in tags:
            yield Problem(f"laws {law.code}, tag", f"{law.tag} is not a tag of this document")
    raised = edition.raised_target_when.names() if edition.raised_target_when else frozenset()
    for tag in sorted(raised - tags):
        yield Problem("raised_target_when", f"{tag} is not a tag of this document")
    for day in edition.dates:
        if day.law not in laws:
            yield Problem(f"dates {day.day}", f"{day.law} is not a law of this document")


def _steps(place: str, steps: Iterable[ScaleEntry], wanted: tuple[str, ...]) -> Iterator[Problem]:
    if tuple(step.code for step in steps) != wanted:
        yield Problem(place, f"expected the codes {', '.join(wanted)}, in this order")


def _domains(edition: Edition) -> Iterator[Problem]:
    pillars = {pillar.code for pillar in edition.pillars}
    sizes = Counter(question.domain for question in edition.questions)
    yield from repeated("domains", (domain.code for domain in edition.domains))
    for domain in edition.domains:
        place = f"domains {domain.code}"
        if domain.pillar not in pillars:
            yield Problem(f"{place}, pillar", f"{domain.pillar} is not a pillar of this document")
        if not sizes[domain.code]:
            yield Problem(place, "has no question")
        elif sizes[domain.code] < FEWEST_IN_A_DOMAIN:
            few = f"has fewer than {in_words(FEWEST_IN_A_DOMAIN)} questions: a single answer can change its label a lot"
            yield Problem(place, few, Severity.WARNING)


def _questions(edition: Edition) -> Iterator[Problem]:
    known = KnownNames.of(edition, reach_of(edition.scope) if scope_is_sound(edition.scope) else None)
    domains = {domain.code for domain in edition.domains}
    yield from repeated("questions", (question.id for question in edition.questions))
    texts = Counter(question.text for question in edition.questions)
    for question in edition.questions:
        if question.domain not in domains:
            yield Problem(f"questions {question.id}", f"{question.domain} is not a domain of this document")
        if texts[question.text] > 1:
            yield Problem(f"questions {question.id}, text", "another question has the same text")
        yield from check_question(question, known)


def _citations(edition: Edition) -> Iterator[Problem]:
    laws = {law.code for law in edition.laws} | {STANDARD}
    used = {citation.label for question in edition.questions for citation in question.citations}
    used |= {label for question in edition.questions for duty in question.duties for label in duty.citations}
    for label, citation in edition.citations.items():
        if citation.law not in laws:
            yield Problem(f"citations {label}, law", f"{citation.law} is neither a law of this document nor {STANDARD}")
        if citation.verification is Verification.MEMORY:
            unread = "cited from memory: look it up and record how it was checked"
            yield Problem(f"citations {label}, verification", unread, Severity.WARNING)
        if label not in used:
            yield Problem(f"citations {label}", "no question uses it", Severity.WARNING)


def _checklist(edition: Edition) -> Iterator[Problem]:
    covered: dict[str, set[Depth]] = {}
    for question in edition.questions:
        for item in question.checklist:
            covered.setdefault(item, set()).add(question.depth)
    for item in edition.checklist:
        depths = covered.get(item, set())
        if not depths:
            yield Problem(f"checklist {item}", "no question covers it")
        elif depths == {Depth.FULL}:
            yield Problem(f"checklist {item}", "only full questions cover it: add a quick or standard one")
