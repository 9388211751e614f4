"""Which e-mail addresses are a person's own, so that erasing the person finds them and nobody else's."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed

from accounts.models import AuditEvent, User
from accounts.services.names import remember_former_name


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """`proven` by their mailbox, now or once. `claimed`: typed as one's own, which anybody can do with any address.

    An address that is waiting to be confirmed is neither: nobody has done anything with it.
    """

    proven: frozenset[str]
    claimed: frozenset[str]


def own_addresses(person: User) -> OwnAddresses:
    """An address that is somebody else's is not claimed either."""
    mine = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    proven = {*mine, *(text for text in person.former_names if "@" in text)}
    acted_as = AuditEvent.objects.filter(actor=person.pk).exclude(actor_email="").values_list("actor_email", flat=True)
    proven = {address for address in proven if not _acted_as_before(address, person)}
    claimed = {person.email, *acted_as} - proven
    others = User.objects.filter(email__in=claimed).exclude(pk=person.pk).values_list("email", flat=True)
    proven_by_others = EmailAddress.objects.filter(email__in=claimed, verified=True).exclude(user=person)
    claimed -= {*others, *proven_by_others.values_list("email", flat=True)}
    return OwnAddresses(frozenset(proven), frozenset(claimed))


def _acted_as_before(address: str, person: User) -> bool:
    """Whether somebody else had the address once, under which the trail still says what they did."""
    others = User.objects.filter(erased_at=None, former_names__icontains=address).exclude(pk=person.pk)
    return any(address in former for former in others.values_list("former_names", flat=True))


def remember_changed_addresses() -> None:
    """django-allauth tells by a signal that an address was changed."""
    email_changed.connect(_remember, dispatch_uid="accounts.people_data.addresses")


def _remember(sender: object, user: User, from_email_address: EmailAddress | None, **_more: object) -> None:
    if from_email_address is not None and from_email_address.verified:
        remember_former_name(user=user, text=from_email_address.email)
