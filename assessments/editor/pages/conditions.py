"""Conditions in words."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from assessments.bank.conditions import Clause, Condition
from assessments.bank.scope_types import Scope

Names = Mapping[str, str]


def tag_names(scope: Scope) -> Names:
    return {tag.id: tag.name for tag in scope.tags}


def condition_words(condition: Condition, names: Names, always: str = "") -> str:
    """ "AI AND (EU GDPR OR UK GDPR) AND NOT Large numbers"; several ways are joined by "or else"."""
    if not condition.clauses:
        return always or _("always")
    return _("; or else: ").join(_clause(clause, names) for clause in condition.clauses)


def _clause(clause: Clause, names: Names) -> str:
    parts = [_name(tag, names) for tag in clause.all]
    some = [_name(tag, names) for tag in clause.any]
    if len(some) == 1:
        parts += some
    elif some:
        joined = _joined(some, _("OR"))
        parts.append(f"({joined})" if parts or clause.none else joined)
    parts += [_("NOT %(tag)s") % {"tag": _name(tag, names)} for tag in clause.none]
    return _joined(parts, _("AND"))


def _joined(words: Sequence[str], link: str) -> str:
    return f" {link} ".join(words)


def _name(tag: str, names: Names) -> str:
    return names.get(tag, tag)
