"""An organisation's own terms: who chooses what, when it counts, and what it deletes."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import AuditEvent, AuditKind, Organisation, OrganisationTerms, Role, User
from accounts.own_terms.choices import CODES, own_choices_of
from accounts.own_terms.services import TermNotOffered, choose_terms
from accounts.people_data.own_terms import NOTICE_OF_A_CHANGE, OWN_TERMS, column_of
from accounts.people_data.terms import kept_for, term_of
from accounts.services.retention import delete_outlived
from reports.data_exports.services import delete_outlived_exports, request_export
from reports.models import DataExport
from tests.factories import OrganisationFactory, member
from tests.pages import by_id, parse, text_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOTHING: dict[str, int | None] = dict.fromkeys(CODES)


def choose(owner: User, **days: int | None) -> bool:
    organisation = owner.memberships.get().organisation
    return choose_terms(
        organisation=organisation, chosen={**NOTHING, **days}, by=Actor(owner, "192.0.2.7"), now=timezone.now()
    )


def event_of(owner: User, *, days_ago: int) -> AuditEvent:
    organisation = owner.memberships.get().organisation
    return AuditEvent.objects.create(
        kind=AuditKind.LEFT,
        organisation=organisation.pk,
        organisation_name=organisation.name,
        actor=owner.pk,
        actor_email=owner.email,
        at=timezone.now() - days_ago * DAY,
    )


def run_in(days: int) -> None:
    """The hourly deletion, so many days from now; nobody has become idle by then."""
    then = timezone.now() + days * DAY
    User.objects.update(last_login=then)
    delete_outlived(now=then)
    delete_outlived_exports(now=then)


def names_left() -> set[int]:
    return set(AuditEvent.objects.exclude(actor_email="").values_list("pk", flat=True))


@pytest.fixture
def page(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def address(owner: User) -> str:
    return reverse("organisation_terms", args=[owner.memberships.get().organisation_id])


# What it does.


def test_names_in_the_trail_go_by_the_own_term_after_a_week(owner: User) -> None:
    other = member(OrganisationFactory.create())
    mine, theirs, young = event_of(owner, days_ago=200), event_of(other, days_ago=200), event_of(owner, days_ago=100)
    assert choose(owner, trail=180)
    run_in(NOTICE_OF_A_CHANGE.days - 1)
    assert {mine.pk, theirs.pk, young.pk} <= names_left()
    run_in(NOTICE_OF_A_CHANGE.days)
    assert names_left() & {mine.pk, theirs.pk, young.pk} == {theirs.pk, young.pk}


def test_files_for_download_go_by_the_own_term(owner: User) -> None:
    organisation = owner.memberships.get().organisation
    choose(owner, downloads=2)
    OrganisationTerms.objects.update(chosen_at=timezone.now() - 9 * DAY, takes_effect_at=timezone.now() - DAY)
    for of in (organisation, None):
        request_export(organisation=of, requested_by=owner, now=timezone.now())
    run_in(1)
    assert DataExport.objects.count() == 2
    run_in(3)
    assert [each.organisation for each in DataExport.objects.all()] == [None], "a person's own has the site's term"


def test_a_new_choice_keeps_what_the_old_one_would_have_deleted(owner: User) -> None:
    old = event_of(owner, days_ago=200)
    choose(owner, trail=180)
    OrganisationTerms.objects.update(chosen_at=timezone.now() - 9 * DAY, takes_effect_at=timezone.now() - DAY)
    choose(owner, trail=365)
    run_in(1)
    assert old.pk in names_left()


def test_the_installations_term_counts_if_it_is_shorter(owner: User, settings: LazySettings) -> None:
    old = event_of(owner, days_ago=300)
    choose(owner, trail=365)
    settings.RETENTION_DAYS = {"RETENTION_TRAIL_DAYS": 200}
    run_in(NOTICE_OF_A_CHANGE.days)
    assert old.pk not in names_left()


# Who chooses, and what.


def test_only_owners_choose_and_it_is_in_the_trail(owner: User) -> None:
    organisation = owner.memberships.get().organisation
    with pytest.raises(PermissionDenied):
        choose_terms(
            organisation=organisation,
            chosen={**NOTHING, "trail": 180},
            by=Actor(member(organisation, Role.EDITOR)),
            now=timezone.now(),
        )
    choose(owner, trail=180, results=1095)
    events = {event.subject: event.details for event in AuditEvent.objects.filter(kind=AuditKind.TERMS_CHANGED)}
    assert events == {
        "Finished results": {"before": "No end date", "after": "3 years"},
        "Names in “Who changed what”": {"before": "2 years", "after": "180 days"},
    }


def test_the_same_choice_again_changes_no_day(owner: User) -> None:
    choose(owner, trail=180)
    before = OrganisationTerms.objects.values().get()
    assert not choose(owner, trail=180)
    assert OrganisationTerms.objects.values().get() == before
    assert AuditEvent.objects.filter(kind=AuditKind.TERMS_CHANGED).count() == 1


@pytest.mark.parametrize("wrong", [{"trail": 30}, {"results": 364}, {"results": 4015}, {"downloads": 30}])
def test_a_time_that_is_not_offered_is_refused(owner: User, wrong: dict[str, int]) -> None:
    with pytest.raises(TermNotOffered):
        choose(owner, **wrong)
    assert not OrganisationTerms.objects.exists()


def test_only_less_than_the_installation_is_offered(db: None, settings: LazySettings) -> None:
    assert [each.days for each in own_choices_of("results")] == [None, *range(3650, 0, -365)]
    settings.RETENTION_DAYS = {"RETENTION_RESULTS_DAYS": 1095, "RETENTION_TRAIL_DAYS": 180}
    assert [each.days for each in own_choices_of("results")] == [None, 730, 365]
    assert own_choices_of("results")[0].words == "3 years (this site’s standard)"
    assert [each.days for each in own_choices_of("trail")] == [None]


def test_every_own_term_has_its_column_and_its_choices() -> None:
    assert set(CODES) == {term.code for term in OWN_TERMS}
    columns = {field.name for field in OrganisationTerms._meta.concrete_fields}
    assert {column_of(code) for code in CODES} <= columns
    assert all(own_choices_of(code)[1:] for code in CODES)
    with pytest.raises(LookupError):
        kept_for("results")


@pytest.mark.parametrize(
    "wrong",
    [
        {"results_days": 364},
        {"results_days": 3651},
        {"trail_days": 179},
        {"downloads_days": 0},
        {"takes_effect_at": timezone.now() - 10 * DAY},
    ],
)
def test_the_database_holds_the_limits(owner: User, wrong: dict[str, Any]) -> None:
    choose(owner, trail=180)
    with pytest.raises(IntegrityError, match="terms_"), transaction.atomic():
        OrganisationTerms.objects.update(**wrong)


def test_the_shortest_of_the_table_is_the_databases(owner: User) -> None:
    choose(owner, trail=180)
    OrganisationTerms.objects.update(**{column_of(code): term_of(code).shortest for code in CODES})


# The page.


def test_the_page_says_what_goes_before_anything_is_saved(page: Client, owner: User, address: str) -> None:
    event_of(owner, days_ago=200)
    event_of(owner, days_ago=175)
    assert "How long things are kept" in page.get(address).text
    shown = page.post(address, {"trail": "180", "results": "730", "step": "check"}).text
    assert "The names in 2 entries from before" in shown, "as of the day on which it takes effect"
    assert "cannot be brought back" in shown
    assert not OrganisationTerms.objects.exists()
    changed = page.post(address, {"trail": "180", "results": "730", "step": "change"}).text
    assert '<option value="180" selected>' in changed
    saved = page.post(address, {"trail": "180", "results": "730", "step": "save"}, follow=True).text
    assert "take effect on" in saved
    assert '<option value="730" selected>' in saved
    assert (
        "Everything stays as it was"
        in page.post(address, {"trail": "180", "results": "730", "step": "save"}, follow=True).text
    )


def test_where_nothing_goes_nobody_is_warned(page: Client, address: str) -> None:
    shown = text_of(by_id(parse(page.post(address, {"step": "check"})), "main"))
    assert shown.count("Nothing") == len(CODES)
    assert "cannot be brought back" not in shown


@pytest.mark.parametrize("days", ["12", "abc", "99999999999999", "-1"])
def test_what_no_list_offers_is_an_error(page: Client, address: str, days: str) -> None:
    for step in ("check", "save"):
        answer = page.post(address, {"trail": days, "step": step})
        assert answer.status_code == 422
        assert "Choose one of the times in the list." in answer.text
    assert not OrganisationTerms.objects.exists()


def test_an_own_term_that_is_no_longer_offered_shows_the_sites(
    page: Client, owner: User, address: str, settings: LazySettings
) -> None:
    choose(owner, trail=365)
    settings.RETENTION_DAYS = {"RETENTION_TRAIL_DAYS": 200}
    assert "200 days (this site’s standard)" in page.get(address).text


def test_the_page_costs_the_same_however_much_there_is(page: Client, owner: User, address: str) -> None:
    counted = _queries(page, address)
    organisation = owner.memberships.get().organisation
    for _each in range(100):
        record(by=Actor(owner), kind=AuditKind.LEFT, organisation=organisation)
        event_of(owner, days_ago=300)
    assert _queries(page, address) == counted


def _queries(page: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page.post(address, {"trail": "180", "step": "check"})
    return len(captured)


def test_it_goes_with_the_organisation(owner: User) -> None:
    choose(owner, trail=180)
    Organisation.objects.all().delete()
    assert not OrganisationTerms.objects.exists()
