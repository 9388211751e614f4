"""Names for people of what an editor chooses in steps and gates."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assessments.bank.steps import StepCost, StepDoer

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STEP_COSTS: tuple[tuple[str, "StrOrPromise"], ...] = (
    (StepCost.NONE, _("Nothing besides work")),
    (StepCost.SMALL, _("Up to about 100 euros a year")),
    (StepCost.LARGER, _("More than about 100 euros a year")),
)
STEP_DOERS: tuple[tuple[str, "StrOrPromise"], ...] = (
    (StepDoer.OWNER, _("The owner")),
    (StepDoer.OFFICE, _("Somebody in the office")),
    (StepDoer.WEB, _("Whoever manages the website")),
    (StepDoer.IT_HELPER, _("The IT helper")),
    (StepDoer.ADVISER, _("A legal or tax adviser")),
    (StepDoer.SUPPLIER, _("A supplier")),
)
GATE_SEVERITIES: tuple[tuple[str, "StrOrPromise"], ...] = (
    ("3", _("3: people can be hurt, or the use may have to end")),
    ("2", _("2: the law is broken day by day")),
    ("1", _("1: a matter of form")),
)
