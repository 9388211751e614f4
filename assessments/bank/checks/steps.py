"""Rules for the steps of a question: one from each level to the next, asking for nothing twice, fit to print."""

from collections.abc import Iterator, Sequence

from assessments.bank.checks.known import KnownNames, host_of
from assessments.bank.checks.scope import warning
from assessments.bank.checks.wording import words_of
from assessments.bank.conditions import ALWAYS, Clause, Condition
from assessments.bank.document.question_entry import TOP_LEVEL
from assessments.bank.document.step_entry import MAX_LINKS
from assessments.bank.errors import Problem
from assessments.bank.placeholders import AS_ADDRESS, OF_A_LAW, placeholders_in
from assessments.bank.reach import Demand
from assessments.bank.steps import Step, StepCost, StepLink
from assessments.bank.types import Question

# So many words in a row that a step shares with the level already reached are more than a coincidence.
SAME_WORDS = 4


def check_steps(question: Question, known: KnownNames) -> Iterator[Problem]:
    place = f"questions {question.id}, steps"
    if not question.steps:
        yield warning(place, "one first step only: say what leads from each level to the next")
        return
    wanted = tuple(range(1, TOP_LEVEL + 1))
    if tuple(step.to for step in question.steps) != wanted:
        yield Problem(place, f"expected steps to {', '.join(map(str, wanted))}, in this order")
        return
    for step in question.steps:
        where = f"{place}, to {step.to}"
        yield from _cost(step, where)
        yield from _links(step, where, known)
        yield from _said_before(question, step, where)
        yield from _variants(question, step, where, known)


def texts_of(step: Step) -> Iterator[tuple[str, str]]:
    """What a step says, each text with its place in the step."""
    yield "text", step.text
    yield "solo", step.solo
    yield "done_when", step.done_when
    yield "pays_for", step.pays_for
    for number, variant in enumerate(step.variants, 1):
        yield f"variants, entry {number}, text", variant.text
        yield f"variants, entry {number}, done_when", variant.done_when


def _cost(step: Step, place: str) -> Iterator[Problem]:
    if step.cost is StepCost.NONE and step.pays_for:
        yield warning(f"{place}, pays_for", "the step costs nothing: leave it out, or say how much it costs")
    if step.cost is not StepCost.NONE and not step.pays_for.strip():
        yield warning(f"{place}, pays_for", "say what the money is for")


def _links(step: Step, place: str, known: KnownNames) -> Iterator[Problem]:
    for links in (step.links, *(variant.links for variant in step.variants)):
        if len(links) > MAX_LINKS:
            yield Problem(f"{place}, links", f"expected at most {MAX_LINKS}, found {len(links)}")
        for link in links:
            yield from _link(link, f"{place}, links", known)


def _link(link: StepLink, place: str, known: KnownNames) -> Iterator[Problem]:
    if bool(link.url) == bool(link.path):
        yield Problem(place, f"{link.label}: expected either an address or a way through the settings")
    if not link.url or link.url in {f"{{{name}}}" for name in AS_ADDRESS}:
        return
    host = host_of(link.url)
    if not host:
        yield Problem(place, f"{link.url} is not a plain https address")
    elif host not in known.hosts:
        yield Problem(place, f"{host} is neither among the sites that links may lead to nor that of an authority")


def _said_before(question: Question, step: Step, place: str) -> Iterator[Problem]:
    """Words of the level already reached that the level to come does not have."""
    reached, coming = (_runs(words_of(level)) for level in question.levels[step.to - 1 : step.to + 1])
    asked = (step.text, step.solo, *(variant.text for variant in step.variants))
    for run in sorted({run for text in asked for run in _runs(words_of(text))} & (reached - coming)):
        yield warning(place, f'asks for what level {step.to - 1} says is done: "{" ".join(run)}"')


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + SAME_WORDS]) for at in range(len(words) - SAME_WORDS + 1)}


def _variants(question: Question, step: Step, place: str, known: KnownNames) -> Iterator[Problem]:
    """Some business reads each text; a text that names whoever watches over a law has only readers with such a law."""
    conditions = (question.applies_when, *(variant.when for variant in step.variants))
    if known.reach is None or any(condition.names() - known.tags for condition in conditions):
        return
    before = [Demand(question.applies_when)]
    for number, variant in enumerate(step.variants, 1):
        where = f"{place}, variants, entry {number}"
        readers = [*before, Demand(variant.when)]
        before.append(Demand(variant.when, holds=False))
        if not known.reach.possible(readers):
            yield Problem(where, "no business can ever read this")
            continue
        links = variant.links or step.links
        yield from _named(where, known, readers, (variant.text, variant.done_when or step.done_when), links)
    if known.reach.possible(before):
        yield from _named(place, known, before, (step.text, step.solo, step.done_when, step.pays_for), step.links)
    else:
        yield Problem(f"{place}, text", "no business can ever read this: a variant fits everyone")


def _named(
    place: str, known: KnownNames, readers: Sequence[Demand], texts: Sequence[str], links: Sequence[StepLink]
) -> Iterator[Problem]:
    names = {name for text in (*texts, *(link.url for link in links)) for name in placeholders_in(text)}
    for name in sorted(names & OF_A_LAW):
        if not law_is_certain(known, readers):
            yield Problem(place, f"{{{name}}}: some businesses that read this have no law with an authority")


def law_is_certain(known: KnownNames, readers: Sequence[Demand]) -> bool:
    """Whether a law with an authority applies to every business that meets the demands."""
    if known.reach is None:
        return True
    lawless = Condition((Clause(none=known.watched),)) if known.watched else ALWAYS
    return not known.reach.possible([*readers, Demand(lawless)])
