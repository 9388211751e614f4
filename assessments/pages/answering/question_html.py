"""The HTML of one question with its answer.

Laying out a crispy form costs milliseconds, and a domain page has a dozen. Everything but the answer
is the same for every business, so each question is laid out once per process, with marks where the
answer goes; after that a page only joins strings. A form with errors is laid out anew.
"""

import re
import secrets
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from assessments.bank.types import Question
from assessments.forms.question import QuestionForm, initial_of
from assessments.models import Answer

TEMPLATE = "assessments/_question_form.html"
TEXTS = ("reason", "evidence", "note", "version")

# No text of a bank can hold a mark: its middle is new in every process.
_MARKS = {name: f"{name}-{secrets.token_hex(16)}" for name in TEXTS}
_MARK = re.compile(rf'({"|".join(_MARKS.values())}| value="(?:\d|unknown|na)")')
"""A text mark, or the value of a radio button, behind which "checked" belongs when it is the answer."""


def question_html(question: Question, tags: frozenset[str], stored: Answer | None) -> SafeString:
    """The question as a form filled with what is stored."""
    offers_not_applicable = question.offers_not_applicable(tags)
    # A developer sees a changed template at once.
    parts = _parts.__wrapped__ if settings.DEBUG else _parts
    return _fill(parts(question, offers_not_applicable, get_language() or ""), initial_of(stored))


def bound_question_html(form: QuestionForm) -> SafeString:
    """The question with what a person sent and the errors in it."""
    return _laid_out(form)


def _fill(parts: tuple[str, ...], initial: Mapping[str, Any]) -> SafeString:
    checked = f' value="{initial["answer"]}"' if initial.get("answer") else None
    texts = {mark: escape(initial.get(name, "")) for name, mark in _MARKS.items()}
    filled = [texts.get(part, part + " checked" if part == checked else part) for part in parts]
    return mark_safe("".join(filled))  # noqa: S308 (laid out by templates, answers escaped above)


@lru_cache(maxsize=2048)
def _parts(question: Question, offers_not_applicable: bool, language: str) -> tuple[str, ...]:
    """The laid-out question cut at its marks; every odd part is a mark."""
    form = QuestionForm(
        question=question,
        offers_not_applicable=offers_not_applicable,
        initial=dict(_MARKS),
    )
    return tuple(_MARK.split(_laid_out(form)))


def _laid_out(form: QuestionForm) -> SafeString:
    citations = ", ".join(use.label for use in form.question.citations)
    return render_to_string(TEMPLATE, {"form": form, "citations": citations})
