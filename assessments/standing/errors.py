"""Reasons to refuse an answer that is given again."""

from django.utils.translation import gettext_lazy as _

from accounts.errors import ChangeRefused


class NewerResult(ChangeRefused):
    """Another result is the newest one by now."""

    def __init__(self) -> None:
        super().__init__(
            str(
                _(
                    "A newer result was made while this page was open. Go back to your organisation: what you answer "
                    "again now counts from that result on."
                )
            )
        )


class StandingAnswerChanged(ChangeRefused):
    """Somebody answered the question again after the page was made."""

    def __init__(self) -> None:
        super().__init__(
            str(_("Someone else answered this question again while the page was open. Reload it to see their answer."))
        )
