"""Whose words an erasure changes: decision 26. What somebody is called is their own choice, so a name takes nothing
along that somebody else wrote, unless colleagues knew the person by it.

tests/assessments/test_on_sqlite.py runs this file again on SQLite.
"""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import AuditKind, Brand, ErasureOrder, Membership, NamePeriod, Organisation, Role, User
from accounts.people_data.addresses import OwnAddresses
from accounts.people_data.erasure import erase_person
from accounts.people_data.erasure_orders import carry_out_erasure, order_erasure
from accounts.people_data.known.names import is_full_name, known_names, stays_of
from accounts.people_data.texts import rows_with
from accounts.people_data.without_text import FORMER_MEMBER
from accounts.services.names import KNOWN_AFTER, rename_person
from accounts.services.people import remove_member
from assessments.models import Action, EditionRow, Result
from tests.accounts.known import called, here_for
from tests.actions.plans import own_task
from tests.collaboration import colleague, commented
from tests.factories import (
    BrandFactory,
    ConsultancyFactory,
    EngagementFactory,
    OrganisationFactory,
    UserFactory,
    member,
)
from tests.runs import answered_run, finish

pytestmark = pytest.mark.django_db
CONTACT = "Call +33 1 23 45 for Blue Harbour Audit, and ask for Greta Advisor"
CLOSING = "Ours is not yours"
TAKEN = ("33 1 23 45", "Blue Harbour Audit", "is not", "is not yours")
NOBODY = OwnAddresses(frozenset(), frozenset())


@pytest.fixture
def organisation(db: None) -> Organisation:
    """With a consultancy, whose look is frozen and on all its clients' pages."""
    client = OrganisationFactory.create(name="Bakery")
    consultancy = ConsultancyFactory.create(name="Harbour")
    member(client)
    member(consultancy, name="Greta Advisor")
    EngagementFactory.create(client=client, consultancy=consultancy)
    BrandFactory.create(consultancy=consultancy, contact=CONTACT, closing=CLOSING)
    own_task(client, client.memberships.get().user, title=f"{CLOSING}, says {CONTACT}"[:200])
    return client


def erase(person: User) -> None:
    erase_person(person=User.objects.get(pk=person.pk), by=Actor(None))


def look() -> tuple[str, str]:
    brand = Brand.objects.get()
    return brand.contact, brand.closing


def title() -> str:
    return Action.objects.get().title


def test_a_viewer_takes_nothing_out_of_the_other_sides_texts(organisation: Organisation) -> None:
    """Not even after months: a client's viewer never worked on the consultancy's look."""
    erase(called(member(organisation, Role.VIEWER), *TAKEN, days=200))
    assert look() == (CONTACT, CLOSING)


def test_nor_does_a_consultant_out_of_a_clients(organisation: Organisation) -> None:
    before = title()
    consultancy = organisation.engagements_as_client.get().consultancy
    erase(called(member(consultancy, Role.VIEWER), "is not", "says Call", days=200))
    assert title() == before


def test_what_somebody_was_called_just_now_takes_nothing_along(organisation: Organisation) -> None:
    before = title()
    person = here_for(member(organisation, Role.EDITOR, name="Eve Adams"))
    for name in ("is not", "is not yours", "says Call"):
        rename_person(user=person, name=name)
    erase(person)
    assert title() == before


def test_nor_does_what_they_were_called_before_they_came(organisation: Organisation) -> None:
    before = title()
    person = here_for(UserFactory.create(name="is not yours"), days=200)
    Membership.objects.create(user=person, organisation=organisation, role=Role.VIEWER)
    erase(person)
    assert title() == before


def test_nor_does_a_name_that_grows_old_while_the_account_waits_to_be_deleted(organisation: Organisation) -> None:
    before, now = title(), timezone.now()
    person = member(organisation, Role.VIEWER, name="is not yours")
    order_erasure(person=person, by=Actor(person), now=now)
    carry_out_erasure(order_id=ErasureOrder.objects.get().pk, now=now + 2 * KNOWN_AFTER)
    assert User.objects.get(pk=person.pk).erased_at
    assert title() == before


@pytest.mark.parametrize("name", ["33 1 23 45", "says", "* says", "1 says", "_says_"])
def test_a_name_has_two_words_with_letters(organisation: Organisation, name: str) -> None:
    before = title()
    erase(called(member(organisation, Role.VIEWER), name))
    assert (title(), is_full_name(name)) == (before, False)


