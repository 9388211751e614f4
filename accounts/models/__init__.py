"""The rows of the accounts app, importable from here by every app. No behaviour beyond constraints."""

from accounts.models.audit_event import AuditEvent, AuditKind
from accounts.models.brand import Brand
from accounts.models.client_notes import ClientNotes
from accounts.models.erasure import Deletion, ErasureOrder, ErasureRefusal, ErasureState, ErasureText
from accounts.models.invitation import MAX_SENDINGS, Invitation, InvitationKind
from accounts.models.name_period import NamePeriod
from accounts.models.operations import LastRun, OperatorRecord, RecordKind
from accounts.models.organisation import AccessLevel, Engagement, Membership, Organisation, OrganisationKind, Role
from accounts.models.organisation_terms import OrganisationTerms
from accounts.models.sign_in_event import SignInEvent, SignInEventKind, SignInStep
from accounts.models.sign_in_link import SignInLink
from accounts.models.user import User

__all__ = [
    "MAX_SENDINGS",
    "AccessLevel",
    "AuditEvent",
    "AuditKind",
    "Brand",
    "ClientNotes",
    "Deletion",
    "Engagement",
    "ErasureOrder",
    "ErasureRefusal",
    "ErasureState",
    "ErasureText",
    "Invitation",
    "InvitationKind",
    "LastRun",
    "Membership",
    "NamePeriod",
    "OperatorRecord",
    "Organisation",
    "OrganisationKind",
    "OrganisationTerms",
    "RecordKind",
    "Role",
    "SignInEvent",
    "SignInEventKind",
    "SignInLink",
    "SignInStep",
    "User",
]
