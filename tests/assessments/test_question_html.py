"""A cached question with an answer filled in equals the crispy form rendered for it, for every question and answer."""

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree.ElementTree import Element

import pytest

from assessments.bank.steps import FindOutHint
from assessments.bank.types import Edition, NotApplicable, Question, UnknownAnswer
from assessments.forms.question import QuestionForm, initial_of
from assessments.models import Answer, AnswerKind
from assessments.pages.answering import question_html as filled
from assessments.pages.answering.question_html import bound_question_html, question_html
from tests.bank.making import question
from tests.pages import by_id, controls, of_class, parse, sends, text_of

NOBODY = frozenset[str]()
KINDS = [*((AnswerKind.LEVEL, level) for level in range(5)), *((kind, None) for kind in AnswerKind if kind != "level")]
PAYLOADS = (
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "{{ settings.SECRET_KEY }} {% load i18n %}",
    "&lt;b&gt; &amp;amp; &#60;",
    "note version reason evidence",
    ' value="3" checked value="unknown"',
    ' value="na"',
    "<!-- --> ]]> \u2028 \ufeff",
    "\nleading and trailing lines\n",
)


def row(kind: AnswerKind = AnswerKind.OPEN, level: int | None = None, version: int = 7, **texts: str) -> Answer:
    return Answer(kind=kind, level=level, version=version, saved_at=datetime.now(UTC), **texts)


def fresh(asked: Question, tags: frozenset[str], stored: Answer | None) -> str:
    """As crispy-forms renders it."""
    offers = asked.offers_not_applicable(tags)
    return str(
        bound_question_html(QuestionForm(question=asked, offers_not_applicable=offers, initial=initial_of(stored)))
    )


def content_of(element: Element) -> tuple[object, ...]:
    """An input without a value and one with an empty value are the same to a browser."""
    attributes = {name: value for name, value in element.attrib.items() if (name, value) != ("value", "")}
    return element.tag, attributes, (element.text or "").split(), (element.tail or "").split()


def same(one: Element, other: Element) -> bool:
    return (
        content_of(one) == content_of(other)
        and len(one) == len(other)
        and all(same(*pair) for pair in zip(one, other, strict=True))
    )


def assert_same(asked: Question, tags: frozenset[str], stored: Answer | None) -> None:
    kept, laid_out = parse(question_html(asked, tags, stored)), parse(fresh(asked, tags, stored))
    assert controls(kept) == controls(laid_out)
    assert same(kept, laid_out)


@pytest.mark.parametrize("offered", [NotApplicable.ALWAYS, NotApplicable.NEVER])
def test_every_question_of_the_bank_with_every_kind_of_answer(edition: Edition, offered: NotApplicable) -> None:
    """Rendering 114 forms for each kind would take a minute, so the kinds take turns."""
    for place, asked in enumerate(edition.questions):
        kind, level = KINDS[place % len(KINDS)]
        stored = row(kind, level, note="A\nnote", reason="A reason", evidence="A list")
        assert_same(replace(asked, not_applicable=offered), NOBODY, stored if place % 5 else None)


@pytest.mark.parametrize(("kind", "level"), KINDS)
@pytest.mark.parametrize("text", PAYLOADS)
def test_every_kind_of_answer_with_texts_that_would_break_out(kind: AnswerKind, level: int | None, text: str) -> None:
    asked = question("DATA-01")
    stored = row(kind, level, note=text, reason=text, evidence=text)
    assert_same(asked, NOBODY, stored)
    sent = sends(parse(question_html(asked, NOBODY, stored)))
    assert sent["DATA-01-note"] == [text]
    assert sent.get("DATA-01-answer", [""]) == [initial_of(stored)["answer"]]
    assert sent["DATA-01-version"] == ["7"]


@pytest.mark.parametrize("text", PAYLOADS)
def test_texts_of_the_bank_are_text_too(text: str) -> None:
    asked = question("DATA-01", text=text, help=text, levels=(text,) * 5, weight_reason=text, first_step=text)
    stored = row(AnswerKind.LEVEL, 3, note="My note", evidence="My proof")
    assert_same(asked, NOBODY, stored)
    page = parse(question_html(asked, NOBODY, stored))
    assert text_of(page).count("My note") == 1
    assert not list(page.iter("script"))
    assert not [element for element in page.iter() if any(name.startswith("on") for name in element.attrib)]


def test_a_question_is_laid_out_once_for_all_businesses(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = question("DATA-77")
    question_html(asked, NOBODY, row(AnswerKind.LEVEL, 4, note="Secret of another business"))
    monkeypatch.setattr(filled, "bound_question_html", lambda form: pytest.fail("laid out again"))
    empty = question_html(asked, NOBODY, None)
    assert "Secret" not in empty
    assert not any(control.checked for control in controls(parse(empty)))
    assert sends(parse(empty))["DATA-77-version"] == ["0"]


def test_questions_with_the_same_name_in_two_editions_are_told_apart() -> None:
    one, other = question("DATA-01"), question("DATA-01", text="Another wording?")
    assert "Another wording?" not in question_html(one, NOBODY, None)
    assert "Another wording?" in question_html(other, NOBODY, None)


def test_not_knowing_is_in_the_words_of_the_edition_with_how_to_find_out() -> None:
    asked = question("DATA-01", find_out=FindOutHint("Look <here>.", 10))
    unknown = UnknownAnswer("Nobody knows", "A fair answer.")
    page = parse(question_html(asked, NOBODY, None, unknown))
    hint = by_id(page, "DATA-01-find-out")
    assert text_of(hint) == "A fair answer. How to find out, in about 10 minutes: Look <here>."
    [radio] = [box for box in page.iter("input") if box.get("value") == "unknown"]
    assert radio.get("aria-describedby") == hint.get("id")
    [label] = [own for own in page.iter("label") if own.get("for") == radio.get("id")]
    assert text_of(label) == "Nobody knows"
    [more] = of_class(page, "question__more")
    assert "How to find out, in about 10 minutes Look <here>." in text_of(more)


def test_an_older_edition_says_nothing_about_not_knowing() -> None:
    page = parse(question_html(question("DATA-01"), NOBODY, None))
    assert "I don’t know" in text_of(page)
    assert not of_class(page, "question__find-out")
    radios = [box for box in page.iter("input") if box.get("type") == "radio"]
    assert not any("aria-describedby" in radio.attrib for radio in radios)
    assert "A good first step Start." in text_of(page)


def test_a_question_of_this_edition_has_steps_in_place_of_a_first_step(edition: Edition) -> None:
    assert "A good first step" not in question_html(edition.questions[0], NOBODY, None, edition.unknown)
