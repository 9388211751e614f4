"""Each function of assessments/access.py and reports/access.py, asked directly."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.database.compiled_sql import PLACEHOLDER_KEY, SOME_ROW, Value
from accounts.models import AccessLevel, Engagement
from accounts.permissions import Capability
from accounts.queries import Person, Standing, with_standing
from assessments import access
from assessments.bank.types import Depth
from assessments.errors import AssessmentFinished
from assessments.models import Assessment, AssessmentState, Comment, EditionRow, Result
from assessments.services.editions import publish_edition, store_draft
from reports import access as report_access
from reports.models import Report
from tests.access.asking import ENGAGED, OWN, ask, everyone_asks, expected, person_of
from tests.bank.making import edition, question, when
from tests.personas import CONSULTANT_ANSWER, EDITOR, OWNER, STRANGER, VIEWER, WITHOUT_SECOND_STEP, World, make_world

pytestmark = pytest.mark.django_db
WORKING = {OWNER, EDITOR} | ENGAGED


@dataclass(frozen=True)
class Runs(World):
    """An open run and a finished one with a report, of the business; and an open run of somebody else."""

    bank: EditionRow
    open: Assessment
    finished: Result
    report: Report
    foreign: Assessment


@pytest.fixture
def runs(db: None) -> Runs:
    """On a bank in which nothing is asked of the first domain, and one question of the second."""
    bank = store_draft(
        edition=edition(
            question("DATA-01", applies_when=when("uses_ai")),
            question("ACCESS-01"),
            question("ACCESS-02", depth=Depth.FULL),
        )
    )
    publish_edition(edition_row=bank, now=timezone.now())
    world = make_world()
    business, owner = world.business, world.person(OWNER)
    finished = _finished(_run(world, bank, finished_at=timezone.now(), state=AssessmentState.FINISHED))
    report = Report.objects.create(
        result=finished, language="en-gb", template_version=1, requested_by=owner, requested_at=timezone.now()
    )
    foreign = Assessment.objects.create(
        organisation=world.elsewhere, edition=bank, started_by=world.person(STRANGER), depth="quick"
    )
    return Runs(business, world.elsewhere, world.people, bank, _run(world, bank), finished, report, foreign)


def _run(world: World, bank: EditionRow, **fields: Any) -> Assessment:
    given = {"state": AssessmentState.ANSWERING, "depth": "quick", "started_by": world.person(OWNER), **fields}
    return Assessment.objects.create(organisation=world.business, edition=bank, **given)


def _finished(assessment: Assessment) -> Result:
    return Result.objects.create(
        assessment=assessment,
        outcome={},
        answers=[],
        finished_at=timezone.now(),
        finished_by=assessment.started_by,
    )


@pytest.mark.parametrize("lock", [False, True])
def test_an_assessment(runs: Runs, lock: bool) -> None:
    asked = everyone_asks(runs, lambda who: access.assessment_read(who, runs.open.pk, lock=lock))
    assert asked == expected(OWN | ENGAGED, set())
    assert ask(lambda: access.assessment_read(runs.person(OWNER), runs.foreign.pk, lock=lock)) == 404
    assert ask(lambda: access.assessment_read(runs.person(OWNER), uuid4(), lock=lock)) == 404


@pytest.mark.parametrize("lock", [False, True])
def test_it_comes_with_what_the_person_may_do(runs: Runs, lock: bool) -> None:
    found = access.assessment_read(runs.person(VIEWER), runs.open.pk, lock=lock)
    assert (found.assessment, found.edition.id) == (runs.open, "test")
    assert (found.can(Capability.VIEW_ASSESSMENTS), found.can(Capability.ANSWER)) == (True, False)
    Engagement.objects.filter(client=runs.business, ended_at=None).update(level=AccessLevel.READ)
    found = access.assessment_read(runs.person(CONSULTANT_ANSWER), runs.open.pk, lock=lock)
    assert found.standing == Standing(runs.business, None, AccessLevel.READ)


def test_who_is_known_to_advise_nobody_is_let_in_by_their_own_role_alone(runs: Runs) -> None:
    consultant, owner = runs.person(CONSULTANT_ANSWER), runs.person(OWNER)
    for person in (consultant, owner):
        setattr(person, "advises", False)  # noqa: B010 (what a middleware notes)
    assert ask(lambda: access.assessment_read(consultant, runs.open.pk)) == 404
    assert access.assessment_read(owner, runs.open.pk).standing.role == "owner"


@pytest.mark.parametrize(("lock", "locks"), [(False, 0), (True, 1)])
def test_the_row_is_held_only_when_that_is_asked_for(runs: Runs, lock: bool, locks: int) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        access.assessment_read(runs.person(OWNER), runs.open.pk, lock=lock)
    held = [each["sql"] for each in queries if "FOR UPDATE" in each["sql"]]
    assert len(held) == (locks if connection.vendor == "postgresql" else 0)
    assert all('FOR UPDATE OF "assessments_assessment" SKIP LOCKED' in sql for sql in held)


def test_the_row_is_held_in_one_of_three_ways(runs: Runs) -> None:
    # A reading of its own: those that requests use are made when the module is imported.
    reading = access._Reading(with_standing)

    def values(name: str) -> dict[Value, Value]:
        return {PLACEHOLDER_KEY: runs.person(name).pk, SOME_ROW: runs.open.pk}

    for query, ending in (
        (reading.read, ""),
        (reading.held_if_free, ' FOR UPDATE OF "assessments_assessment" SKIP LOCKED'),
        (reading.held, ' FOR UPDATE OF "assessments_assessment"'),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert query(values(OWNER)) == [runs.open]
        sql = queries[0]["sql"]
        if connection.vendor == "postgresql":
            assert sql.endswith(ending)
            assert ("FOR UPDATE" in sql) == bool(ending)
        assert query(values(STRANGER)) == []


def test_nothing_is_held_unless_that_is_asked_for(runs: Runs) -> None:
    with CaptureQueriesContext(connection) as queries:
        access.assessment_read(runs.person(OWNER), runs.open.pk)
        access.assessment_open(runs.person(OWNER), runs.open.pk, Capability.ANSWER)
    assert not any("FOR UPDATE" in each["sql"] for each in queries)


@pytest.mark.parametrize("lock", [False, True])
def test_an_open_one_is_changed_by_who_has_the_capability(runs: Runs, lock: bool) -> None:
    for capability, may in ((Capability.ANSWER, WORKING), (Capability.DELETE_DRAFT, {OWNER, EDITOR})):
        asked = everyone_asks(runs, partial(access.assessment_open, pk=runs.open.pk, capability=capability, lock=lock))
        assert asked == expected(may)
    finished = runs.finished.assessment_id
    with pytest.raises(AssessmentFinished):
        access.assessment_open(runs.person(OWNER), finished, Capability.ANSWER, lock=lock)
    # Who may not change it learns nothing of its state.
    assert ask(lambda: access.assessment_open(runs.person(VIEWER), finished, Capability.ANSWER, lock=lock)) == 403


@pytest.mark.parametrize("lock", [False, True])
def test_opening_holds_the_row_when_that_is_asked_for(runs: Runs, lock: bool) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = access.assessment_open(runs.person(OWNER), runs.open.pk, Capability.ANSWER, lock=lock)
    assert found.assessment == runs.open
    assert any("FOR UPDATE" in each["sql"] for each in queries) == (lock and connection.vendor == "postgresql")


def test_a_result(runs: Runs) -> None:
    finished = runs.finished.assessment_id
    asked = everyone_asks(runs, lambda who: access.assessment_result(who, finished))
    assert asked == expected(OWN | ENGAGED, set())
    asked = everyone_asks(runs, lambda who: access.assessment_result(who, finished, Capability.REOPEN))
    assert asked == expected(WORKING)
    assert ask(lambda: access.assessment_result(runs.person(OWNER), runs.open.pk)) == 404

    found, result = access.assessment_result(runs.person(VIEWER), finished)
    assert (found.assessment, result) == (runs.finished.assessment, runs.finished)
    assert result.get_deferred_fields() == {"outcome", "answers"}


def test_a_domain_and_a_question_are_there_when_the_run_asks_them(runs: Runs) -> None:
    found = access.assessment_read(runs.person(OWNER), runs.open.pk)

    assert access.domain_in(found, "ACCESS").code == "ACCESS"
    assert [each.id for each in access.asked_in(found, "ACCESS")] == ["ACCESS-01"]
    assert access.question_in(found, "ACCESS-01").id == "ACCESS-01"
    for code in ("DATA", "NOTHING"):
        assert ask(partial(access.domain_in, found, code)) == 404
    for code in ("ACCESS-02", "DATA-01", "ACCESS-09"):
        assert ask(partial(access.question_in, found, code)) == 404

    found.assessment.tags, found.assessment.depth = ["uses_ai"], "full"
    assert access.domain_in(found, "DATA").code == "DATA"
    assert access.question_in(found, "ACCESS-02").id == "ACCESS-02"
    found.assessment.depth = ""
    assert ask(lambda: access.domain_in(found, "ACCESS")) == 404
    assert ask(lambda: access.question_in(found, "ACCESS-01")) == 404


def test_a_comment_is_on_that_very_run(runs: Runs) -> None:
    own, foreign = (
        Comment.objects.create(
            assessment=each, question="ACCESS-01", author=each.started_by, text="Ask Bo", created_at=timezone.now()
        )
        for each in (runs.open, runs.foreign)
    )
    found = access.assessment_read(runs.person(OWNER), runs.open.pk)

    assert access.comment_in(found, own.pk) == own
    assert access.comment_in(found, own.pk).assessment is found.assessment
    assert ask(lambda: access.comment_in(found, foreign.pk)) == 404
    assert ask(lambda: access.comment_in(found, own.pk + foreign.pk)) == 404


def test_a_run_is_started_by_who_may_edit_the_scope(runs: Runs) -> None:
    asked = everyone_asks(runs, lambda who: access.organisation_for_start(who, runs.business.pk))
    # The lock looks again at who acts.
    lacking = {who: 403 for who in WITHOUT_SECOND_STEP if expected(WORKING)[who] == 200}
    assert asked == expected(WORKING) | lacking
    with CaptureQueriesContext(connection) as queries:
        assert access.organisation_for_start(runs.person(EDITOR), runs.business.pk) == runs.business
    held = ["FOR UPDATE" in each["sql"] for each in queries]
    # The right is looked up before it and again after it, and so is the person.
    assert held == [False, connection.vendor == "postgresql", False, False]


@pytest.mark.parametrize(
    ("call", "may"),
    [(report_access.report_read, OWN | ENGAGED), (report_access.report_ask, WORKING)],
)
def test_a_report(runs: Runs, call: Callable[[Person, UUID], Report], may: set[str]) -> None:
    assert everyone_asks(runs, lambda who: call(who, runs.report.pk)) == expected(may)
    assert ask(lambda: call(runs.person(OWNER), uuid4())) == 404
    with CaptureQueriesContext(connection) as queries:
        found = call(runs.person(OWNER), runs.report.pk)
        assert (found, found.result.assessment.organisation) == (runs.report, runs.business)
        assert found.result.get_deferred_fields() == {"outcome", "answers"}
    assert len(queries) == 1


def test_whether_a_report_may_be_asked_for_anew(runs: Runs) -> None:
    assert report_access.may_ask(report_access.report_read(runs.person(EDITOR), runs.report.pk))
    assert not report_access.may_ask(report_access.report_read(runs.person(VIEWER), runs.report.pk))


def test_the_result_for_a_report(runs: Runs) -> None:
    finished = runs.finished.assessment_id
    asked = everyone_asks(runs, lambda who: report_access.result_for_report(who, finished))
    assert asked == expected(WORKING)
    assert report_access.result_for_report(runs.person(OWNER), finished) == runs.finished
    assert ask(lambda: report_access.result_for_report(runs.person(OWNER), runs.open.pk)) == 404


def test_nobody_signed_in_has_no_way_around(runs: Runs) -> None:
    nobody = person_of(runs, "anonymous")
    for lock in (False, True):
        assert ask(partial(access.assessment_read, nobody, runs.open.pk, lock=lock)) == 404
