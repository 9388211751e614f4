"""Headings and leading sentences of the parts of a result, the same in every format."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.bank.types import GateKind
from assessments.presentation.told_result import ToldResult
from assessments.wording.phrases import date_text


@dataclass(frozen=True, slots=True)
class PartHeading:
    """`lead` is empty where the heading says enough."""

    title: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class ResultHeadings:
    """One for each part of a result, in the order of the page."""

    strengths: PartHeading
    first: PartHeading
    pillars: PartHeading
    must_fix: PartHeading
    on_the_day: PartHeading
    find_out: PartHeading
    not_looked_at: PartHeading
    to_check: PartHeading
    laws: PartHeading
    starting_soon: PartHeading
    next_labels: PartHeading
    domains: PartHeading
    later: PartHeading
    left_out: PartHeading
    lens: PartHeading


def result_headings(told: ToldResult) -> ResultHeadings:
    """Only the date of the law depends on the result, and whether something has to stop."""
    return ResultHeadings(
        strengths=PartHeading(_("Already in place")),
        first=PartHeading(_("Do this first")),
        pillars=PartHeading(_("The levels")),
        must_fix=_must_fix(told),
        on_the_day=PartHeading(
            _("Would be missed on the day it goes wrong"),
            _("Nothing here has to be unlawful today. It shows when something happens, and is cheap to settle before."),
        ),
        find_out=PartHeading(
            _("Find out"),
            _(
                "Nobody could answer these yet, and they count as missing until someone does. They are not among the "
                "steps: asking is often the quickest step of all."
            ),
        ),
        not_looked_at=PartHeading(
            _("Not looked at yet"), _("Other answers rest on these. A look now makes the rest of the result firmer.")
        ),
        to_check=PartHeading(
            _("To be checked"),
            _("Whether these concern you rests on a fact about the business that is open. One answer settles it."),
        ),
        laws=PartHeading(
            _("What the law still asks"),
            _("Law as of %(day)s. Only the laws that apply to you, and only what was asked.")
            % {"day": date_text(told.edition.law_status_as_of)},
        ),
        starting_soon=PartHeading(
            _("Starts within 90 days"), _("Not a duty yet. From the day named it will be, and there is still time.")
        ),
        next_labels=PartHeading(
            _("What stands between you and the next level"),
            _("The fewest answers that have to rise, by name. Other ways lead there too."),
        ),
        domains=PartHeading(
            _("The domains"),
            _("From 0 to 4. Filled: as answered. Dashed: how far it could reach once the open points are known."),
        ),
        later=PartHeading(_("After that")),
        left_out=PartHeading(
            _("Left out as not applicable"), _("They do not apply, for the reason given, and are not counted.")
        ),
        lens=PartHeading(_("AI across all domains"), _("Shown for information. It is not part of any figure above.")),
    )


def _must_fix(told: ToldResult) -> PartHeading:
    return PartHeading(
        _("Stop or change first") if _has_to_stop(told) else _("Not lawful now"),
        _(
            "A law that applies to you asks for these today, and by your answers they are not all there yet. "
            "Every open duty, law by law, stands under “What the law still asks”."
        ),
    )


def _has_to_stop(told: ToldResult) -> bool:
    return any(item.gate is not None and item.gate.code == GateKind.LEGAL_STOP for item in told.must_fix)
