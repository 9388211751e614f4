"""One way to write an e-mail address: two that reach the same mailbox by being typed differently are one."""

import contextlib
import re
import unicodedata

_DOTS = re.compile("[.\u3002]")
# ß, the ς at the end of a Greek word, and the two joiners within Indic and Persian words; elsewhere these are nothing.
_OF_ITS_OWN = re.compile(r"[\u00df\u03c2]|(?<=[^\x00-\x7f])[\u200c\u200d]")


LONGEST = 1000
"""No address is so long, and making one plain takes memory: one character may become eighteen."""


def normal_address(typed: str) -> str:
    """Small letters of the usual width, and the domain's letters as names of domains have them: IDNA, RFC 3490.

    Whoever types EXAMPLE.org in wide letters, or xn--bcher-kva.example, means example.org and bücher.example. What is
    no address stays none: it is for a validator to say so. Letters that RFC 3490 makes two others of, or nothing, name
    a domain of their own since RFC 5891: straße.example is not strasse.example, whose owner is somebody else.
    """
    if len(typed) > LONGEST:
        return typed
    name, at, domain = unicodedata.normalize("NFKC", typed).strip().lower().rpartition("@")
    # An address in brackets or a label of 64 letters is no name of a domain.
    with contextlib.suppress(UnicodeError):
        domain = ".".join(_normal_label(label) for label in _DOTS.split(domain))
    return f"{name}{at}{domain}".lower()


def mailbox_of(email: str) -> str:
    """The address without what follows a plus, which most providers deliver to the same person.

    For counting mails alone: somewhere ann+shop@example.org may be somebody else, and gets as many mails as ann does.
    """
    name, at, domain = normal_address(email).rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}"


def _normal_label(label: str) -> str:
    """One part of a domain; UnicodeError if it is none. What stands for itself is written as on the wire: xn--…"""
    if _OF_ITS_OWN.search(label):
        return f"xn--{label.encode('punycode').decode()}"
    return label.encode("idna").decode("idna")
