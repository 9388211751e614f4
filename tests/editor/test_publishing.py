"""Publishing a draft: previewed, confirmed by name, perhaps by two people, and final."""

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments.bank.types import ChecklistEntry, Edition
from assessments.editions.newest import newest_offered
from assessments.editions.stored import edition_of, read_edition_rows
from assessments.editor.errors import EditionFixed
from assessments.editor.services.checklist import add_item
from assessments.editor.services.publishing import (
    DraftChanged,
    NotPublishable,
    SecondPersonNeeded,
    ask_to_publish,
    publish_draft,
)
from assessments.editor.services.questions import save_question
from assessments.models import EditionRow, EditionStatus, PublishRequest, QuestionRow
from tests.editor.changes import LATER, content_of, copy_of_the_bank, reword, uncover
from tests.factories import UserFactory
from tests.pages import by_id, links, parse, text_of
from tests.runs import NOW, answered_run, asked_questions, finished_run


@pytest.fixture
def draft(edition_row: EditionRow, editor: User) -> EditionRow:
    return copy_of_the_bank(edition_row, editor)


@pytest.fixture
def second(db: None) -> User:
    return UserFactory.create(name="Sam", edits_bank=True)


def publish(draft: EditionRow, by: User, *, needs: bool = False, seen: str = "") -> EditionRow:
    return publish_draft(draft=draft, seen=seen or content_of(draft), needs_second_person=needs, by=by, now=LATER)


def test_a_published_draft_has_its_people_and_its_time(draft: EditionRow, editor: User) -> None:
    publish(draft, editor)
    draft.refresh_from_db()
    assert (draft.status, draft.published_at) == (EditionStatus.PUBLISHED, LATER)
    assert (draft.published_by, draft.approved_by) == (editor, None)


def test_publishing_retires_nothing_and_new_runs_start_on_it(draft: EditionRow, editor: User) -> None:
    assert draft.predecessor == newest_offered()
    publish(draft, editor)
    assert newest_offered() == draft
    assert EditionRow.objects.filter(status=EditionStatus.PUBLISHED).count() == 2


def test_what_was_looked_at_is_what_is_published(draft: EditionRow, editor: User) -> None:
    seen = content_of(draft)
    reword(draft, editor)
    with pytest.raises(DraftChanged):
        publish(draft, editor, seen=seen)
    draft.refresh_from_db()
    assert draft.status == EditionStatus.DRAFT


def test_a_choice_of_meaning_counts_as_a_change(draft: EditionRow, editor: User) -> None:
    seen = content_of(draft)
    question = read_edition_rows(draft.pk).questions[0]
    save_question(draft=draft, question=question, meaning="changed", seen_version=1, by=editor, now=NOW)
    assert content_of(draft) != seen


def test_a_draft_with_an_error_cannot_be_published(draft: EditionRow, editor: User) -> None:
    uncover(draft, editor)
    with pytest.raises(NotPublishable):
        publish(draft, editor)


def test_it_is_published_once(draft: EditionRow, editor: User) -> None:
    seen = content_of(draft)
    publish(draft, editor)
    with pytest.raises(EditionFixed):
        publish(draft, editor, seen=seen)


