"""Applying some of the changes between two editions and leaving the others."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assessments.bank.diff.editions import ADDED, ORDER, REMOVED, ChangeId, EditionDiff, change_id, compare_editions
from assessments.bank.diff.order import merged
from assessments.bank.references import Name, gives, item_gives, item_uses, uses
from assessments.bank.sections import SPECS, Section, SectionSpec, build_edition
from assessments.bank.types import Edition

_NOTHING: frozenset[Name] = frozenset()


@dataclass(frozen=True, slots=True)
class _Effect:
    """What a change makes available or unavailable to refer to, and what it starts or stops referring to."""

    id: ChangeId
    brings: frozenset[Name] = _NOTHING
    takes_away: frozenset[Name] = _NOTHING
    begins_to_use: frozenset[Name] = _NOTHING
    stops_using: frozenset[Name] = _NOTHING


def with_needed(diff: EditionDiff, accepted: Collection[ChangeId]) -> frozenset[ChangeId]:
    """The accepted changes, and those they need so that nothing refers to something missing.

    A new question brings its new domain, tags, citations and checklist items; a removed domain takes its questions
    with it. Ids that are not in this diff are ignored, so accepting twice is the same as accepting once.
    """
    return reached(needs_of(diff), accepted)


def needs_of(diff: EditionDiff) -> dict[ChangeId, frozenset[ChangeId]]:
    """For every change those that it needs itself, without which something would refer to what is missing."""
    effects = tuple(_effects(diff))
    brought_by = {name: effect.id for effect in effects for name in effect.brings}
    left_by: dict[Name, set[ChangeId]] = {}
    for effect in effects:
        for name in effect.stops_using:
            left_by.setdefault(name, set()).add(effect.id)
    return {
        effect.id: frozenset(brought_by[name] for name in effect.begins_to_use if name in brought_by).union(
            *(left_by.get(name, ()) for name in effect.takes_away)
        )
        for effect in effects
    }


def reached(leads: Mapping[ChangeId, Collection[ChangeId]], first: Collection[ChangeId]) -> frozenset[ChangeId]:
    """Those of `first` that are there, and all that they lead to, over others too."""
    found: set[ChangeId] = set()
    waiting = [which for which in first if which in leads]
    while waiting:
        which = waiting.pop()
        if which not in found:
            found.add(which)
            waiting += leads[which]
    return frozenset(found)


def _effects(diff: EditionDiff) -> Iterator[_Effect]:
    for spec, section in zip(SPECS, diff.sections, strict=True):
        for whole in section.added:
            own = item_gives(spec, whole.key, whole.item)
            yield _Effect(whole.id, brings=own, begins_to_use=item_uses(spec, whole.item))
        for whole in section.removed:
            own = item_gives(spec, whole.key, whole.item)
            yield _Effect(whole.id, takes_away=own, stops_using=item_uses(spec, whole.item))
        for changed in section.changed:
            for change in changed.fields:
                before, after = (uses(spec.section, change.field, value) for value in (change.before, change.after))
                had, has = (
                    gives(spec.section, changed.key, change.field, value) for value in (change.before, change.after)
                )
                yield _Effect(change.id, has - had, had - has, after - before, before - after)


def apply_changes(base: Edition, other: Edition, accepted: Collection[ChangeId]) -> Edition:
    """`base` with the accepted changes towards `other`, and with what they need (`with_needed`).

    Accepting all gives `other`, accepting none gives `base`. What is new or moved is placed after what precedes it in
    `other`, if that is present; everything else keeps its order.
    """
    taken = with_needed(compare_editions(base, other), accepted)
    frame = base
    items: dict[Section, dict[str, Any]] = {}
    for spec in SPECS:
        old, new = spec.keyed(base), spec.keyed(other)
        mixed = dict(_mixed(spec, old, new, taken))
        if spec.section is Section.FRAME:
            frame = mixed[""]
        else:
            containers = list(items[spec.container]) if spec.container else [""]
            items[spec.section] = _in_order(spec, old, new, mixed, taken, containers)
    return build_edition(frame, {section: own.values() for section, own in items.items()})


def _mixed(
    spec: SectionSpec, old: Mapping[str, Any], new: Mapping[str, Any], taken: Collection[ChangeId]
) -> Iterator[tuple[str, Any]]:
    for key, item in old.items():
        if change_id(spec.section, key, REMOVED) not in taken:
            names = [name for name in spec.fields if change_id(spec.section, key, name) in taken]
            yield key, replace(item, **{name: getattr(new[key], name) for name in names})
    for key, item in new.items():
        if change_id(spec.section, key, ADDED) in taken:
            yield key, item


def _in_order(
    spec: SectionSpec,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    mixed: Mapping[str, Any],
    taken: Collection[ChangeId],
    containers: Collection[str],
) -> dict[str, Any]:
    """Container by container; items whose container is missing come last."""
    groups = dict.fromkeys([*containers, *(spec.group_of(item) for item in mixed.values())])
    result: dict[str, Any] = {}
    for group in groups:
        before = [key for key, item in old.items() if spec.group_of(item) == group]
        after = [key for key, item in new.items() if spec.group_of(item) == group]
        present = {key for key, item in mixed.items() if spec.group_of(item) == group}
        follow = {k for k in present if k not in before or change_id(spec.section, k, ORDER) in taken}
        result.update((key, mixed[key]) for key in merged(before, after, follow, present))
    return result
