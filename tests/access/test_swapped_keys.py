"""Other people's keys, put into a person's own forms and URLs: nothing is found and nothing changes.

Every form that takes a key has an entry in FORMS.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.models import AccessLevel, Organisation, Role, User
from assessments.bank.types import Edition
from assessments.models import Action, Assessment, Comment, EditionRow
from tests.actions.plans import own_task
from tests.collaboration import QUESTION, assigned, colleague, commented, consultant, reviewed
from tests.factories import OrganisationFactory, member
from tests.published_bank import stored_bank
from tests.runs import finish, give, scoped_run

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Side:
    """One of two businesses that have nothing to do with each other, each with the same kinds of rows."""

    run: Assessment
    owner: User
    helper: User
    reviewer: User
    comment: Comment
    finished_comment: Comment
    action: Action


def make_side(name: str) -> Side:
    organisation = OrganisationFactory.create(name=name)
    owner = member(organisation)
    before = finished_run_with_comment(organisation, owner)
    run = scoped_run(organisation, by=owner)
    give(run, QUESTION, 2)
    helper, reviewer = colleague(run, f"Helper of {name}"), consultant(run, AccessLevel.REVIEW, f"Reviewer of {name}")
    assigned(run, owner)
    reviewed(run, reviewer)
    return Side(run, owner, helper, reviewer, commented(run, f"Said at {name}"), before, own_task(organisation, owner))


def finished_run_with_comment(organisation: Organisation, owner: User) -> Comment:
    run = scoped_run(organisation, by=owner)
    comment = commented(run, "Said long ago")
    finish(run)
    return comment


Sides = tuple[Side, Side]
Path = Callable[[Side, Side], str]
Data = Callable[[Side, Side], Mapping[str, object]]


@dataclass(frozen=True)
class Form:
    """What `who` of the first side sends, with keys of the second."""

    name: str
    who: str
    path: Path
    data: Data
    status: int


def of_run(name: str, **more: object) -> Path:
    return lambda mine, theirs: reverse(name, kwargs={"pk": mine.run.pk, **more})


def nothing(mine: Side, theirs: Side) -> Mapping[str, object]:
    return {}


FORMS = (
    Form(
        "a stranger as the one who answers",
        "owner",
        of_run("assign_domains"),
        lambda mine, theirs: {"who-ACCESS": theirs.helper.pk, "was-ACCESS": mine.owner.pk, "who-GOV": mine.helper.pk},
        422,
    ),
    Form(
        "a stranger as the one who answered before",
        "owner",
        of_run("assign_domains"),
        lambda mine, theirs: {"who-ACCESS": theirs.owner.pk, "was-ACCESS": theirs.owner.pk},
        422,
    ),
    Form(
        "a reviewer, who may not answer, as the one who answers",
        "owner",
        of_run("assign_domains"),
        lambda mine, theirs: {"who-ACCESS": mine.reviewer.pk, "was-ACCESS": ""},
        422,
    ),
    Form(
        "a stranger asked in a comment",
        "owner",
        of_run("comment_add", question=QUESTION),
        lambda mine, theirs: {f"comment-{QUESTION}-text": "Hello", f"comment-{QUESTION}-asked": theirs.helper.pk},
        422,
    ),
    Form(
        "their consultant asked in a comment",
        "helper",
        of_run("comment_add", question=QUESTION),
        lambda mine, theirs: {f"comment-{QUESTION}-text": "Hello", f"comment-{QUESTION}-asked": theirs.reviewer.pk},
        422,
    ),
    Form(
        "a stranger who is to do a task",
        "owner",
        lambda mine, theirs: reverse("action_add", args=[mine.run.organisation_id]),
        lambda mine, theirs: {"title": "Ask the bank", "who": theirs.helper.pk},
        422,
    ),
    Form(
        "their action below my plan",
        "owner",
        lambda mine, theirs: reverse("action_done", args=[mine.run.organisation_id, theirs.action.pk]),
        lambda mine, theirs: {"version": 1},
        404,
    ),
    Form(
        "my action below their plan",
        "owner",
        lambda mine, theirs: reverse("action_edit", args=[theirs.run.organisation_id, mine.action.pk]),
        lambda mine, theirs: {"state": "doing", "version": 1},
        404,
    ),
    Form(
        "their comment below my run",
        "owner",
        lambda mine, theirs: reverse("comment_change", args=[mine.run.pk, theirs.comment.pk]),
        lambda mine, theirs: {"do": "resolve"},
        404,
    ),
    Form(
        "my comment below their run",
        "owner",
        lambda mine, theirs: reverse("comment_change", args=[theirs.run.pk, mine.comment.pk]),
        lambda mine, theirs: {"do": "report"},
        404,
    ),
    Form(
        "a comment of my finished run below my open one",
        "owner",
        lambda mine, theirs: reverse("comment_change", args=[mine.run.pk, mine.finished_comment.pk]),
        lambda mine, theirs: {"do": "resolve"},
        404,
    ),
    Form(
        "a review of their answer",
        "reviewer",
        lambda mine, theirs: reverse("answer_review", args=[theirs.run.pk, QUESTION]),
        lambda mine, theirs: {f"review-{QUESTION}-verdict": "agrees", f"review-{QUESTION}-version": 1},
        404,
    ),
    Form(
        "a review of a question that is not asked",
        "reviewer",
        of_run("answer_review", question="NEVER-01"),
        lambda mine, theirs: {"review-NEVER-01-verdict": "agrees", "review-NEVER-01-version": 1},
        404,
    ),
    Form(
        "a comment on a question that is not asked", "owner", of_run("comment_add", question="NEVER-01"), nothing, 404
    ),
    Form(
        "agreement with a domain that is not asked", "reviewer", of_run("agree_with_domain", code="NEVER"), nothing, 404
    ),
    Form(
        "agreement with their domain",
        "reviewer",
        lambda mine, theirs: reverse("agree_with_domain", args=[theirs.run.pk, "ACCESS"]),
        lambda mine, theirs: {"seen": f"{QUESTION}:1"},
        404,
    ),
)


@pytest.fixture(scope="module")
def made(_bank_of_the_session: None, django_db_blocker: DjangoDbBlocker, edition: Edition) -> Iterator[Sides]:
    """Both sides, made once; what a test changes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        stored_bank(edition)
        yield make_side("Boulangerie Lumière"), make_side("Elsewhere Ltd")
        transaction.set_rollback(True)


