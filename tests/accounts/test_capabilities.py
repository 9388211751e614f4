"""Whatever people do in whatever order, nobody ever has a right that was not given by somebody entitled to.

Random changes by random people go through the services and, in parallel, through the plain sets of expected_rights.py.
After each one the database holds exactly the expected rights.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.audit import Actor
from accounts.errors import ChangeRefused
from accounts.models import (
    AccessLevel,
    AuditEvent,
    Engagement,
    Invitation,
    InvitationKind,
    Membership,
    Organisation,
    Role,
    User,
)
from accounts.permissions import CAPABILITIES, CONSULTANCY_ONLY, Capability
from accounts.queries import standing_in
from accounts.services import acceptance, engagements, invitations, organisations, people
from tests.accounts.expected_rights import KINDS, LEVELS, MEMBER, ROLES, ExpectedInvitation, ExpectedRights
from tests.factories import ConsultancyFactory, OrganisationFactory, give_second_step, member

pytestmark = pytest.mark.django_db
PEOPLE = ("ann", "bo", "cy", "dee")
PLACES = ("bakery", "shop", "advice")
OPERATIONS = 50
seeds = st.integers(0, 10**9)


class RandomWorld:
    """Three organisations and four people, each of whom owns one or works at another."""

    def __init__(self) -> None:
        self.places: dict[str, Organisation] = {
            "bakery": OrganisationFactory.create(name="bakery"),
            "shop": OrganisationFactory.create(name="shop"),
            "advice": ConsultancyFactory.create(name="advice"),
        }
        owners = zip(PEOPLE, PLACES, strict=False)
        self.people: dict[str, User] = {
            who: member(self.places[where], email=f"{who}@example.org") for who, where in owners
        }
        self.people["dee"] = member(self.places["advice"], Role.EDITOR, email="dee@example.org")
        for person in self.people.values():
            # Whoever joins a consultancy needs one: what happens without it is for test_ended_meanwhile.py.
            give_second_step(person)
        owned = {(where, who): "owner" for who, where in zip(PEOPLE, PLACES, strict=False)}
        self.expected = ExpectedRights({"advice"}, {**owned, ("advice", "dee"): "editor"})
        self.sent: list[Invitation] = []

    def do(self, operation: tuple[int, ...]) -> None:
        """Makes the change in the expected rights and through the services: both allow it, or neither does."""
        kind, *given = operation
        made = self.changes()[kind](*given)
        if made is None:
            return
        goes_through, change = made
        events = AuditEvent.objects.count()
        try:
            with transaction.atomic():
                change()
        except (PermissionDenied, ChangeRefused):
            assert not goes_through, operation
            assert AuditEvent.objects.count() == events
        else:
            assert goes_through, operation

    def changes(self) -> list[Callable[..., Any]]:
        return [
            self.ask,
            self.ask,
            self.accept,
            self.accept,
            self.role,
            self.remove,
            self.leave,
            self.hand,
            self.set_up,
            self.access,
        ]

    def ask(self, by: int, where: int, kind: int, to: int, gives: int) -> Any:
        place, whom = self.place(where), self.person(to)
        who = self.person(by, place)
        sort = KINDS[kind % 3]
        value = (ROLES if sort == MEMBER else LEVELS)[gives % 3]
        gift = {"role" if sort == MEMBER else "level": value}
        fits = self.expected.ask(who, place, sort, whom, value)

        def change() -> None:
            sending = invitations.invite(
                organisation=self.places[place],
                kind=InvitationKind(sort),
                email=self.people[whom].email,
                by=self.actor(who),
                by_mail=True,
                **gift,
            )
            self.sent.append(sending.invitation)

        return fits, change

    def accept(self, by: int, which: int, own: int, level: int, take_back: int) -> Any:
        if not self.sent:
            return None
        who, place, wide = self.person(by), self.place(own), LEVELS[level % 3]
        last = len(self.sent) - 1
        row, asked = self.sent[max(0, last - which // 4)], self.expected.asked[max(0, last - which // 4)]
        if take_back == 0:
            return self.expected.withdraw(who, asked), lambda: invitations.withdraw_invitation(
                invitation=row, by=self.actor(who)
            )
        # Mostly the invited person, so that most invitations can be accepted.
        who = asked.to if take_back > 3 else who
        theirs = [each for each in self.places if self.expected.owns(who, each) or self.expected.works(who, each)]
        place = theirs[own % len(theirs)] if theirs and own % 3 else place
        return self.expected.accept(who, asked, place, wide), lambda: self._accept(who, row, asked, place, wide)

    def _accept(self, who: str, row: Invitation, asked: ExpectedInvitation, place: str, wide: str) -> None:
        by, own = self.actor(who), self.places[place]
        if asked.kind == "member":
            acceptance.accept_as_member(invitation=row, by=by)
        elif asked.kind == "consultancy":
            acceptance.accept_as_consultancy(invitation=row, consultancy=own, by=by)
        else:
            acceptance.accept_as_client(invitation=row, client=own, level=AccessLevel(wide), by=by)

    def role(self, by: int, where: int, whom: int, role: int, _: int) -> Any:
        who, found, new = self.person(by, self.place(where)), self.membership(where, whom), ROLES[role % 3]
        if found is None:
            return None
        fits = self.expected.change_role(who, self.place(where), self.person(whom), new)
        return fits, lambda: people.change_role(membership=found, role=Role(new), by=self.actor(who))

    def remove(self, by: int, where: int, whom: int, *_: int) -> Any:
        who, found = self.person(by, self.place(where)), self.membership(where, whom)
        if found is None:
            return None
        fits = self.expected.remove(who, self.place(where), self.person(whom))
        return fits, lambda: people.remove_member(membership=found, by=self.actor(who))

    def leave(self, by: int, where: int, *_: int) -> Any:
        who, place = self.person(by), self.place(where)
        fits = self.expected.leave(who, place)
        return fits, lambda: people.leave_organisation_as(organisation=self.places[place], by=self.actor(who))

    def hand(self, by: int, where: int, whom: int, *_: int) -> Any:
        who, found = self.person(by, self.place(where)), self.membership(where, whom)
        if found is None:
            return None
        fits = self.expected.hand_over(who, self.place(where), self.person(whom))
        return fits, lambda: people.hand_over_ownership(membership=found, by=self.actor(who))

    def set_up(self, by: int, where: int, *_: int) -> Any:
        place, name = self.place(where) if where % 2 else "advice", f"client {len(self.places)}"
        who = self.person(by, place)
        fits = self.expected.set_up(who, place, name)

        def change() -> None:
            consultancy = self.places[place]
            self.places[name] = organisations.set_up_client(consultancy=consultancy, name=name, by=self.actor(who))

        return fits, change

    def access(self, by: int, which: int, level: int, end: int, _: int) -> Any:
        rows = list(Engagement.objects.order_by("pk").select_related("client", "consultancy"))
        if not rows:
            return None
        row, new = rows[which % len(rows)], LEVELS[level % 3]
        who = self.person(by, row.client.name)
        between = (row.consultancy.name, row.client.name)
        if row.ended_at:
            # A page that was opened before the access ended, whatever has been granted since.
            return False, lambda: engagements.end_access(engagement=row, by=self.actor(who))
        if end % 2:
            return self.expected.end_access(who, between), lambda: engagements.end_access(
                engagement=row, by=self.actor(who)
            )
        fits = self.expected.change_access(who, between, new)
        return fits, lambda: engagements.change_access(engagement=row, level=AccessLevel(new), by=self.actor(who))

    def person(self, number: int, place: str = "") -> str:
        """Anybody; for a given organisation mostly somebody with rights there, so that changes happen at all."""
        entitled = [who for who in PEOPLE if self.expected.owns(who, place) or self.expected.works(who, place)]
        some = entitled if entitled and number % 4 else PEOPLE
        return some[number % len(some)]

    def place(self, number: int) -> str:
        return list(self.places)[number % len(self.places)]

    def actor(self, who: str) -> Actor:
        return Actor(self.people[who])

    def membership(self, where: int, whom: int) -> Membership | None:
        return self.places[self.place(where)].memberships.filter(user=self.people[self.person(whom)]).first()

    def agrees(self) -> None:
        """The database holds the expected rights and nothing else."""
        names = {user.email: who for who, user in self.people.items()}
        rows = Membership.objects.select_related("organisation", "user")
        assert {(row.organisation.name, names[row.user.email]): row.role for row in rows} == self.expected.roles
        active = Engagement.objects.filter(ended_at__isnull=True).select_related("consultancy", "client")
        assert {(row.consultancy.name, row.client.name): row.level for row in active} == self.expected.access
        still_open = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True).count()
        assert still_open == sum(asked.open for asked in self.expected.asked)
        assert all(self.expected.owners(place) for place in PLACES)

    def capabilities_agree(self) -> None:
        """The capabilities that pages check follow from the expected rights."""
        for who, user in self.people.items():
            for name, place in self.places.items():
                standing = standing_in(user, place.pk)
                held = {each for each in Capability if standing is not None and standing.can(each)}
                assert held == self.given(who, name), (who, name)

    def given(self, who: str, name: str) -> set[Capability]:
        role = self.expected.roles.get((name, who))
        own = CAPABILITIES[Role(role)] if role else frozenset()
        if name not in self.expected.consultancies:
            own -= CONSULTANCY_ONLY
        by_access = [
            CAPABILITIES[AccessLevel(level) if self.expected.works(who, home) else AccessLevel.READ]
            for (home, client), level in self.expected.access.items()
            if client == name and (home, who) in self.expected.roles
        ]
        return set(own).union(*by_access)


@pytest.mark.slow
@settings(
    max_examples=6, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seeds)
def test_nobody_holds_what_no_one_entitled_gave(seed: int) -> None:
    """Plain random changes make longer sequences than Hypothesis, which keeps its examples small."""
    chance = Random(seed)  # noqa: S311
    with transaction.atomic():
        world = RandomWorld()
        for _ in range(OPERATIONS):
            world.do((chance.randrange(10), *(chance.randrange(12) for _ in range(5))))
            world.agrees()
        world.capabilities_agree()
        transaction.set_rollback(True)
