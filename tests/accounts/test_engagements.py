"""A consultancy's access: changed and ended by the client, ended by the consultancy, gone with the next request."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor, record, record_for_all
from accounts.errors import ChangeRefused
from accounts.models import (
    AccessLevel,
    AuditEvent,
    AuditKind,
    Engagement,
    Invitation,
    InvitationKind,
    Organisation,
    Role,
    User,
)
from accounts.services.acceptance import accept_as_consultancy
from accounts.services.engagements import change_access, end_access
from accounts.services.invitations import InvitationGone, invite
from accounts.services.organisations import set_up_client
from accounts.services.people import leave_organisation_as
from tests.accounts.inviting import invited
from tests.factories import (
    ConsultancyFactory,
    EngagementFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    member,
)
from tests.pages import links, parse, sends, tables, text_of

pytestmark = pytest.mark.django_db
CountQueries = Callable[..., Any]


@pytest.fixture
def engagement(bakery: Organisation) -> Engagement:
    return EngagementFactory.create(client=bakery, consultancy__name="Clear Advice", level=AccessLevel.ANSWER)


@pytest.fixture
def consultant(engagement: Engagement) -> User:
    return member(engagement.consultancy, Role.EDITOR, email="noor@example.org")


@pytest.fixture
def theirs(consultant: User) -> Client:
    client = Client()
    client.force_login(consultant)
    return client


def test_the_owner_narrows_the_access(signed_in: Client, engagement: Engagement) -> None:
    path = reverse("engagement_access", args=[engagement.client_id, engagement.pk])
    assert "Access for Clear Advice" in text_of(parse(signed_in.get(path)))
    assert signed_in.post(path, {"level": "everything"}).status_code == 422
    answer = signed_in.post(path, {"level": "read"}, follow=True)
    assert "The access for Clear Advice is saved." in answer.content.decode()
    engagement.refresh_from_db()
    assert engagement.level == AccessLevel.READ
    events = AuditEvent.objects.values_list("kind", "organisation", "subject", "details")
    change = {"before": "answer", "after": "read"}
    assert sorted(events, key=str) == sorted(
        [
            ("access_changed", engagement.client_id, "Clear Advice", change),
            ("access_changed", engagement.consultancy_id, "Boulangerie Lumière", change),
        ],
        key=str,
    )


def test_ending_asks_first_and_takes_effect_with_the_next_click(
    signed_in: Client, owner: User, engagement: Engagement, theirs: Client
) -> None:
    home = reverse("organisation", args=[engagement.client_id])
    path = reverse("engagement_end", args=[engagement.client_id, engagement.pk])
    assert "End the access of Clear Advice?" in signed_in.get(path).content.decode()
    assert theirs.get(home).status_code == 200
    signed_in.post(path)
    assert theirs.get(home).status_code == 404
    engagement.refresh_from_db()
    assert (engagement.ended_by, engagement.ended_at is not None) == (owner, True)
    assert signed_in.post(path).status_code == 404
    assert AuditEvent.objects.filter(kind="access_ended").count() == 2


def test_twice_at_the_same_moment(owner: User, engagement: Engagement) -> None:
    end_access(engagement=engagement, by=Actor(owner))
    with pytest.raises(ChangeRefused, match="already ended"):
        end_access(engagement=engagement, by=Actor(owner))
    with pytest.raises(ChangeRefused, match="already ended"):
        change_access(engagement=engagement, level=AccessLevel.READ, by=Actor(owner))
    assert AuditEvent.objects.count() == 2


def test_the_consultancy_can_stop_but_not_widen(engagement: Engagement, theirs: Client, consultant: User) -> None:
    EngagementFactory.create(client=engagement.client)
    with pytest.raises(PermissionDenied):
        change_access(engagement=engagement, level=AccessLevel.READ, by=Actor(consultant))
    for name in ("engagement_access", "engagement_end"):
        assert (
            theirs.post(reverse(name, args=[engagement.client_id, engagement.pk]), {"level": "read"}).status_code == 403
        )
    path = reverse("client_end", args=[engagement.consultancy_id, engagement.pk])
    assert "If they let you in again, your tags and the date are there again." in theirs.get(path).content.decode()
    theirs.post(path)
    engagement.refresh_from_db()
    assert engagement.ended_by == consultant


@pytest.mark.parametrize("role", [Role.EDITOR, Role.VIEWER])
def test_only_owners_of_the_client_decide(bakery: Organisation, engagement: Engagement, role: Role) -> None:
    by = Actor(member(bakery, role))
    with pytest.raises(PermissionDenied):
        end_access(engagement=engagement, by=by)
    with pytest.raises(PermissionDenied):
        change_access(engagement=engagement, level=AccessLevel.READ, by=by)


def test_an_ip_address_is_recorded_only_in_the_actors_own_organisation(
    bakery: Organisation, engagement: Engagement
) -> None:
    owner = member(bakery)
    end_access(engagement=engagement, by=Actor(owner, "192.0.2.7"))
    recorded = {event.organisation: (event.actor, event.ip_address) for event in AuditEvent.objects.all()}
    assert recorded == {bakery.pk: (owner.pk, "192.0.2.7"), engagement.consultancy_id: (owner.pk, None)}


@pytest.mark.parametrize("change", ["ended", "narrowed"])
def test_an_open_offer_does_not_bring_back_what_the_owner_took(
    bakery: Organisation, engagement: Engagement, change: str
) -> None:
    owner, colleague = member(bakery), member(engagement.consultancy, Role.EDITOR, email="co@example.org")
    given = {"kind": InvitationKind.CONSULTANCY, "role": "", "level": AccessLevel.ANSWER}
    offer = invited(bakery, owner, colleague.email, **given)
    newcomer = UserFactory.create(email="new@example.org")
    to_newcomer = invited(bakery, owner, newcomer.email, **given)
    if change == "ended":
        end_access(engagement=engagement, by=Actor(owner))
        MembershipFactory.create(user=newcomer, organisation=engagement.consultancy, role=Role.EDITOR)
    else:
        change_access(engagement=engagement, level=AccessLevel.READ, by=Actor(owner))
        to_newcomer = offer
    for who, sent in ((colleague, offer), (newcomer, to_newcomer)):
        with pytest.raises(InvitationGone):
            accept_as_consultancy(invitation=sent.invitation, consultancy=engagement.consultancy, by=Actor(who))
    again = invited(bakery, owner, "co@example.org", **given)
    accepted = accept_as_consultancy(
        invitation=again.invitation, consultancy=engagement.consultancy, by=Actor(colleague)
    )
    assert (accepted.level, accepted.ended_at) == (AccessLevel.ANSWER, None)


def test_where_a_consultant_works_is_in_no_trail_of_a_client(engagement: Engagement) -> None:
    consultant = member(engagement.consultancy)
    by, client = Actor(consultant, "192.0.2.7"), engagement.client
    record(by=by, kind=AuditKind.REPORT_DOWNLOADED, organisation=client, subject="a.pdf")
    record_for_all([client, engagement.consultancy], by=by, kind=AuditKind.SCORES_EXPORTED)
    record_for_all([client, engagement.consultancy], by=by, kind=AuditKind.SCORES_EXPORTED)
    record(by=by, kind=AuditKind.PERSON_CHANGED)
    made = set_up_client(consultancy=engagement.consultancy, name="New client", by=by)
    invite(organisation=made, kind=InvitationKind.MEMBER, email="o@example.org", by=by, by_mail=True, role=Role.OWNER)
    events = AuditEvent.objects.all()
    assert {event.ip_address for event in events.filter(organisation__in=[client.pk, made.pk])} == {None}
    own = events.exclude(organisation__in=[client.pk, made.pk])
    assert {(event.kind, event.ip_address) for event in own} == {
        ("scores_exported", "192.0.2.7"), ("person_changed", "192.0.2.7"), ("access_granted", "192.0.2.7"),
    }  # fmt: skip
    assert events.filter(kind=AuditKind.SCORES_EXPORTED).count() == 2, "the same download once more is one event"


def test_whoever_leaves_does_so_from_an_address_of_their_own_trail(bakery: Organisation) -> None:
    member(bakery)
    leaves = member(bakery, Role.EDITOR)
    leave_organisation_as(organisation=bakery, by=Actor(leaves, "192.0.2.7"))
    assert AuditEvent.objects.get().ip_address == "192.0.2.7"


def test_who_only_views_at_the_consultancy_ends_nothing(engagement: Engagement) -> None:
    with pytest.raises(PermissionDenied):
        end_access(engagement=engagement, by=Actor(member(engagement.consultancy, Role.VIEWER)))


def test_an_engagement_of_another_client_is_not_found_here(
    signed_in: Client, theirs: Client, engagement: Engagement
) -> None:
    foreign = EngagementFactory.create()
    for name in ("engagement_access", "engagement_end"):
        assert (
            signed_in.post(reverse(name, args=[engagement.client_id, foreign.pk]), {"level": "read"}).status_code == 404
        )
    for name in ("client_end", "client_hand_over"):
        path = reverse(name, args=[engagement.consultancy_id, foreign.pk])
        assert theirs.post(path, {"email": "x@example.org"}).status_code == 404
    assert Engagement.objects.filter(ended_at__isnull=True).count() == 2
    assert not Invitation.objects.exists()


def test_clients_holds_exactly_those_that_are_looked_after(engagement: Engagement, theirs: Client) -> None:
    advice = engagement.consultancy
    EngagementFactory.create(consultancy=advice, client__name="Former client", over=True)
    EngagementFactory.create(client__name="Client of others")
    EngagementFactory.create(consultancy=advice, client__name="Asleep", level=AccessLevel.READ)
    page = parse(theirs.get(reverse("clients", args=[advice.pk])))
    assert [row[0] for row in tables(page)[0]] == ["Asleep", "Boulangerie Lumière"]
    assert {"Add a client", "Ask a client for access"} <= set(links(page))


def test_who_only_views_at_the_consultancy_sees_the_list_alone(engagement: Engagement, client: Client) -> None:
    advice = engagement.consultancy
    invited(advice, member(advice), kind=InvitationKind.CLIENT, role="", level="read")
    client.force_login(member(advice, Role.VIEWER))
    page = parse(client.get(reverse("clients", args=[advice.pk])))
    assert "Boulangerie Lumière" in links(page)
    assert "bo@example.org" not in text_of(page)
    assert not {"Add a client", "Ask a client for access"} & set(links(page))


def test_a_business_has_no_clients(signed_in: Client, bakery: Organisation) -> None:
    assert signed_in.get(reverse("clients", args=[bakery.pk])).status_code == 403


def test_invitations_to_clients_are_listed_and_can_be_withdrawn(engagement: Engagement, theirs: Client) -> None:
    advice, consultant = engagement.consultancy, engagement.consultancy.memberships.get().user
    mine = set_up_client(consultancy=advice, name="New Bakery", by=Actor(consultant))
    invited(mine, consultant, "olga@example.org", role=Role.OWNER)
    invited(advice, consultant, "owner@example.org", kind=InvitationKind.CLIENT, role="", level="read")
    elsewhere = ConsultancyFactory.create()
    invited(elsewhere, member(elsewhere), "foreign@example.org", kind=InvitationKind.CLIENT, role="", level="read")
    page = theirs.get(reverse("clients", args=[advice.pk]))
    rows = tables(parse(page))[1]
    assert [row[0] for row in rows] == ["olga@example.org", "owner@example.org"]
    assert "New Bakery: Owner" in rows[0][1]
    for invitation in Invitation.objects.exclude(organisation=elsewhere):
        path = reverse("invitation_withdraw", args=[invitation.organisation_id, invitation.pk])
        assert theirs.post(path)["Location"] == reverse("clients", args=[advice.pk])


def added(theirs: Client, consultancy: Organisation, **sent: str) -> HttpResponse:
    return theirs.post(reverse("client_add", args=[consultancy.pk]), sent)  # type: ignore[return-value]


def test_a_client_of_the_same_name_is_added_only_knowingly(engagement: Engagement, theirs: Client) -> None:
    advice = engagement.consultancy
    warned = added(theirs, advice, client_name=" boulangerie   LUMIÈRE ")
    assert warned.status_code == 422
    page = parse(warned)
    assert "You already have a client of this name." in text_of(page)
    assert "Add it anyway" in text_of(page)
    sent = {name: values[0] for name, values in sends(page).items()}
    assert (sent["client_name"], sent["known"]) == (" boulangerie   LUMIÈRE ", "1")
    assert added(theirs, advice, **sent).status_code == 302
    assert advice.engagements_as_consultancy.count() == 2


def test_a_double_click_adds_one_client(engagement: Engagement, theirs: Client) -> None:
    advice = engagement.consultancy
    first, second = (added(theirs, advice, client_name="Garage") for _ in range(2))
    assert first["Location"] == second["Location"]
    again, anyway = (added(theirs, advice, client_name="Boulangerie Lumière", known="1") for _ in range(2))
    assert again["Location"] == anyway["Location"]
    assert sorted(advice.engagements_as_consultancy.values_list("client__name", flat=True)) == [
        *(["Boulangerie Lumière"] * 2),
        "Garage",
    ]
    Organisation.objects.filter(name="Garage").update(created_at=timezone.now() - timedelta(minutes=1))
    assert added(theirs, advice, client_name="Garage").status_code == 422
    assert added(theirs, advice, client_name="Garage", known="x").status_code == 422


def test_the_client_of_another_consultancy_is_no_reason_to_warn(engagement: Engagement, theirs: Client) -> None:
    EngagementFactory.create(client__name="Garage")
    assert added(theirs, engagement.consultancy, client_name="Garage").status_code == 302


@pytest.mark.parametrize("number", [1, 3, 40])
def test_clients_cost_the_same_whatever_their_number(
    engagement: Engagement, theirs: Client, number: int, django_assert_num_queries: CountQueries
) -> None:
    advice = engagement.consultancy
    EngagementFactory.create_batch(number, consultancy=advice)
    consultant = advice.memberships.get().user
    for index in range(min(number, 9)):
        mine = set_up_client(consultancy=advice, name=f"New {index}", by=Actor(consultant))
        invited(mine, consultant, f"a{index}@example.org", role=Role.OWNER)
    with django_assert_num_queries(7):  # session, person, standing; engagements, invitations and their counts
        theirs.get(reverse("clients", args=[advice.pk]))


def test_a_consultancy_that_became_a_business_ends_nothing_elsewhere(owner: User) -> None:
    """The right depends on both organisations as they are now."""
    foreign = EngagementFactory.create(client=OrganisationFactory.create())
    with pytest.raises(PermissionDenied):
        end_access(engagement=foreign, by=Actor(owner))
    assert Engagement.objects.get(pk=foreign.pk).ended_at is None
    assert timezone.now() > foreign.granted_at
