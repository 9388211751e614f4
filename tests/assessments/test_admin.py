"""Administrators can view the bank but change nothing published, and see no answers."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Answer, Assessment, Bank, EditionRow, QuestionRow, Result
from assessments.services.editions import store_draft
from tests.bank.making import edition
from tests.bank.making import question as a_question
from tests.factories import UserFactory

BANK = ("editionrow", "domainrow", "questionrow", "citationrow", "checklistitem")


@pytest.fixture
def administrator(client: Client, edition_row: EditionRow) -> Client:
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    return client


def test_a_banks_name_is_changed_and_nothing_else(administrator: Client, edition_row: EditionRow) -> None:
    url = reverse("admin:assessments_bank_change", args=[edition_row.bank_id])
    assert administrator.get(url).status_code == 200
    sent = {"name": "Small businesses", "audience": "bakeries", "slug": "other", "language": "fr"}
    assert administrator.post(url, sent).status_code == 302
    bank = Bank.objects.get()
    assert (bank.name, bank.audience, bank.slug) == ("Small businesses", "bakeries", "evenkeel")
    listing = administrator.get(reverse("admin:assessments_bank_changelist")).content.decode()
    assert reverse("bank_default") in listing
    assert administrator.get(reverse("admin:assessments_bank_add")).status_code == 403
    assert administrator.get(reverse("admin:assessments_bank_delete", args=[bank.pk])).status_code == 403


@pytest.mark.parametrize("model", BANK)
def test_every_bank_list_and_row_can_be_looked_at(administrator: Client, model: str) -> None:
    listing = administrator.get(reverse(f"admin:assessments_{model}_changelist"))
    assert listing.status_code == 200
    row = listing.context["cl"].queryset.first()
    page = administrator.get(reverse(f"admin:assessments_{model}_change", args=[row.pk]))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()


@pytest.mark.parametrize("model", ["domainrow", "questionrow", "citationrow", "checklistitem"])
def test_a_list_reads_no_wide_columns_of_the_edition_for_each_row(administrator: Client, model: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        administrator.get(reverse(f"admin:assessments_{model}_changelist"))
    rows = [query["sql"] for query in captured if query["sql"].startswith(f'SELECT "assessments_{model}"."id"')]
    assert len(rows) == 1
    assert not any(column in rows[0] for column in ('"frame"', '"disclaimer"'))


def test_a_published_question_cannot_be_changed_deleted_or_added(administrator: Client) -> None:
    question = QuestionRow.objects.get(code="ACCESS-02", domain__edition__published_at__isnull=False)
    change = reverse("admin:assessments_questionrow_change", args=[question.pk])
    assert administrator.post(change, {"text": "Changed?"}).status_code == 403
    assert administrator.post(reverse("admin:assessments_questionrow_delete", args=[question.pk])).status_code == 403
    assert administrator.get(reverse("admin:assessments_questionrow_add")).status_code == 403
    question.refresh_from_db()
    assert question.text != "Changed?"


@pytest.mark.parametrize("model", BANK)
def test_no_action_deletes_what_is_ticked(administrator: Client, model: str) -> None:
    listing = reverse(f"admin:assessments_{model}_changelist")
    rows = administrator.get(listing).context["cl"].queryset
    ticked = {"action": "delete_selected", "_selected_action": list(rows.values_list("pk", flat=True)), "post": "yes"}
    administrator.post(listing, ticked)
    assert rows.count() == len(ticked["_selected_action"])


def test_how_a_citation_was_checked_is_shown_at_its_question(administrator: Client) -> None:
    question = QuestionRow.objects.filter(citations__citation__verification="secondary").first()
    assert question is not None
    page = administrator.get(reverse("admin:assessments_questionrow_change", args=[question.pk]))
    assert "Other source read" in page.content.decode()


def test_a_draft_is_changed_in_the_editor_alone(administrator: Client) -> None:
    """In the admin site it would leave no history, and other editors would not notice."""
    question = QuestionRow.objects.get(domain__edition=store_draft(edition=edition(a_question("DATA-01"))))
    change = reverse("admin:assessments_questionrow_change", args=[question.pk])
    assert 'name="_save"' not in administrator.get(change).content.decode()
    assert administrator.post(change, {"text": "Changed?"}).status_code == 403


def test_no_answers_and_results_in_the_administration() -> None:
    assert not {Answer, Assessment, Result} & set(admin.site._registry)