def test_from_then_on_no_service_and_no_query_changes_it(draft: EditionRow, editor: User) -> None:
    publish(draft, editor)
    with pytest.raises(EditionFixed):
        add_item(draft=draft, item=ChecklistEntry("S9-9", "More."), by=editor, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionRow.objects.filter(domain__edition=draft).update(text="Other?")


def test_one_person_alone_is_not_enough_where_two_are_needed(draft: EditionRow, editor: User) -> None:
    with pytest.raises(SecondPersonNeeded):
        publish(draft, editor, needs=True)
    ask_to_publish(draft=draft, seen=content_of(draft), by=editor, now=NOW)
    with pytest.raises(SecondPersonNeeded):
        publish(draft, editor, needs=True)


def test_a_second_person_publishes_what_the_first_asked_for(draft: EditionRow, editor: User, second: User) -> None:
    ask_to_publish(draft=draft, seen=content_of(draft), by=editor, now=NOW)
    publish(draft, second, needs=True)
    draft.refresh_from_db()
    assert (draft.published_by, draft.approved_by) == (editor, second)
    assert not PublishRequest.objects.exists()


def test_a_change_voids_the_request(draft: EditionRow, editor: User, second: User) -> None:
    ask_to_publish(draft=draft, seen=content_of(draft), by=editor, now=NOW)
    reword(draft, editor)
    with pytest.raises(SecondPersonNeeded):
        publish(draft, second, needs=True)


def test_asking_again_replaces_the_request(draft: EditionRow, editor: User, second: User) -> None:
    for person in (editor, second):
        ask_to_publish(draft=draft, seen=content_of(draft), by=person, now=NOW)
    assert PublishRequest.objects.get().asked_by == second


class TestPage:
    @pytest.fixture
    def client(self, client: Client, editor: User) -> Client:
        client.force_login(editor)
        return client

    def url(self, draft: EditionRow) -> str:
        return reverse("bank_publish", args=[draft.code])

    def send(self, client: Client, draft: EditionRow, **data: str) -> int:
        return client.post(self.url(draft), {"name": draft.code, "seen": content_of(draft), **data}).status_code

    def test_the_preview_says_what_changes_and_for_how_many(
        self, client: Client, draft: EditionRow, editor: User, edition: Edition
    ) -> None:
        answered_run()
        finished_run()
        question = reword(draft, editor)
        page = text_of(by_id(parse(client.get(self.url(draft))), "main"))
        assert f"Compared with {edition.id}: 0 added, 0 removed, 1 changed." in page
        assert f"1 open assessment is on {edition.id}" in page
        assert question.id in page
        assert "Changed meaning" in page
        assert "2 (finished)" in page or "1 (finished)" in page

    def test_it_names_no_organisation(self, client: Client, draft: EditionRow) -> None:
        run = answered_run()
        page = client.get(self.url(draft)).content.decode()
        assert run.organisation.name not in page
        assert str(run.pk) not in page

    def test_scores_before_and_after(self, client: Client, draft: EditionRow, editor: User) -> None:
        run = answered_run(levels=3)
        gated = next(question for question in asked_questions(run) if question.gates)
        reword(draft, editor, gated.id)
        page = text_of(by_id(parse(client.get(self.url(draft))), "main"))
        assert "→" in page

    def test_without_a_difference_it_says_so(self, client: Client, draft: EditionRow) -> None:
        assert "Nothing is different" in client.get(self.url(draft)).content.decode()

    def test_another_name_publishes_nothing(self, client: Client, draft: EditionRow) -> None:
        assert self.send(client, draft, name="2026") == 422
        draft.refresh_from_db()
        assert draft.status == EditionStatus.DRAFT

    def test_the_typed_name_publishes(self, client: Client, draft: EditionRow) -> None:
        assert self.send(client, draft, name=f" {draft.code} ") == 302
        page = client.get(self.url(draft)).content.decode()
        assert f"{draft.code} is published" in page
        assert "Edda" in page

    def test_a_stale_preview_is_refused(self, client: Client, draft: EditionRow) -> None:
        assert self.send(client, draft, seen="0" * 64) == 409

    def test_with_an_error_there_is_no_button(self, client: Client, draft: EditionRow, editor: User) -> None:
        item = uncover(draft, editor)
        page = parse(client.get(self.url(draft)))
        assert f"Checklist item {item}: no question covers it" in text_of(page)
        assert links(page)[f"Checklist item {item}"] == reverse("bank_item", args=[draft.code, item])
        assert "Publish this edition" not in text_of(page)
        assert self.send(client, draft) == 409

    def test_two_people(
        self, client: Client, draft: EditionRow, second: User, editor: User, settings: LazySettings
    ) -> None:
        settings.BANK_NEEDS_SECOND_PERSON = True
        assert self.send(client, draft, do="publish") == 409
        assert self.send(client, draft, do="ask") == 302
        assert "Another bank editor has to publish it" in client.get(self.url(draft)).content.decode()
        client.force_login(second)
        assert "Edda asks you to publish this" in client.get(self.url(draft)).content.decode()
        assert self.send(client, draft, do="publish") == 302
        draft.refresh_from_db()
        assert draft.approved_by == second

    def test_an_edition_published_meanwhile_is_named(
        self, client: Client, draft: EditionRow, editor: User, edition_row: EditionRow
    ) -> None:
        publish(copy_of_the_bank(edition_row, editor, code="2026.1b"), editor)
        assert "Since then, 2026.1b was published" in client.get(self.url(draft)).content.decode()

    def test_a_first_edition(self, client: Client, draft: EditionRow) -> None:
        EditionRow.objects.filter(pk=draft.pk).update(predecessor=None)
        assert "A first edition with" in client.get(self.url(draft)).content.decode()
        assert self.send(client, draft) == 302
        draft.refresh_from_db()
        assert edition_of(draft).questions
