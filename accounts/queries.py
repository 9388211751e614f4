"""What a person may see, as SQL. Every query of another room starts from here."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from accounts.database.compiled_sql import QueryPart, compiled_for_person
from accounts.models import (
    AccessLevel,
    Engagement,
    Invitation,
    InvitationKind,
    Membership,
    Organisation,
    OrganisationKind,
    Role,
    User,
)
from accounts.permissions import CONSULTANCY_ONLY, Capability, can

Person = User | AnonymousUser
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is to one organisation: a member in a role, let in by an engagement, or both."""

    organisation: Organisation
    role: Role | None
    level: AccessLevel | None

    def can(self, capability: Capability) -> bool:
        """Whether the role or the access level allows it in this organisation."""
        if capability in CONSULTANCY_ONLY and self.organisation.kind != OrganisationKind.CONSULTANCY:
            return False
        return can(self.role, capability) or can(self.level, capability)

    @property
    def may_manage_people(self) -> bool:
        return self.can(Capability.MANAGE_PEOPLE)


def organisation_ids_of(person: Person) -> QuerySet[Any, Any]:
    """What a person may see, as a subquery: `rows.filter(organisation__in=organisation_ids_of(person))`."""
    if not person.is_active:
        return Membership.objects.none().values_list("organisation", flat=True)
    return _ids_of(person.pk)


def organisations_of(person: Person) -> QuerySet[Organisation]:
    """Every organisation that the person may see: their own, and the active clients of their consultancies."""
    return Organisation.objects.filter(pk__in=organisation_ids_of(person))


def with_standing(rows: QuerySet[Row], person: Person, organisation: str = "organisation_id") -> QuerySet[Row]:
    """Only the rows this person may see, each ready for `standing_on`; `organisation` is the path to the owner's id."""
    if not person.is_active:
        return rows.none()

    def sql(part: QueryPart) -> Any:
        if "__" in organisation:
            return part(person.pk, organisation)
        return compiled_for_person(rows.model, part, person.pk, organisation)

    return rows.filter(sql(_is_visible)).annotate(  # type: ignore[return-value]
        standing_role=sql(_role), standing_level=sql(_level)
    )


def with_own_role(rows: QuerySet[Row], person: Person, organisation: str = "organisation_id") -> QuerySet[Row]:
    """`with_standing` for single rows and a person in no consultancy, whom no engagement lets in.

    The database plans it in a third of the time.
    """
    if not person.is_active:
        return rows.none()
    role = compiled_for_person(rows.model, _role, person.pk, organisation)
    own = rows.annotate(standing_role=role, standing_level=Value(None, output_field=CharField()))
    return own.filter(standing_role__isnull=False)  # type: ignore[return-value]


def standing_on(row: Model, organisation: Organisation) -> Standing:
    """The standing that `with_standing` fetched together with the row."""
    role: str | None = getattr(row, "standing_role")  # noqa: B009 (an annotation, unknown to the model's type)
    level: str | None = getattr(row, "standing_level")  # noqa: B009
    return Standing(organisation, Role(role) if role else None, AccessLevel(level) if level else None)


def standing_in(person: Person, organisation_id: UUID) -> Standing | None:
    """One query; None if the organisation does not exist or this person may not see it."""
    row = with_standing(Organisation.objects.filter(pk=organisation_id), person, "pk").first()
    return standing_on(row, row) if row else None


def standings_of(person: Person, among: Collection[UUID] | None = None) -> list[Standing]:
    """What the person is to each organisation they may see, by name, in one query; `among` limits it to these keys."""
    organisations = Organisation.objects.all() if among is None else Organisation.objects.filter(pk__in=among)
    rows = with_standing(organisations.order_by("name", "pk"), person, "pk")
    return [standing_on(row, row) for row in rows]


def own_standings_of(person: Person) -> list[Standing]:
    """What the person is to each organisation they are a member of, by name; without clients of a consultancy."""
    rows = Membership.objects.filter(user=person.pk, user__is_active=True).select_related("organisation")
    own = rows.order_by("organisation__name", "pk")
    return [Standing(membership.organisation, Role(membership.role), None) for membership in own]


def people_around(organisation: Organisation) -> QuerySet[User]:
    """Everyone who may see the organisation, by name, each ready for `standing_on`."""
    own = Membership.objects.filter(organisation=organisation)
    engaged = Engagement.objects.filter(
        client=organisation, ended_at__isnull=True, consultancy__kind=OrganisationKind.CONSULTANCY
    )
    ids = own.order_by().values_list("user").union(engaged.order_by().values_list("consultancy__memberships__user"))
    reach = _engagements_of(OuterRef("pk")).filter(client=organisation)
    return (
        User.objects.filter(is_active=True, pk__in=ids)
        .annotate(
            standing_role=Subquery(own.filter(user=OuterRef("pk")).values("role")[:1]),
            standing_level=Subquery(_widest_first(reach).values("reach")[:1]),
        )
        .order_by("name", "email")
    )


