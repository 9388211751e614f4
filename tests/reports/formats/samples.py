"""Texts that break files which are made without care, and reports that are full of them."""

from dataclasses import replace

from assessments.bank.types import Depth, Edition
from assessments.presentation.answer_record import RecordedComment
from reports.document import ReportDocument, Source, build
from reports.kinds.text_places import TextPlace
from tests.reports.samples import QUESTIONED, left_out, level, source, written

NASTY = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "<b>&amp; ]]> \"quoted\" 'so'",
    "Emoji 👩‍👩‍👧 and 👍🏽",
    "שלום, מאפייה",
    "مخبز النور",
    "你好世界",
    "Tab\there, bell\x07 and escape\x1b[1m \ufffe",
    "_x0041_ and &#x1;",
    "a" * 400,
    "e\u0301 decomposed",
)
NASTY_PLACES: tuple[tuple[TextPlace, dict[str, str]], ...] = (
    (TextPlace.SUMMARY, {}),
    (TextPlace.DOMAIN, {"domain": "DATA"}),
    (TextPlace.STEP, {"title": "=cmd|x 👍 مخبز", "by": "=Noor 👍"}),
)
LONG_NOTE = "\n".join(f"Line {number} of a long note about the bakery." for number in range(1, 81))


def nasty_source(edition: Edition, organisation: str = "=cmd|' /C calc'!A0 مخبز 👍") -> Source:
    """A full run in which each typed text is one of the nasty ones, and one note has 80 lines."""
    ids = [question.id for question in edition.questions]
    texts = [NASTY[number % len(NASTY)] for number in range(len(ids))]
    comment = RecordedComment("=Noor 👍", "\x0bComment\nof two lines")
    answers = {
        name: level(number % 5, note=text, evidence=text)
        for number, (name, text) in enumerate(zip(ids, texts, strict=True))
    }
    answers |= {name: left_out(text) for name, text in list(zip(ids, texts, strict=True))[::9]}
    answers["ACCESS-02"] = replace(level(3, note=LONG_NOTE), review=QUESTIONED, comments=(comment,))
    given = source(edition, organisation=organisation, answers=answers, depth=Depth.FULL)
    words = [written(place, text, **more) for text in NASTY for place, more in NASTY_PLACES]
    return replace(given, entries=tuple(words))


def nasty_document(edition: Edition) -> ReportDocument:
    return build(nasty_source(edition))
