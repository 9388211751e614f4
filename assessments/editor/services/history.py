"""Writing the history: who changed what in a draft, with the whole item before and after."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from assessments.models import BankChange, ChangedThing, ChangeVerb, EditionRow
from assessments.results.json_values import unstructure


@dataclass(frozen=True, slots=True)
class DraftEdit:
    """Who edits which draft, and when."""

    draft: EditionRow
    by: User
    now: datetime

    def record(
        self,
        verb: ChangeVerb,
        what: ChangedThing,
        code: str,
        *,
        before: object = None,
        after: object = None,
        meaning: str = "",
    ) -> None:
        """`before` and `after` are values of the bank, None if there was or is none."""
        BankChange.objects.create(
            edition=self.draft,
            edition_code=self.draft.code,
            what=what,
            code=code,
            verb=verb,
            before=unstructure(before),
            after=unstructure(after),
            meaning=meaning,
            by=self.by,
            at=self.now,
        )
