"""Opening a question and saving it untouched changes nothing: tried with every kind of question that ships."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import cycle

from django.http import QueryDict
from django.template.loader import render_to_string

from assessments.bank.checks.scope import conditions_of
from assessments.bank.conditions import Clause
from assessments.bank.types import Edition, Question
from assessments.editor.forms.question import QuestionEdit
from assessments.editor.pages.question import parts_shown
from tests.pages import parse, sends

# An option that is neither chosen nor the first of its list. There are thousands; parsing them takes most of the time.
NEVER_SENT = re.compile(r'(?<=</option>)<option value="[^"]*">[^<]*</option>')
CHOSEN = ("depth", "weight", "not_applicable", "effort", "kind", "min_level", "cap_pillar", "level", "ai_lens")


def sent_by(form: QuestionEdit) -> QueryDict:
    """What a browser sends for the form as it is rendered."""
    page = {"code": "X", "conflict": None, "labels": (), "beside": {"meaning": ""}, "parts": parts_shown(form)}
    context = {"page": page, "form": form, "fields": form.fields, "request": {"path": "/"}}
    html = render_to_string("editor/_question_form.html", context)
    data = QueryDict(mutable=True)
    for name, values in sends(parse(NEVER_SENT.sub("", html))).items():
        data.setlist(name, values)
    return data


def traits(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """What the form could get wrong: how many there are, whether there is one, which of a few."""
    if isinstance(value, tuple):
        yield path, min(len(value), 3)
        for part in value:
            yield from traits(part, f"{path}[]")
    elif is_dataclass(value):
        for field in fields(value):
            yield from traits(getattr(value, field.name), f"{path}.{field.name}")
    elif path.endswith((".text", ".help")):
        yield path, "\n" in str(value)
    elif isinstance(value, str | int | None) and path.rpartition(".")[2] in CHOSEN:
        yield path, value
    else:
        yield path, bool(value)


def of_every_shape(edition: Edition) -> list[Question]:
    """A few questions that together have every trait: the next one is always the one that adds the most."""
    left = {question.id: set(traits(question)) for question in edition.questions}
    chosen: list[Question] = []
    while any(left.values()):
        best = max(left, key=lambda code: len(left[code]))
        chosen.append(edition.question[best])
        seen = left.pop(best)
        left = {code: own - seen for code, own in left.items()}
    return chosen


def test_every_shape_is_tried(edition: Edition) -> None:
    tried = of_every_shape(edition)
    assert len(tried) < len(edition.questions) / 4
    conditions = [condition for question in tried for _name, condition in conditions_of(question)]
    assert any(len(condition.clauses) > 1 for condition in conditions)
    clauses = [clause for condition in conditions for clause in condition.clauses]
    assert all(any(getattr(clause, how) for clause in clauses) for how in Clause.__slots__)


def test_untouched_questions_stay_as_they_are(edition: Edition) -> None:
    for question, meaning in zip(of_every_shape(edition), cycle(["", "same", "changed"]), strict=False):
        shown = QuestionEdit(edition=edition, stored=question, version=7, meaning=meaning)
        sent = QuestionEdit(sent_by(shown), edition=edition, stored=question, version=0)
        assert sent.is_valid(), (question.id, [form.errors for form in sent.every_form()])
        assert sent.question() == question
        assert (sent.seen_version, sent.meaning, sent.action) == (7, meaning, "save")
