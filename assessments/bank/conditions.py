"""Conditions over names, which are tags or facts of a business."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """Holds when all of `all`, one of `any` (if any are named) and none of `none` are set."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()

    def holds(self, tags: frozenset[str]) -> bool:
        return (
            tags.issuperset(self.all) and (not self.any or not tags.isdisjoint(self.any)) and tags.isdisjoint(self.none)
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when one of its clauses holds; without clauses it always holds."""

    clauses: tuple[Clause, ...] = ()

    def holds(self, tags: frozenset[str]) -> bool:
        return not self.clauses or any(clause.holds(tags) for clause in self.clauses)

    def names(self) -> frozenset[str]:
        return frozenset(n for c in self.clauses for n in (*c.all, *c.any, *c.none))


ALWAYS = Condition()
