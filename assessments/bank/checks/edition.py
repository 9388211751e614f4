"""The rules that a well-formed edition must also keep before it may be published."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assessments.bank.checks.coverage import check_coverage
from assessments.bank.checks.english import check_english, is_english
from assessments.bank.checks.filled_in import check_scope_placeholders
from assessments.bank.checks.known import KnownNames
from assessments.bank.checks.laws import check_laws, unknown_tags
from assessments.bank.checks.presets import check_presets
from assessments.bank.checks.questions import check_question
from assessments.bank.checks.quick_check import check_quick_check
from assessments.bank.checks.scope import check_decided, check_scope, repeated, scope_is_sound, warning
from assessments.bank.document.entry import in_words
from assessments.bank.document.question_entry import LEVELS
from assessments.bank.errors import Problem, Severity
from assessments.bank.laws import Verification
from assessments.bank.reach import reach_of
from assessments.bank.references import STANDARD
from assessments.bank.steps import Effort
from assessments.bank.types import Edition, GateKind, ScaleEntry

FEWEST_IN_A_DOMAIN = 5


def check_edition(edition: Edition) -> tuple[Problem, ...]:
    """All problems of an edition; one with an error must not be published."""
    return tuple(_problems(edition))


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that keep an edition from being published."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def _problems(edition: Edition) -> Iterator[Problem]:
    reach = reach_of(edition.scope) if scope_is_sound(edition.scope) else None
    yield from _frame(edition)
    yield from check_laws(edition)
    yield from check_scope(edition, reach)
    yield from _domains(edition)
    yield from _questions(edition, KnownNames.of(edition, reach))
    yield from _citations(edition)
    yield from check_scope_placeholders(edition.scope)
    yield from check_presets(edition)
    yield from check_quick_check(edition)
    yield from check_coverage(edition, reach)
    yield from check_decided(reach)


def _frame(edition: Edition) -> Iterator[Problem]:
    levels = tuple(str(level) for level in range(LEVELS))
    yield from _scale("scale", edition.scale, levels)
    yield from _scale("labels", edition.labels, levels)
    yield from _scale("effort", edition.efforts, tuple(Effort))
    yield from _scale("gate_kinds", edition.gate_kinds, tuple(GateKind))
    yield from repeated("pillars", (pillar.code for pillar in edition.pillars))
    tags = {tag.id for tag in edition.scope.tags}
    if edition.raised_target_when:
        yield from unknown_tags("raised_target_when", edition.raised_target_when, tags)
    for question_id in edition.damage_first:
        question = edition.question.get(question_id)
        if question is None:
            yield Problem("damage_first", f"{question_id} is not a question of this document")
        elif not any(gate.kind is GateKind.HARM for gate in question.gates):
            yield Problem("damage_first", f"{question_id} has no gate about harm")
    for question_id in edition.readability_exceptions:
        if question_id not in edition.question:
            yield Problem("readability_exceptions", f"{question_id} is not a question of this document")


def _scale(place: str, entries: Iterable[ScaleEntry], wanted: tuple[str, ...]) -> Iterator[Problem]:
    if tuple(entry.code for entry in entries) != wanted:
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
            yield warning(place, few)


def _questions(edition: Edition, known: KnownNames) -> Iterator[Problem]:
    domains = {domain.code for domain in edition.domains}
    yield from repeated("questions", (question.id for question in edition.questions))
    texts = Counter(question.text for question in edition.questions)
    for question in edition.questions:
        if question.domain not in domains:
            yield Problem(f"questions {question.id}", f"{question.domain} is not a domain of this document")
        if texts[question.text] > 1:
            yield Problem(f"questions {question.id}, text", "another question has the same text")
        yield from check_question(question, known)
        if is_english(edition):
            yield from check_english(question, question.id in edition.readability_exceptions)


def _citations(edition: Edition) -> Iterator[Problem]:
    laws = {law.code for law in edition.laws} | {STANDARD}
    used = {citation.label for question in edition.questions for citation in question.citations}
    used |= {label for question in edition.questions for duty in question.duties for label in duty.citations}
    for label, citation in edition.citations.items():
        if citation.law not in laws:
            yield Problem(f"citations {label}, law", f"{citation.law} is neither a law of this document nor {STANDARD}")
        if citation.verification is Verification.MEMORY:
            unread = "cited from memory: look it up and record how it was checked"
            yield warning(f"citations {label}, verification", unread)
        if label not in used:
            yield warning(f"citations {label}", "no question uses it")
