"""Domains of a draft: saved, added, moved, removed."""

from datetime import datetime

from accounts.models import User
from assessments.bank.types import Domain
from assessments.editor.services.draft_items import DependentQuestions, DraftItemService
from assessments.editor.services.ordering import Direction
from assessments.editor.services.questions import following, questions_in
from assessments.models import ChangedThing, DomainRow, EditionRow
from assessments.services.bank_rows import domain_row


def domain_of(row: DomainRow) -> Domain:
    """The row as a value of the bank."""
    return Domain(row.code, row.title, row.pillar, row.promise, row.who_knows)


def _following_pillar(draft: EditionRow, row: DomainRow, old: Domain, new: Domain) -> DependentQuestions | None:
    if old.pillar == new.pillar:
        return None
    own = questions_in(draft).filter(domain=row)
    return DependentQuestions(own, lambda question: following(question, old.pillar, new.pillar))


DOMAINS = DraftItemService(
    what=ChangedThing.DOMAIN,
    model=DomainRow,
    key="code",
    name="title",
    columns=("title", "pillar", "promise", "who_knows"),
    to_value=domain_of,
    to_row=domain_row,
    users_of=lambda _draft, row: list(row.questions.values_list("code", flat=True)),
    dependents=_following_pillar,
)


def save_domain(*, draft: EditionRow, domain: Domain, seen_version: int, by: User, now: datetime) -> DomainRow:
    """Gates that cap the domain's own pillar follow it to another pillar.

    Raises EditConflict when someone saved another version, GoneMeanwhile when it was removed.
    """
    return DOMAINS.save(
        draft=draft, find={"code": domain.code}, value=domain, seen_version=seen_version, by=by, now=now
    )


def add_domain(*, draft: EditionRow, domain: Domain, by: User, now: datetime) -> DomainRow:
    """After all others. Raises NameTaken."""
    return DOMAINS.add(draft=draft, value=domain, by=by, now=now)


def move_domain(*, draft: EditionRow, code: str, step: Direction, by: User, now: datetime) -> None:
    """One place up or down. Raises GoneMeanwhile."""
    DOMAINS.move(draft=draft, key=code, step=step, by=by, now=now)


def remove_domain(*, draft: EditionRow, code: str, by: User, now: datetime) -> None:
    """Only an empty one; else raises StillInUse. A second click finds it gone and changes nothing."""
    DOMAINS.remove(draft=draft, find={"code": code}, by=by, now=now)
