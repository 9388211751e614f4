"""The personas of the access matrix, and the two organisations that they do or do not have access to."""

from dataclasses import dataclass

from accounts.models import AccessLevel, Organisation, Role, User
from tests.factories import ConsultancyFactory, EngagementFactory, OrganisationFactory, UserFactory, member

ANONYMOUS = "anonymous"
GUEST = "guest"
"""Nobody's account: a browser in which a quick check is finished."""
VISITOR = "visitor"
"""Nobody's account: a browser that has opened a link to the report of the business."""
STRANGER = "stranger"
VIEWER = "viewer"
EDITOR = "editor"
OWNER = "owner"
CONSULTANT_ANSWER = "consultant_answer"
CONSULTANT_ENDED = "consultant_ended"
CONSULTANT_OF_OTHERS = "consultant_of_others"
SUSPENDED = "suspended"
ADMINISTRATOR = "administrator"
BANK_EDITOR = "bank_editor"
ADMINISTRATOR_WITHOUT_SECOND_STEP = "administrator_without_second_step"
CONSULTANT_WITHOUT_SECOND_STEP = "consultant_without_second_step"

PERSONAS = (
    ANONYMOUS,
    STRANGER,
    VIEWER,
    EDITOR,
    OWNER,
    CONSULTANT_ANSWER,
    CONSULTANT_ENDED,
    CONSULTANT_OF_OTHERS,
    SUSPENDED,
    ADMINISTRATOR,
    BANK_EDITOR,
    ADMINISTRATOR_WITHOUT_SECOND_STEP,
    CONSULTANT_WITHOUT_SECOND_STEP,
)
EVERYBODY = (*PERSONAS, GUEST, VISITOR)
"""Where requests are sent; to the code guests and visitors are anonymous people."""
SIGNED_OUT = (ANONYMOUS, GUEST, VISITOR, SUSPENDED)
WITHOUT_SECOND_STEP = (ADMINISTRATOR_WITHOUT_SECOND_STEP, CONSULTANT_WITHOUT_SECOND_STEP)
"""They may do a lot, but see nothing until their MFA is set up."""
STANDINGS: dict[str, Role | AccessLevel] = {
    VIEWER: Role.VIEWER,
    EDITOR: Role.EDITOR,
    OWNER: Role.OWNER,
    CONSULTANT_ANSWER: AccessLevel.ANSWER,
    CONSULTANT_WITHOUT_SECOND_STEP: AccessLevel.ANSWER,
}
AT_CONSULTANCY: dict[str, Role | AccessLevel] = {
    CONSULTANT_ANSWER: Role.EDITOR,
    CONSULTANT_WITHOUT_SECOND_STEP: Role.OWNER,
}
"""Their roles in the consultancy that advises the business."""


@dataclass(frozen=True)
class World:
    """The matrix's URLs are those of `business`; the stranger owns `elsewhere`, which has a consultancy too."""

    business: Organisation
    elsewhere: Organisation
    people: dict[str, User]

    def person(self, persona: str) -> User:
        return self.people[persona]

    @property
    def consultancy(self) -> Organisation:
        """The one that advises the business."""
        return self.person(CONSULTANT_ANSWER).memberships.get().organisation


def make_world() -> World:
    business = OrganisationFactory.create(name="Boulangerie Lumière")
    elsewhere = OrganisationFactory.create(name="Elsewhere Ltd")
    engaged, former, others = (ConsultancyFactory.create(name=name) for name in ("Engaged", "Let go", "Of others"))
    EngagementFactory.create(consultancy=engaged, client=business, level=AccessLevel.ANSWER)
    EngagementFactory.create(consultancy=former, client=business, level=AccessLevel.ANSWER, over=True)
    EngagementFactory.create(consultancy=others, client=elsewhere, level=AccessLevel.ANSWER)
    people = {
        STRANGER: member(elsewhere),
        VIEWER: member(business, Role.VIEWER),
        EDITOR: member(business, Role.EDITOR),
        OWNER: member(business, Role.OWNER),
        CONSULTANT_ANSWER: member(engaged, Role.EDITOR),
        CONSULTANT_ENDED: member(former, Role.OWNER),
        CONSULTANT_OF_OTHERS: member(others, Role.OWNER),
        SUSPENDED: member(business, Role.OWNER, is_active=False),
        ADMINISTRATOR: UserFactory.create(is_staff=True, is_superuser=True),
        BANK_EDITOR: UserFactory.create(edits_bank=True),
        ADMINISTRATOR_WITHOUT_SECOND_STEP: UserFactory.create(
            is_staff=True, is_superuser=True, edits_bank=True, second_step=False
        ),
        CONSULTANT_WITHOUT_SECOND_STEP: member(engaged, second_step=False),
    }
    return World(business, elsewhere, people)
