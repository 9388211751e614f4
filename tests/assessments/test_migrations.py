"""Names that changed in the database: existing rows keep their values, and the guards are still there."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.models import AuditEvent, AuditKind, ClientNotes, Engagement, Organisation, User
from assessments.editions.newest import newest_offered
from assessments.editions.stored import edition_of, read_edition_rows
from assessments.editor.services.drafts import start_draft
from assessments.models import (
    Answer,
    AnswerReview,
    Assessment,
    AssessmentState,
    EditionRow,
    EditionUpgradeDecision,
    GateRow,
    LevelRow,
    QuestionRow,
    Result,
    UpgradeDecision,
)
from assessments.queries import load_scored_result
from assessments.services.editions import publish_edition, store_draft
from tests.bank import making
from tests.bank.editions import edition_2026_1, frame_before_2026_2
from tests.factories import EngagementFactory, OrganisationFactory, give_second_step, member
from tests.migrating import empty_tables, migrate, newest_migrations
from tests.published_bank import without_stored_bank
from tests.runs import NOW, answered_run, finish

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

BAKERY = {"base": "eu", "people": "yes", "setup": "website", "ai": "tools", "ai_data": "yes"}
BEFORE = (("accounts", "0007_names_of_access_and_events"), ("assessments", "0008_nothing_fixed_is_replaced"))


BEFORE_2026_2 = (("assessments", "0013_labels_and_messages"),)


@pytest.fixture
def old_bank(transactional_db: None) -> EditionRow:
    """Edition 2026.1 as the releases before 2026.2 stored it, published."""
    without_stored_bank()
    row = store_draft(edition=edition_2026_1())
    row.frame = frame_before_2026_2(row.frame)
    row.save()
    publish_edition(edition_row=row, now=NOW)
    return row


@pytest.fixture
def result(old_bank: EditionRow) -> Result:
    """A finished assessment that was upgraded, by a person who declined MFA, and an event from somewhere."""
    result = finish(answered_run(facts=BAKERY))
    run, by = result.assessment, result.finished_by
    older = EditionRow.objects.create(
        bank=old_bank.bank, code="older", title="Older", language="en-gb", law_status_as_of=NOW.date(), frame={}
    )
    EditionUpgradeDecision.objects.create(
        assessment=run, was_on=older, offered=run.edition, choice=UpgradeDecision.UPGRADED, by=by, at=NOW
    )
    AuditEvent.objects.create(kind=AuditKind.LEFT, ip_address="192.0.2.7")
    by.mfa_declined_at = NOW
    by.save()
    return result


@pytest.fixture
def back_to(result: Result) -> Iterator[Callable[..., Any]]:
    """Migrates back. Whatever a test does, the tests after it find the newest tables."""
    yield migrate
    migrate(*newest_migrations())
    if connection.vendor == "sqlite":
        empty_tables()


def test_clients_keep_that_they_were_handed_over_and_lose_where_consultants_worked(back_to: Callable[..., Any]) -> None:
    engagement = EngagementFactory.create()
    client, consultancy = engagement.client, engagement.consultancy
    waiting = OrganisationFactory.create(set_up_by=consultancy)
    Organisation.objects.filter(pk=client.pk).update(set_up_by=consultancy)
    owner, consultant = member(client), member(consultancy)
    before = back_to(("accounts", "0025_names_that_were_known"))
    for who, where in ((owner, client), (consultant, client), (consultant, consultancy)):
        before.get_model("accounts", "AuditEvent").objects.create(
            kind="report_downloaded",
            actor=who.pk,
            organisation=where.pk,
            organisation_name=where.name,
            ip_address="192.0.2.7",
        )

    migrate(*newest_migrations())

    assert Organisation.objects.get(pk=client.pk).handed_over_at is not None
    assert Organisation.objects.get(pk=waiting.pk).handed_over_at is None
    events = AuditEvent.objects.filter(kind="report_downloaded")
    kept = {(event.actor, event.organisation) for event in events if event.ip_address}
    assert kept == {(owner.pk, client.pk), (consultant.pk, consultancy.pk)}
    with pytest.raises(DatabaseError), transaction.atomic():
        events.update(subject="another")


def test_every_value_keeps_under_its_new_name_and_the_guards_stand(back_to: Callable[..., Any], result: Result) -> None:
    before = back_to(*BEFORE)
    old = before.get_model("assessments", "Assessment").objects.get()
    assert (old.state, old.submitted_at) == ("submitted", result.finished_at)
    old_result = before.get_model("assessments", "Result").objects.get()
    assert (old_result.frozen_at, old_result.frozen_by_id) == (result.finished_at, result.finished_by_id)
    assert before.get_model("assessments", "EditionChoice").objects.get().choice == "moved"
    assert before.get_model("accounts", "AuditEvent").objects.get().address == "192.0.2.7"
    assert before.get_model("accounts", "User").objects.get().declined_second_step_at == NOW

    migrate(*newest_migrations())

    run = Assessment.objects.get()
    assert (run.state, run.finished_at) == (AssessmentState.FINISHED, result.finished_at)
    assert Result.objects.get().finished_by == result.finished_by
    assert EditionUpgradeDecision.objects.get().choice == UpgradeDecision.UPGRADED
    assert AuditEvent.objects.get().ip_address == "192.0.2.7"
    assert result.finished_by.mfa_declined_at == NOW

    for change in (
        lambda: Assessment.objects.update(state=AssessmentState.ANSWERING, finished_at=None),
        lambda: Assessment.objects.update(finished_at=NOW + timedelta(days=1)),
        lambda: run.answers.update(note="Changed"),
        lambda: Result.objects.update(outcome={}),
        lambda: AuditEvent.objects.update(ip_address=None),
    ):
        assert refused(change)


def test_an_edition_of_before_2026_2_reads_the_same_and_is_followed(
    back_to: Callable[..., Any], old_bank: EditionRow, result: Result
) -> None:
    before = back_to(*BEFORE_2026_2)
    question, gate = (before.get_model("assessments", name) for name in ("QuestionRow", "GateRow"))
    assert not {"steps", "find_out", "usual"} & {column.name for column in question._meta.get_fields()}
    assert question.objects.exclude(first_step="", effort="").count() == len(edition_2026_1().questions)
    kept = set(gate.objects.values_list("question__code", "kind", "min_level", "reason"))
    frame = before.get_model("assessments", "EditionRow").objects.get(pk=old_bank.pk).frame
    assert frame == old_bank.frame

    migrate(*newest_migrations())

    row = EditionRow.objects.get(pk=old_bank.pk)
    assert row.frame == frame
    assert read_edition_rows(row.pk) == edition_2026_1()
    assert set(GateRow.objects.values_list("question__code", "kind", "min_level", "reason")) == kept
    for change in (
        lambda: QuestionRow.objects.update(steps=[]),
        lambda: QuestionRow.objects.update(meaning_reason="It asks for more."),
        lambda: GateRow.objects.update(severity=1),
        lambda: LevelRow.objects.all().delete(),
        lambda: EditionRow.objects.update(frame={}),
    ):
        assert refused(change)

    call_command("load_edition", stdout=StringIO())
    assert newest_offered().predecessor == row
    assert load_scored_result(edition_of(row), Result.objects.get()) == load_scored_result(edition_2026_1(), result)


def refused(change: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


BEFORE_NOTES = (("accounts", "0012_people_who_are_erased"), ("assessments", "0016_erased_and_deleted"))


def test_notes_outlast_access_and_answers_say_for_whom(back_to: Callable[..., Any], result: Result) -> None:
    """Tags and dates move to consultancy and client; who left nobody behind gets back; nobody agrees with oneself."""
    owner, business = result.finished_by, result.assessment.organisation
    before = back_to(*BEFORE_NOTES)

    def old(app: str, name: str) -> Any:
        return before.get_model(app, name).objects

    advice = old("accounts", "Organisation").create(name="Haddad Advice", kind="consultancy")
    alone = old("accounts", "Organisation").create(name="Atelier Nord", set_up_by=advice)
    noor = old("accounts", "User").create(email="noor@advice.example")
    old("accounts", "Membership").create(user=noor, organisation=advice, role="owner")
    to_business = {"consultancy": advice, "client_id": business.pk, "level": "answer"}
    first = old("accounts", "Engagement").create(**to_business, granted_at=NOW, ended_at=NOW, next_review_on=NOW.date())
    again = old("accounts", "Engagement").create(**to_business, granted_at=NOW)
    old("accounts", "Engagement").create(consultancy=advice, client=alone, level="answer", granted_at=NOW, ended_at=NOW)
    for engagement, name in ((first, "early"), (again, "north"), (again, "retail")):
        old("assessments", "ClientTag").create(engagement=engagement, name=name)
    open_run = old("assessments", "Assessment").create(
        organisation=alone, edition_id=result.assessment.edition_id, started_by=noor
    )
    own = {"assessment": open_run, "question": "ACCESS-02"}
    old("assessments", "Answer").create(**own, kind="level", level=2, saved_by=noor, saved_at=NOW)
    old("assessments", "AnswerReview").create(
        **own, verdict="agrees", answer_version=1, by=noor, consultancy=advice, at=NOW
    )

    migrate(*newest_migrations())

    notes = ClientNotes.objects.get()
    assert (notes.consultancy_id, notes.client_id, notes.next_review_on) == (advice.pk, business.pk, NOW.date())
    assert set(notes.tags.values_list("name", flat=True)) == {"north", "retail"}
    ended = Engagement.objects.get(pk=first.pk)
    assert ended.client_name == business.name
    assert Engagement.objects.get(client=alone.pk).ended_at is None
    assert not AnswerReview.objects.exists()
    assert Answer.objects.get(assessment=open_run.pk).answered_as == "consultancy"
    assert set(Answer.objects.filter(saved_by=owner).values_list("answered_as", flat=True)) == {"business"}

    earlier = back_to(*BEFORE_NOTES)
    tags = earlier.get_model("assessments", "ClientTag").objects
    assert set(tags.values_list("engagement", "name")) == {(again.pk, "north"), (again.pk, "retail")}
    assert earlier.get_model("accounts", "Engagement").objects.get(pk=again.pk).next_review_on == NOW.date()


BEFORE_BANKS = (("assessments", "0016_erased_and_deleted"),)


def test_every_edition_of_before_gets_the_bank_of_its_family(
    back_to: Callable[..., Any], old_bank: EditionRow, result: Result
) -> None:
    """A copy goes with its original, a file of the shipped bank with that, a library has a bank of its own."""
    by, shipped_questions = result.finished_by, edition_2026_1().questions
    User.objects.filter(pk=by.pk).update(edits_bank=True)
    give_second_step(by)
    copy = start_draft(source=old_bank, code="2026.1a", by=by, now=NOW)
    taken_in = store_draft(edition=replace(edition_2026_1(), id="ours", questions=shipped_questions[:9]))
    library = store_draft(edition=making.edition(making.question("RIGHTS-99"), id="École 1"))
    EditionRow.objects.filter(pk__in=(taken_in.pk, library.pk)).update(drafted_by=by, drafted_at=NOW)
    publish_edition(edition_row=library, now=NOW + timedelta(days=1))
    later = start_draft(source=library, code="ecole-2", by=by, now=NOW)

    back_to(*BEFORE_BANKS)
    migrate(*newest_migrations())

    banks = dict(EditionRow.objects.values_list("pk", "bank__slug"))
    assert {banks[row.pk] for row in (old_bank, copy, taken_in)} == {"evenkeel"}
    assert {banks[row.pk] for row in (library, later)} == {"cole-1"}
    offered_at = dict(EditionRow.objects.values_list("pk", "offered_at"))
    assert offered_at == {**dict.fromkeys(banks, None), old_bank.pk: old_bank.published_at}
    assert newest_offered() == old_bank
    # The migrations made the rows of banks anew, under other keys than those of before.
    shipped = EditionRow.objects.get(pk=old_bank.pk).bank_id
    changes: dict[str, Callable[[], object]] = {
        "another bank": lambda: EditionRow.objects.filter(pk=library.pk).update(bank=shipped),
        "the last offer": lambda: EditionRow.objects.filter(pk=old_bank.pk).update(offered_at=None),
        "no bank": lambda: EditionRow.objects.filter(pk=copy.pk).update(bank=None),
        "a draft offered": lambda: EditionRow.objects.filter(pk=copy.pk).update(offered_at=NOW),
    }
    assert [name for name, change in changes.items() if not refused(change)] == []


def test_what_an_open_run_was_copied_from_is_taken_over(back_to: Callable[..., Any], result: Result) -> None:
    """Not what was saved since it began, nor a note alone, nor anything in a finished one."""
    before = back_to(("assessments", "0020_who_gave_an_answer"))
    finished = before.get_model("assessments", "Assessment").objects.get(pk=result.assessment_id)
    run = before.get_model("assessments", "Assessment").objects.create(
        organisation_id=finished.organisation_id,
        edition_id=finished.edition_id,
        started_by_id=finished.started_by_id,
        state="answering",
        depth="quick",
        previous=finished,
    )
    answers = before.get_model("assessments", "Answer").objects
    own = {"assessment": run, "saved_by_id": finished.started_by_id}
    answers.create(**own, question="ACCESS-01", kind="level", level=2, saved_at=NOW)
    answers.create(**own, question="ACCESS-02", kind="level", level=2, saved_at=run.started_at + timedelta(hours=1))
    answers.create(**own, question="ACCESS-03", kind="open", note="Ask Bo", saved_at=NOW)

    migrate(*newest_migrations())

    found = dict(Answer.objects.filter(assessment=run.pk).values_list("question", "taken_over_from"))
    assert found == {"ACCESS-01": NOW, "ACCESS-02": None, "ACCESS-03": None}
    assert not Answer.objects.filter(assessment=result.assessment, taken_over_from__isnull=False).exists()
    assert refused(lambda: Answer.objects.filter(assessment=result.assessment).update(level=4, kind="level"))
    assert refused(lambda: Assessment.objects.filter(pk=result.assessment_id).update(interim=True))
