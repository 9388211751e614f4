"""How many files with many reports there may be, and which of them go to make room."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Organisation, Role, User
from assessments.models import EditionRow, Result
from reports import services, tasks
from reports.bundles import limits as bundle_limits
from reports.bundles import services as bundles
from reports.bundles.limits import TooManyBundles
from reports.models import Bundle, ReportState
from tests.factories import ConsultancyFactory, member
from tests.reports.clients import ask, make_all_ready, result_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _accepting_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "notify_worker", lambda _pk: True)
    monkeypatch.setattr(bundles, "notify_worker_of_bundle", lambda _pk: True)


@pytest.fixture
def consultancy(edition_row: EditionRow) -> Organisation:
    return ConsultancyFactory.create()


@pytest.fixture
def consultant(consultancy: Organisation) -> User:
    return member(consultancy, Role.EDITOR)


@pytest.fixture
def results(consultancy: Organisation) -> list[Result]:
    return [result_of(consultancy, name) for name in ("Bakery", "Cinema")]


def run_task(bundle: Bundle) -> Bundle:
    tasks.make_bundle(str(bundle.pk))
    bundle.refresh_from_db()
    return bundle


def test_the_same_selection_is_found_without_reading_the_others(
    consultancy: Organisation, consultant: User, results: list[Result]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ask(consultancy, results, consultant)
        return len(captured)

    first = ask(consultancy, results, consultant)
    before = queries()
    for each in results:
        assert ask(consultancy, [each], consultant).selection != first.selection
    assert queries() == before
    assert ask(consultancy, results[::-1], consultant) == first, "in any order"


def test_a_person_asks_for_so_many_in_a_day(
    consultancy: Organisation, consultant: User, results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each subset of the clients is another file: of ten there are a thousand."""
    monkeypatch.setattr(bundle_limits, "MOST_OF_A_PERSON_IN_A_DAY", 2)
    now = timezone.now()
    first = ask(consultancy, results, consultant, now)
    ask(consultancy, results[:1], consultant, now)
    with pytest.raises(TooManyBundles, match="You have asked for 2 files"):
        ask(consultancy, results[1:], consultant, now)
    assert Bundle.objects.count() == 2
    assert ask(consultancy, results, consultant, now) == first, "what is there can be asked for"
    assert ask(consultancy, results[1:], member(consultancy), now)
    assert ask(consultancy, results[1:], consultant, now + timedelta(days=1))


def test_a_consultancy_asks_for_so_many_in_a_day(
    consultancy: Organisation, consultant: User, results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_limits, "MOST_OF_A_CONSULTANCY_IN_A_DAY", 1)
    ask(consultancy, results, consultant)
    with pytest.raises(TooManyBundles, match="1 files with several reports were made for this consultancy"):
        ask(consultancy, results[:1], member(consultancy))


def test_the_oldest_files_make_room(
    consultancy: Organisation, consultant: User, results: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [ask(consultancy, chosen, consultant) for chosen in (results, results[:1], results[1:])]
    make_all_ready(made[0])
    sizes = [run_task(each).size or 0 for each in made[:2]]
    oldest = made[0].file
    monkeypatch.setattr(bundle_limits, "MOST_KEPT_BYTES", sum(sizes))
    assert run_task(made[2]).state == ReportState.READY
    assert set(Bundle.objects.values_list("pk", flat=True)) == {made[1].pk, made[2].pk}
    assert not default_storage.exists(oldest)
    monkeypatch.setattr(bundle_limits, "MOST_KEPT_BYTES", 1)
    bundle_limits.delete_bundles_beyond_room(consultancy=consultancy)
    assert [each.pk for each in Bundle.objects.all()] == [made[2].pk], "the newest stays, whatever its size"
