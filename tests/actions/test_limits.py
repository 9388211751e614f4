"""How much one plan takes: actions, text, changes. What is refused changes nothing."""

import json
import tracemalloc
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.database.letters import LettersAsTheyAre
from accounts.models import Organisation, User
from assessments.actions import limits
from assessments.actions.limits import PlanIsTooLong, TooManyActionChanges
from assessments.actions.services import ActionTerms, change_action, finish_action, reopen_action
from assessments.models import Action, ActionEvent, ActionState
from tests.actions.plans import AT, actor, own_task
from tests.factories import MembershipFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def changed(action: Action, by: User, note: str, now: datetime = AT) -> Action:
    action.refresh_from_db()
    terms = ActionTerms(note=note)
    return change_action(
        action=action,
        seen_version=action.version,
        title=action.title,
        state=ActionState.OPEN,
        terms=terms,
        by=actor(by),
        now=now,
    )


def test_an_action_changes_so_often_in_a_day(
    organisation: Organisation, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CHANGES", 3)
    action, other = own_task(organisation, owner), own_task(organisation, owner, "Another")
    for note in ("One", "Two"):  # taking it on was the first event
        changed(action, owner, note)
    with pytest.raises(TooManyActionChanges, match="This action was changed 3 times within a day"):
        changed(action, owner, "Three")
    action.refresh_from_db()
    assert (action.note, action.version, action.events.count()) == ("Two", 3, 3)
    assert changed(action, owner, "Two").version == 3, "what changes nothing is no change"
    changed(other, owner, "One")
    assert changed(action, owner, "Three", AT + DAY).note == "Three"


def test_done_and_put_back_are_changes_too(
    organisation: Organisation, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CHANGES", 3)
    action = own_task(organisation, owner)
    finish_action(action=action, seen_version=1, proof="", by=actor(owner), now=AT)
    reopened = reopen_action(action=action, by=actor(owner), now=AT)
    with pytest.raises(TooManyActionChanges):
        finish_action(action=action, seen_version=reopened.version, proof="", by=actor(owner), now=AT)


def test_a_person_changes_so_often_in_a_day_wherever(
    organisation: Organisation, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CHANGES_OF_A_PERSON", 3)
    elsewhere = OrganisationFactory.create()
    MembershipFactory.create(user=owner, organisation=elsewhere)
    own, theirs = own_task(organisation, owner), own_task(elsewhere, owner)
    changed(own, owner, "One")
    with pytest.raises(TooManyActionChanges, match="You have changed actions 3 times"):
        changed(theirs, owner, "One")
    assert changed(theirs, member(elsewhere), "By a colleague").note


def test_a_plan_changes_so_often_in_a_day_whoever_does_it(
    organisation: Organisation, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CHANGES_OF_A_PLAN", 2)
    action = own_task(organisation, owner)
    changed(action, owner, "One")
    with pytest.raises(TooManyActionChanges, match="This plan was changed 2 times"):
        changed(action, member(organisation), "Two")


def test_a_plan_has_so_much_text(organisation: Organisation, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_TEXT", 100)
    action = own_task(organisation, owner, "x" * 60, note="y" * 20)
    with pytest.raises(PlanIsTooLong):
        own_task(organisation, owner, "z" * 15, note="z" * 6)
    with pytest.raises(PlanIsTooLong):
        changed(action, owner, "y" * 41)
    with pytest.raises(PlanIsTooLong):
        finish_action(action=action, seen_version=1, proof="p" * 21, by=actor(owner), now=AT)
    changed(action, owner, "y" * 40)
    assert changed(action, owner, "y").note == "y", "what shortens it is always taken"
    assert own_task(organisation, owner, "z" * 39).pk


def test_what_is_refused_is_said(
    signed_in: Client, organisation: Organisation, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_TEXT", 10)
    answer = signed_in.post(reverse("action_add", args=[organisation.pk]), {"title": "Ask the bank", "who": ""})
    assert answer.status_code == 409
    assert "Shorten the notes of some actions first" in answer.content.decode()
    assert not Action.objects.exists()


def test_letters_are_kept_as_they_are(organisation: Organisation, owner: User) -> None:
    """Escaped, each emoji would take twelve bytes on SQLite."""
    assert json.dumps({"note": ["", "🥐é"]}, cls=LettersAsTheyAre) == '{"note": ["", "🥐é"]}'
    action = own_task(organisation, owner)
    changed(action, owner, "🥐é")
    event = ActionEvent.objects.get(action=action, kind="changed")
    assert event.changes == {"note": ["", "🥐é"]}
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(changes AS text) FROM assessments_actionevent WHERE id = %s", [event.pk])
        assert "🥐é" in cursor.fetchone()[0]


@pytest.fixture
def full_plan(organisation: Organisation, owner: User) -> None:
    """As many actions as there may be, with as much text as there may be, in letters of four bytes."""
    text = "🥐" * (limits.MOST_TEXT // limits.MOST_EVER // 2)
    live = ActionState.OPEN
    Action.objects.bulk_create(
        Action(
            organisation=organisation,
            title=text,
            note=text,
            state=live if place < limits.MOST_LIVE else ActionState.DONE,
            finished_at=None if place < limits.MOST_LIVE else AT,
            due=AT.date() + DAY,
            created_by=owner,
            created_at=AT,
            changed_at=AT,
        )
        for place in range(limits.MOST_EVER)
    )


@pytest.mark.slow
@pytest.mark.usefixtures("full_plan")
@pytest.mark.parametrize(
    ("name", "more", "most_bytes", "most_memory"),
    [
        ("plan_export", ["csv"], 5_000_000, 40_000_000),
        ("plan", [], 400_000, 10_000_000),
    ],
)
def test_what_a_full_plan_costs(
    signed_in: Client, organisation: Organisation, name: str, more: list[str], most_bytes: int, most_memory: int
) -> None:
    """A process makes two such files at once beside its pages, and a container has 1 GB."""
    address = reverse(name, args=[organisation.pk, *more])
    signed_in.get(reverse("home"))
    tracemalloc.start()
    try:
        answer = signed_in.get(address)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert answer.status_code == 200
    assert len(answer.content) < most_bytes
    assert peak < most_memory
