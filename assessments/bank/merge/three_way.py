"""A file and a draft that both come from one earlier state: who changed what since, and what is safe to take in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assessments.bank.diff.accept import needs_of, reached
from assessments.bank.diff.editions import (
    ORDER,
    ChangeId,
    EditionDiff,
    SectionDiff,
    change_id,
    compare_editions,
)
from assessments.bank.diff.order import moved
from assessments.bank.merge.parts import loses_something, merge_field
from assessments.bank.sections import SPECS, Section, SectionSpec, build_edition
from assessments.bank.types import Edition


class ChangeSource(StrEnum):
    """Who changed something since the file was exported."""

    FILE = "file"
    REMOVAL = "removal"
    """Only the file, and something goes: an item, a part of one, a text."""
    CONFLICT = "conflict"
    DRAFT = "draft"
    """Only the draft: the file still has what was there before."""
    UNKNOWN = "unknown"
    """Nobody can tell, because what the file was exported from is not known."""


# A question of an older edition gets steps in place of these; a hint goes with the offer that it is about.
_REPLACED = frozenset({"first_step", "effort", "not_applicable_hint"})


@dataclass(frozen=True)
class ThreeWays:
    """The changes from the draft to the file, and how each stands.

    `file` already has what the draft changed elsewhere in the same field, so that taking one level in does not take
    another one back. `base` is what both come from, if that is known. `ticked` are the changes that only the file made,
    that take nothing away, and that need no others than such.
    """

    base: Edition | None
    draft: Edition
    file: Edition
    diff: EditionDiff
    source: Mapping[ChangeId, ChangeSource]
    needs: Mapping[ChangeId, frozenset[ChangeId]]
    ticked: frozenset[ChangeId]


def compare_three_ways(base: Edition | None, draft: Edition, file: Edition) -> ThreeWays:
    """`base` is what the file was exported from, None if nobody knows. The name of the edition is the draft's.

    Raises DocumentError if an id appears twice in its section.
    """
    file = replace(file, id=draft.id)
    clashes: frozenset[ChangeId] = frozenset()
    if base is not None:
        base = replace(base, id=draft.id)
        file, clashes = _with_the_drafts_parts(base, draft, file)
    diff = compare_editions(draft, file)
    needs = needs_of(diff)
    source = dict.fromkeys(needs, ChangeSource.UNKNOWN)
    if base is not None:
        for spec, section in zip(SPECS, diff.sections, strict=True):
            items = _Items(spec, spec.keyed(base), spec.keyed(draft), spec.keyed(file))
            source.update(_sources(items, section, clashes))
    return ThreeWays(base, draft, file, diff, source, needs, _safe(source, needs))


@dataclass(frozen=True, slots=True)
class _Items:
    """Those of one section in the three editions, by key."""

    spec: SectionSpec
    base: Mapping[str, Any]
    draft: Mapping[str, Any]
    file: Mapping[str, Any]


def _with_the_drafts_parts(base: Edition, draft: Edition, file: Edition) -> tuple[Edition, frozenset[ChangeId]]:
    """The file with what the draft changed elsewhere in the same fields; fields with a part that both changed."""
    clashes: set[ChangeId] = set()
    found: dict[Section, tuple[Any, ...]] = {}
    frame = file
    for spec in SPECS:
        items = _Items(spec, spec.keyed(base), spec.keyed(draft), spec.keyed(file))
        mixed = []
        for key, item in items.file.items():
            changes = dict(_merged_fields(items, key)) if key in items.base and key in items.draft else {}
            clashes.update(change_id(spec.section, key, name) for name, both in changes.items() if both.both)
            mixed.append(replace(item, **{name: own.value for name, own in changes.items()}))
        if spec.section is Section.FRAME:
            (frame,) = mixed
        else:
            found[spec.section] = tuple(mixed)
    return build_edition(frame, found), frozenset(clashes)


def _merged_fields(items: _Items, key: str) -> Iterator[tuple[str, Any]]:
    """The fields that both changed, each in another way."""
    for name in items.spec.fields:
        base, draft, file = (getattr(own[key], name) for own in (items.base, items.draft, items.file))
        if base != draft and base != file and draft != file:
            yield name, merge_field(base, draft, file)


def _sources(
    items: _Items, section: SectionDiff[Any], clashes: frozenset[ChangeId]
) -> Iterator[tuple[ChangeId, ChangeSource]]:
    for whole in section.added:
        yield whole.id, _source_of_added(items, whole.key)
    for whole in section.removed:
        yield whole.id, _source_of_removed(items, whole.key)
    orders = dict(_sources_of_orders(items))
    for changed in section.changed:
        for change in changed.fields:
            if change.field == ORDER:
                yield change.id, orders.get(changed.key, ChangeSource.CONFLICT)
            elif changed.key not in items.base or change.id in clashes:
                yield change.id, ChangeSource.CONFLICT
            else:
                yield change.id, _source_of_field(getattr(items.base[changed.key], change.field), change)


def _source_of_added(items: _Items, key: str) -> ChangeSource:
    """In the file and not in the draft."""
    if key not in items.base:
        return ChangeSource.FILE
    return ChangeSource.DRAFT if items.base[key] == items.file[key] else ChangeSource.CONFLICT


def _source_of_removed(items: _Items, key: str) -> ChangeSource:
    """In the draft and not in the file."""
    if key not in items.base:
        return ChangeSource.DRAFT
    return ChangeSource.REMOVAL if items.base[key] == items.draft[key] else ChangeSource.CONFLICT


def _source_of_field(base: Any, change: Any) -> ChangeSource:
    """Where both changed it, the file has by now what it changed in the draft's own value."""
    if base == change.after:
        return ChangeSource.DRAFT
    loses = loses_something(change.before, change.after) and change.field not in _REPLACED
    return ChangeSource.REMOVAL if loses else ChangeSource.FILE


def _sources_of_orders(items: _Items) -> Iterator[tuple[str, ChangeSource]]:
    """Whose doing a move is: of an item that only one side moved, that side's. Otherwise a person must see it."""
    spec = items.spec
    for group in dict.fromkeys(spec.group_of(item) for item in items.file.values()):
        base, draft, file = (
            [key for key, item in own.items() if spec.group_of(item) == group]
            for own in (items.base, items.draft, items.file)
        )
        by_file, by_draft = moved(base, file), moved(base, draft)
        for key in file:
            if not by_file or not by_draft:
                yield key, ChangeSource.FILE if by_file else ChangeSource.DRAFT
            elif (key in by_file) != (key in by_draft):
                yield key, ChangeSource.FILE if key in by_file else ChangeSource.DRAFT


def _safe(
    source: Mapping[ChangeId, ChangeSource], needs: Mapping[ChangeId, frozenset[ChangeId]]
) -> frozenset[ChangeId]:
    """The file's own changes, without those that would bring along anything else."""
    needed_by: dict[ChangeId, list[ChangeId]] = {which: [] for which in source}
    for which, needed in needs.items():
        for other in needed:
            needed_by[other].append(which)
    others: Sequence[ChangeId] = [which for which, own in source.items() if own is not ChangeSource.FILE]
    return frozenset(source) - reached(needed_by, others)
