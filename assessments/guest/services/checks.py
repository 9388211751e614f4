"""One quick check from its first facts until it is deleted."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.sign_in.tokens import hash_token, new_token
from assessments.guest.queries import answer_to_json, running_checks
from assessments.models import CheckLink, EditionRow, GuestCheck
from assessments.scope_facts import facts_to_json
from assessments.scoring.scope import FactAnswer
from assessments.scoring.types import ScoredAnswer

MOST_CHECKS = 20_000
"""That run at once, on the whole site: of 4 kB each at most, so a flood of them fills no disk."""
UNUSED_AFTER = timedelta(hours=1)
"""One that nobody answered anything in for so long makes room where there are MOST_CHECKS."""


class TooManyChecks(Exception):
    """As many quick checks run as this site takes at once."""


def start_check(
    *, edition: EditionRow, facts: Mapping[str, FactAnswer], link: CheckLink | None, now: datetime
) -> tuple[GuestCheck, str]:
    """A new check and its key, which is stored nowhere else. Raises TooManyChecks."""
    running = running_checks(now)
    if running.count() >= MOST_CHECKS and not _make_room(running, now):
        raise TooManyChecks
    key = new_token()
    check = GuestCheck.objects.create(
        key_hash=hash_token(key), edition=edition, link=link, facts=facts_to_json(facts), started_at=now
    )
    return check, key


def _make_room(running: QuerySet[GuestCheck], now: datetime) -> bool:
    unused = running.filter(answers={}, shared=None, started_at__lt=now - UNUSED_AFTER).order_by("started_at", "pk")
    return bool(running.filter(pk__in=unused.values("pk")[:1]).delete()[0])


def save_facts(*, check: GuestCheck, facts: Mapping[str, FactAnswer], link: CheckLink | None) -> None:
    """Put these facts beside those that are known. `link` is the one that the guest came by, if it is another now.

    Answers to questions that no longer apply stay stored, uncounted, until the check is deleted.
    """
    check.facts = {**check.facts, **facts_to_json(facts)}
    if link is not None:
        check.link = link
    check.save(update_fields=["facts", "link"])


def save_check_answer(*, check: GuestCheck, question: str, answer: ScoredAnswer) -> None:
    """The latest answer counts."""
    check.answers = {**check.answers, question: answer_to_json(answer)}
    check.save(update_fields=["answers"])


def delete_check(*, check: GuestCheck) -> None:
    """At once and for good. What was shared with a consultancy stays there: `take_back` deletes that."""
    check.delete()
