"""One way to write an e-mail address: two that reach the same mailbox by being typed differently are one."""

import contextlib
import unicodedata


def normal_address(typed: str) -> str:
    """Small letters of the usual width, and the domain's letters as names of domains have them: IDNA, RFC 3490.

    Whoever types EXAMPLE.org in wide letters, or xn--bcher-kva.example, means example.org and bücher.example. What is
    no address stays none: it is for a validator to say so.
    """
    name, at, domain = unicodedata.normalize("NFKC", typed).strip().lower().rpartition("@")
    # An address in brackets or a label of 64 letters is no name of a domain.
    with contextlib.suppress(UnicodeError):
        domain = domain.encode("idna").decode("idna")
    return f"{name}{at}{domain}".lower()
