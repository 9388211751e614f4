"""What new assessments would lose with an edition, and whether publishing it is enough to offer it."""

from dataclasses import dataclass

from assessments.bank.loss import Loss, loss_between
from assessments.editions.newest import is_of_default_bank, newest_in, offered
from assessments.models import EditionRow, QuestionRow


@dataclass(frozen=True, slots=True)
class OfferCheck:
    """`losses` compare the edition with the newest that its bank offers, and with the one that it was copied from."""

    of_default_bank: bool
    losses: tuple[Loss, ...]

    @property
    def worst(self) -> Loss | None:
        """None for the first edition of a bank."""
        return max(self.losses, key=lambda loss: (loss.is_grave, loss.gone), default=None)

    @property
    def is_grave(self) -> bool:
        return any(loss.is_grave for loss in self.losses)

    @property
    def offers_itself(self) -> bool:
        """Whether publishing the edition offers it too; otherwise somebody has to, in a second step."""
        return self.of_default_bank and not self.is_grave


def check_offer(row: EditionRow) -> OfferCheck:
    """As things stand. The predecessor counts too: else a copy of a cut-down edition would lose nothing."""
    newest = newest_in(row.bank_id, offered().exclude(pk=row.pk))
    before = {each.pk: each for each in (newest, row.predecessor) if each}
    after = pillars_of_questions(row)
    losses = tuple(loss_between(pillars_of_questions(each), after) for each in before.values())
    return OfferCheck(is_of_default_bank(row), losses)


def pillars_of_questions(row: EditionRow) -> dict[str, str]:
    """The pillar of each question, by the question's id."""
    return dict(QuestionRow.objects.filter(domain__edition=row).values_list("code", "domain__pillar"))
