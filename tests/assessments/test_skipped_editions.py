"""An installation with edition 2026.2, or with 2026.1 and 2026.2, when 2026.3 is loaded."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from assessments.bank.diff.editions import Meaning
from assessments.bank.document.carry_over import CarryOver
from assessments.editions.newest import newest_offered
from assessments.editions.shipped import shipped_carry_overs, shipped_editions
from assessments.editions.stored import edition_of, read_edition_rows
from assessments.editions.upgrades import meanings_between, newer_edition
from assessments.models import EditionRow, QuestionRow
from assessments.services.edition_upgrades import preview_upgrade
from assessments.services.editions import load_published, publish_edition, store_draft
from tests.bank.editions import edition_2026_1, edition_2026_2, frame_before_2026_3
from tests.published_bank import without_stored_bank
from tests.runs import NOW, answered_run

pytestmark = pytest.mark.django_db


def old_rows() -> EditionRow:
    """Edition 2026.2 as the releases before 2026.3 stored it, published."""
    row = store_draft(edition=edition_2026_2())
    row.frame = frame_before_2026_3(row.frame)
    row.save()
    publish_edition(edition_row=row, now=NOW - timedelta(days=1))
    return row


def test_rows_without_presets_are_read_and_kept() -> None:
    without_stored_bank()
    row = old_rows()
    frame = row.frame

    call_command("load_edition", stdout=StringIO())

    row.refresh_from_db()
    assert row.frame == frame
    assert read_edition_rows(row.pk) == edition_2026_2()
    assert edition_of(row).presets == ()
    assert edition_of(row).quick_check is None


def test_2026_3_follows_2026_2_and_every_answer_holds() -> None:
    without_stored_bank()
    row = old_rows()
    run = answered_run(levels=3)

    call_command("load_edition", stdout=StringIO())

    newest = newest_offered()
    assert (newest.code, newest.predecessor, newer_edition(run.edition)) == ("2026.3", row, newest)
    assert set(QuestionRow.objects.filter(domain__edition=newest).values_list("meaning", "meaning_reason")) == {
        ("same", "")
    }
    shown = preview_upgrade(run, newest, NOW.date(), {})
    assert (len(shown.carried), shown.look_again) == (run.answers.count(), ())


def test_over_2026_2_answers_of_2026_1_are_what_the_file_says_of_them() -> None:
    without_stored_bank()
    load_published(edition=edition_2026_1(), now=NOW - timedelta(days=300))
    [edition] = shipped_editions()
    _same, told = shipped_carry_overs([edition])[edition.id].follows
    load_published(edition=edition_2026_2(), now=NOW - timedelta(days=100), carry_over=CarryOver((told,)))

    call_command("load_edition", stdout=StringIO())

    found = meanings_between(EditionRow.objects.get(code="2026.1"), newest_offered())
    assert {name for name, meaning in found.items() if meaning is Meaning.CHANGED} == set(told.changed)
