"""The demo: a bakery in Lyon with a finished assessment, a report and a run in progress, and three people.

Made only by `./run`, with the same services that people's clicks use. Nobody has a password: people sign in with
one-time links.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.audit import Actor
from accounts.models import AccessLevel, Engagement, Organisation, OrganisationKind, User
from accounts.services.brands import change_brand
from accounts.services.organisations import create_organisation, set_up_client
from assessments.bank.types import Depth, Edition, Question
from assessments.editions.stored import edition_of
from assessments.models import AnsweredAs, AnswerKind, Assessment, Result, Verdict
from assessments.queries import answers_of, run_of
from assessments.scoring.terms import asks
from assessments.services.answers import Given, save_answer
from assessments.services.comments import add_comment
from assessments.services.reviews import review_answer
from assessments.services.runs import choose_depth, finish_assessment, save_scope, start_assessment
from reports.demo_brand import demo_brand
from reports.sample.bakery import BAKERY, bakery_answer, bakery_facts
from reports.services import request_report

OWNER, CONSULTANT, ADMINISTRATOR = "camille@bakery.example", "noor@advice.example", "admin@evenkeel.example"

STILL_TO_DO = ("STORE", "DEFEND", "INCIDENT", "PEOPLE", "VENDOR")
"""Domains without an answer in the run in progress."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    user: User
    part: str


@transaction.atomic
def make_demo(*, now: datetime) -> None:
    """Does nothing if the demo exists already."""
    if User.objects.filter(email=OWNER).exists():
        return
    owner = User.objects.create_user(OWNER, name="Camille Roux")
    bakery = create_organisation(name=BAKERY, by=Actor(owner))
    consultant = User.objects.create_user(CONSULTANT, name="Noor Haddad")
    advice = create_organisation(name="Haddad Advice", by=Actor(consultant), kind=OrganisationKind.CONSULTANCY)
    change_brand(consultancy=advice, details=demo_brand(), made_by=consultant)
    User.objects.create_user(ADMINISTRATOR, name="Administrator", is_staff=True, is_superuser=True, edits_bank=True)
    Engagement.objects.create(
        consultancy=advice,
        client=bakery,
        level=AccessLevel.ANSWER,
        granted_by=owner,
        granted_at=now - timedelta(days=60),
    )
    result = _finished_run(bakery, owner, now - timedelta(days=40))
    request_report(result=result, requested_by=owner, language=settings.LANGUAGE_CODE, now=now)
    run = _run_in_progress(bakery, owner, now - timedelta(days=1))
    _talk(run, owner, consultant, advice, now)
    set_up_client(consultancy=advice, name="Atelier Nord", by=Actor(consultant))


def _talk(run: Assessment, owner: User, consultant: User, advice: Organisation, now: datetime) -> None:
    """What the owner asked and what the consultant thinks of two answers, so that both features are shown."""
    answers = answers_of(run)
    asked, agreed = answers["ACCESS-02"], answers["ACCESS-03"]
    add_comment(
        assessment=run,
        question=asked.question,
        author=owner,
        text="Does the till count? It has one PIN for all of us.",
        now=now,
        asked=consultant,
    )
    for answer, verdict, note in (
        (asked, Verdict.QUESTIONS, "The till counts: it holds customers' names. Please look at it again."),
        (agreed, Verdict.AGREES, ""),
    ):
        review_answer(
            assessment=run,
            answer=answer,
            seen_version=answer.version,
            verdict=verdict,
            note=note,
            by=consultant,
            consultancy=advice,
            now=now,
        )


def demo_people() -> Iterator[DemoPerson]:
    """Owner, consultant, administrator; they must exist."""
    for email, part in ((OWNER, "owner"), (CONSULTANT, "consultant"), (ADMINISTRATOR, "administrator")):
        yield DemoPerson(User.objects.get(email=email), part)


def _finished_run(bakery: Organisation, owner: User, day: datetime) -> Result:
    run, edition = _scoped_run(bakery, owner)
    _answer(run, edition, owner, day, _asked(run, edition))
    return finish_assessment(assessment=run, edition=edition, finished_by=owner, now=day)


def _run_in_progress(bakery: Organisation, owner: User, day: datetime) -> Assessment:
    run, edition = _scoped_run(bakery, owner)
    asked = _asked(run, edition)
    _answer(run, edition, owner, day, [question for question in asked if question.domain not in STILL_TO_DO])
    return run


def _scoped_run(bakery: Organisation, owner: User) -> tuple[Assessment, Edition]:
    run = start_assessment(organisation=bakery, started_by=owner)
    edition = edition_of(run.edition)
    save_scope(assessment=run, edition=edition, given=bakery_facts(edition.scope), seen_version=run.scope_version)
    choose_depth(assessment=run, depth=Depth.STANDARD)
    return run, edition


def _asked(run: Assessment, edition: Edition) -> list[Question]:
    fixed = run_of(run)
    return [question for question in edition.questions if asks(question, fixed.depth, fixed.tags)]


def _answer(run: Assessment, edition: Edition, owner: User, now: datetime, asked: list[Question]) -> None:
    stored = answers_of(run)
    for question in asked:
        given = _given(question, frozenset(run.tags))
        save_answer(
            assessment=run,
            stored=stored.get(question.id),
            given=given,
            saved_by=owner,
            answered_as=AnsweredAs.BUSINESS,
            now=now,
        )


def _given(question: Question, tags: frozenset[str]) -> Given:
    answer = bakery_answer(question, tags)
    return Given(
        question=question.id,
        kind=AnswerKind(answer.kind),
        level=answer.level,
        reason=answer.reason,
        note=answer.note,
        evidence=answer.evidence,
        seen_version=0,
    )
