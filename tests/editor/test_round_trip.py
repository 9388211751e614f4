"""Opening something and saving it untouched changes nothing: tried with everything that ships."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from itertools import cycle
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string

from assessments.bank.checks.scope import conditions_of
from assessments.bank.conditions import Clause
from assessments.bank.types import Edition, Question
from assessments.editor.forms.condition import ConditionBoundField, how_name, tag_name, ways_name
from assessments.editor.forms.question import QuestionEdit
from assessments.editor.forms.simple_forms import CitationForm, ItemForm
from assessments.editor.pages.frame import FRAME_PAGES
from assessments.editor.pages.question import parts_shown
from assessments.editor.pages.steps import steps_shown
from tests.pages import parse, sends

# An option that is neither chosen nor the first of its list. There are thousands; parsing them takes most of the time.
NEVER_SENT = re.compile(r'(?<=</option>)<option value="[^"]*">[^<]*</option>')
CHOSEN = ("depth", "weight", "not_applicable", "effort", "kind", "min_level", "cap_pillar", "level", "ai_lens")


def sent_by(form: QuestionEdit) -> QueryDict:
    """What a browser sends for the form as it is rendered."""
    shown = {"parts": parts_shown(form), "steps": steps_shown(form)}
    page = {"code": "X", "conflict": None, "labels": (), "beside": {"meaning": ""}, **shown}
    context = {"page": page, "form": form, "fields": form.fields, "request": {"path": "/"}}
    html = render_to_string("editor/_question_form.html", context)
    data = QueryDict(mutable=True)
    for name, values in sends(parse(NEVER_SENT.sub("", html))).items():
        data.setlist(name, values)
    return data


def held_by(form: QuestionEdit) -> QueryDict:
    """What the controls of the form hold, without a page around them: much faster."""
    data = QueryDict(mutable=True)
    formsets: list[Any] = [*form.formsets]
    for step in form.steps:
        variants: list[Any] = step.variants.forms
        formsets += [step.links, step.variants, *(variant.links for variant in variants)]
    for own in (*form.every_form(), *(formset.management_form for formset in formsets)):
        for bound in own:
            for name, values in held_in(bound):
                data.setlist(name, values)
    return data


def held_in(bound: forms.BoundField) -> Iterator[tuple[str, list[str]]]:
    value, widget = bound.value(), bound.field.widget
    if isinstance(bound, ConditionBoundField):
        clauses = value.clauses if value else ()
        yield ways_name(bound.html_name), [str(len(clauses))]
        for way, clause in enumerate(clauses):
            rows = [(how, tag) for how in Clause.__slots__ for tag in getattr(clause, how)]
            yield how_name(bound.html_name, way), [how for how, _tag in rows] + ["all"]
            yield tag_name(bound.html_name, way), [tag for _how, tag in rows] + [""]
    elif isinstance(widget, forms.CheckboxInput):
        yield from [(bound.html_name, ["on"])] if value else []
    elif isinstance(widget, forms.CheckboxSelectMultiple):
        yield from [(bound.html_name, list(value))] if value else []
    else:
        shown: Any = widget.format_value(value)
        yield bound.html_name, [str(each) for each in (shown if isinstance(shown, list) else [shown or ""])]


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


def filled(data: QueryDict) -> dict[str, list[str]]:
    """Without what is sent empty, and in no order: boxes have none."""
    return {name: sorted(values) for name, values in data.lists() if any(values)}


def test_untouched_questions_stay_as_they_are(edition: Edition) -> None:
    for question, meaning in zip(of_every_shape(edition), cycle(["", "same", "changed"]), strict=False):
        shown = QuestionEdit(edition=edition, stored=question, version=7, meaning=meaning)
        page = sent_by(shown)
        assert filled(page) == filled(held_by(shown)), question.id
        sent = QuestionEdit(page, edition=edition, stored=question, version=0)
        assert sent.is_valid(), (question.id, [form.errors for form in sent.every_form() if form.errors])
        assert sent.question() == question
        assert (sent.seen_version, sent.meaning, sent.action) == (7, meaning, "save")


@pytest.mark.slow
def test_no_question_that_ships_loses_anything(edition: Edition) -> None:
    for question in edition.questions:
        shown = QuestionEdit(edition=edition, stored=question, version=1)
        sent = QuestionEdit(held_by(shown), edition=edition, stored=question, version=0)
        assert sent.is_valid(), (question.id, [form.errors for form in sent.every_form() if form.errors])
        assert sent.question() == question


def values_of(item: Any) -> dict[str, Any]:
    return {field.name: getattr(item, field.name) for field in fields(item)}


def held_by_form(form: forms.Form) -> QueryDict:
    data = QueryDict(mutable=True)
    for bound in form:
        for name, values in held_in(bound):
            data.setlist(name, values)
    return data


@pytest.mark.parametrize("kind", FRAME_PAGES)
def test_nothing_in_the_frame_loses_anything(edition: Edition, kind: str) -> None:
    page = FRAME_PAGES[kind]
    items = page.part.items(edition)
    assert items
    for value in items.values():
        initial = values_of(value)
        sent = held_by_form(page.form(initial=initial, edition=edition, stored=value))
        form = page.form(sent, edition=edition, stored=value)
        assert form.is_valid(), (value, form.errors)
        assert form.value() == value


def test_no_citation_and_no_checklist_item_loses_anything(edition: Edition) -> None:
    for citation in edition.citations.values():
        form = CitationForm(held_by_form(CitationForm(initial=values_of(citation), edition=edition)), edition=edition)
        assert form.is_valid(), (citation, form.errors)
        assert form.citation() == citation
    for code, entry in edition.checklist.items():
        item = ItemForm(held_by_form(ItemForm(initial=values_of(entry), edition=edition)), edition=edition)
        assert item.is_valid(), (entry, item.errors)
        assert item.item(code) == entry
    assert any(citation.unsettled for citation in edition.citations.values())
    assert any(entry.concerns.clauses for entry in edition.checklist.values())
