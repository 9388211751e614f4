"""Owners choose how long their organisation keeps things."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import Actor, record
from accounts.errors import ChangeRefused
from accounts.models import AuditKind, Organisation, OrganisationTerms
from accounts.own_terms.choices import CODES, LABELS, may_choose, own_term_words
from accounts.own_terms.queries import Chosen, chosen_in, terms_of
from accounts.people_data.own_terms import NOTICE_OF_A_CHANGE, column_of
from accounts.permissions import Capability
from accounts.services.locks import lock_organisation_for


class TermNotOffered(ChangeRefused):
    """The installation's limits do not allow this term, or no longer."""

    def __init__(self) -> None:
        super().__init__(_("This site does not offer that time. Nothing was changed."))


@transaction.atomic
def choose_terms(*, organisation: Organisation, chosen: Chosen, by: Actor, now: datetime) -> bool:
    """By an owner. Whether anything changed; each change is in the trail and takes effect in seven days.

    TermNotOffered for a time that the installation does not allow. The same choice again changes no day.
    """
    if not all(may_choose(code, chosen[code]) for code in CODES):
        raise TermNotOffered
    current = lock_organisation_for(organisation.pk, by, Capability.MANAGE_ORGANISATION)
    before = chosen_in(terms_of(current))
    changed = [code for code in CODES if before[code] != chosen[code]]
    if not changed:
        return False
    days = {column_of(code): chosen[code] for code in CODES}
    OrganisationTerms.objects.update_or_create(
        organisation=current, defaults={**days, "chosen_at": now, "takes_effect_at": now + NOTICE_OF_A_CHANGE}
    )
    for code in changed:
        record(
            by=by,
            kind=AuditKind.TERMS_CHANGED,
            organisation=current,
            subject=str(LABELS[code]),
            before=own_term_words(code, before[code]),
            after=own_term_words(code, chosen[code]),
        )
    return True
