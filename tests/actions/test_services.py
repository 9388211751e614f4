"""What can be done with an action, by whom, and what of it is kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import AccessLevel, Organisation, Role, User
from accounts.people_data.deleting import deleting
from assessments.actions import limits
from assessments.actions.limits import PlanIsFull, TooManyActionComments
from assessments.actions.services import (
    ActionConflict,
    ActionTerms,
    StepTakenAlready,
    TakenStep,
    change_action,
    comment_on_action,
    drop_action,
    finish_action,
    reopen_action,
    take_step,
)
from assessments.models import Action, ActionEvent, ActionState, ReminderChoice, Result
from assessments.services.deletion import delete_finished
from tests.actions.plans import AT, actor, day, own_task, taken
from tests.collaboration import consultant
from tests.factories import OrganisationFactory, member

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def history(action: Action) -> list[str]:
    return list(ActionEvent.objects.filter(action=action).order_by("pk").values_list("kind", flat=True))


def test_a_step_is_taken_on_once(result: Result, owner: User) -> None:
    first = taken(result, assignee=owner, due=day(3))
    again = taken(result, now=LATER)
    assert first == again
    assert history(first) == ["taken"]
    assert (first.title, first.level, first.taken_from_id) == (first.title, 2, result.pk)
    assert first.title
    assert ReminderChoice.objects.filter(person=owner).exists()


def test_the_frozen_result_does_not_move(result: Result) -> None:
    before = Result.objects.values().get()
    action = taken(result)
    finish_action(action=action, seen_version=1, proof="In the drawer", by=actor(result.finished_by), now=LATER)
    assert Result.objects.values().get() == before


def test_a_change_says_what_was_changed(result: Result, owner: User) -> None:
    action = taken(result, due=day(3))
    changed = change_action(
        action=action,
        seen_version=1,
        title="ignored: a step reads as the edition has it",
        state=ActionState.DOING,
        terms=ActionTerms(owner, "", day(9), "Ask Bo first"),
        by=actor(owner),
        now=LATER,
    )
    changed.refresh_from_db()
    assert (changed.state, changed.assignee, changed.due, changed.version) == ("doing", owner, day(9), 2)
    assert changed.title == action.title
    event = ActionEvent.objects.filter(action=action).latest("pk")
    assert event.changes == {
        "state": ["open", "doing"],
        "assignee_id": [None, owner.pk],
        "due": ["2026-12-03", "2026-12-09"],
        "note": ["", "Ask Bo first"],
    }


def test_an_older_page_overwrites_nothing(result: Result, owner: User) -> None:
    action = taken(result)

    def change(seen: int, name: str) -> Action:
        terms = ActionTerms(assignee_name=name)
        given = {"title": "", "state": ActionState.OPEN, "terms": terms, "by": actor(owner), "now": LATER}
        return change_action(action=action, seen_version=seen, **given)  # type: ignore[arg-type]

    assert change(1, "Bo").version == 2
    assert change(1, "Bo").version == 2, "the same again is no change, and no conflict"
    with pytest.raises(ActionConflict) as conflict:
        change(1, "Noor")
    assert conflict.value.stored.assignee_name == "Bo"
    with pytest.raises(ActionConflict):
        finish_action(action=action, seen_version=1, proof="", by=actor(owner), now=LATER)
    with pytest.raises(ActionConflict):
        drop_action(action=action, seen_version=1, reason="No", by=actor(owner), now=LATER)
    assert change(2, "Noor").version == 3


def test_done_dropped_and_back(result: Result, owner: User) -> None:
    action, by = taken(result), actor(owner)
    done = finish_action(action=action, seen_version=1, proof="In the drawer", by=by, now=LATER)
    assert (done.state, done.finished_at, done.proof) == ("done", LATER, "In the drawer")
    assert finish_action(action=action, seen_version=1, proof="", by=by, now=LATER).version == 2
    back = reopen_action(action=action, by=by, now=LATER)
    assert (back.state, back.finished_at) == ("open", None)
    assert reopen_action(action=action, by=by, now=LATER).version == back.version
    dropped = drop_action(action=action, seen_version=back.version, reason="We have no staff", by=by, now=LATER)
    assert (dropped.state, dropped.dropped_reason) == ("dropped", "We have no staff")
    assert (
        drop_action(action=action, seen_version=1, reason="Else", by=by, now=LATER).dropped_reason == "We have no staff"
    )
    done = finish_action(action=action, seen_version=dropped.version, proof="", by=by, now=LATER)
    assert (done.state, done.dropped_reason) == ("done", "")
    assert history(action) == ["taken", "done", "reopened", "dropped", "done"]


def test_what_is_done_is_not_changed_but_put_back(result: Result, owner: User) -> None:
    action = taken(result)
    finish_action(action=action, seen_version=1, proof="", by=actor(owner), now=LATER)
    with pytest.raises(ActionConflict):
        change_action(
            action=action,
            seen_version=2,
            title="",
            state=ActionState.OPEN,
            terms=ActionTerms(),
            by=actor(owner),
            now=LATER,
        )


def test_two_of_the_same_step_are_never_live(result: Result, owner: User) -> None:
    first, by = taken(result), actor(owner)
    finish_action(action=first, seen_version=1, proof="", by=by, now=LATER)
    second = taken(result, now=LATER)
    assert second != first
    with pytest.raises(StepTakenAlready):
        reopen_action(action=first, by=by, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=first.pk).update(state="open", finished_at=None)


def test_a_double_click_adds_one_task(organisation: Organisation, owner: User) -> None:
    first = own_task(organisation, owner)
    assert own_task(organisation, owner, now=AT + timedelta(seconds=2)) == first
    assert own_task(organisation, owner, now=LATER) != first


def test_a_plan_has_an_end(result: Result, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who adds tasks without end keeps the server busy with each file of the plan."""
    organisation = result.assessment.organisation
    monkeypatch.setattr(limits, "MOST_LIVE", 2)
    monkeypatch.setattr(limits, "MOST_EVER", 3)
    first, second = (own_task(organisation, owner, title) for title in ("One", "Two"))
    with pytest.raises(PlanIsFull):
        taken(result)
    finish_action(action=first, seen_version=1, proof="", by=actor(owner), now=LATER)
    taken(result)
    with pytest.raises(PlanIsFull):
        reopen_action(action=first, by=actor(owner), now=LATER)
    finish_action(action=second, seen_version=1, proof="", by=actor(owner), now=LATER)
    with pytest.raises(PlanIsFull):
        own_task(organisation, owner, "Three")
    assert reopen_action(action=first, by=actor(owner), now=LATER).is_live