@pytest.fixture
def sides(made: Sides) -> Iterator[Sides]:
    with transaction.atomic():
        yield made
        transaction.set_rollback(True)


def everything() -> dict[str, list[Any]]:
    """Every row of our own tables except the bank's, which nobody changes here."""
    return {model._meta.label: list(_rows(model)) for app in ("accounts", "assessments") for model in _models(app)}


def _models(app: str) -> Iterator[type[Model]]:
    return (model for model in apps.get_app_config(app).get_models() if model.__module__ != EditionRow.__module__)


def _rows(model: type[Model]) -> Any:
    return model._default_manager.order_by("pk").values()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_keys_of_others_open_nothing(form: Form, sides: Sides, client: Client) -> None:
    mine, theirs = sides
    client.force_login(getattr(mine, form.who))
    before = everything()
    response = client.post(form.path(mine, theirs), form.data(mine, theirs))
    assert response.status_code == form.status
    assert everything() == before
    body = response.content.decode()
    assert not [name for name in (theirs.run.organisation.name, "Said at Elsewhere") if name in body]


def test_the_same_forms_work_with_the_persons_own_keys(sides: Sides, client: Client) -> None:
    """Otherwise the test above proves nothing."""
    mine, _theirs = sides
    client.force_login(mine.owner)
    sent: tuple[tuple[str, dict[str, object], dict[str, object]], ...] = (
        ("assign_domains", {}, {"who-ACCESS": mine.helper.pk, "was-ACCESS": mine.owner.pk}),
        (
            "comment_add",
            {"question": QUESTION},
            {f"comment-{QUESTION}-text": "?", f"comment-{QUESTION}-asked": mine.helper.pk},
        ),
        ("comment_change", {"comment": mine.comment.pk}, {"do": "resolve"}),
    )
    plan = reverse("action_add", args=[mine.run.organisation_id])
    assert client.post(plan, {"title": "Ask the bank", "who": mine.helper.pk}).status_code == 302
    for name, more, data in sent:
        before = everything()
        assert client.post(reverse(name, kwargs={"pk": mine.run.pk, **more}), data).status_code == 302, name
        assert everything() != before, name


def test_no_list_names_people_of_others(sides: Sides, client: Client) -> None:
    mine, theirs = sides
    strangers = [str(person) for person in (theirs.helper, theirs.reviewer)]
    for person in (mine.owner, mine.helper, mine.reviewer, colleague(mine.run, "Vi", Role.VIEWER)):
        client.force_login(person)
        for path in ("", "domains/ACCESS/", "comments/", "check/"):
            body = client.get(f"/assessments/{mine.run.pk}/{path}").content.decode()
            assert not [name for name in strangers if name in body], (person, path)
