"""Administrators look through the bank; what is published cannot be changed there, and no answers are shown."""

from dataclasses import replace

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.models import Answer, Assessment, QuestionRow, Result
from assessments.services.editions import load_published, store_draft
from assessments.shipped import shipped_editions
from tests.factories import UserFactory

BANK = ("editionrow", "domainrow", "questionrow", "citationrow", "checklistitem")


@pytest.fixture
def administrator(client: Client, db: None) -> Client:
    load_published(edition=shipped_editions()[-1], now=timezone.now())
    client.force_login(UserFactory.create(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("model", BANK)
def test_every_bank_list_and_row_can_be_looked_at(administrator: Client, model: str) -> None:
    listing = administrator.get(reverse(f"admin:assessments_{model}_changelist"))
    assert listing.status_code == 200
    row = listing.context["cl"].queryset.first()
    page = administrator.get(reverse(f"admin:assessments_{model}_change", args=[row.pk]))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()


def test_a_published_question_cannot_be_changed_deleted_or_added(administrator: Client) -> None:
    question = QuestionRow.objects.get(code="ACCESS-02", domain__edition__published_at__isnull=False)
    change = reverse("admin:assessments_questionrow_change", args=[question.pk])
    assert administrator.post(change, {"text": "Changed?"}).status_code == 403
    assert administrator.post(reverse("admin:assessments_questionrow_delete", args=[question.pk])).status_code == 403
    assert administrator.get(reverse("admin:assessments_questionrow_add")).status_code == 403
    question.refresh_from_db()
    assert question.text != "Changed?"


def test_how_a_citation_was_checked_is_shown_at_its_question(administrator: Client) -> None:
    question = QuestionRow.objects.filter(citations__citation__verification="memory").first()
    assert question is not None
    page = administrator.get(reverse("admin:assessments_questionrow_change", args=[question.pk]))
    assert "From memory" in page.content.decode()


def test_a_draft_is_changed_in_the_editor_alone(administrator: Client) -> None:
    """Here it would leave no history, and no one at work on it would notice."""
    draft = store_draft(edition=replace(shipped_editions()[-1], id="draft"))
    question = QuestionRow.objects.get(code="ACCESS-02", domain__edition=draft)
    change = reverse("admin:assessments_questionrow_change", args=[question.pk])
    assert 'name="_save"' not in administrator.get(change).content.decode()
    assert administrator.post(change, {"text": "Changed?"}).status_code == 403


def test_no_answers_and_results_in_the_administration() -> None:
    assert not {Answer, Assessment, Result} & set(admin.site._registry)
