"""How many actions a plan may have, how much text, and how many changes: all are kept, and a file has all of them.

Whoever asks holds the lock on the organisation, so that nobody else counts meanwhile.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from accounts.errors import ChangeRefused
from accounts.models import User
from assessments.models import LIVE_STATES, Action, ActionEvent, ActionEventKind

MOST_LIVE = 500
MOST_EVER = 2_000
"""Of one organisation: five times every step of the bank."""
MOST_TEXT = 1_000_000
"""Characters in all actions of one organisation: 500 for each of MOST_EVER. A file has all of them."""
MOST_COMMENTS = 200
"""On one action: all of them stand on its page."""
MOST_CHANGES = 100
"""Of one action in a day. Each keeps its texts as they were and as they are."""
MOST_CHANGES_OF_A_PERSON = 1_000
"""In a day, whatever of; so they do not grow with the organisations that somebody founds or looks after."""
MOST_CHANGES_OF_A_PLAN = 2_000
"""In a day, by everybody together."""
TEXTS = ("title", "note", "proof", "dropped_reason")
DAY = timedelta(days=1)


class PlanIsFull(ChangeRefused):
    """There is no room for one more action."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This plan is full: it holds %(live)d actions to do at most, and %(ever)d with those that are done or "
                "not for you. Call some of them done first, or change one that is there."
            )
            % {"live": MOST_LIVE, "ever": MOST_EVER}
        )


class PlanIsTooLong(ChangeRefused):
    """There is no room for so much more text."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The texts of this plan are as long as its files can hold. Shorten the notes of some actions first, "
                "and keep long texts in a document of their own."
            )
        )


class TooManyActionComments(ChangeRefused):
    """The action has as many comments as its page holds."""

    def __init__(self) -> None:
        text = _("There are %(most)d comments on this action already, and no more fit. Change its note instead.")
        super().__init__(text % {"most": MOST_COMMENTS})


class TooManyActionChanges(ChangeRefused):
    """The action, the plan or the person has had as many changes today as are kept of one day."""

    def __init__(self, text: str) -> None:
        super().__init__(text)


def refuse_more_actions(organisation: UUID, *, live_alone: bool = False) -> None:
    """Before one more; `live_alone` if it is there already and is to be done again. Raises PlanIsFull."""
    own = Action.objects.filter(organisation=organisation)
    if own.filter(state__in=LIVE_STATES).count() >= MOST_LIVE or (not live_alone and own.count() >= MOST_EVER):
        raise PlanIsFull


def refuse_more_text(organisation: UUID, more: int) -> None:
    """Before `more` characters are added, none if that is not above 0. Raises PlanIsTooLong."""
    if more <= 0:
        return
    lengths = sum((Length(F(column)) for column in TEXTS[1:]), Length(F(TEXTS[0])))
    now = Action.objects.filter(organisation=organisation).order_by().aggregate(all=Sum(lengths))["all"] or 0
    if now + more > MOST_TEXT:
        raise PlanIsTooLong


def refuse_more_changes(action: Action, *, by: User, now: datetime) -> None:
    """Before one more change. Raises TooManyActionChanges; comments have a number of their own."""
    today = ActionEvent.objects.filter(at__gt=now - DAY).exclude(kind=ActionEventKind.COMMENTED).order_by()
    if today.filter(action=action).count() >= MOST_CHANGES:
        raise TooManyActionChanges(
            _("This action was changed %(most)d times within a day. Go on tomorrow; what is saved stays.")
            % {"most": MOST_CHANGES}
        )
    if today.filter(by=by).count() >= MOST_CHANGES_OF_A_PERSON:
        raise TooManyActionChanges(
            _("You have changed actions %(most)d times within a day. Go on tomorrow; what is saved stays.")
            % {"most": MOST_CHANGES_OF_A_PERSON}
        )
    if today.filter(action__organisation=action.organisation_id).count() >= MOST_CHANGES_OF_A_PLAN:
        raise TooManyActionChanges(
            _("This plan was changed %(most)d times within a day. Go on tomorrow; what is saved stays.")
            % {"most": MOST_CHANGES_OF_A_PLAN}
        )


def refuse_more_action_comments(action: Action) -> None:
    """Before one more. Raises TooManyActionComments."""
    if ActionEvent.objects.filter(action=action, kind=ActionEventKind.COMMENTED).count() >= MOST_COMMENTS:
        raise TooManyActionComments
