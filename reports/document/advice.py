"""What consultants wrote, signed: apart from everything that is computed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from assessments.wording.phrases import date_text
from reports.document.prose import among_others, one_line, prose
from reports.document.types import ReportDocument, SignedSteps, SignedText
from reports.kinds.text_places import ConsultantEntry, TextPlace


def with_words(document: ReportDocument, entries: Iterable[ConsultantEntry]) -> ReportDocument:
    """The document with those that its kind may hold, whatever was frozen."""
    held = [each for each in entries if each.place in document.kind.words]
    about = _by_domain(held)
    return replace(
        document,
        advice=tuple(_signed_text(each) for each in held if each.place == TextPlace.SUMMARY),
        own_steps=_own_steps(held),
        domains=tuple(replace(domain, advice=about.get(domain.words.code, ())) for domain in document.domains),
    )


def _by_domain(entries: Iterable[ConsultantEntry]) -> Mapping[str, tuple[SignedText, ...]]:
    found: dict[str, tuple[SignedText, ...]] = {}
    for each in entries:
        if each.place == TextPlace.DOMAIN:
            found[each.domain] = (*found.get(each.domain, ()), _signed_text(each))
    return found


def _own_steps(entries: Iterable[ConsultantEntry]) -> tuple[SignedSteps, ...]:
    """Steps in a row with the same signature are signed once."""
    steps = (_signed_text(each) for each in entries if each.place == TextPlace.STEP)
    return tuple(SignedSteps(signed, tuple(group)) for signed, group in groupby(steps, key=lambda step: step.signed))


def signature(by: str, consultancy: str, on: date) -> str:
    """ "In the words of Ann Lee, Harbour Advice, 1 December 2026" """
    return _("In the words of %(person)s, %(consultancy)s, %(day)s") % {
        "person": among_others(one_line(by)),
        "consultancy": among_others(one_line(consultancy)),
        "day": date_text(on),
    }


def _signed_text(entry: ConsultantEntry) -> SignedText:
    signed = signature(entry.by, entry.consultancy, date.fromisoformat(entry.on))
    return SignedText(entry, signed, prose(one_line(entry.title)), prose(entry.text))
