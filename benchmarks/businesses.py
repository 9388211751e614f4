"""Businesses in rotation: each with a signed-in owner, a scope and answers of its own, made with few statements."""

import random
import time
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, User
from accounts.sign_in.sessions import ACTIVE, STARTED
from assessments.bank.types import Depth, Edition
from assessments.editions.newest import newest_offered
from assessments.editions.stored import edition_of
from assessments.models import Answer, Assessment, AssessmentState
from assessments.scope_facts import facts_to_json
from assessments.scoring.scope import find_tags
from tests.runs import asked_questions
from tests.scope_facts import facts_of

AI_SHOP = {"ai": "tools", "ai_data": "yes", "ai_does": "chat", "ai_people": "hiring", "people": "to9"}
"""What all have in common, so that all are asked the same domain in full; the rest is random."""


@dataclass(frozen=True)
class Business:
    run: Assessment
    owner: User
    cookie: str


def businesses(number: int, *, answered: bool = True, backend: str = "") -> list[Business]:
    """Runs at full depth, every question answered unless `answered` is off."""
    chance = random.Random(1)  # noqa: S311
    edition_row = newest_offered()
    edition = edition_of(edition_row)
    start = User.objects.count()
    owners = User.objects.bulk_create(
        User(email=f"owner{start + place}@example.org", name=f"Owner {place}", password="!") for place in range(number)
    )
    organisations = Organisation.objects.bulk_create(Organisation(name=f"Bakery {place}") for place in range(number))
    Membership.objects.bulk_create(
        Membership(user=owner, organisation=organisation, role=Role.OWNER)
        for owner, organisation in zip(owners, organisations, strict=True)
    )
    runs = Assessment.objects.bulk_create(
        Assessment(
            organisation=organisation,
            edition=edition_row,
            started_by=owner,
            state=AssessmentState.ANSWERING,
            depth=Depth.FULL,
            **_scope(edition, chance),
        )
        for owner, organisation in zip(owners, organisations, strict=True)
    )
    if answered:
        rows = (answer for run in runs for answer in _answers(run, chance))
        Answer.objects.bulk_create(rows, batch_size=5_000)
    return [Business(run, owner, session_cookie(owner, backend)) for run, owner in zip(runs, owners, strict=True)]


def session_cookie(person: User, backend: str = "") -> str:
    """Creates a session as signing in does; returns the value of its cookie."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = backend or settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session[STARTED] = session[ACTIVE] = time.time()
    session.set_expiry(timedelta(hours=12))
    session.save()
    key: str = session.session_key
    UserSession.objects.create(user=person, session_key=key, ip="192.0.2.1", user_agent="Benchmark")
    return key


def _scope(edition: Edition, chance: random.Random) -> dict[str, Any]:
    drawn = {
        question.id: chance.choice(question.options).id
        for screen in edition.scope.screens
        for question in screen.questions
    }
    facts = facts_of(edition, **drawn | AI_SHOP)
    finding = find_tags(edition.scope, facts)
    return {
        "facts": facts_to_json(facts),
        "tags": sorted(finding.on),
        "provisional": sorted(finding.provisional),
        "scope_version": 1,
    }


def _answers(run: Assessment, chance: random.Random) -> list[Answer]:
    """A tenth "don't know", some with a note and proof."""
    return [_answer(run, question.id, chance) for question in asked_questions(run)]


def _answer(run: Assessment, question: str, chance: random.Random) -> Answer:
    known = chance.random() < 0.9
    return Answer(
        assessment=run,
        question=question,
        kind="level" if known else "unknown",
        level=chance.randrange(5) if known else None,
        note="Ask the bookkeeper" if chance.random() < 0.2 else "",
        evidence="A list" if chance.random() < 0.3 else "",
        saved_by=run.started_by,
        saved_at=timezone.now(),
    )
