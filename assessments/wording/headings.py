"""Headings and leading sentences of the parts of a result, the same in every format."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

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

    first: PartHeading
    changes: str
    domains: PartHeading
    must_fix: PartHeading
    laws: PartHeading
    find_out: PartHeading
    later: PartHeading
    left_out: PartHeading
    lens: PartHeading


def result_headings(told: ToldResult) -> ResultHeadings:
    """Only the date of the law depends on the result."""
    return ResultHeadings(
        first=PartHeading(_("Do this first")),
        changes=_("With these steps done:"),
        domains=PartHeading(
            _("The domains"),
            _("From 0 to 4. Filled: as answered. Dashed: how far it could reach once the open points are known."),
        ),
        must_fix=PartHeading(_("Needs fixing, whatever the score")),
        laws=PartHeading(
            _("What the law still asks"),
            _("Law as of %(day)s. Only the laws that probably apply to you, and only what was asked.")
            % {"day": date_text(told.edition.law_status_as_of)},
        ),
        find_out=PartHeading(
            _("Find out"),
            _(
                "Nobody could answer these yet, and they count as missing until someone does. They are not among the "
                "steps: asking is often the quickest step of all."
            ),
        ),
        later=PartHeading(_("After that")),
        left_out=PartHeading(
            _("Left out as not applicable"), _("They do not apply, for the reason given, and are not counted.")
        ),
        lens=PartHeading(_("AI across all domains"), _("Shown for information. It is not part of any figure above.")),
    )
