"""Each law in view as one business reads it, and what is out of view."""

from dataclasses import dataclass

from assessments.bank.laws import Authority, Law
from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Edition
from assessments.presentation.placeholders import BusinessPlace, authority_of, fill_placeholders, law_values
from assessments.scoring.scope import ScopeFinding, TagFinding, TagState

BECAUSE, IF = "because ", "if "


@dataclass(frozen=True, slots=True)
class LawCard:
    """`reasons`: why the law applies, under which conditions it would, or why it does not.

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


@dataclass(frozen=True, slots=True)
class LawCards:
    """In the order of the edition."""

    applies: tuple[LawCard, ...]
    may_apply: tuple[LawCard, ...]
    does_not_apply: tuple[LawCard, ...]
    out_of_view: tuple[str, ...]


def law_cards(edition: Edition, finding: ScopeFinding, place: BusinessPlace) -> LawCards:
    """Every law of the edition by whether it applies, and what the edition does not cover."""
    found = {own.tag.id: own for own in finding.tags}
    cards = [_card(edition, law, found[law.tag], place) for law in edition.laws if law.tag in found]
    return LawCards(
        applies=_of_state(cards, TagState.ON),
        may_apply=_of_state(cards, TagState.TO_CHECK),
        does_not_apply=_of_state(cards, TagState.OFF),
        out_of_view=tuple(fill_placeholders(item.text, law_values(edition, place)) for item in finding.out_of_view),
    )


def reasons_of(finding: TagFinding) -> tuple[str, ...]:
    """The reasons of a tag. While it is to be checked they are conditions: "if you ...", not "because you ..."."""
    if finding.state is not TagState.TO_CHECK:
        return finding.reasons
    return tuple(IF + own.removeprefix(BECAUSE) if own.startswith(BECAUSE) else own for own in finding.reasons)


def _of_state(cards: list[LawCard], state: TagState) -> tuple[LawCard, ...]:
    return tuple(card for card in cards if card.state is state)


def _card(edition: Edition, law: Law, found: TagFinding, place: BusinessPlace) -> LawCard:
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
    )
