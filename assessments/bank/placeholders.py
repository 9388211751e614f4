"""Words in braces that are filled in for the country and the laws of the business that reads a text."""

import re

# In the middle of a sentence, and as the address of a link.
IN_TEXT = frozenset({"authority", "breach_form", "cyber_agency", "police"})
AS_ADDRESS = frozenset({"authority_url", "cyber_url"})

# They name whoever watches over a law: true only for businesses to which such a law applies.
OF_A_LAW = frozenset({"authority", "authority_url", "breach_form"})

_BRACES = re.compile(r"\{([a-z_]+)\}")


def placeholders_in(text: str) -> tuple[str, ...]:
    """The names between braces, known or not, in order."""
    return tuple(_BRACES.findall(text))


def with_placeholders_as(word: str, text: str) -> str:
    """The text with the same word in place of each."""
    return _BRACES.sub(lambda _: word, text)
