"""A page with one small form: the texts of an edition, a domain, a citation, a checklist item."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.editions.stored import edition_of
from assessments.editor.forms.simple_forms import VersionedForm
from assessments.editor.pages.texts import ITEM_NAMES, BankTexts, EditConflictShown, field_diffs
from assessments.forms.errors import ErrorLink, error_links
from assessments.models import EditionRow

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class BackLink(NamedTuple):
    """The link back to the page above."""

    url: str
    text: "StrOrPromise"


def back_to(row: EditionRow) -> BackLink:
    """To the page of the edition."""
    return BackLink(reverse("bank_edition", args=[row.code]), _("Edition %(code)s") % {"code": row.code})


class Removal(NamedTuple):
    """Whether an item can be removed: `url` is "" if not, `text` says why. `version` is that of the item."""

    url: str
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class SimpleFormPage:
    """`users` are the questions that use it; while there are any, it cannot be removed."""

    row: EditionRow
    title: "StrOrPromise"
    back: BackLink
    form: VersionedForm | None
    conflict: EditConflictShown | None = None
    users: tuple[str, ...] = ()
    remove_url: str = ""
    removal: Removal | None = None
    texts: tuple[tuple["StrOrPromise", str], ...] = ()

    @property
    def errors(self) -> list[ErrorLink]:
        return error_links(self.form) if self.form and self.form.is_bound else []


def simple_form_conflict(row: EditionRow, stored: Any, mine: Any, version: int) -> EditConflictShown:
    """What `mine` would change in `stored`, which has this version."""
    texts = BankTexts(edition_of(row))
    return EditConflictShown(version, field_diffs(texts.item_texts(stored), texts.item_texts(mine), ITEM_NAMES))