def consultancy_behind(person: User, client: Organisation) -> Organisation | None:
    """The consultancy through which the person may see the client; of several, the one with the widest access."""
    engaged = _widest_first(_engagements_of(person.pk).filter(client=client)).select_related("consultancy").first()
    return engaged.consultancy if engaged else None


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Memberships with their users: owners first, then editors, then viewers, each by name."""
    rank = Case(When(role=Role.OWNER, then=Value(0)), When(role=Role.EDITOR, then=Value(1)), default=Value(2))
    return organisation.memberships.select_related("user").order_by(rank, "user__name", "user__email")


def active_engagements_at(client: Organisation) -> QuerySet[Engagement]:
    """Those that let consultancies in at this client, by the consultancy's name."""
    return (
        Engagement.objects.filter(client=client, ended_at__isnull=True)
        .select_related("consultancy")
        .order_by("consultancy__name", "pk")
    )


def active_engagements_of(consultancy: Organisation) -> QuerySet[Engagement]:
    """Those that let this consultancy in at its clients, by the client's name."""
    return (
        Engagement.objects.filter(consultancy=consultancy, ended_at__isnull=True)
        .select_related("client")
        .order_by("client__name", "pk")
    )


def former_clients_of(consultancy: Organisation, since: datetime, search: str = "") -> QuerySet[Engagement]:
    """The latest engagement with each client that ended `since` and has not begun again, newest first."""
    same = Engagement.objects.filter(consultancy=consultancy, client=OuterRef("client"))
    begun_again = same.filter(Q(ended_at__isnull=True) | Q(pk__gt=OuterRef("pk")))
    ended = Engagement.objects.filter(consultancy=consultancy, ended_at__gte=since, client_name__icontains=search)
    return ended.filter(~Exists(begun_again)).order_by("-ended_at", "-pk")


def ended_by_clients(consultancy: Organisation, since: datetime) -> QuerySet[Engagement]:
    """Of the former clients those who ended the access themselves."""
    own = Membership.objects.filter(organisation=consultancy, user=OuterRef("ended_by"))
    return former_clients_of(consultancy, since).filter(~Exists(own))


def clients_reached_through(consultancy: Organisation) -> QuerySet[Organisation]:
    """Clients that it set up, that have no members, and that no other consultancy has access to."""
    others = Engagement.objects.filter(client=OuterRef("pk"), ended_at__isnull=True).exclude(consultancy=consultancy)
    return Organisation.objects.filter(~Exists(others), set_up_by=consultancy, memberships=None).order_by("name", "pk")


def client_engagements_of(consultancy: Organisation, search: str = "") -> QuerySet[Engagement]:
    """Active ones of clients whose name contains `search`, each with `has_owner`: whether the client ever had one."""
    owners = Membership.objects.filter(organisation=OuterRef("client"), role=Role.OWNER)
    had_owner = Q(client__handed_over_at__isnull=False) | Exists(owners)
    return (
        active_engagements_of(consultancy)
        .filter(client__name__icontains=search)
        .annotate(has_owner=ExpressionWrapper(had_owner, output_field=BooleanField()))
    )


def invitations_to_clients(consultancy: Organisation, search: str = "") -> QuerySet[Invitation]:
    """Open ones: to owners whom the consultancy asks for access, and to owners of the clients it has set up.

    `search` looks in the e-mail address, and in the name of a client that was set up.
    """
    named = Q(email__icontains=search) | (~Q(organisation=consultancy) & Q(organisation__name__icontains=search))
    asked = Q(organisation=consultancy, kind=InvitationKind.CLIENT)
    clients = active_engagements_of(consultancy).order_by().values("client")
    handed = Q(
        organisation__set_up_by=consultancy,
        organisation__handed_over_at__isnull=True,
        organisation__in=clients,
        kind=InvitationKind.MEMBER,
        role=Role.OWNER,
    ) & ~Exists(Membership.objects.filter(organisation=OuterRef("organisation"), role=Role.OWNER))
    return (
        Invitation.objects.filter(asked | handed, named, accepted_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("organisation")
        .order_by("email", "pk")
    )


def _ids_of(person: int | None) -> QuerySet[Any, Any]:
    own = Membership.objects.filter(user=person).order_by().values_list("organisation", flat=True)
    clients = _engagements_of(person).order_by().values_list("client", flat=True)
    return own.union(clients)


def _is_visible(person: int | None, organisation: str) -> Q:
    return Q(**{f"{organisation}__in": _ids_of(person)})


def _role(person: int | None, organisation: str) -> Subquery:
    own = Membership.objects.filter(user=person, organisation=OuterRef(organisation))
    return Subquery(own.values("role")[:1])


def _level(person: int | None, organisation: str) -> Subquery:
    engagements = _engagements_of(person).filter(client=OuterRef(organisation))
    return Subquery(_widest_first(engagements).values("reach")[:1])


def _engagements_of(person: int | OuterRef | None) -> QuerySet[Engagement]:
    return Engagement.objects.filter(
        consultancy__memberships__user=person,
        consultancy__kind=OrganisationKind.CONSULTANCY,
        ended_at__isnull=True,
    )


def _widest_first(engagements: QuerySet[Engagement]) -> QuerySet[Any, Any]:
    """A consultancy's viewers get read-only access to its clients; of several engagements the widest counts."""
    reach = Case(When(consultancy__memberships__role=Role.VIEWER, then=Value(AccessLevel.READ)), default=F("level"))
    ranks = [When(reach=level, then=Value(rank)) for rank, level in enumerate(AccessLevel)]
    return engagements.annotate(reach=reach).order_by(Case(*ranks), "pk")
