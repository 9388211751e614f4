"""Snippets: offered where they fit, put in by a button, changed by the consultancy alone."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor
from accounts.models import Organisation, Role, User
from assessments.errors import ChangeRefused
from assessments.models import AnswerKind, Bank, Result
from assessments.presentation.answer_record import RecordedAnswer
from reports.consultant_words import snippets
from reports.consultant_words.queries import fits
from reports.consultant_words.snippets import SnippetTerms, add_snippet
from reports.models import ConsultantText, Snippet
from tests.factories import give_second_step, member
from tests.pages import parse, sends, text_of
from tests.reports.consultant_words.conftest import DOMAIN, AddSnippet, path
from tests.runs import NOW

pytestmark = pytest.mark.django_db


def test_those_that_fit_the_answers_are_offered(desk: Client, result: Result, snippet: AddSnippet) -> None:
    snippet("For level two.")
    snippet("For level three.", level=3)
    snippet("For nobody knows.", level=None)
    shown = text_of(parse(desk.get(path("consultant_domain", result, DOMAIN))))
    assert "For level two." in shown
    assert "For level three." not in shown
    assert "For nobody knows." not in shown
    assert "1 snippet fits" in text_of(parse(desk.get(path("consultant_words", result))))


@pytest.mark.parametrize(
    ("level", "kind", "given", "fit"),
    [
        (2, AnswerKind.LEVEL, 2, True),
        (2, AnswerKind.LEVEL, 3, False),
        (0, AnswerKind.LEVEL, 0, True),
        (None, AnswerKind.UNKNOWN, None, True),
        (None, AnswerKind.LEVEL, 0, False),
        (0, AnswerKind.UNKNOWN, None, False),
        (None, AnswerKind.OPEN, None, False),
        (None, AnswerKind.NOT_APPLICABLE, None, False),
    ],
)
def test_what_fits(level: int | None, kind: AnswerKind, given: int | None, fit: bool) -> None:
    answer = RecordedAnswer("DATA-01", kind, given, "", "", "")
    assert fits(Snippet(question="DATA-01", level=level, text="x"), answer) is fit


def test_a_button_puts_it_below_what_was_typed(desk: Client, result: Result, snippet: AddSnippet) -> None:
    address, put_in = path("consultant_domain", result, DOMAIN), snippet("Begin with a list.")
    answer = desk.post(address, {"text": "Typed.\r\nTwo lines.", "version": "0", "snippet": str(put_in.pk)})
    assert (answer.status_code, answer.headers["Location"]) == (302, address)
    page = parse(desk.get(address))
    sent = {name: values[0] for name, values in sends(page).items()}
    assert sent["text"] == "Typed.\nTwo lines.\n\nBegin with a list."
    assert desk.post(address, {**sent, "text": sent["text"].replace("list", "walk")}).status_code == 302
    assert ConsultantText.objects.get().text.endswith("Begin with a walk.")
    assert Snippet.objects.get().text == "Begin with a list."


def test_one_that_makes_the_text_too_long_is_shown_in_it(desk: Client, result: Result, snippet: AddSnippet) -> None:
    typed, put_in = "w" * 4_990, snippet("Begin with a list.")
    answer = desk.post(
        path("consultant_domain", result, DOMAIN), {"text": typed, "version": "0", "snippet": str(put_in.pk)}
    )
    assert answer.status_code == 422
    assert sends(parse(answer))["text"] == [f"{typed}\n\nBegin with a list."]
    assert not ConsultantText.objects.exists()


@pytest.mark.parametrize("key", ["", "nonsense", "b3c1a9d8-6d0e-4c3d-9d5c-111111111111"])
def test_one_that_is_not_offered_is_left_out(desk: Client, result: Result, key: str) -> None:
    address = path("consultant_domain", result, DOMAIN)
    assert desk.post(address, {"text": "Typed.", "version": "0", "snippet": key}).status_code == 302
    assert ConsultantText.objects.get().text == "Typed."


def test_another_consultancys_snippet_is_not_offered(desk: Client, result: Result, snippet: AddSnippet) -> None:
    theirs = snippet("Ours.")
    theirs.consultancy = Organisation.objects.create(name="Others", kind="consultancy")
    theirs.save()
    assert "Ours." not in text_of(parse(desk.get(path("consultant_domain", result, DOMAIN))))


def test_one_is_added_changed_and_removed(desk: Client, consultancy: Organisation, result: Result) -> None:
    question = next(iter(result.answers))["question"]
    added = desk.post(
        reverse("snippet_add", args=[consultancy.pk]),
        {"question": question, "level": "unknown", "text": "Ask Bo.", "version": "0"},
    )
    assert added.status_code == 302
    found = Snippet.objects.get()
    assert (found.question, found.level, found.text) == (question, None, "Ask Bo.")
    assert "Ask Bo." in text_of(parse(desk.get(reverse("snippets", args=[consultancy.pk]))))
    address = reverse("snippet_edit", args=[consultancy.pk, found.pk])
    form = {name: values[0] for name, values in sends(parse(desk.get(address))).items()}
    assert desk.post(address, {**form, "level": "4"}).status_code == 302
    found.refresh_from_db()
    assert (found.level, found.version) == (4, 2)
    assert desk.post(reverse("snippet_remove", args=[consultancy.pk, found.pk])).status_code == 302
    assert not Snippet.objects.exists()


def test_two_tabs_keep_both(desk: Client, consultancy: Organisation, adviser: User, snippet: AddSnippet) -> None:
    found = snippet("As it was.")
    address = reverse("snippet_edit", args=[consultancy.pk, found.pk])
    form = {name: values[0] for name, values in sends(parse(desk.get(address))).items()}
    terms = SnippetTerms(found.question, 2, "Saved elsewhere.")
    snippets.change_snippet(snippet=found, terms=terms, seen_version=1, by=Actor(adviser), now=NOW)
    answer = desk.post(address, {**form, "text": "Typed here."})
    assert answer.status_code == 409
    assert "Saved elsewhere." in text_of(parse(answer))
    assert sends(parse(answer))["text"] == ["Typed here."]


def test_a_question_that_is_gone_stays_chosen(desk: Client, consultancy: Organisation, snippet: AddSnippet) -> None:
    found = snippet()
    Snippet.objects.filter(pk=found.pk).update(question="GONE-01")
    form = sends(parse(desk.get(reverse("snippet_edit", args=[consultancy.pk, found.pk]))))
    assert form["question"] == ["GONE-01"]


def test_viewers_of_the_consultancy_read(consultancy: Organisation, snippet: AddSnippet) -> None:
    snippet("Begin with a list.")
    viewer = member(consultancy, Role.VIEWER)
    give_second_step(viewer)
    client = Client()
    client.force_login(viewer)
    page = client.get(reverse("snippets", args=[consultancy.pk])).content.decode()
    assert "Begin with a list." in page
    assert reverse("snippet_add", args=[consultancy.pk]) not in page
    assert client.get(reverse("snippet_add", args=[consultancy.pk])).status_code == 403


def test_there_is_a_number(
    monkeypatch: pytest.MonkeyPatch, snippet: AddSnippet, consultancy: Organisation, adviser: User
) -> None:
    monkeypatch.setattr(snippets, "MOST_SNIPPETS", 1)
    first = snippet("One.")
    assert snippet("One.") == first, "the same again is the one that is there"
    with pytest.raises(ChangeRefused):
        snippet("Two.")


@pytest.mark.parametrize("wrong", [{"level": 5}, {"text": ""}, {"question": ""}, {"text": "x" * 2_001}], ids=str)
def test_the_database_refuses_nonsense(consultancy: Organisation, adviser: User, wrong: dict[str, object]) -> None:
    terms: dict[str, object] = {"question": "DATA-01", "level": 1, "text": "x", **wrong}
    fixed = {"consultancy": consultancy, "bank": Bank.objects.get(), "written_by": adviser, "written_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Snippet.objects.create(**fixed, **terms)


def test_only_who_looks_after_clients_adds_one(consultancy: Organisation, result: Result) -> None:
    terms = SnippetTerms("DATA-01", 1, "x")
    with pytest.raises(PermissionDenied):
        add_snippet(
            consultancy=consultancy, bank=Bank.objects.get(), terms=terms, by=Actor(result.finished_by), now=NOW
        )
    assert not Snippet.objects.exists()
