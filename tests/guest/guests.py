"""A guest at a browser without an account, who answers a quick check."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from accounts.audit import Actor
from accounts.models import Organisation, User
from assessments.editions.newest import newest_offered
from assessments.editions.stored import edition_of
from assessments.guest.access import CHECK_KEY, CheckAccess, check_of_session
from assessments.guest.services.checks import save_check_answer, start_check
from assessments.guest.services.links import make_check_link
from assessments.models import CheckLink, GuestCheck
from assessments.presentation.quick_check.asked import check_questions, fact_screens
from assessments.scoring.scope import FactAnswer
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind
from tests.quick_checks import guest_facts


@dataclass
class Guest:
    client: Client = field(default_factory=Client)

    def tell_facts(self, facts: Mapping[str, FactAnswer] | None = None, *, link: str = "") -> HttpResponseBase:
        """Every screen about the business, one after the other; the last response."""
        told = dict(facts or guest_facts())
        screens = fact_screens(edition_of(newest_offered()), told)
        for number, screen in enumerate(screens, start=1):
            data: dict[str, object] = {"with": link}
            for question in screen:
                options = sorted(told[question.id].options) or ["not_sure"]
                data[question.id] = options if question.many else options[0]
            response = self.client.post(f"/check/about-you/{number}/", data)
        return response

    def answer(self, number: int, chosen: str, **more: str) -> HttpResponseBase:
        return self.client.post(f"/check/questions/{number}/", {"chosen": chosen, **more})

    def answer_all(
        self, *levels: int | None, link: CheckLink | None = None, facts: Mapping[str, FactAnswer] | None = None
    ) -> "Guest":
        """At once, with these levels (None: don't know), or level 1: without the pages."""
        row, told = newest_offered(), dict(facts or guest_facts())
        check, key = start_check(edition=row, facts=told, link=link, now=timezone.now())
        for place, asked in enumerate(check_questions(edition_of(row), told, timezone.localdate())):
            level = levels[place] if place < len(levels) else 1
            kind = ScoredAnswerKind.UNKNOWN if level is None else ScoredAnswerKind.LEVEL
            save_check_answer(check=check, question=asked.question.id, answer=ScoredAnswer(kind, level))
        self.remember(key)
        return self

    def remember(self, key: str) -> None:
        session = self.client.session
        session[CHECK_KEY] = key
        session.save()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""

    @property
    def access(self) -> CheckAccess:
        found = check_of_session(self.client.session, timezone.now())
        assert found is not None
        return found

    @property
    def check(self) -> GuestCheck:
        return self.access.check

    @property
    def has_key(self) -> bool:
        return CHECK_KEY in self.client.session


def check_link(consultancy: Organisation, by: User, name: str = "Website") -> CheckLink:
    return make_check_link(consultancy=consultancy, name=name, ends_on=None, by=Actor(by), now=timezone.now())
