"""The presets and the quick check of a draft, which its frame keeps; and what a preset assumes, fact by fact."""

from dataclasses import replace

from assessments.bank.scope_types import Preset, PresetFact, Scope
from assessments.bank.types import QuickCheck
from assessments.editor.services.frame import FramePart

PRESETS: FramePart[Preset] = FramePart(
    name="preset",
    items=lambda frame: {preset.id: preset for preset in frame.presets},
    put=lambda items: {"presets": tuple(items.values())},
    code=lambda preset: preset.id,
)
QUICK_CHECK: FramePart[QuickCheck] = FramePart(
    name="quick_check",
    items=lambda frame: {"check": frame.quick_check or QuickCheck((), ())},
    put=lambda items: {"quick_check": items["check"] if items["check"].questions else None},
    code=lambda _check: "",
)


def with_fact(preset: Preset, fact: PresetFact, scope: Scope) -> Preset:
    """Among those of its question, before the one that has no condition: behind it, it would never count."""
    order = [own.id for screen in scope.screens for own in screen.questions]
    facts = sorted((*preset.facts, fact), key=lambda own: (order.index(own.question), not own.when.clauses))
    return replace(preset, facts=tuple(facts))


def with_other_fact(preset: Preset, place: int, fact: PresetFact) -> Preset:
    """In the same place; places count from 1."""
    return replace(preset, facts=(*preset.facts[: place - 1], fact, *preset.facts[place:]))


def without_fact(preset: Preset, place: int) -> Preset:
    """Places count from 1."""
    return replace(preset, facts=(*preset.facts[: place - 1], *preset.facts[place:]))
