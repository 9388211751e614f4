"""What a person chose among the changes of a file, kept between pages and forgotten where the values are others now."""

import hashlib
from collections.abc import Collection, Mapping
from typing import NewType

from assessments.bank.diff.accept import reached
from assessments.bank.diff.editions import ChangeId, EditionDiff
from assessments.bank.merge.three_way import ThreeWays

ChangeMark = NewType("ChangeMark", str)
"""Another one as soon as the draft or the file has another value there."""

Choices = Mapping[ChangeId, tuple[ChangeMark, bool]]
_LENGTH = 16


def change_marks(diff: EditionDiff) -> dict[ChangeId, ChangeMark]:
    """Of every change."""
    found = {}
    for section in diff.sections:
        for whole in (*section.added, *section.removed):
            found[whole.id] = _mark(whole.item)
        for changed in section.changed:
            found.update((change.id, _mark((change.before, change.after))) for change in changed.fields)
    return found


def _mark(values: object) -> ChangeMark:
    return ChangeMark(hashlib.sha256(repr(values).encode()).hexdigest()[:_LENGTH])


def with_choices(ways: ThreeWays, choices: Choices) -> frozenset[ChangeId]:
    """What is ticked: what was chosen, and by itself where nobody chose or the values have changed since."""
    marks = change_marks(ways.diff)
    source = {which: ticked for which, (mark, ticked) in choices.items() if marks.get(which) == mark}
    return frozenset(which for which in marks if source.get(which, which in ways.ticked))


def brought_along(ways: ThreeWays, ticked: Collection[ChangeId]) -> frozenset[ChangeId]:
    """What the ticked changes need besides, so that nothing refers to something missing."""
    return reached(ways.needs, ticked) - frozenset(ticked)
