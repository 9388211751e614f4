"""The privacy notice: what is stored, why and for how long comes from the software's own tables."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people_data.kinds import DATA_KINDS, DataKind
from accounts.people_data.terms import NOTICE_BEFORE_DELETION, RETENTION, RetentionTerm
from reports.operator.authorities import WatchingAuthority, watching_authorities
from reports.operator.cookies import SiteCookie, site_cookies
from reports.operator.details import Operator
from reports.people_data.fields import personal_fields


@dataclass(frozen=True, slots=True)
class StoredKind:
    """One kind of data in words; `fields` says each thing once."""

    code: str
    what: str
    fields: tuple[str, ...]
    purpose: str
    legal_reason: str
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One retention term in words, as this installation has it."""

    what: str
    kept: str
    why: str


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    """`operator` is None until somebody has filled operator.toml; the rest is true all the same."""

    operator: Operator | None
    kinds: tuple[StoredKind, ...]
    terms: tuple[KeptLine, ...]
    cookies: tuple[SiteCookie, ...]
    authorities: tuple[WatchingAuthority, ...]
    idle_notice_days: int

    def _follows(self, law: str) -> bool:
        return self.operator is None or law in self.operator.privacy.laws

    @property
    def european(self) -> bool:
        """Whether rights of the GDPR or of the UK GDPR are told."""
        return self._follows("gdpr") or self._follows("uk_gdpr")

    @property
    def californian(self) -> bool:
        return self._follows("ccpa")


def privacy_notice(operator: Operator | None) -> PrivacyNotice:
    """As of now: terms and cookies are those of this installation."""
    return PrivacyNotice(
        operator=operator,
        kinds=tuple(_stored(kind, operator) for kind in DATA_KINDS),
        terms=tuple(KeptLine(str(term.what), kept_words(term), str(term.why)) for term in RETENTION),
        cookies=tuple(site_cookies()),
        authorities=watching_authorities(operator) if operator else (),
        idle_notice_days=NOTICE_BEFORE_DELETION.days,
    )


def kept_words(term: RetentionTerm) -> str:
    """How long, from when, and what then; and whether an organisation may shorten it for itself."""
    kept = _kept_here(term)
    if term.shortest is None:
        return kept
    shortest = ngettext("%(count)d day", "%(count)d days", term.shortest) % {"count": term.shortest}
    return _("%(kept)s; an organisation may choose less, down to %(shortest)s") % {"kept": kept, "shortest": shortest}


def _kept_here(term: RetentionTerm) -> str:
    if term.kept is None:
        return _("as long as the organisation")
    values = {"days": term.kept.days, "since": term.since, "then": term.then}
    if not term.kept.days:
        return _("%(then)s within the hour after %(since)s") % values
    return (
        ngettext(
            "%(days)d day after %(since)s, then %(then)s",
            "%(days)d days after %(since)s, then %(then)s",
            term.kept.days,
        )
        % values
    )


def current_operator() -> Operator | None:
    """As the settings have it."""
    operator: Operator | None = settings.OPERATOR
    return operator


def _stored(kind: DataKind, operator: Operator | None) -> StoredKind:
    chosen = operator.privacy.legal_reasons.get(kind.code, "") if operator else ""
    return StoredKind(
        code=kind.code,
        what=str(kind.what),
        fields=tuple(dict.fromkeys(str(words) for _column, words in personal_fields(kind.code))),
        purpose=str(kind.purpose),
        legal_reason=chosen or str(kind.legal_reason),
        kept=tuple(_kept(kind)),
    )


def _kept(kind: DataKind) -> Iterator[str]:
    if kind.kept:
        yield str(kind.kept)
    for term in RETENTION:
        if term.code == kind.term:
            prefix = f"{term.what}: " if kind.kept else ""
            yield prefix + kept_words(term)
