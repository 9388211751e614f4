"""How many queries each page takes: within its bar, and the same however much there is to show."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessLevel, Role, User
from accounts.sign_in.sessions import ACTIVE, USER_TIMEOUTS
from assessments.bank.types import Depth, Edition
from assessments.models import Assessment, EditionRow
from assessments.results.paces import pace_of
from assessments.services import result_limits
from assessments.services.runs import choose_depth, restart_assessment
from tests.accounts.test_sign_in import sign_in
from tests.collaboration import assigned, colleague, commented, consultant, reviewed
from tests.desk.clients import many_clients
from tests.factories import ConsultancyFactory, MembershipFactory, OrganisationFactory, member
from tests.runs import NOW, answered_run, asked_questions, finish, finished_run, give, scoped_run
from tests.scope_facts import NOT_SURE, facts_of

pytestmark = pytest.mark.django_db

WRITES = ("INSERT", "UPDATE", "DELETE")


class Counted:
    """The statements of one request; a warm one, as the second is in every process."""

    def __init__(self, request: Callable[[], Any], status: int = 200) -> None:
        with CaptureQueriesContext(connection) as queries:
            response = request()
        assert response.status_code == status
        statements = [query["sql"] for query in queries.captured_queries]
        self.all = [sql for sql in statements if not sql.startswith(("SAVEPOINT", "RELEASE"))]
        self.writes = [sql for sql in self.all if sql.startswith(WRITES)]


@pytest.fixture
def full(run: Assessment) -> Assessment:
    return choose_depth(assessment=run, depth=Depth.FULL)


def test_autosave(run: Assessment, signed_in: Client) -> None:
    def save(question: str, version: int, level: int) -> Counted:
        data = {f"{question}-answer": level, f"{question}-version": version}
        return Counted(lambda: signed_in.post(f"/assessments/{run.pk}/answers/{question}/", data))

    save("GOV-07", 0, 2)
    first, second = save("ACCESS-02", 0, 2), save("ACCESS-02", 1, 3)
    choose_depth(assessment=run, depth=Depth.FULL)
    for question in asked_questions(run):
        give(run, question.id, 2) if question.id != "ACCESS-02" else None
    among_many = save("ACCESS-02", 2, 4)
    assert [len(each.all) for each in (first, second, among_many)] == [5, 5, 5]
    assert [len(each.writes) for each in (first, second, among_many)] == [1, 1, 1]


def test_autosave_of_a_consultant_costs_no_more(run: Assessment, client: Client) -> None:
    """Whether a second step is needed comes with the person; their last activity is recorded only now and then."""
    client.force_login(consultant(run, AccessLevel.ANSWER))
    url = f"/assessments/{run.pk}/answers/ACCESS-02/"

    def save(version: int) -> Counted:
        return Counted(lambda: client.post(url, {"ACCESS-02-answer": 2 + version, "ACCESS-02-version": version}))

    save(0)
    saved = save(1)
    assert (len(saved.all), len(saved.writes)) == (5, 1)
    session = client.session
    session[ACTIVE] -= USER_TIMEOUTS.noted_every
    session.save()
    noted = save(2)
    assert (len(noted.all), len(noted.writes)) == (6, 2)


def test_autosave_of_who_signed_in_by_the_form(run: Assessment, client: Client, owner: User) -> None:
    """The session and its person come in one statement; with BEGIN and COMMIT there are six."""
    sign_in(client, owner.email)
    url = f"/assessments/{run.pk}/answers/ACCESS-02/"

    def save(version: int) -> Counted:
        return Counted(lambda: client.post(url, {"ACCESS-02-answer": 2 + version, "ACCESS-02-version": version}))

    save(0)
    saved = save(1)
    assert (len(saved.all), len(saved.writes)) == (4, 1)


def test_autosave_that_is_refused_writes_nothing(run: Assessment, signed_in: Client) -> None:
    give(run, "ACCESS-02", 2)
    url = f"/assessments/{run.pk}/answers/ACCESS-02/"
    for data, status in (
        ({"ACCESS-02-answer": 3}, 409),
        ({"ACCESS-02-answer": 9}, 422),
        ({"ACCESS-02-answer": 2}, 200),
    ):
        assert Counted(lambda data=data: signed_in.post(url, data), status).writes == []  # type: ignore[misc]


def test_a_domain_page(run: Assessment, signed_in: Client) -> None:
    """The same for 4 questions and for 15, with and without answers."""

    def counts() -> set[int]:
        domains = {question.domain for question in asked_questions(run)}
        pages = [f"/assessments/{run.pk}/domains/{domain}/" for domain in sorted(domains)]
        return {len(Counted(lambda page=page: signed_in.get(page)).all) for page in pages}  # type: ignore[misc]

    few = counts()
    choose_depth(assessment=run, depth=Depth.FULL)
    for question in asked_questions(run):
        give(run, question.id, 3, note="A note", evidence="A list")
    for question in asked_questions(run)[::8]:
        talked_about(run, question.id)
    assert few == counts() == {7}


def talked_about(run: Assessment, question: str, times: int = 2) -> None:
    """Comments by several people and a review; new people may see the run, too."""
    bo, noor = colleague(run), consultant(run)
    for _ in range(times):
        commented(run, question=question, author=bo, asked=noor)
    reviewed(run, noor, question, note="Really?")


def test_pages_of_people_who_work_together(run: Assessment, signed_in: Client) -> None:
    """The same for one domain, one comment and one business as for many."""
    bo = colleague(run)

    def counts() -> list[int]:
        client = Client()
        client.force_login(bo)
        pages = (f"/assessments/{run.pk}/", f"/assessments/{run.pk}/comments/", f"/assessments/{run.pk}/check/")
        return [len(Counted(lambda page=page: client.get(page)).all) for page in (*pages, "/my-questions/")]  # type: ignore[misc]

    give(run, "ACCESS-02", 2)
    talked_about(run, "ACCESS-02", 1)
    assigned(run, bo)
    commented(run, asked=bo)
    few = counts()
    for question in asked_questions(run):
        give(run, question.id, 3)
        talked_about(run, question.id)
        commented(run, question=question.id, asked=bo)
    assigned(run, bo, *{question.domain for question in asked_questions(run)})
    for _ in range(3):
        other = scoped_run()
        MembershipFactory.create(user=bo, organisation=other.organisation)
        assigned(other, bo, "ACCESS", "GOV")
        commented(other, asked=bo)
    assert few == counts() == [8, 6, 5, 5]


def test_saving_a_whole_domain_page_costs_one_write_for_each_change(full: Assessment, signed_in: Client) -> None:
    asked = [question.id for question in asked_questions(full) if question.domain == "AIUSE"]
    url = f"/assessments/{full.pk}/domains/AIUSE/"
    data = {f"{question}-version": 0 for question in asked} | {f"{question}-answer": 2 for question in asked}
    saved = Counted(lambda: signed_in.post(url, data), 302)
    assert (len(saved.all) - len(saved.writes), len(saved.writes)) == (4, len(asked))
    assert Counted(lambda: signed_in.post(url, data), 302).writes == []


def test_the_result_and_its_sums(edition_row: EditionRow, client: Client) -> None:
    counts = set()
    for depth, level in ((Depth.QUICK, 0), (Depth.FULL, 0), (Depth.FULL, 4)):
        result = finished_run(depth=depth, levels=level)
        client.force_login(result.assessment.started_by)
        for page in ("result/", "result/computed/", "result/in-time/?hours=16"):
            counts.add(len(Counted(lambda page=page: client.get(f"/assessments/{result.assessment_id}/{page}")).all))  # type: ignore[misc] # noqa: B023
    # Not frozen with a result: its name, the one before it, whether it is the newest, how far the plan is,
    # which reports there are, and whether a consultant wrote about it.
    assert counts <= set(range(4, 14))
    assert len(counts) <= 3, "not more for a full result than for a quick one"


@pytest.mark.parametrize("page", ["", "check/", "scope/", "depth/", "scope/where/"])
def test_pages_of_a_run(run: Assessment, signed_in: Client, page: str) -> None:
    url = f"/assessments/{run.pk}/{page}"
    for depth in Depth:
        pace_of(depth)  # read once a day, and kept
    few = Counted(lambda: signed_in.get(url)).all
    choose_depth(assessment=run, depth=Depth.FULL)
    for question in asked_questions(run):
        give(run, question.id, 1, note="A note")
    many = Counted(lambda: signed_in.get(url)).all
    assert len(few) == len(many) <= 8


def test_home_at_1_3_and_100_businesses(edition_row: EditionRow, client: Client) -> None:
    """Each with a finished and an open run."""
    model, counts = finished_run(), []
    for businesses in (1, 3, 100):
        consultancy = ConsultancyFactory.create()
        user = member(consultancy, Role.EDITOR)
        many_clients(consultancy, businesses, model, user)
        client.force_login(user)
        counts.append(len(Counted(lambda: client.get("/home/?all=1")).all))
    assert counts == [8, 8, 8]


def test_a_business_with_1_3_and_20_runs(
    edition_row: EditionRow, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(result_limits, "MOST_IN_A_DAY", 100)
    counts = []
    for runs in (1, 3, 20):
        organisation = OrganisationFactory.create()
        owner = member(organisation)
        last = finish(answered_run(organisation, by=owner)).assessment
        for _ in range(runs - 1):
            last = finish(restart_assessment(finished=last, started_by=owner, now=NOW)).assessment
        client.force_login(owner)
        counts.append(len(Counted(lambda: client.get(f"/organisations/{organisation.pk}/")).all))  # noqa: B023
    assert counts[0] == counts[1] == counts[2] <= 12


def test_pages_for_everybody(edition_row: EditionRow, client: Client) -> None:
    # How fast assessments were answered here is looked up once a day.
    for path in ("/", "/coverage/"):
        client.get(path)
    assert len(Counted(lambda: client.get("/coverage/")).all) == 1
    assert len(Counted(lambda: client.get("/coverage/?business=lyon_bakery")).all) == 1
    assert len(Counted(lambda: client.get("/")).all) <= 1


def test_a_scope_of_not_sure_costs_no_more(run: Assessment, edition: Edition, signed_in: Client) -> None:
    every = {question.id: NOT_SURE for screen in edition.scope.screens for question in screen.questions}
    Assessment.objects.filter(pk=run.pk).update(
        facts={name: {"options": [], "not_sure": True} for name in facts_of(edition, **every)}
    )
    assert len(Counted(lambda: signed_in.get(f"/assessments/{run.pk}/scope/")).all) == 4
