"""Names from the scales of an edition."""

from django.utils.translation import gettext as _

from assessments.bank.steps import Effort
from assessments.bank.types import Depth, Edition, Gate, ScaleEntry


def level_name(edition: Edition, level: int) -> str:
    """ "Basics work" """
    return edition.scale[level].name


def effort_of(edition: Edition, effort: Effort) -> ScaleEntry:
    return next(step for step in edition.efforts if step.code == effort.value)


def gate_name(edition: Edition, gate: Gate) -> str:
    return next(step.name for step in edition.gate_kinds if step.code == gate.kind.value)


def depth_name(depth: Depth) -> str:
    """The depth's name for people, in the active language."""
    return {Depth.QUICK: _("Quick"), Depth.STANDARD: _("Standard"), Depth.FULL: _("Full")}[depth]
