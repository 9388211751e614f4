"""What can stand in the way of a change, as errors that say what to do."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import ChangeRefused as ChangeRefused
from assessments.models import Answer, Assessment


class AssessmentFinished(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(str(_("This assessment is finished. Start a new run to change answers.")))


class EditionUpgraded(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(
            str(
                _(
                    "Someone moved this assessment to a newer edition while this page was open, so the question may "
                    "read differently now. Load the page again and answer it as it stands."
                )
            )
        )


class AnswerChanged(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(
            str(_("This answer was changed while the page was open. Look at it as it is now, then review it."))
        )


class UpgradeOfferChanged(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(str(_("This offer is no longer the newest. Look at what is offered now, then choose.")))


class ScopeChanged(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(
            str(
                _(
                    "Someone else changed the scope while this page was open. "
                    "Here are the latest answers: check them and save again."
                )
            )
        )


class AnswerConflict(Exception):
    """Someone saved this answer after the page was loaded. `stored` is the other version; None: it was removed."""

    def __init__(self, stored: Answer) -> None:
        super().__init__(stored.question)
        self.stored = stored


def must_be_open(assessment: Assessment) -> None:
    """Raises AssessmentFinished: nothing of a finished run changes."""
    if assessment.is_finished:
        raise AssessmentFinished
