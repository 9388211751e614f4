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
from assessments.scoring.scope import FactAnswer, visible_questions
from assessments.scoring.terms import asks
from assessments.services.answers import Given, save_answer
from assessments.services.comments import add_comment
from assessments.services.reviews import review_answer
from assessments.services.runs import choose_depth, finish_assessment, save_scope, start_assessment
from reports.demo_brand import demo_brand
from reports.services import request_report

OWNER, CONSULTANT, ADMINISTRATOR = "camille@bakery.example", "noor@advice.example", "admin@evenkeel.example"

FACTS: dict[str, tuple[str, ...]] = {
    "country": ("fr",),
    "base": ("none",),
    "offers": ("eu",),
    "follows": ("none",),
    "california": ("no",),
    "people": ("to9",),
    "setup": ("website",),
    "body": ("no",),
    "habits": ("none",),
    "abroad": ("yes",),
    "ai": ("tools", "features"),
    "ai_data": ("yes",),
    "ai_does": ("chat", "media"),
    "ai_people": ("none",),
    "ai_body": ("no",),
    # Customers' allergies stand on the order sheets.
    "special": ("health", "staff_files"),
    "children": ("none",),
    "large": ("no",),
    "yes_first": ("newsletter", "photos"),
    "trackers": ("stats",),
    "pass_on": ("social",),
}

LEVELS: dict[str, int | None] = {
    "GOV-01": 2, "GOV-05": 2, "GOV-07": 3, "DATA-01": 2, "DATA-02": 3, "DATA-03": 2, "DATA-05": 1, "DATA-07": 2,
    "DATA-08": 2, "DATA-10": 1, "DATA-12": 2, "CONSENT-01": 2, "CONSENT-02": 3, "CONSENT-05": 3, "CONSENT-07": 2,
    "CONSENT-10": 2, "CONSENT-11": 3, "CONSENT-12": 3, "NOTICE-01": 2, "NOTICE-02": 3, "NOTICE-04": 1, "NOTICE-07": 2,
    "RIGHTS-02": 2, "RIGHTS-03": 1, "RIGHTS-06": 2, "AIUSE-01": 3, "AIUSE-02": 3, "AIUSE-03": 2, "AIUSE-04": 2,
    "AIUSE-05": 1, "AIUSE-17": 1, "AIUSE-18": 2, "ACCESS-02": 1, "ACCESS-03": 2, "ACCESS-05": 2, "STORE-01": 2,
    "STORE-02": 2, "STORE-04": 2, "STORE-05": 3, "DEFEND-01": 3, "DEFEND-03": 3, "DEFEND-04": 1, "DEFEND-05": 1,
    "DEFEND-07": 2, "DEFEND-09": 1, "INCIDENT-01": 1, "INCIDENT-07": 2, "INCIDENT-09": 1, "PEOPLE-01": 2,
    "PEOPLE-03": 2, "PEOPLE-05": 3, "PEOPLE-06": 1, "PEOPLE-07": 3, "VENDOR-03": 2, "VENDOR-04": 3, "VENDOR-08": 0,
    "DEFEND-02": None, "INCIDENT-06": None, "VENDOR-06": None,
}  # fmt: skip
"""None where nobody in the bakery knows."""

LEFT_OUT = {"ACCESS-06": "None of our AI tools is linked to anything. We paste in what they need, and no order sheets."}
STILL_TO_DO = ("STORE", "DEFEND", "INCIDENT", "PEOPLE", "VENDOR")
"""Domains without an answer in the run in progress."""

NOTES = {
    "ACCESS-02": "The mailbox has it. The till, the shop system and the chatbot account do not.\nAsk Luc in January.",
    "NOTICE-01": "Rewritten in March with the guild's template.",
    "DATA-03": "We never paste order sheets into the chat assistant. Names in reply drafts are fine.",
    "DATA-10": "We talked about allergies and the chat assistant, but wrote nothing down.",
    "AIUSE-18": "The chatbot says: for allergies, please ask at the counter.",
}
EVIDENCE = {
    "GOV-07": "Sheet “AI tools” in the shared folder, 12 May",
    "CONSENT-02": "Newsletter form with its tick box, list of dates in the mailing tool",
    "STORE-05": "Weekly backup mail, disk in the safe",
    "AIUSE-01": "Signed list from the workshop in April",
    "VENDOR-04": "Screenshots of the settings, 12 May",
}


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
    bakery = create_organisation(name="Boulangerie du Quai", by=Actor(owner))
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
    given = {question: FactAnswer(frozenset(options)) for question, options in FACTS.items()}
    visible = {question.id for question in visible_questions(edition.scope, given)}
    shown = {question: fact for question, fact in given.items() if question in visible}
    save_scope(assessment=run, edition=edition, given=shown, seen_version=run.scope_version)
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
    """Nobody knows about a question that a later edition brings."""
    kind, level, reason = AnswerKind.UNKNOWN, LEVELS.get(question.id), ""
    if level is not None:
        kind = AnswerKind.LEVEL
    elif question.id in LEFT_OUT and question.offers_not_applicable(tags):
        kind, reason = AnswerKind.NOT_APPLICABLE, LEFT_OUT[question.id]
    return Given(
        question=question.id,
        kind=kind,
        level=level,
        reason=reason,
        note=NOTES.get(question.id, ""),
        evidence=EVIDENCE.get(question.id, ""),
        seen_version=0,
    )
