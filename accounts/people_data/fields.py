"""What this app and Django's own tables store about people, in the words of the privacy notice."""

from django.utils.translation import gettext_lazy as _

from accounts.people_data.kinds import PersonalFields

_WHOSE = _("whose account it is")
_NAMED = _("from when to when the person was called that")
_BROWSER = _("browser and device")
_IP = _("network address (IP address)")
_WHO_DID = _("who did it")
_WHEN = _("when it was")
_EMAIL = _("e-mail address")
_ADMINISTERS = _("whether the person looks after this site")
_LINK = _("one-time links, as a hash, with their times")
_CONFIRMATION = _("which address is to be confirmed, and since when")
_SESSION_KEY = _("a key for the session")
_SENT = _("when it was sent and accepted")
_ENTRY = _("which row was changed, and what in it")
_NAME = _("name of the business")
_CONTACT = _("a consultancy’s contact and closing text")
_GAVE = _("who gave and who ended a consultancy’s access")
_TAKEN_OUT = _("names and addresses that are being taken out")

ACCOUNT_FIELDS: PersonalFields = {
    "identity": {
        "accounts.User.email": _EMAIL,
        "accounts.User.name": _("name"),
        "accounts.User.former_names": _("names and addresses that the person had before"),
        "accounts.NamePeriod.person": _WHOSE,
        "accounts.NamePeriod.name": _("names that the person had before"),
        "accounts.NamePeriod.since": _NAMED,
        "accounts.NamePeriod.until": _NAMED,
        "accounts.User.date_joined": _("when the account was made"),
        "accounts.User.last_login": _("the last sign-in"),
        "accounts.User.erased_at": _("when the account was deleted"),
        "account.EmailAddress.user": _WHOSE,
        "account.EmailAddress.email": _EMAIL,
        "account.EmailAddress.verified": _("whether the address is confirmed"),
        "account.EmailAddress.primary": _("whether it is the address in use"),
    },
    "rights": {
        "accounts.User.is_active": _("whether the account is suspended"),
        "accounts.User.is_staff": _ADMINISTERS,
        "accounts.User.is_superuser": _ADMINISTERS,
        "accounts.User.edits_bank": _("whether the person edits the questions"),
        "accounts.Membership.user": _WHOSE,
        "accounts.Membership.role": _("role in each organisation"),
        "accounts.Membership.created_at": _("member since"),
    },
    "sign_in": {
        "accounts.User.password": _("password, as a hash that nobody can read back"),
        "accounts.User.mfa_declined_at": _("when a second step was declined"),
        "mfa.Authenticator.user": _WHOSE,
        "mfa.Authenticator.type": _("which second step is used"),
        "mfa.Authenticator.data": _("keys of authenticator apps, recovery codes and passkeys, none in plain text"),
        "mfa.Authenticator.created_at": _("when a second step was set up"),
        "mfa.Authenticator.last_used_at": _("when a second step was last used"),
        "accounts.SignInLink.user": _WHOSE,
        "accounts.SignInLink.token_hash": _LINK,
        "accounts.SignInLink.created_at": _LINK,
        "accounts.SignInLink.expires_at": _LINK,
        "accounts.SignInLink.used_at": _LINK,
        "account.EmailConfirmation.email_address": _CONFIRMATION,
        "account.EmailConfirmation.key": _CONFIRMATION,
        "account.EmailConfirmation.created": _CONFIRMATION,
        "account.EmailConfirmation.sent": _CONFIRMATION,
    },
    "sessions": {
        "sessions.Session.session_key": _SESSION_KEY,
        "sessions.Session.session_data": _("who is signed in, and short messages for the next page"),
        "sessions.Session.expire_date": _("when the session ends"),
        "usersessions.UserSession.user": _WHOSE,
        "usersessions.UserSession.ip": _IP,
        "usersessions.UserSession.user_agent": _BROWSER,
        "usersessions.UserSession.session_key": _SESSION_KEY,
        "usersessions.UserSession.created_at": _("when the session began"),
        "usersessions.UserSession.last_seen_at": _("when it was last used"),
        "usersessions.UserSession.data": _BROWSER,
    },
    "own_trail": {
        "accounts.SignInEvent.user": _WHOSE,
        "accounts.SignInEvent.kind": _("what happened, such as a sign-in or a new password"),
        "accounts.SignInEvent.at": _WHEN,
        "accounts.SignInEvent.browser": _BROWSER,
        "accounts.SignInEvent.ip_address": _IP,
        "accounts.SignInEvent.first_step": _("with what somebody signed in"),
        "accounts.SignInEvent.second_step": _("with what somebody signed in"),
    },
    "invitations": {
        "accounts.Invitation.email": _("e-mail address of the invited person"),
        "accounts.Invitation.invited_by": _("who sent it"),
        "accounts.Invitation.accepted_by": _("who accepted it"),
        "accounts.Invitation.token_hash": _("the link in it, as a hash"),
        "accounts.Invitation.sent_at": _SENT,
        "accounts.Invitation.accepted_at": _SENT,
    },
    "trail": {
        "accounts.AuditEvent.actor": _WHO_DID,
        "accounts.AuditEvent.actor_email": _("e-mail address of who did it"),
        "accounts.AuditEvent.subject": _("to whom it was done"),
        "accounts.AuditEvent.details": _("what it was before and after"),
        "accounts.AuditEvent.ip_address": _IP,
        "accounts.AuditEvent.at": _WHEN,
        "accounts.AuditEvent.kind": _("what changed or was downloaded"),
    },
    "administration": {
        "admin.LogEntry.user": _WHO_DID,
        "admin.LogEntry.action_time": _WHEN,
        "admin.LogEntry.object_id": _ENTRY,
        "admin.LogEntry.object_repr": _ENTRY,
        "admin.LogEntry.change_message": _ENTRY,
    },
    "operator_records": {
        "accounts.OperatorRecord.note": _("a note about a backup, check or exercise"),
        "accounts.OperatorRecord.recorded_by": _("who wrote it down"),
        "accounts.OperatorRecord.withdrawn_by": _("who withdrew it"),
    },
    "organisation": {
        "accounts.Organisation.name": _NAME,
        "accounts.Engagement.client_name": _NAME,
        "accounts.AuditEvent.organisation_name": _NAME,
        "accounts.Brand.logo": _("a consultancy’s logo"),
        "accounts.Brand.contact": _CONTACT,
        "accounts.Brand.closing": _CONTACT,
    },
    "access": {
        "accounts.Engagement.granted_by": _GAVE,
        "accounts.Engagement.ended_by": _GAVE,
        "accounts.Brand.made_by": _("who chose a consultancy’s look"),
    },
    "erasure": {
        "accounts.ErasureOrder.person": _("whose account is to be deleted"),
        "accounts.ErasureOrder.ordered_by": _WHO_DID,
        "accounts.ErasureOrder.ordered_at": _WHEN,
        "accounts.ErasureOrder.ip_address": _IP,
        "accounts.ErasureText.person": _TAKEN_OUT,
        "accounts.ErasureText.text": _TAKEN_OUT,
    },
}
