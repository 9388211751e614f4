"""Editions in rows: what goes in comes out, once and whole, and a published one is never changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from assessments.bank.document.carry_over import CarryOver, Predecessor
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.types import Edition
from assessments.editions.newest import newest_offered
from assessments.editions.stored import edition_of, read_edition_rows
from assessments.models import CoverageRow, EditionRow, EditionStatus, LevelRow, QuestionRow
from assessments.services.editions import LoadOutcome, load_published, publish_edition, store_draft
from tests.bank.making import duty, gate, question, when
from tests.bank.making import edition as bank
from tests.published_bank import without_stored_bank
from tests.runs import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Edition:
    return bank(
        question(
            "DATA-01", 3, gates=(gate(caps_pillar=True, on=when("gdpr")), gate()), duties=(duty(starts=NOW.date()),)
        ),
        question("ACCESS-01", 1, applies_when=when("uses_ai"), ai_lens=True),
    )


def test_the_shipped_edition_comes_back_from_its_rows_as_it_went_in(edition: Edition, edition_row: EditionRow) -> None:
    assert read_edition_rows(edition_row.pk) == edition


def test_a_small_edition_comes_back_too(small: Edition) -> None:
    assert read_edition_rows(store_draft(edition=small).pk) == small


def test_the_order_of_mappings_comes_back(edition: Edition, edition_row: EditionRow) -> None:
    read = read_edition_rows(edition_row.pk)
    assert list(read.citations) == list(edition.citations)
    assert list(read.checklist) == list(edition.checklist)


def test_reading_takes_a_fixed_number_of_queries(small: Edition, edition_row: EditionRow) -> None:
    little = store_draft(edition=small)
    with CaptureQueriesContext(connection) as few:
        read_edition_rows(little.pk)
    with CaptureQueriesContext(connection) as many:
        read_edition_rows(edition_row.pk)
    assert len(few) == len(many) <= 12


def test_loading_publishes_once(small: Edition) -> None:
    without_stored_bank()
    assert load_published(edition=small, now=NOW) is LoadOutcome.NEW
    row = EditionRow.objects.get(code="test")
    assert (row.status, row.published_at) == (EditionStatus.PUBLISHED, NOW)
    assert load_published(edition=small, now=NOW) is LoadOutcome.UNCHANGED
    assert EditionRow.objects.filter(code="test").count() == 1


def test_other_content_leaves_the_published_edition_as_it_is(small: Edition) -> None:
    load_published(edition=small, now=NOW)
    other = replace(small, title="Rewritten", questions=small.questions[:1])
    assert load_published(edition=other, now=NOW) is LoadOutcome.KEPT
    assert read_edition_rows(EditionRow.objects.get(code="test").pk) == small


def test_a_draft_of_the_same_name_is_not_touched_and_not_taken_for_published(small: Edition) -> None:
    store_draft(edition=small)
    assert load_published(edition=small, now=NOW) is LoadOutcome.DRAFT
    assert EditionRow.objects.get(code="test").status == EditionStatus.DRAFT


@pytest.mark.parametrize("model", [QuestionRow, LevelRow, CoverageRow])
def test_a_failure_in_the_middle_leaves_nothing(
    small: Edition, monkeypatch: pytest.MonkeyPatch, model: type[Model]
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise OSError("the connection is gone")

    monkeypatch.setattr(model.objects, "bulk_create", fail)  # type: ignore[attr-defined]
    with pytest.raises(OSError, match="the connection"):
        load_published(edition=small, now=NOW)
    assert not EditionRow.objects.filter(code="test").exists()


def test_a_failure_while_publishing_leaves_nothing(small: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise OSError("the connection is gone")

    monkeypatch.setattr("assessments.services.editions.publish_edition", fail)
    with pytest.raises(OSError, match="the connection"):
        load_published(edition=small, now=NOW)
    assert not EditionRow.objects.filter(code="test").exists()


def test_a_published_edition_is_read_once_per_process(small: Edition) -> None:
    load_published(edition=small, now=NOW)
    row = EditionRow.objects.get(code="test")
    first = edition_of(row)
    with CaptureQueriesContext(connection) as queries:
        assert edition_of(row) is first
    assert len(queries) == 0


def test_a_draft_is_read_anew_each_time(small: Edition) -> None:
    row = store_draft(edition=small)
    assert edition_of(row).title == "A small bank"
    EditionRow.objects.filter(pk=row.pk).update(title="Changed")
    assert edition_of(row).title == "Changed"


def test_a_new_run_starts_on_the_newest_law(small: Edition, edition_row: EditionRow) -> None:
    older = replace(small, id="older", law_status_as_of=edition_row.law_status_as_of.replace(year=2020))
    load_published(edition=older, now=NOW)
    store_draft(edition=replace(small, id="draft", law_status_as_of=edition_row.law_status_as_of.replace(year=2100)))
    assert newest_offered() == edition_row


def test_a_retired_edition_is_offered_no_more(small: Edition) -> None:
    without_stored_bank()
    older, row = (store_draft(edition=replace(small, id=name)) for name in ("older", "newer"))
    for each in (older, row):
        publish_edition(edition_row=each, now=NOW)
    assert newest_offered() == row
    EditionRow.objects.filter(pk=row.pk).update(status=EditionStatus.RETIRED, offered_at=None)
    assert newest_offered() == older


def test_without_an_edition_nothing_is_newest() -> None:
    without_stored_bank()
    with pytest.raises(EditionRow.DoesNotExist):
        newest_offered()


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch) -> Callable[[Edition], None]:
    def ship(made: Edition) -> None:
        monkeypatch.setattr("assessments.management.commands.load_edition.shipped_editions", lambda: [made])
        monkeypatch.setattr("assessments.management.commands.load_edition.shipped_carry_overs", lambda editions: {})

    return ship


def test_the_command_says_what_it_did(
    small: Edition, shipped: Callable[[Edition], None], capsys: pytest.CaptureFixture[str]
) -> None:
    without_stored_bank()
    shipped(small)
    call_command("load_edition")
    call_command("load_edition")
    shipped(replace(small, title="Rewritten"))
    call_command("load_edition")
    assert capsys.readouterr().out.splitlines() == [
        "Edition test is published, with 2 questions.",
        "Edition test is already published.",
        "Edition test is already published with content that differs from the shipped file. It is kept.",
    ]


FOLLOWS = CarryOver((Predecessor("skipped", {}), Predecessor("before", {"DATA-01": "It asks for more."})))


def test_a_shipped_edition_follows_none_where_the_one_before_is_not_published(small: Edition) -> None:
    store_draft(edition=replace(small, id="before"))
    load_published(edition=small, now=NOW, carry_over=FOLLOWS)
    assert EditionRow.objects.get(code="test").predecessor is None
    assert not QuestionRow.objects.exclude(meaning="", meaning_reason="").exists()


@pytest.mark.parametrize("retired", [False, True])
def test_a_shipped_edition_follows_the_one_that_is_published_or_was(small: Edition, retired: bool) -> None:
    older = replace(small, id="before", questions=small.questions[:1])
    load_published(edition=older, now=NOW)
    if retired:
        EditionRow.objects.filter(code="before").update(status=EditionStatus.RETIRED)
    load_published(edition=small, now=NOW, carry_over=FOLLOWS)
    row = EditionRow.objects.get(code="test")
    assert row.predecessor == EditionRow.objects.get(code="before")
    asked = QuestionRow.objects.filter(domain__edition=row).values_list("code", "meaning", "meaning_reason")
    assert set(asked) == {("DATA-01", "changed", "It asks for more."), ("ACCESS-01", "", "")}


def test_of_several_editions_before_the_newest_that_is_here_is_followed(small: Edition) -> None:
    for name in ("before", "skipped"):
        load_published(edition=replace(small, id=name, questions=small.questions[:1]), now=NOW)
    load_published(edition=small, now=NOW, carry_over=FOLLOWS)
    row = EditionRow.objects.get(code="test")
    assert row.predecessor == EditionRow.objects.get(code="skipped")
    asked = QuestionRow.objects.filter(domain__edition=row).values_list("code", "meaning", "meaning_reason")
    assert set(asked) == {("DATA-01", "same", ""), ("ACCESS-01", "", "")}


def test_a_broken_carry_over_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(editions: list[Edition]) -> dict[str, CarryOver]:
        raise DocumentError([Problem("changed, ACCESS-99", "edition 2026.3 has no question ACCESS-99")])

    monkeypatch.setattr("assessments.management.commands.load_edition.shipped_carry_overs", broken)
    with pytest.raises(CommandError, match="no question ACCESS-99"):
        call_command("load_edition")


def test_the_command_says_that_a_draft_is_in_the_way(
    small: Edition, shipped: Callable[[Edition], None], capsys: pytest.CaptureFixture[str]
) -> None:
    store_draft(edition=small)
    shipped(small)
    call_command("load_edition")
    assert "draft" in capsys.readouterr().out


def test_a_broken_shipped_file_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[Edition]:
        raise DocumentError([Problem("questions ACCESS-02, levels", "five needed, three found")])

    monkeypatch.setattr("assessments.management.commands.load_edition.shipped_editions", broken)
    with pytest.raises(CommandError, match="questions ACCESS-02, levels"):
        call_command("load_edition")
