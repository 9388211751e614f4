"""Reasons to refuse a change, as errors whose text says what to do."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import ChangeRefused as ChangeRefused
from assessments.models import Answer, Assessment


class AssessmentFinished(ChangeRefused):
    def __init__(self) -> None:
        super().__init__(str(_("This assessment is finished. Start a new run to change answers.")))


class EditionUpgraded(ChangeRefused):
    """The page was made under an edition that the run no longer uses."""

    def __init__(self) -> None:
        super().__init__(
            str(
                _(
                    "Someone moved this assessment to a newer edition while this page was open, so the question may "
                    "read differently now. Reload the page and answer it as it reads now."
                )
            )
        )


class AnswerChanged(ChangeRefused):
    """The answer to review is not the one that the reviewer's page showed."""

    def __init__(self) -> None:
        super().__init__(
            str(_("This answer was changed while the page was open. Check the new answer, then review it."))
        )


class OwnAnswer(ChangeRefused):
    """Who gave an answer cannot agree with it."""

    def __init__(self) -> None:
        super().__init__(
            str(_("You gave this answer yourself, so your agreement would say nothing. A colleague can review it."))
        )


class UpgradeOfferChanged(ChangeRefused):
    """The edition that the page offered is not the one on offer now."""

    def __init__(self) -> None:
        super().__init__(str(_("This offer is out of date. See what is offered now, then choose.")))


class NothingOffered(ChangeRefused):
    """No edition of the default bank is offered for new assessments."""

    def __init__(self) -> None:
        super().__init__(
            str(
                _(
                    "No assessment can start right now: no edition of the question bank is open for new assessments. "
                    "Please ask whoever runs Evenkeel for you."
                )
            )
        )


class ScopeChanged(ChangeRefused):
    """Somebody saved the scope after the page was loaded."""

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
    """Somebody saved this answer after the page was loaded. `stored` is the answer as they saved it."""

    def __init__(self, stored: Answer) -> None:
        super().__init__(stored.question)
        self.stored = stored


def must_be_open(assessment: Assessment) -> None:
    """Raises AssessmentFinished for a finished run, in which nothing may change."""
    if assessment.is_finished:
        raise AssessmentFinished
