"""What answers given since a result change, in words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.planning.asked_again import AnswerChanges


def changes_text(changes: AnswerChanges) -> str:
    """Such as "7 better, 1 worse, 5 urgent gaps closed"; what did not move is left out."""
    return ", ".join(_parts(changes)) or _("nothing has moved")


def _parts(changes: AnswerChanges) -> Iterator[str]:
    if changes.better:
        yield ngettext("%(count)d better", "%(count)d better", changes.better) % {"count": changes.better}
    if changes.worse:
        yield ngettext("%(count)d worse", "%(count)d worse", changes.worse) % {"count": changes.worse}
    if changes.gaps_closed:
        words = ngettext("%(count)d urgent gap closed", "%(count)d urgent gaps closed", changes.gaps_closed)
        yield words % {"count": changes.gaps_closed}
    if changes.gaps_opened:
        words = ngettext("%(count)d new urgent gap", "%(count)d new urgent gaps", changes.gaps_opened)
        yield words % {"count": changes.gaps_opened}
    if changes.duties_met:
        yield ngettext("%(count)d duty met", "%(count)d duties met", changes.duties_met) % {"count": changes.duties_met}
    if changes.duties_opened:
        words = ngettext("%(count)d new open duty", "%(count)d new open duties", changes.duties_opened)
        yield words % {"count": changes.duties_opened}
