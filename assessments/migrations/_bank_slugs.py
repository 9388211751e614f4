"""The guards as of migration 0023: a bank keeps its short name.

Whatever refers to a bank does so by its row, but the shipped bank, on which new assessments start by default, is found by
its short name alone: whoever could change it would choose another bank without a choice in the history.
"""

from assessments.migrations._guards import Guard

FIXED_SLUG = "The short name of a question bank never changes."
_TABLE = "assessments_bank"


def slug_guards(vendor: str) -> list[Guard]:
    guards = [Guard("guard_bank_slug", _TABLE, "UPDATE", "NEW.slug <> OLD.slug OR NEW.id <> OLD.id", FIXED_SLUG)]
    if vendor == "sqlite":
        # Its OR REPLACE puts another row in the place of one, which is no change of that one.
        taken = "EXISTS (SELECT 1 FROM assessments_bank b WHERE (b.id = NEW.id) <> (b.slug = NEW.slug))"
        guards.append(Guard("guard_bank_replace", _TABLE, "INSERT", taken, FIXED_SLUG))
    return guards
