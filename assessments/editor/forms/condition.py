"""A condition built from rows: a tag, and whether it must be true, be one of several, or not be true.

A condition may have several alternatives ("ways"); each has its own rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.bank.conditions import Clause, Condition

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HOW: tuple[tuple[str, "StrOrPromise"], ...] = (
    ("all", _("must be true")),
    ("any", _("one of these must be true")),
    ("none", _("must not be true")),
)
MOST_WAYS = 20
SAVE, WAY, MORE = "save", "way-", "more-"
"""What the buttons of a form ask for; the last two are followed by the name of a condition."""

Row = tuple[str, str]
"""How a tag counts, and the tag."""
Ways = list[list[Row]]
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RowShown:
    id: str
    how: SafeString
    tag: SafeString


@dataclass(frozen=True, slots=True)
class WayShown:
    how_name: str
    tag_name: str
    rows: tuple[RowShown, ...]


class ConditionWidget(forms.Widget):
    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Ways:
        count = str(data.get(ways_name(name), "0"))
        ways = min(int(count), MOST_WAYS) if count.isdecimal() else 0
        return [
            list(zip(_all(data, how_name(name, way)), _all(data, tag_name(name, way)), strict=False))
            for way in range(ways)
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        return ways_name(name) not in data


class ConditionBoundField(forms.BoundField):
    """What the template prints: each way with its rows, and one empty row."""

    field: "ConditionField"

    @property
    def ways(self) -> list[WayShown]:
        return [self._way(number, rows) for number, rows in enumerate(_ways(self.value()))]

    @property
    def id_for_label(self) -> str:
        """Errors lead to the whole condition."""
        return self.html_name

    @property
    def ways_name(self) -> str:
        return ways_name(self.html_name)

    def _way(self, number: int, rows: list[Row]) -> WayShown:
        name = tag_name(self.html_name, number)
        filled = [(how, tag) for how, tag in rows if tag]
        return WayShown(
            how_name(self.html_name, number),
            name,
            tuple(
                RowShown(f"id_{name}-{place}", _options(HOW, how, ""), _options(self.field.tags, tag, _("Choose")))
                for place, (how, tag) in enumerate([*filled, ("", "")])
            ),
        )


class ConditionField(forms.Field):
    widget = ConditionWidget

    def __init__(self, *, tags: Choices = (), **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.tags = tags

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> ConditionBoundField:
        return ConditionBoundField(form, self, field_name)

    def to_python(self, value: Any) -> Condition:
        clauses = (Clause(*(_tags(rows, how) for how, _label in HOW)) for rows in _ways(value))
        return Condition(tuple(clause for clause in clauses if clause != Clause()))

    def validate(self, value: Condition) -> None:
        unknown = sorted(value.names() - {tag for tag, _name in self.tags})
        if unknown:
            raise ValidationError(_("This edition has no tag %(tags)s."), params={"tags": ", ".join(unknown)})
        for clause in value.clauses:
            if set(clause.none) & {*clause.all, *clause.any}:
                raise ValidationError(_("A tag cannot be both required and excluded."))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


def ways_name(name: str) -> str:
    return f"{name}-ways"


def how_name(name: str, way: int) -> str:
    return f"{name}-{way}-how"


def tag_name(name: str, way: int) -> str:
    return f"{name}-{way}-tag"


def with_one_more_way(data: QueryDict) -> QueryDict:
    """With the further way of a condition that the pressed button asks for."""
    more, action = data.copy(), data.get("do", SAVE)
    if action.startswith(WAY):
        name = ways_name(action.removeprefix(WAY))
        count = data.get(name, "0")
        more[name] = str(int(count) + 1 if count.isdecimal() else 1)
    return more


def _all(data: Mapping[str, Any], name: str) -> Sequence[str]:
    found: Sequence[str] = data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
    return found


def _ways(value: Any) -> Ways:
    if isinstance(value, Condition):
        return [[(how, tag) for how, _label in HOW for tag in getattr(clause, how)] for clause in value.clauses]
    return list(value or [])


def _tags(rows: list[Row], wanted: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for how, tag in rows if tag and how == wanted))


def _options(choices: tuple[tuple[str, "StrOrPromise"], ...], chosen: str, blank: "StrOrPromise") -> SafeString:
    return _laid_out(choices, chosen, str(blank), get_language() or "")


@lru_cache(maxsize=512)
def _laid_out(choices: tuple[tuple[str, "StrOrPromise"], ...], chosen: str, blank: str, language: str) -> SafeString:
    """Cached: a page has dozens of these lists, equal except for what is chosen."""
    first = format_html('<option value="">{}</option>', blank) if blank else SafeString()
    return first + format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, SafeString(" selected") if code == chosen else "", name) for code, name in choices),
    )
