"""A row of the access table: who may open a URL, and with which status."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.permissions import AccessLevel, Capability, Role, can
from tests.access.keys import Kwargs, nothing
from tests.personas import ADMINISTRATOR, BANK_EDITOR, SIGNED_OUT, STANDINGS, WITHOUT_SECOND_STEP

PUBLIC = "public"
SIGNED_IN = "signed in"
ADMINISTRATORS = "administrators"
BANK_EDITORS = "bank editors"
NOT_ALLOWED = (405,)
TO_SIGN_IN = (302,)
TO_SECOND_STEP = (302,)
GIVEN_BACK = (403,)
"""A form of somebody who has to sign in first, or to set up a second step: nothing is done, and its text is shown."""
ANSWERED = (200, 302)
LET_THROUGH = (200, 302, 422)  # 422: the form found an error


BEFORE_SECOND_STEP = {"landing", "settings"}
"""What is open before somebody has set up a second step that they need; the table adds to it."""


@dataclass(frozen=True)
class Row:
    name: str
    kwargs: Kwargs = nothing
    read: str | None = None
    write: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    get: tuple[int, ...] = (200,)
    post: tuple[int, ...] = LET_THROUGH
    standings: Mapping[str, Role | AccessLevel] = field(default_factory=lambda: STANDINGS)
    """What the personas are to the organisation that the URL names."""
    names_business: bool = False
    """Whoever has the key in the URL reads whose it is."""

    @property
    def before_second_step(self) -> bool:
        """Whether it is open to people who still have to set up MFA."""
        return self.name in BEFORE_SECOND_STEP

    @property
    def guarded(self) -> bool:
        """Whether the URL names something of an organisation."""
        return bool({self.read, self.write} - {None, PUBLIC, SIGNED_IN, ADMINISTRATORS, BANK_EDITORS})

    def expects(self, persona: str, method: str) -> tuple[int, ...]:
        needs = {"GET": self.read, "HEAD": self.read, "POST": self.write}.get(method)
        if persona in SIGNED_OUT and PUBLIC not in (self.read, self.write):
            return GIVEN_BACK if method == "POST" else TO_SIGN_IN
        if persona in WITHOUT_SECOND_STEP and not self.before_second_step:
            return GIVEN_BACK if method == "POST" else TO_SECOND_STEP
        if needs is None:
            return NOT_ALLOWED
        allowed = self.post if method == "POST" else self.get
        return allowed if needs in (PUBLIC, SIGNED_IN) else self._verdict(needs, persona, allowed)

    def _verdict(self, needs: str, persona: str, allowed: tuple[int, ...]) -> tuple[int, ...]:
        if needs == ADMINISTRATORS:
            return allowed if persona == ADMINISTRATOR else (403,)
        if needs == BANK_EDITORS:
            return allowed if persona == BANK_EDITOR else (403,)
        standing = self.standings.get(persona)
        if standing is None:
            return (404,)
        return allowed if can(standing, Capability(needs)) else (403,)


def page(
    name: str,
    kwargs: Kwargs = nothing,
    access: str = SIGNED_IN,
    get: tuple[int, ...] = (200,),
    post: tuple[int, ...] = LET_THROUGH,
    **more: Any,
) -> Row:
    """A page and its form at the same URL, open to the same people."""
    return Row(name, kwargs, read=access, write=access, get=get, post=post, **more)
