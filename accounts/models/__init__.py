from accounts.models.audit_event import AuditEvent, AuditKind
from accounts.models.brand import Brand
from accounts.models.invitation import MOST_SENDINGS, Invitation, InvitationKind
from accounts.models.organisation import Engagement, Level, Membership, Organisation, OrganisationKind, Role
from accounts.models.sign_in_link import SignInLink
from accounts.models.user import User

__all__ = [
    "MOST_SENDINGS",
    "AuditEvent",
    "AuditKind",
    "Brand",
    "Engagement",
    "Invitation",
    "InvitationKind",
    "Level",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Role",
    "SignInLink",
    "User",
]
