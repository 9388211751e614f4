"""Everyone who may knock: each persona of the access matrix, and the two organisations they stand around."""

from dataclasses import dataclass

from accounts.models import Level, Organisation, Role, User
from tests.factories import ConsultancyFactory, EngagementFactory, OrganisationFactory, UserFactory, member

ANONYMOUS = "anonymous"
STRANGER = "stranger"
VIEWER = "viewer"
EDITOR = "editor"
OWNER = "owner"
CONSULTANT_ANSWER = "consultant_answer"
CONSULTANT_ENDED = "consultant_ended"
SUSPENDED = "suspended"
ADMINISTRATOR = "administrator"
BANK_EDITOR = "bank_editor"

PERSONAS = (
    ANONYMOUS,
    STRANGER,
    VIEWER,
    EDITOR,
    OWNER,
    CONSULTANT_ANSWER,
    CONSULTANT_ENDED,
    SUSPENDED,
    ADMINISTRATOR,
    BANK_EDITOR,
)
STANDINGS: dict[str, Role | Level] = {
    VIEWER: Role.VIEWER,
    EDITOR: Role.EDITOR,
    OWNER: Role.OWNER,
    CONSULTANT_ANSWER: Level.ANSWER,
}


@dataclass(frozen=True)
class World:
    """`business` is what the matrix asks for; `elsewhere` belongs to the stranger."""

    business: Organisation
    elsewhere: Organisation
    people: dict[str, User]

    def person(self, persona: str) -> User:
        return self.people[persona]


def make_world() -> World:
    business = OrganisationFactory.create(name="Boulangerie Lumière")
    elsewhere = OrganisationFactory.create(name="Elsewhere Ltd")
    engaged, former = ConsultancyFactory.create(), ConsultancyFactory.create()
    EngagementFactory.create(consultancy=engaged, client=business, level=Level.ANSWER)
    EngagementFactory.create(consultancy=former, client=business, level=Level.ANSWER, over=True)
    people = {
        STRANGER: member(elsewhere),
        VIEWER: member(business, Role.VIEWER),
        EDITOR: member(business, Role.EDITOR),
        OWNER: member(business, Role.OWNER),
        CONSULTANT_ANSWER: member(engaged, Role.EDITOR),
        CONSULTANT_ENDED: member(former, Role.OWNER),
        SUSPENDED: member(business, Role.OWNER, is_active=False),
        ADMINISTRATOR: UserFactory.create(is_staff=True, is_superuser=True),
        BANK_EDITOR: UserFactory.create(edits_bank=True),
    }
    return World(business, elsewhere, people)
