"""What kinds of data about people are stored, what for and why: the one table for docs/data.md and the privacy notice.

Which columns are of a kind is said by the app whose columns they are: fields.py in its room people_data.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
PersonalFields = Mapping[str, Mapping[str, Words]]
"""By the code of a kind: each column ("accounts.User.email") with what a person calls it ("your e-mail address")."""


@dataclass(frozen=True, slots=True)
class DataKind:
    """`legal_reason` is a proposal, with "; or" between several; the operator of an installation decides.

    `kept` says for how long. Where a time decides, `term` is the code of its RetentionTerm.
    """

    code: str
    what: Words
    purpose: Words
    legal_reason: Words
    kept: Words = ""
    term: str = ""


DATA_KINDS: tuple[DataKind, ...] = (
    DataKind(
        "identity",
        _("Account: who somebody is"),
        _("to sign in, to be told something, to be named to colleagues"),
        _("contract with the person’s business; or legitimate interests"),
        _("until the account is deleted"),
    ),
    DataKind(
        "rights",
        _("Account: what somebody may do"),
        _("to show and allow what the person may see and do"),
        _("contract; or legitimate interests"),
        _("until the account is deleted or the membership ends"),
    ),
    DataKind(
        "sign_in",
        _("Account: how somebody signs in"),
        _("to let in the person and nobody else (passwords, recovery codes and links as hashes, secrets encrypted)"),
        _("legitimate interests: security"),
        _("until the account is deleted; links until they end"),
    ),
    DataKind(
        "sessions",
        _("Sessions"),
        _("to stay signed in, and to show the person where"),
        _("contract; legitimate interests: security"),
        _("until the session ends"),
    ),
    DataKind(
        "own_trail",
        _("The person’s own trail"),
        _("so that people notice a stranger who signs in as them"),
        _("legitimate interests: security"),
        term="sign_in_events",
    ),
    DataKind(
        "invitations",
        _("Invitations"),
        _("to let somebody in whom an owner asks"),
        _("legitimate interests of the organisation"),
        term="invitations",
    ),
    DataKind(
        "trail",
        _("Trail of an organisation and of the site"),
        _("to prove who had and gave access"),
        _("legitimate interests: accountability"),
        term="trail",
    ),
    DataKind(
        "administration",
        _("What administrators did"),
        _("to find mistakes"),
        _("legitimate interests: accountability"),
        term="admin_log",
    ),
    DataKind(
        "operator_records",
        _("What administrators write down about backups, checks and exercises"),
        _("to show that the site keeps its own rules, and to know whom to ask"),
        _("legitimate interests: accountability"),
        term="operator_records",
    ),
    DataKind(
        "organisation",
        _("Organisation: sole traders are people too"),
        _("to name the business on pages and in reports"),
        _("contract"),
        _("until the organisation is deleted; the name in the trail stays; tags and the name of a former client"),
        term="former_clients",
    ),
    DataKind(
        "access",
        _("Who gave access to whom"),
        _("to show who did it"),
        _("legitimate interests: accountability"),
        _("until the organisation is deleted; as “former member” once the account is"),
    ),
    DataKind(
        "teamwork",
        _("Who did what in an assessment"),
        _("to work together, and to know whom to ask"),
        _("contract; or legitimate interests of the organisation"),
        _("until the assessment is deleted; as “former member” once the account is"),
        term="results",
    ),
    DataKind(
        "free_text",
        _("Free text, which may name anybody"),
        _("what the organisation wants to remember"),
        _("contract; the organisation decides what it writes"),
        _("until the assessment is deleted; the name and address of a deleted account are taken out"),
        term="results",
    ),
    DataKind(
        "plan",
        _("The plan: who does what by when"),
        _("to carry out what an assessment found, and to remind people of dates"),
        _("contract; legitimate interests of the organisation"),
        _("until the organisation is deleted; as “former member” once the account is"),
        term="reminders",
    ),
    DataKind(
        "files",
        _("Files made from it"),
        _("reports to hand on"),
        _("contract"),
        _("until the result is deleted"),
        term="downloads",
    ),
    DataKind(
        "share_links",
        _("Links by which reports are shared"),
        _("to let somebody without an account open one report, and the organisation see who has such a link"),
        _("legitimate interests of the organisation"),
        _("until the report is deleted; as “former member” once the account is"),
        term="share_links",
    ),
    DataKind(
        "guest_check",
        _("Quick checks of guests, who have no account"),
        _("to show what the answers say, and to carry them into an assessment for who wants that"),
        _("legitimate interests: what the guest asked for"),
        term="guest_checks",
    ),
    DataKind(
        "shared_check",
        _("Quick checks that guests shared with a consultancy"),
        _("to let the consultancy get in touch, which the guest asked for"),
        _("steps before a contract, at the guest’s request"),
        _("until the guest takes it back or the consultancy deletes it; links until the consultancy is deleted"),
        term="shared_checks",
    ),
    DataKind(
        "bank",
        _("Who edited the question bank"),
        _("to know who stands behind a question"),
        _("legitimate interests: accountability"),
        _("as long as the bank; as “former member” once the account is deleted"),
    ),
    DataKind(
        "erasure",
        _("While somebody is erased"),
        _("so that nobody is forgotten who wants to be, and guards of frozen texts let this person’s own texts go"),
        _("legal duty: erasure"),
        _("until the account is deleted, some minutes"),
    ),
)


def has_choice(kind: DataKind) -> bool:
    """Whether its proposal names several legal reasons of which the operator has to choose one."""
    return "; or " in str(kind.legal_reason)