def test_the_name_of_somebody_else_around_stays(organisation: Organisation) -> None:
    """Taken before joining, or typed so that it only looks the same; current or former."""
    before = title()
    for taken in ("Greta Advisor", "Greta\u200bAdvisor"):
        person = here_for(member(organisation, Role.VIEWER))
        User.objects.filter(pk=person.pk).update(name=taken)
        erase(person)
    adviser = User.objects.get(name="Greta Advisor")
    rename_person(user=adviser, name="Greta Berg")
    erase(here_for(member(organisation, Role.VIEWER, name="Greta Advisor")))
    assert title() == before
    User.objects.filter(pk=adviser.pk).update(name="Blue *Harbour* Berg", former_names=[])
    erase(here_for(member(organisation, Role.VIEWER, name="Blue Harbour")))
    assert title() == before
    erase(here_for(member(organisation, Role.VIEWER, name="says Call")))
    assert title() == before.replace("says Call", FORMER_MEMBER)


def test_a_name_that_colleagues_knew_goes_from_what_they_wrote(organisation: Organisation) -> None:
    person = here_for(member(organisation, Role.VIEWER, name="Zoe Quartz"))
    own = Action.objects.filter(organisation=organisation)
    own.update(title="Ask ZOE  Quartz, zoe quartz-berg")
    rename_person(user=person, name="Zoe Berg")
    erase(person)
    assert title() == f"Ask {FORMER_MEMBER}, {FORMER_MEMBER}-berg"


def test_who_left_long_ago_is_known_where_they_were(organisation: Organisation) -> None:
    owner, person = member(organisation), here_for(member(organisation, Role.EDITOR, name="Zoe Quartz"))
    Action.objects.update(title="Ask Zoe Quartz")
    remove_member(membership=organisation.memberships.get(user=person), by=Actor(owner))
    # Where no mailbox proved the address, somebody else's removal could be claimed.
    assert stays_of(person, addresses=NOBODY, until=timezone.now()) == {}
    EmailAddress.objects.create(user=person, email=person.email, verified=True)
    rename_person(user=person, name="Zoe Berg")
    erase(person)
    assert title() == f"Ask {FORMER_MEMBER}"


def test_a_stay_ends_with_its_own_leaving() -> None:
    person, other = UserFactory.create(name="Zoe Quartz"), OrganisationFactory.create()
    here_for(person)
    for kind in (AuditKind.JOINED, AuditKind.LEFT):
        record(by=Actor(person), kind=kind, organisation=other, subject=person.email)
    [(since, until)] = stays_of(person, addresses=NOBODY, until=timezone.now())[other.pk]
    assert until - since < timedelta(minutes=5)
    assert known_names(person, addresses=NOBODY, until=timezone.now()) == {"Zoe Quartz": frozenset()}


@pytest.mark.parametrize("name", ["Zoe", "Zoe Quartz"])
def test_a_signature_goes_however_new_the_name_and_with_it_what_it_signs(edition_row: EditionRow, name: str) -> None:
    run = answered_run()
    person = colleague(run, name=name)
    commented(run, f"I am {name}", author=person, in_report=True)
    commented(run, f"That is {name}", in_report=True)
    result = finish(run)
    erase(person)
    answers = Result.objects.get(pk=result.pk).answers
    said = {each["by"]: each["text"] for answer in answers for each in answer["comments"]}
    own = f"I am {name}" if " " not in name else f"I am {FORMER_MEMBER}"
    assert said[FORMER_MEMBER] == own
    assert f"That is {name}" in said.values()


def test_nobody_takes_the_signature_of_another(edition_row: EditionRow) -> None:
    run = answered_run()
    author = colleague(run, name="Ann Lee")
    commented(run, "Which phones?", author=author, in_report=True)
    result = finish(run)
    viewer = here_for(member(run.organisation, Role.VIEWER))
    User.objects.filter(pk=viewer.pk).update(name="Ann Lee")
    erase(viewer)
    assert '"Ann Lee"' in str(Result.objects.get(pk=result.pk).answers).replace("'", '"')


def test_periods_of_names_are_remembered_if_they_were_long() -> None:
    person = here_for(UserFactory.create(name="Ann Lee"))
    for name in ("Ann Smith", "Ann Berg", ""):
        rename_person(user=person, name=name)
    before, now = NamePeriod.objects.filter(person=person).order_by("since")
    assert (before.name, before.since, before.until) == ("Ann Lee", person.date_joined, before.until)
    assert (now.name, now.until) == ("", None)
    assert person.former_names == ["Ann Lee", "Ann Smith", "Ann Berg"]
    erase(person)
    assert not NamePeriod.objects.exists()


def test_more_addresses_take_no_more_searches(organisation: Organisation) -> None:
    """Each search reads every text of the site."""
    person = member(organisation, Role.EDITOR)

    def searches(count: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            rows_with({f"ann{number}@example.org": None for number in range(count)}, person=person)
        return len(queries)

    assert searches(10) == searches(1)
