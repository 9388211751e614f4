"""Rules for laws as data: authorities, who watches over which law, and the days on which something changes."""

from collections.abc import Iterable, Iterator

from assessments.bank.checks.known import host_of
from assessments.bank.checks.scope import repeated, warning
from assessments.bank.conditions import Condition
from assessments.bank.errors import Problem
from assessments.bank.laws import BY_COUNTRY, Law
from assessments.bank.scope_types import ScopeOption
from assessments.bank.types import Edition


def check_laws(edition: Edition) -> Iterator[Problem]:
    yield from repeated("laws", (law.code for law in edition.laws))
    tags = {tag.id for tag in edition.scope.tags}
    for law in edition.laws:
        if law.tag not in tags:
            yield Problem(f"laws {law.code}, tag", f"{law.tag} is not a tag of this document")
        yield from _authority(law, edition, tags)
    yield from _options(edition)
    yield from _authorities(edition)
    yield from _dates(edition, tags)


def _authority(law: Law, edition: Edition, tags: set[str]) -> Iterator[Problem]:
    place = f"laws {law.code}"
    if law.authority not in ("", BY_COUNTRY):
        yield from _watching(f"{place}, authority", law.authority, law, edition)
    for number, rule in enumerate(law.authority_else, 1):
        where = f"{place}, authority_else, entry {number}"
        yield from _watching(where, rule.authority, law, edition)
        yield from unknown_tags(where, rule.when, tags)
    if law.authority == BY_COUNTRY and not (law.authority_else and not law.authority_else[-1].when.clauses):
        yield Problem(f"{place}, authority_else", "must end with an authority for everyone else, without a condition")
    if law.authority != BY_COUNTRY and law.authority_else:
        yield Problem(
            f"{place}, authority_else", "only counts where the authority is that of the business’s own country"
        )


def _watching(place: str, code: str, law: Law, edition: Edition) -> Iterator[Problem]:
    found = edition.authorities.get(code)
    if found is None:
        yield Problem(place, f"{code} is not an authority of this document")
    elif found.law and found.law != law.code:
        yield Problem(place, f"{code} watches over {found.law}")


def _options(edition: Edition) -> Iterator[Problem]:
    for option, place in _placed_options(edition):
        for field in ("authority", "cyber", "police"):
            code = getattr(option, field)
            if code and code not in edition.authorities:
                yield Problem(f"{place}, {field}", f"{code} is not an authority of this document")


def _placed_options(edition: Edition) -> Iterator[tuple[ScopeOption, str]]:
    for screen in edition.scope.screens:
        for question in screen.questions:
            for option in question.options:
                yield option, f"scope question {question.id}, options {option.id}"


def _authorities(edition: Edition) -> Iterator[Problem]:
    laws = {law.code for law in edition.laws}
    used = set(_used_authorities(edition))
    for code, authority in edition.authorities.items():
        if authority.law and authority.law not in laws:
            yield Problem(f"authorities {code}, law", f"{authority.law} is not a law of this document")
        if authority.url and not host_of(authority.url):
            yield Problem(f"authorities {code}, url", f"{authority.url} is not a plain https address")
        if code not in used:
            yield warning(f"authorities {code}", "nothing uses it")


def _used_authorities(edition: Edition) -> Iterator[str]:
    for law in edition.laws:
        yield law.authority
        yield from (rule.authority for rule in law.authority_else)
    for option, _place in _placed_options(edition):
        yield from (option.authority, option.cyber, option.police)


def _dates(edition: Edition, tags: set[str]) -> Iterator[Problem]:
    laws = {law.code for law in edition.laws}
    for day in edition.dates:
        place = f"dates {day.day}"
        if day.law not in laws:
            yield Problem(place, f"{day.law} is not a law of this document")
        yield from unknown_tags(place, day.when, tags)


def unknown_tags(place: str, condition: Condition, tags: Iterable[str]) -> Iterator[Problem]:
    for tag in sorted(condition.names().difference(tags)):
        yield Problem(place, f"{tag} is not a tag of this document")
