"""The part of an edition that is kept as one JSON value: everything that has no rows of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from assessments.bank import types as bank
from assessments.bank.conditions import Condition
from assessments.bank.laws import Authority, KeyDate, Law
from assessments.bank.scope_types import Preset, Scope
from assessments.results.json_values import structure, unstructure


@dataclass(frozen=True, slots=True)
class Frame:
    """Fields of `Edition` by the same names, as JSON can hold them. What came with 2026.2 or later has a default."""

    scale: tuple[bank.ScaleEntry, ...]
    labels: tuple[bank.Label, ...]
    efforts: tuple[bank.ScaleEntry, ...]
    gate_kinds: tuple[bank.ScaleEntry, ...]
    pillars: tuple[bank.Pillar, ...]
    laws: tuple[Law, ...]
    dates: tuple[KeyDate, ...]
    scope: Scope
    raised_target_when: Condition | None = None
    unknown: bank.UnknownAnswer | None = None
    authorities: dict[str, Authority] | None = None
    damage_first: tuple[str, ...] = ()
    link_hosts: tuple[str, ...] = ()
    readability_exceptions: dict[str, str] | None = None
    presets: tuple[Preset, ...] = ()
    quick_check: bank.QuickCheck | None = None

    def of_edition(self) -> dict[str, Any]:
        """Keyword arguments for `Edition`."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            **found,
            "authorities": self.authorities or {},
            "readability_exceptions": self.readability_exceptions or {},
        }


def frame_of(edition: bank.Edition) -> object:
    """The JSON value for `EditionRow.frame`."""
    return unstructure(Frame(**{field.name: _plain(getattr(edition, field.name)) for field in fields(Frame)}))


def read_frame(stored: Mapping[str, Any]) -> Frame:
    """`stored` may be as it was written before 2026.2: a published edition is never rewritten."""
    found = dict(stored)
    tags = found.pop("raised_target_tags", None)
    if tags:
        found["raised_target_when"] = {"clauses": [{"all": [], "any": sorted(tags), "none": []}]}
    scope = found["scope"]
    found["scope"] = {**scope, "tags": [_with_otherwise(tag) for tag in scope["tags"]]}
    return structure(found, Frame)


def _with_otherwise(tag: Mapping[str, Any]) -> Mapping[str, Any]:
    """It was one text, without conditions."""
    return {**tag, "otherwise": [{"text": tag["otherwise"]}]} if isinstance(tag["otherwise"], str) else tag


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value
