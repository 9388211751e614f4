"""Access that ends while a request waits for a lock: nothing is stored for a person who has lost it by then."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.audit import Actor
from accounts.models import AccessLevel, Engagement, Organisation, Role, User
from accounts.services.engagements import change_access, end_access
from assessments.models import Answer, Assessment, EditionRow
from launch.processes import wait_until
from tests.factories import ConsultancyFactory, EngagementFactory, OrganisationFactory, member
from tests.runs import asked_questions, scoped_run

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class World:
    client: Organisation
    owner: User
    consultant: User
    engagement: Engagement

    def end(self) -> None:
        end_access(engagement=self.engagement, by=Actor(self.owner))

    def narrow(self) -> None:
        change_access(engagement=self.engagement, level=AccessLevel.READ, by=Actor(self.owner))


@pytest.fixture
def world(edition_row: EditionRow) -> World:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    engagement = EngagementFactory.create(consultancy=ConsultancyFactory.create(), client=OrganisationFactory.create())
    owner = member(engagement.client)
    return World(engagement.client, owner, member(engagement.consultancy, Role.EDITOR), engagement)


def waits() -> bool:
    with connection.cursor() as cursor:
        # Within a transaction PostgreSQL would show the sessions as they were when first asked for.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def sent_meanwhile(world: World, path: str, data: dict[str, str], hold: Callable[[], object]) -> int:
    """The status of a consultant's POST that waits for what `hold` locks, and continues once that is committed."""
    browser = Client()
    browser.force_login(world.consultant)

    def send() -> HttpResponse:
        try:
            return browser.post(path, data)  # type: ignore[return-value]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            hold()
            answer = other.submit(send)
            wait_until(waits, [], 30)
        return answer.result().status_code


def test_an_answer_that_waited_is_not_stored(world: World) -> None:
    run = scoped_run(world.client, by=world.owner)
    question = asked_questions(run)[0].id

    def hold() -> None:
        Assessment.objects.select_for_update().get(pk=run.pk)
        world.end()

    path = reverse("answer_save", args=[run.pk, question])
    assert sent_meanwhile(world, path, {f"{question}-version": "0", f"{question}-answer": "2"}, hold) == 404
    assert not Answer.objects.exists()


def test_the_same_answer_is_stored_where_access_went_on(world: World) -> None:
    run = scoped_run(world.client, by=world.owner)
    question = asked_questions(run)[0].id
    data = {f"{question}-version": "0", f"{question}-answer": "2"}
    path = reverse("answer_save", args=[run.pk, question])
    hold = Assessment.objects.select_for_update().get
    assert sent_meanwhile(world, path, data, lambda: hold(pk=run.pk)) in (200, 302)
    assert Answer.objects.get().saved_by == world.consultant


@pytest.mark.parametrize("how", [World.end, World.narrow])
def test_no_run_is_started(world: World, how: Callable[[World], None]) -> None:
    path = reverse("assessment_start", args=[world.client.pk])
    assert sent_meanwhile(world, path, {}, lambda: how(world)) == (404 if how is World.end else 403)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("how", [World.end, World.narrow])
def test_nor_from_the_desk(world: World, how: Callable[[World], None]) -> None:
    path = reverse("desk_start", args=[world.engagement.consultancy_id])
    assert sent_meanwhile(world, path, {"client": str(world.client.pk)}, lambda: how(world)) == 302
    assert not Assessment.objects.exists()
