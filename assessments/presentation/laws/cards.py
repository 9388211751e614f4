"""Each law in view as one business reads it, and what is out of view."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assessments.bank.laws import Authority, Law
from assessments.bank.scope_types import OutOfView, ScopeQuestion
from assessments.bank.types import Edition
from assessments.presentation.laws.sentences import said_sentences
from assessments.presentation.placeholders import COUNTRY, BusinessPlace, authority_of, fill_placeholders, law_values
from assessments.scoring.scope import ScopeFacts, ScopeFinding, TagFinding, TagState
from assessments.scoring.scoping.because import said_facts

BECAUSE, IF = "because ", "if "


@dataclass(frozen=True, slots=True)
class AskedByLaw:
    """What a law asks of the business; `from_day` is the day to come on which that begins, None where it has begun."""

    says: str
    from_day: date | None


@dataclass(frozen=True, slots=True)
class LawCard:
    """`reasons`: why the law applies, under which conditions it would, or why it does not. `said` are the answers that
    decide it, as sentences: none while it is to be checked. `asks` is what it asks of the business, or would ask.

    `settled_by` is the open scope question while the law is to be checked. `watched_by` is the name of the authority,
    neutral where it is unknown; `authority` is then None.
    """

    law: Law
    state: TagState
    reasons: tuple[str, ...]
    settled_by: ScopeQuestion | None
    says: str
    note: str
    watched_by: str
    authority: Authority | None
    said: tuple[str, ...] = ()
    asks: tuple[AskedByLaw, ...] = ()


@dataclass(frozen=True, slots=True)
class LawCards:
    """In the order of the edition. `local` is what the edition does not cover of the country or state itself,
    `out_of_view` everything else.
    """

    applies: tuple[LawCard, ...]
    may_apply: tuple[LawCard, ...]
    does_not_apply: tuple[LawCard, ...]
    out_of_view: tuple[str, ...]
    local: tuple[str, ...] = ()


def law_cards(edition: Edition, finding: ScopeFinding, place: BusinessPlace, facts: ScopeFacts) -> LawCards:
    """Every law of the edition by whether it applies, and what the edition does not cover."""
    found = {own.tag.id: own for own in finding.tags}
    cards = [_card(edition, law, found[law.tag], place, facts) for law in edition.laws if law.tag in found]
    values = law_values(edition, place)
    return LawCards(
        applies=_of_state(cards, TagState.ON),
        may_apply=_of_state(cards, TagState.TO_CHECK),
        does_not_apply=_of_state(cards, TagState.OFF),
        out_of_view=tuple(fill_placeholders(own.text, values) for own in finding.out_of_view if not _local(own, place)),
        local=tuple(fill_placeholders(own.text, values) for own in finding.out_of_view if _local(own, place)),
    )


def reasons_of(finding: TagFinding) -> tuple[str, ...]:
    """The reasons of a tag. While it is to be checked they are conditions: "if you ...", not "because you ..."."""
    if finding.state is not TagState.TO_CHECK:
        return finding.reasons
    return tuple(IF + own.removeprefix(BECAUSE) if own.startswith(BECAUSE) else own for own in finding.reasons)


def _local(item: OutOfView, place: BusinessPlace) -> bool:
    return bool(place.country) and f"{COUNTRY}.{place.country}" in item.when.names()


def _asked_by(edition: Edition, law: Law, place: BusinessPlace) -> Iterator[AskedByLaw]:
    for question in edition.questions:
        for duty in question.duties:
            if duty.law == law.code and question.applies_when.holds(place.tags) and duty.when.holds(place.tags):
                yield AskedByLaw(duty.says, duty.starts if duty.starts and duty.starts > place.day else None)


def _of_state(cards: list[LawCard], state: TagState) -> tuple[LawCard, ...]:
    return tuple(card for card in cards if card.state is state)


def _card(edition: Edition, law: Law, found: TagFinding, place: BusinessPlace, facts: ScopeFacts) -> LawCard:
    values = law_values(edition, place, law)
    return LawCard(
        law=law,
        state=found.state,
        reasons=reasons_of(found),
        settled_by=found.settled_by,
        says=fill_placeholders(law.says, values),
        note=fill_placeholders(law.note, values),
        watched_by=values["authority"] if law.authority else "",
        authority=authority_of(edition, law, place),
        said=tuple(text for own in said_facts(edition.scope, facts, law.tag) for text in said_sentences(own)),
        asks=tuple(dict.fromkeys(_asked_by(edition, law, place))) if law.tag in place.tags else (),
    )
