"""How figures are computed, in the words of the paper, for the formats that have no template."""

from django.utils.translation import gettext as _


def how_figures_are_computed() -> str:
    """For the method at the end, whatever the edition."""
    return _(
        "A domain is at a level when at least 80 % of the weight of its counted questions is at that level or above, "
        "no question of weight 3 is more than one level below it, and no closed gate caps it. A pillar is at a level "
        "when at least 80 % of its domains are, none is more than one below, and no closed gate caps it. The number is "
        "the level plus the share that has already reached the next one, at most 0.9, cut after one decimal."
    )


def what_a_gate_is() -> str:
    """Stands before the list of the edition's gates."""
    return _(
        "A gate is a question that good answers elsewhere cannot make up for. Below its level it is closed and caps "
        "the figures."
    )


def made_with() -> str:
    """In a consultancy's look."""
    return _(
        "Made with Evenkeel, a self-assessment of privacy, security and responsible AI. Questions, figures and texts "
        "of law are Evenkeel’s."
    )
