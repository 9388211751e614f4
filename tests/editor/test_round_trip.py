"""Opening a question and saving it untouched changes nothing: tried with every question that ships."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from assessments.bank.types import Edition
from assessments.editor.forms.question import QuestionEdit
from assessments.editor.pages.question import parts_shown
from tests.pages import parse, sends


def sent_by(form: QuestionEdit) -> QueryDict:
    """What a browser sends for the form as it is rendered."""
    page = {"code": "X", "conflict": None, "labels": (), "beside": {"meaning": ""}, "parts": parts_shown(form)}
    context = {"page": page, "form": form, "fields": form.fields, "request": {"path": "/"}}
    html = render_to_string("editor/_question_form.html", context)
    data = QueryDict(mutable=True)
    for name, values in sends(parse(html)).items():
        data.setlist(name, values)
    return data


@pytest.mark.parametrize("meaning", ["", "same", "changed"])
def test_untouched_questions_stay_as_they_are(edition: Edition, meaning: str) -> None:
    for question in edition.questions if not meaning else edition.questions[:3]:
        shown = QuestionEdit(edition=edition, stored=question, version=7, meaning=meaning)
        sent = QuestionEdit(sent_by(shown), edition=edition, stored=question, version=0)
        assert sent.is_valid(), (question.id, [form.errors for form in sent.every_form()])
        assert sent.question() == question
        assert (sent.seen_version, sent.meaning, sent.wish) == (7, meaning, "save")
