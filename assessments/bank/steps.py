"""What raises a question by one level, and how somebody finds out where they stand."""

from dataclasses import dataclass
from enum import StrEnum

from assessments.bank.conditions import Condition


class Effort(StrEnum):
    """Size of what is to be done. What each means in hours is said by the edition."""

    SMALL = "S"
    MEDIUM = "M"
    LARGE = "L"


class StepCost(StrEnum):
    """What a step costs besides work: nothing, up to about 100 euros a year for the whole business, or more."""

    NONE = "none"
    SMALL = "small"
    LARGER = "larger"


class StepDoer(StrEnum):
    """Who usually can do a step."""

    OWNER = "owner"
    OFFICE = "office"
    WEB = "web"
    IT_HELPER = "it_helper"
    ADVISER = "adviser"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class StepLink:
    """Where to go with one product: an address (`url`) or a way through its settings (`path`)."""

    product: str
    label: str
    url: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class StepVariant:
    """How a step reads for businesses with tags for which `when` holds. What is left out is as in the step itself."""

    when: Condition
    text: str
    done_when: str = ""
    minutes: int | None = None
    links: tuple[StepLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Raises a question from the level below to level `to`. `minutes` is the hands-on work of the business.

    The first of `variants` that holds replaces the text; else `solo` does, for somebody who works alone.
    """

    to: int
    text: str
    done_when: str
    minutes: int
    cost: StepCost
    who: StepDoer
    pays_for: str = ""
    links: tuple[StepLink, ...] = ()
    solo: str = ""
    variants: tuple[StepVariant, ...] = ()


@dataclass(frozen=True, slots=True)
class FindOutHint:
    """How somebody who does not know the answer finds out, and in how many minutes."""

    text: str
    minutes: int
