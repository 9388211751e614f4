"""Who was given what by whom, in plain sets: the rules written a second time, without any of the product's code."""

from dataclasses import dataclass, field

OWNER, EDITOR, VIEWER = "owner", "editor", "viewer"
ROLES = (OWNER, EDITOR, VIEWER)
LEVELS = ("answer", "review", "read")
MEMBER, CONSULTANCY, CLIENT = "member", "consultancy", "client"
KINDS = (MEMBER, CONSULTANCY, CLIENT)
MOST_TO_ONE_ADDRESS = 5


@dataclass
class ExpectedInvitation:
    """An invitation: `gives` is a role or an access level, `ended` who lost the access since."""

    where: str
    kind: str
    to: str
    gives: str
    by: str
    open: bool = True
    ended: set[str] = field(default_factory=set)


@dataclass
class ExpectedRights:
    """Each method returns whether the change is allowed, and makes it only then."""

    consultancies: set[str]
    roles: dict[tuple[str, str], str]
    """(organisation, person) -> role"""
    access: dict[tuple[str, str], str] = field(default_factory=dict)
    """(consultancy, client) -> level"""
    set_up_by: dict[str, str] = field(default_factory=dict)
    asked: list[ExpectedInvitation] = field(default_factory=list)

    def owns(self, person: str, where: str) -> bool:
        return self.roles.get((where, person)) == OWNER

    def works(self, person: str, where: str) -> bool:
        return where in self.consultancies and self.roles.get((where, person)) in (OWNER, EDITOR)

    def owners(self, where: str) -> set[str]:
        return {person for (there, person), role in self.roles.items() if there == where and role == OWNER}

    def may_ask(self, by: str, where: str, kind: str, gives: str) -> bool:
        if kind == CLIENT:
            return self.works(by, where)
        if self.owns(by, where):
            return True
        home = self.set_up_by.get(where)
        hands_over = home is not None and self.works(by, home) and (home, where) in self.access
        return kind == MEMBER and gives == OWNER and hands_over and not self.owners(where)

    def change_role(self, by: str, where: str, who: str, role: str) -> bool:
        if not self.owns(by, where) or (where, who) not in self.roles or not self._may_lose(where, who, role):
            return False
        self._lost(where, who, role)
        self.roles[where, who] = role
        return True

    def remove(self, by: str, where: str, who: str) -> bool:
        if by == who or not self.owns(by, where) or (where, who) not in self.roles:
            return False
        self._lost(where, who)
        del self.roles[where, who]
        return True

    def leave(self, by: str, where: str) -> bool:
        if (where, by) not in self.roles or not self._may_lose(where, by):
            return False
        self._lost(where, by)
        del self.roles[where, by]
        return True

    def hand_over(self, by: str, where: str, who: str) -> bool:
        if by == who or not self.owns(by, where) or (where, who) not in self.roles:
            return False
        self._lost(where, by)
        self.roles[where, by], self.roles[where, who] = EDITOR, OWNER
        return True

    def ask(self, by: str, where: str, kind: str, to: str, gives: str) -> bool:
        known = kind == MEMBER and (where, to) in self.roles
        same = [each for each in self.asked if each.where == where and each.to == to]
        doubled = any(each.open and each.kind == kind for each in same)
        if known or doubled or len(same) >= MOST_TO_ONE_ADDRESS or not self.may_ask(by, where, kind, gives):
            return False
        self.asked.append(ExpectedInvitation(where, kind, to, gives, by))
        return True

    def withdraw(self, by: str, asked: ExpectedInvitation) -> bool:
        if not asked.open or not self.may_ask(by, asked.where, asked.kind, asked.gives):
            return False
        asked.open = False
        return True

    def accept(self, by: str, asked: ExpectedInvitation, own: str, level: str) -> bool:
        valid = asked.open and asked.to == by and self.may_ask(asked.by, asked.where, asked.kind, asked.gives)
        if not valid or not self._take(by, asked, own, level):
            return False
        asked.open = False
        return True

    def set_up(self, by: str, consultancy: str, name: str) -> bool:
        if not self.works(by, consultancy):
            return False
        self.set_up_by[name], self.access[consultancy, name] = consultancy, LEVELS[0]
        return True

    def change_access(self, by: str, between: tuple[str, str], level: str) -> bool:
        if not self.owns(by, between[1]) or between not in self.access:
            return False
        self._withdraw_offers(between)
        self.access[between] = level
        return True

    def end_access(self, by: str, between: tuple[str, str]) -> bool:
        """Not while nobody else could reach the client."""
        client = between[1]
        entitled = self.owns(by, client) or self.works(by, between[0])
        reached = any(where == client for where, _who in self.roles)
        if not reached and [pair for pair in self.access if pair[1] == client] == [between]:
            return False
        if not entitled or self.access.pop(between, None) is None:
            return False
        self._withdraw_offers(between)
        for each in self.asked:
            if (each.where, each.kind) == (client, CONSULTANCY):
                each.ended.add(between[0])
        return True

    def _withdraw_offers(self, between: tuple[str, str]) -> None:
        for each in self.asked:
            if (each.where, each.kind) == (between[1], CONSULTANCY) and (between[0], each.to) in self.roles:
                each.open = False

    def _take(self, by: str, asked: ExpectedInvitation, own: str, level: str) -> bool:
        if asked.kind == MEMBER:
            held = self.roles.get((asked.where, by), VIEWER)
            self.roles[asked.where, by] = min(held, asked.gives, key=ROLES.index)
            return True
        if own == asked.where:
            return False
        if asked.kind == CONSULTANCY and self.works(by, own) and own not in asked.ended:
            self.access[own, asked.where] = asked.gives
            return True
        if asked.kind == CLIENT and self.owns(by, own) and LEVELS.index(level) >= LEVELS.index(asked.gives):
            self.access[asked.where, own] = level
            return True
        return False

    def _may_lose(self, where: str, who: str, role: str = "") -> bool:
        return role == OWNER or self.owners(where) != {who}

    def _lost(self, where: str, who: str, role: str = "") -> None:
        """A person who gives up the ownership has their open invitations withdrawn."""
        if self.owns(who, where) and role != OWNER:
            for each in self.asked:
                each.open = each.open and (each.where, each.by) != (where, who)
