"""Places in a document in the words of the forms: "questions DATA-01, gates, entry 1, when" is a gate on a page."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.editor.pages.changes import FIELD_LABELS
from assessments.editor.pages.texts import NAMES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# What a place begins with, longest first.
_KINDS: "Mapping[str, StrOrPromise]" = {
    "scope question": gettext_lazy("Scope question"),
    "scope_questions": gettext_lazy("Scope question"),
    "readability_exceptions": gettext_lazy("Questions that may be harder to read"),
    "authorities": gettext_lazy("Authority"),
    "out_of_view": gettext_lazy("Out of view"),
    "gate_kinds": gettext_lazy("Kinds of gates"),
    "quick_check": gettext_lazy("Quick check"),
    "checklist": gettext_lazy("Checklist item"),
    "citations": gettext_lazy("Citation"),
    "questions": "",
    "domains": gettext_lazy("Domain"),
    "presets": gettext_lazy("Preset"),
    "pillars": gettext_lazy("Pillar"),
    "screens": gettext_lazy("Scope screen"),
    "effort": gettext_lazy("Efforts"),
    "labels": gettext_lazy("Label"),
    "scale": gettext_lazy("Levels of the scale"),
    "dates": gettext_lazy("Law date"),
    "scope": gettext_lazy("Scope"),
    "laws": gettext_lazy("Law"),
    "tags": gettext_lazy("Scope tag"),
}
# One part of a list, with its number.
_ENTRIES: "Mapping[str, StrOrPromise]" = {
    "gates": gettext_lazy("Gate %(n)s"),
    "duties": gettext_lazy("Duty %(n)s"),
    "citations": gettext_lazy("Citation %(n)s"),
    "links": gettext_lazy("Link %(n)s"),
    "variants": gettext_lazy("Variant %(n)s"),
    "evidence": gettext_lazy("Proof %(n)s"),
    "checklist": gettext_lazy("Checklist item %(n)s"),
    "set_when": gettext_lazy("Rule %(n)s"),
    "authority_else": gettext_lazy("Rule %(n)s of the other authorities"),
    "otherwise": gettext_lazy("Why the tag is off, text %(n)s"),
    "applies_when": gettext_lazy("Asked when, way %(n)s"),
    "concerns": gettext_lazy("Businesses it concerns, way %(n)s"),
    "when": gettext_lazy("Only for some businesses, way %(n)s"),
    "levels": gettext_lazy("Level %(n)s"),
    "dates": gettext_lazy("Law date %(n)s"),
    "facts": gettext_lazy("Assumption %(n)s"),
}
_FIELDS: "Mapping[str, StrOrPromise]" = {
    **FIELD_LABELS,
    **NAMES,
    "when": gettext_lazy("Only for some businesses"),
    "kind": gettext_lazy("Kind"),
    "min_level": gettext_lazy("Closed below level"),
    "caps_pillar": gettext_lazy("Also caps a pillar"),
    "pillars": gettext_lazy("Which pillars"),
    "severity": gettext_lazy("How much is at stake"),
    "starts": gettext_lazy("From this day on"),
    "reason": gettext_lazy("Reason"),
    "finding": gettext_lazy("What an unmet duty means"),
    "level": gettext_lazy("Met at level"),
    "done_when": gettext_lazy("Done when"),
    "minutes": gettext_lazy("Minutes"),
    "pays_for": gettext_lazy("What the money pays for"),
    "cost": gettext_lazy("Cost"),
    "who": gettext_lazy("Who can do it"),
    "solo": gettext_lazy("For somebody who works alone"),
    "links": gettext_lazy("Links"),
    "path": gettext_lazy("Way through the settings"),
    "variants": gettext_lazy("Variants"),
    "settled_by": gettext_lazy("Scope question that settles it"),
    "police": gettext_lazy("Police"),
    "cyber": gettext_lazy("Cyber security agency"),
}
_NUMBER = re.compile(r"(entry|to|level) ([0-9]+)")
_CODE = re.compile(r"[a-z]+(_[a-z]+)*")


def place_in_words(place: str) -> str:
    """ "questions DATA-01, gates, entry 1, when" as "DATA-01, Gate 1, Only for some businesses"."""
    kind = next((own for own in _KINDS if place == own or place.startswith((f"{own} ", f"{own},"))), "")
    head, *others = place.removeprefix(kind).split(", ")
    words = [f"{_KINDS[kind]} {head.strip()}".strip() if kind else _field(head), *_steps(others)]
    return ", ".join(word for word in words if word)


def _steps(segments: list[str]) -> list[str]:
    found: list[str] = []
    before = ""
    for segment in segments:
        number = _NUMBER.fullmatch(segment)
        if number and before:
            found[-1] = _numbered(before, *number.groups())
        else:
            found.append(_numbered(before, *number.groups()) if number else _field(segment))
        before = segment
    return found


def _numbered(of: str, word: str, number: str) -> str:
    if word == "to":
        return _("Step to level %(n)s") % {"n": number}
    if word == "level":
        return _("Level %(n)s") % {"n": number}
    return str(_ENTRIES[of]) % {"n": number} if of in _ENTRIES else _("%(of)s %(n)s") % {"of": _field(of), "n": number}


def _field(segment: str) -> str:
    """A label of a citation, and other names, stay as they are."""
    code, space, name = segment.partition(" ")
    if code in _FIELDS and _CODE.fullmatch(code):
        return f"{_FIELDS[code]}{space}{name}"
    return segment.replace("_", " ") if _CODE.fullmatch(segment) else segment
