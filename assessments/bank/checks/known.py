"""What the questions of one edition may refer to."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from assessments.bank.reach import Reach
from assessments.bank.types import Edition


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Made by `of`. `law_day` is the day whose law the edition describes.

    `watched` are the tags of laws that have an authority, `hosts` those that links may lead to. `reach` is None while
    the scope itself is not sound.
    """

    law_day: date
    pillars: frozenset[str]
    law_tags: dict[str, str]
    watched: tuple[str, ...]
    tags: frozenset[str]
    citation_laws: dict[str, str]
    checklist: frozenset[str]
    hosts: frozenset[str]
    reach: Reach | None

    @staticmethod
    def of(edition: Edition, reach: Reach | None) -> "KnownNames":
        return KnownNames(
            law_day=edition.law_status_as_of,
            pillars=frozenset(pillar.code for pillar in edition.pillars),
            law_tags={law.code: law.tag for law in edition.laws},
            watched=tuple(law.tag for law in edition.laws if law.authority),
            tags=frozenset(tag.id for tag in edition.scope.tags),
            citation_laws={label: citation.law for label, citation in edition.citations.items()},
            checklist=frozenset(edition.checklist),
            hosts=frozenset((*edition.link_hosts, *(host_of(own.url) for own in edition.authorities.values()))),
            reach=reach,
        )


def host_of(url: str) -> str:
    """Of an https address without a user or a port; empty for anything else."""
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "https" and parts.username is None and parts.port is None
        return (parts.hostname or "") if plain else ""
    except ValueError:
        return ""
