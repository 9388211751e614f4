from accounts.models.organisation import Engagement, Level, Membership, Organisation, OrganisationKind, Role
from accounts.models.sign_in_link import SignInLink
from accounts.models.user import User

__all__ = ["Engagement", "Level", "Membership", "Organisation", "OrganisationKind", "Role", "SignInLink", "User"]
