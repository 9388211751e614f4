"""Laws as data: who watches over each, where it stands, what it rests on, and the days on which it changes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessments.bank.conditions import ALWAYS, Condition


class Verification(StrEnum):
    """How a citation was checked: its text was read, another source was read, or it is from memory."""

    TEXT = "text"
    SECONDARY = "secondary"
    MEMORY = "memory"


@dataclass(frozen=True, slots=True)
class Citation:
    """An entry of the registry: what a law or standard says, how that was checked (`verification`) and against what.

    `unsettled` says what nobody knows for certain yet, such as from when it counts.
    """

    label: str
    says: str
    law: str
    verification: Verification
    source: str
    unsettled: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """Whoever texts name as {authority}, {cyber_agency} or {police}. `name` fits into the middle of a sentence.

    `law` is the code of the law that it watches over, empty for cyber security agencies and the police.
    """

    code: str
    name: str
    short: str
    verification: Verification
    law: str = ""
    url: str = ""
    breach_form: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AuthorityRule:
    """The authority of a law for businesses for which `when` holds."""

    authority: str
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Law:
    """A law in view. It applies to a business that has the tag `tag`.

    `authority` is the code of the one that watches over it, or BY_COUNTRY for that of the business's own country; where
    that one watches over another law, the first of `authority_else` that holds. `verification` says how the sentence
    on fines is known, `looked_up` on which day somebody last looked. Editions before 2026.2 have none of this.
    """

    code: str
    name: str
    tag: str
    says: str
    note: str
    status: str = ""
    starts: date | None = None
    fines: str = ""
    verification: Verification | None = None
    looked_up: date | None = None
    unsettled: tuple[str, ...] = ()
    authority: str = ""
    authority_else: tuple[AuthorityRule, ...] = ()


BY_COUNTRY = "by_country"


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A day on which something of a law begins to apply to businesses with tags for which `when` holds."""

    day: date
    law: str
    text: str
    when: Condition = ALWAYS
    verification: Verification | None = None
