"""What a file would bring, before anything is stored."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organisation, User
from assessments.editions.same import published_like
from assessments.editions.stored import edition_of
from assessments.file_import.offers import offer_of, sealed
from assessments.models import EditionRow
from assessments.signed_assessment.canonical import UnreadableFile
from assessments.signed_assessment.carried import CarriedParts, carried_parts
from assessments.signed_assessment.checking import CheckVerdict, check_signature
from assessments.signed_assessment.data import read_data
from assessments.signed_assessment.shown_text import shown_text
from assessments.signed_assessment.types import AssessmentFile
from assessments.wording import date_text


@dataclass(frozen=True, slots=True)
class FilePreview:
    """`offer` goes back with the button. `lines` say what begins, `warnings` what is not as somebody may expect."""

    lines: tuple[str, ...]
    warnings: tuple[str, ...]
    offer: str


def file_preview(content: bytes, organisation: Organisation, person: User, now: datetime) -> FilePreview:
    """Raises UnreadableFile, also where the edition of the file is not here."""
    check, data = check_signature(content, known={}, report=None, now=now)
    if data is None:
        raise UnreadableFile(_("This file holds the signature alone. Take the one with facts and answers."))
    file = read_data(data)
    row = published_like(file)
    if row is None:
        raise UnreadableFile(_not_here(file))
    parts = carried_parts(file, edition_of(row))
    return FilePreview(
        lines=_lines(file, parts, row),
        warnings=tuple(_warnings(file, parts, row, organisation, changed=check.verdict is CheckVerdict.CHANGED)),
        offer=sealed(offer_of(file, parts, row), organisation.pk, person),
    )


def _not_here(file: AssessmentFile) -> str:
    named = shown_text(str(file.edition.get("id", "")))[:40]
    here = (
        EditionRow.objects.filter(published_at__isnull=False).order_by("-published_at").values_list("code", flat=True)
    )
    if named in here:
        return _("The edition %(name)s of this site has other questions than that of the file.") % {"name": named}
    return _(
        "The file was answered under the edition %(name)s, which this site does not have; it has %(here)s. A bank "
        "editor can import that edition here."
    ) % {"name": named, "here": ", ".join(here[:5]) or "-"}


def _lines(file: AssessmentFile, parts: CarriedParts, row: EditionRow) -> tuple[str, ...]:
    answers = len(parts.answers)
    return (
        _("From the result of %(name)s of %(day)s, edition %(edition)s.")
        % {"name": shown_text(file.organisation), "day": date_text(file.finished_on), "edition": row.code},
        ngettext("%(count)d fact about the business.", "%(count)d facts about the business.", len(parts.facts))
        % {"count": len(parts.facts)},
        ngettext(
            "%(count)d answer. It counts, and is marked as taken over until somebody confirms it.",
            "%(count)d answers. They count, and are marked as taken over until somebody confirms them.",
            answers,
        )
        % {"count": answers},
        _("The result in the file does not become a result here: you get one of your own when you finish."),
    )


def _warnings(
    file: AssessmentFile, parts: CarriedParts, row: EditionRow, organisation: Organisation, *, changed: bool
) -> "list[str]":
    found = []
    if changed:
        found.append(_("The file is not as it was signed: somebody changed it. Look at every answer."))
    if file.organisation.strip().casefold() != organisation.name.strip().casefold():
        named = {"theirs": shown_text(file.organisation), "ours": organisation.name}
        found.append(_("The file is about %(theirs)s, and this is %(ours)s.") % named)
    if parts.left_out:
        text = ngettext(
            "%(count)d entry does not fit the questions and is left out.",
            "%(count)d entries do not fit the questions and are left out.",
            parts.left_out,
        )
        found.append(text % {"count": parts.left_out})
    if row.offered_at is None:
        found.append(
            _(
                "The edition is not open for new assessments any more. You go on with the newest of its questions; "
                "answers to questions that changed have to be looked at again."
            )
        )
    return found
