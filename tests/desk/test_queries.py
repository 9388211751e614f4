"""The list of clients: who is on it, and in which order."""

from datetime import date, timedelta

import pytest

from accounts.models import Engagement, Organisation
from assessments.desk.portfolio import ClientLine, client_lines
from assessments.desk.queries import DeskFilter, Sort, Stage, client_tags, filter_clients
from assessments.models import Assessment, Result
from assessments.wording.over_time.since import Moves
from tests.desk.clients import client_of, noted
from tests.factories import ConsultancyFactory
from tests.runs import NOW, answered_run, finished_run, give, scoped_run
from tests.since.running import finished_again

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def names(consultancy: Organisation, **wanted: object) -> list[str]:
    found = filter_clients(consultancy, DeskFilter(**wanted))  # type: ignore[arg-type]
    return [each.client.name for each in found]


def lines(consultancy: Organisation) -> dict[str, ClientLine]:
    return {line.name: line for line in client_lines(list(filter_clients(consultancy, DeskFilter())), DAY)}


@pytest.fixture
def three(consultancy: Organisation) -> dict[str, Engagement]:
    """A finished client with closed gates, one under way with better answers before, and one that has nothing."""
    made = {name: client_of(consultancy, name) for name in ("Bakery", "atelier", "Cinema")}
    finished_run(made["Bakery"].client, levels=0)
    finished_run(made["atelier"].client, levels=4)
    scoped_run(made["atelier"].client)
    return made


def test_only_active_engagements_of_this_consultancy(consultancy: Organisation) -> None:
    client_of(consultancy, "Ours")
    client_of(consultancy, "Gone", over=True)
    client_of(ConsultancyFactory.create(), "Theirs")
    assert names(consultancy) == ["Ours"]


def test_by_name_whatever_the_case_and_downwards_too(three: object, consultancy: Organisation) -> None:
    assert names(consultancy) == ["atelier", "Bakery", "Cinema"]
    assert names(consultancy, down=True) == ["Cinema", "Bakery", "atelier"]


def test_search_finds_parts_of_names(three: object, consultancy: Organisation) -> None:
    assert names(consultancy, search="AKE") == ["Bakery"]
    assert names(consultancy, search="%") == []


@pytest.mark.parametrize(
    ("stage", "expected"), [(Stage.NONE, "Cinema"), (Stage.OPEN, "atelier"), (Stage.FINISHED, "Bakery")]
)
def test_by_state_an_open_run_counts_before_a_finished_one(
    three: object, consultancy: Organisation, stage: Stage, expected: str
) -> None:
    assert names(consultancy, stage=stage) == [expected]


def test_closed_gates(three: object, consultancy: Organisation) -> None:
    assert names(consultancy, gates=True) == ["Bakery"]
    assert names(consultancy, sort=Sort.GATES, down=True) == ["Bakery", "atelier", "Cinema"]


def test_by_level_with_those_that_have_none_last_either_way(three: object, consultancy: Organisation) -> None:
    assert names(consultancy, sort=Sort.LEVEL) == ["Bakery", "atelier", "Cinema"]
    assert names(consultancy, sort=Sort.LEVEL, down=True) == ["atelier", "Bakery", "Cinema"]


def test_the_newest_result_counts(consultancy: Organisation) -> None:
    client = client_of(consultancy, "Twice").client
    old = finished_run(client, levels=0)
    Assessment.objects.filter(pk=old.assessment_id).update(started_at=NOW - timedelta(days=300))
    new = finished_run(client, levels=4)
    finished = lines(consultancy)["Twice"].finished
    assert finished is not None
    assert (finished.closed_gates, finished.run) == (0, new.assessment_id)
    assert names(consultancy, gates=True) == []


def test_last_activity_is_the_last_answer_else_the_start_else_the_finish(consultancy: Organisation) -> None:
    _quiet, started, answered, finished = (client_of(consultancy, name) for name in ("a", "b", "c", "d"))
    fresh = scoped_run(started.client)
    run = scoped_run(answered.client)
    give(run, "ACCESS-02", 2)
    finished_run(finished.client)
    found = {name: line.last_activity for name, line in lines(consultancy).items()}
    assert found == {"a": None, "b": fresh.started_at, "c": NOW, "d": NOW}
    assert names(consultancy, sort=Sort.ACTIVITY, down=True) == ["b", "c", "d", "a"]


def test_reviews_due_today_or_before(consultancy: Organisation) -> None:
    for name, days in (("Late", -1), ("Today", 0), ("Later", 1)):
        noted(client_of(consultancy, name), on=DAY + timedelta(days=days))
    client_of(consultancy, "Never")
    assert names(consultancy, due_on=DAY) == ["Late", "Today"]
    assert names(consultancy, sort=Sort.REVIEW) == ["Late", "Today", "Later", "Never"]


def test_tags_are_counted_and_filter(consultancy: Organisation) -> None:
    one, two = client_of(consultancy, "One"), client_of(consultancy, "Two")
    gone, theirs = client_of(consultancy, "Gone", over=True), client_of(ConsultancyFactory.create(), "Theirs")
    for engagement, tag in ((one, "retail"), (two, "retail"), (two, "zürich"), (gone, "old"), (theirs, "retail")):
        noted(engagement, tag)
    assert client_tags(consultancy) == [("retail", 2), ("zürich", 1)]
    assert names(consultancy, tag="zürich") == ["Two"]
    assert names(consultancy, tag="old") == []


def test_answers_of_a_finished_run_do_not_keep_it_open(consultancy: Organisation) -> None:
    done, open_again = client_of(consultancy, "Done"), client_of(consultancy, "Open")
    finished_run(done.client)
    run = answered_run(open_again.client)
    found = {name: line.open.run if line.open else None for name, line in lines(consultancy).items()}
    assert found == {"Done": None, "Open": run.pk}


def test_those_that_fell_since_last_time(three: dict[str, Engagement], consultancy: Organisation) -> None:
    first = Result.objects.get(assessment__organisation=three["Bakery"].client)
    better = finished_again(first, 30, ACCESS_02=3)
    assert names(consultancy, fell=True) == []
    finished_again(better, 60, ACCESS_02=0)
    assert names(consultancy, fell=True) == ["Bakery"]


def test_the_column_since_last_time_is_that_of_the_newest_result(
    three: dict[str, Engagement], consultancy: Organisation
) -> None:
    first = Result.objects.get(assessment__organisation=three["Bakery"].client)
    assert [line.finished.since for line in lines(consultancy).values() if line.finished] == [None, None]
    finished_again(first, 30, ACCESS_02=3)
    done = lines(consultancy)["Bakery"].finished
    assert done
    assert (done.since, done.since_words, done.fell) == (Moves(1, 0, 1, 0), "1 better, 1 urgent gap closed", False)
