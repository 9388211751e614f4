"""Reminders in random orders of events, against a second account of the rules."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Engagement, Role, User
from assessments.actions.reminder_choices import set_reminders
from assessments.actions.services import ActionTerms, change_action, drop_action, finish_action, reopen_action
from assessments.models import Action, ActionState, Result
from tests.actions.plans import AT, TODAY, actor, sent, taken
from tests.collaboration import consultant
from tests.factories import member

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _mail(settings: LazySettings) -> None:
    settings.MAIL_CONFIGURED = True


@dataclass
class Oracle:
    """What should be told, kept by hand: the state of one action and of two people, and what each has been told."""

    holder: int | None = None
    due: date | None = None
    live: bool = True
    changed: date = TODAY
    may_see: list[bool] = field(default_factory=lambda: [True, True])
    wants: list[bool] = field(default_factory=lambda: [True, True])
    told: set[tuple[int, date, str]] = field(default_factory=set)
    last_mail: dict[int, date] = field(default_factory=dict)

    def expects(self, now: datetime) -> int | None:
        """Who gets a mail in a run at this moment, if anybody."""
        if self.holder is None or self.due is None or not self.live or now.hour < 7:
            return None
        who, today = self.holder, now.date()
        if not (self.may_see[who] and self.wants[who]) or self.last_mail.get(who) == today:
            return None
        left = (self.due - today).days
        if left in range(-6, 1):
            kind = "due"
        elif left in (1, 2, 3) and self.changed < today:
            kind = "soon"
        else:
            return None
        if (who, self.due, kind) in self.told:
            return None
        self.told.add((who, self.due, kind))
        self.last_mail[who] = today
        return who


EVENTS = st.one_of(
    st.tuples(st.just("assign"), st.sampled_from([None, 0, 1])),
    st.tuples(st.just("due"), st.sampled_from([None, *range(-8, 9)])),
    st.tuples(st.sampled_from(["done", "drop", "reopen", "run"]), st.none()),
    st.tuples(st.sampled_from(["stop", "want", "end access", "let in"]), st.sampled_from([0, 1])),
    st.tuples(st.just("wait"), st.integers(1, 60)),
)


class Story:
    """Plays the same events on the rows and on the oracle."""

    def __init__(self, result: Result, people: list[User]) -> None:
        self.result, self.people, self.now = result, people, AT
        self.action, self.oracle = taken(result), Oracle()
        self.by = actor(result.finished_by)

    def play(self, event: str, value: Any) -> None:
        before = Action.objects.get(pk=self.action.pk)
        getattr(self, "_" + event.replace(" ", "_"))(value)
        if Action.objects.get(pk=self.action.pk).version != before.version:
            self.oracle.changed = self.now.date()

    def _change(self, **terms: Any) -> None:
        stored = Action.objects.get(pk=self.action.pk)
        if stored.is_live:
            given = {"assignee": stored.assignee, "due": stored.due, **terms}
            change_action(
                action=stored,
                seen_version=stored.version,
                title="",
                state=ActionState.DOING,
                terms=ActionTerms(**given),
                by=self.by,
                now=self.now,
            )
            self.oracle.due = given["due"]
            self.oracle.holder = self.people.index(given["assignee"]) if given["assignee"] else None

    def _assign(self, who: int | None) -> None:
        self._change(assignee=None if who is None else self.people[who])

    def _due(self, days: int | None) -> None:
        self._change(due=None if days is None else self.now.date() + timedelta(days=days))

    def _done(self, _value: None) -> None:
        stored = Action.objects.get(pk=self.action.pk)
        finish_action(action=stored, seen_version=stored.version, proof="", by=self.by, now=self.now)
        self.oracle.live = False

    def _drop(self, _value: None) -> None:
        stored = Action.objects.get(pk=self.action.pk)
        drop_action(action=stored, seen_version=stored.version, reason="No", by=self.by, now=self.now)
        self.oracle.live = False

    def _reopen(self, _value: None) -> None:
        reopen_action(action=self.action, by=self.by, now=self.now)
        self.oracle.live = True

    def _stop(self, who: int) -> None:
        set_reminders(person=self.people[who], wanted=False, time_zone="", now=self.now)
        self.oracle.wants[who] = False

    def _want(self, who: int) -> None:
        set_reminders(person=self.people[who], wanted=True, time_zone="", now=self.now)
        self.oracle.wants[who] = True

    def _end_access(self, who: int) -> None:
        """The first is a colleague, the second a consultant."""
        if who == 0:
            self.people[0].memberships.all().delete()
        else:
            Engagement.objects.update(ended_at=self.now)
        self.oracle.may_see[who] = False

    def _let_in(self, who: int) -> None:
        organisation = self.result.assessment.organisation
        if who == 0 and not self.people[0].memberships.exists():
            organisation.memberships.create(user=self.people[0], role=Role.EDITOR)
        if who == 1:
            Engagement.objects.update(ended_at=None)
        self.oracle.may_see[who] = True

    def _wait(self, hours: int) -> None:
        self.now += hours * HOUR

    def _run(self, _value: None) -> None:
        expected = self.oracle.expects(self.now)
        found = [message.to for message in sent(self.now)]
        assert found == ([] if expected is None else [[self.people[expected].email]])


@pytest.fixture
def people(result: Result) -> list[User]:
    return [member(result.assessment.organisation, name="Bo Lind"), consultant(result.assessment)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(events=st.lists(EVENTS, min_size=6, max_size=20))
def test_in_any_order_of_events_only_what_is_due_is_told(
    events: list[tuple[str, Any]], result: Result, people: list[User]
) -> None:
    with transaction.atomic():
        story = Story(result, people)
        story.play("assign", 0)
        story.play("due", 2)
        for event, value in events:
            story.play(event, value)
            story.play("run", None)
        transaction.set_rollback(True)
