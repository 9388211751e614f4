"""The HTML of one question with its answer.

Laying out a crispy form costs milliseconds, and a domain page has a dozen. Everything but the answer is the same for
every business, or for all of one country where a text names its authority: each such question is laid out once per
process, and a page puts the answer in.
"""

from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from assessments.bank.types import Question, UnknownAnswer
from assessments.forms.question import QuestionForm, initial_of, opens_add
from assessments.models import Answer

# Where the texts go. No bank and no answer holds a NUL character: the databases and the forms refuse it.
PLACES = {name: f"\0{name}\0" for name in ("reason", "evidence", "note", "version", "opens_add")}


def question_html(
    question: Question, tags: frozenset[str], stored: Answer | None, unknown: UnknownAnswer | None = None
) -> SafeString:
    """The question as a form filled with what is stored. Its placeholders have to be replaced before.

    `unknown` is the edition's name of the answer "I don't know".
    """
    initial = initial_of(stored)
    # A developer sees a changed template at once.
    laid_out = _laid_out_once.__wrapped__ if settings.DEBUG else _laid_out_once
    html = laid_out(question, question.offers_not_applicable(tags), unknown, get_language())
    # Quotes in texts are escaped, so this can only be the radio button.
    chosen = f' value="{initial.get("answer")}"'
    html = html.replace(chosen, f"{chosen} checked", 1)
    if initial.get("note_left_out"):
        box = f'name="{question.id}-note_left_out"'
        html = html.replace(box, f"{box} checked", 1)
    for name, place in PLACES.items():
        value = opens_add(initial) if name == "opens_add" else initial.get(name, "")
        html = html.replace(place, escape(value))
    return mark_safe(html)  # noqa: S308 (laid out by templates, answers escaped above)


def bound_question_html(form: QuestionForm, shown: Question | None = None) -> SafeString:
    """The question with what a person sent and the errors in it; `shown` has its placeholders replaced."""
    question = shown or form.question
    citations = ", ".join(use.label for use in question.citations)
    context = {"form": form, "question": question, "citations": citations}
    return render_to_string("assessments/_question_form.html", context)


@lru_cache(maxsize=2048)
def _laid_out_once(
    question: Question, offers_not_applicable: bool, unknown: UnknownAnswer | None, language: str | None
) -> str:
    form = QuestionForm(question=question, offers_not_applicable=offers_not_applicable, unknown=unknown, initial=PLACES)
    return bound_question_html(form)
