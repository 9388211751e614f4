"""What an operator says in operator.toml; each class is a section of the file, each field a key of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

FORM = "form"
"""Key of a field's metadata: what its text has to look like, one of FORMS in operator_file.py."""
LEAST = "least"
"""Key of a field's metadata: the smallest number of days, 1 without it."""
YEAR = timedelta(days=365)
LAWS = ("gdpr", "uk_gdpr", "ccpa")


@dataclass(frozen=True, slots=True)
class OperatorIdentity:
    """[operator]: who runs the installation."""

    name: str
    address: str
    country: str = field(metadata={FORM: "country"})
    email: str = field(metadata={FORM: "email"})
    telephone: str = ""
    represented_by: str = ""
    register: str = ""
    tax_number: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyDetails:
    """[privacy]: what the privacy notice cannot know of itself."""

    last_checked: date
    hosting: str
    logs_kept_days: int = field(metadata={LEAST: 0})
    backups_kept_days: int = field(metadata={LEAST: 0})
    contact: str = field(default="", metadata={FORM: "email"})
    officer: str = ""
    representative_eu: str = ""
    representative_uk: str = ""
    authority: str = ""
    authority_website: str = field(default="", metadata={FORM: "website"})
    laws: tuple[str, ...] = LAWS
    legal_reasons: Mapping[str, str] = field(default_factory=dict)
    more: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintDetails:
    """[complaints]: who answers them, and how soon."""

    contact: str = field(default="", metadata={FORM: "email"})
    answered_within_days: int = 14


@dataclass(frozen=True, slots=True)
class SecurityDetails:
    """[security]: where somebody reports a weakness of this installation."""

    contact: tuple[str, ...] = field(default=(), metadata={FORM: "contact"})
    languages: tuple[str, ...] = field(default=("en",), metadata={FORM: "language"})
    expires: date | None = None
    answered_within_days: int = 3


@dataclass(frozen=True, slots=True)
class TermsDetails:
    """[processor_terms]: how changes are announced, what the operator does for security beyond what the software does,
    and a text of their own in place of the model.
    """

    notice_days: int = 30
    measures: tuple[str, ...] = ()
    file: str = field(default="", metadata={FORM: "file_name"})
    version: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """[[recipients]]: a company that handles data of this installation for the operator."""

    name: str
    does: str
    gets: str
    country: str
    safeguard: str = ""
    contract: bool = False
    uses_ai: bool = False


@dataclass(frozen=True, slots=True)
class Operator:
    """The whole file. `own_terms` is the text of the operator's own terms, empty for the model."""

    operator: OperatorIdentity
    privacy: PrivacyDetails
    recipients: tuple[Recipient, ...]
    complaints: ComplaintDetails = ComplaintDetails()
    security: SecurityDetails = SecurityDetails()
    processor_terms: TermsDetails = TermsDetails()
    example: bool = False
    own_terms: str = ""

    @property
    def privacy_contact(self) -> str:
        return self.privacy.contact or self.operator.email

    @property
    def complaint_contact(self) -> str:
        return self.complaints.contact or self.privacy_contact

    @property
    def security_expires(self) -> date:
        """Until when the operator vouches for the security contact: a year from the day they last looked at it."""
        return self.security.expires or self.privacy.last_checked + YEAR - timedelta(days=1)