def test_comments_on_an_action_have_an_end(result: Result, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_COMMENTS", 1)
    action = taken(result)
    comment_on_action(action=action, text="One", by=actor(owner), now=LATER)
    with pytest.raises(TooManyActionComments):
        comment_on_action(action=action, text="Two", by=actor(owner), now=LATER)


def test_comments_are_kept(result: Result, owner: User) -> None:
    action = taken(result)
    reviewer = consultant(result.assessment, AccessLevel.REVIEW)
    said = comment_on_action(action=action, text="Start with the till", by=actor(reviewer), now=LATER)
    assert comment_on_action(action=action, text="Start with the till", by=actor(reviewer), now=LATER) == said
    assert history(action) == ["taken", "commented"]


@pytest.mark.parametrize(
    ("who", "may_change", "may_comment"),
    [
        (Role.OWNER, True, True),
        (Role.EDITOR, True, True),
        (Role.VIEWER, False, False),
        (AccessLevel.ANSWER, True, True),
        (AccessLevel.REVIEW, False, True),
        (AccessLevel.READ, False, False),
    ],
)
def test_who_may_do_what(who: Role | AccessLevel, may_change: bool, may_comment: bool, result: Result) -> None:
    organisation, action = result.assessment.organisation, taken(result)
    person = member(organisation, who) if isinstance(who, Role) else consultant(result.assessment, who)
    by = actor(person)
    terms: dict[str, Any] = {"title": "", "state": ActionState.DOING, "terms": ActionTerms(), "by": by, "now": LATER}
    step = TakenStep("ACCESS-02", 3, "Words", result.pk)
    attempts = {
        "take": (
            lambda: take_step(organisation=organisation, step=step, terms=ActionTerms(), by=by, now=LATER),
            may_change,
        ),
        "add": (lambda: own_task(organisation, person), may_change),
        "change": (lambda: change_action(action=action, seen_version=1, **terms), may_change),
        "finish": (lambda: finish_action(action=action, seen_version=2, proof="", by=by, now=LATER), may_change),
        "reopen": (lambda: reopen_action(action=action, by=by, now=LATER), may_change),
        "drop": (lambda: drop_action(action=action, seen_version=4, reason="No", by=by, now=LATER), may_change),
        "comment": (lambda: comment_on_action(action=action, text="A word", by=by, now=LATER), may_comment),
    }
    for name, (attempt, allowed) in attempts.items():
        if allowed:
            attempt()  # type: ignore[no-untyped-call]
        else:
            with pytest.raises(PermissionDenied):
                attempt()  # type: ignore[no-untyped-call]
            assert name


def test_a_deleted_result_leaves_the_plan(result: Result, owner: User) -> None:
    action = taken(result)
    delete_finished(assessment=result.assessment, by=actor(owner))
    action.refresh_from_db()
    assert (action.taken_from_id, action.state) == (None, "open")
    assert history(action) == ["taken"]


def test_a_result_of_others_is_not_named(result: Result) -> None:
    elsewhere = OrganisationFactory.create()
    stranger = member(elsewhere)
    step = TakenStep("ACCESS-02", 2, "Words", result.pk)
    made = take_step(organisation=elsewhere, step=step, terms=ActionTerms(), by=actor(stranger), now=AT)
    assert made.taken_from_id is None


def test_history_is_neither_changed_nor_deleted(result: Result) -> None:
    action = taken(result)
    events = ActionEvent.objects.filter(action=action)
    for attempt in (
        lambda: events.update(kind="done"),
        lambda: events.update(at=LATER),
        events.delete,
        action.delete,
    ):
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            attempt()
    assert history(action) == ["taken"]


def test_with_the_organisation_all_of_it_goes(result: Result, organisation: Organisation) -> None:
    taken(result)
    with deleting(organisation.pk):
        organisation.delete()
    assert not ActionEvent.objects.exists()
    assert not Action.objects.exists()
