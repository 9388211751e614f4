"""A page with one small form: the texts of an edition, a domain, a citation, a checklist item."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.editor.forms.simple_forms import VersionedForm
from assessments.editor.pages.question import EditConflictShown
from assessments.editor.pages.texts import field_diffs
from assessments.models import EditionRow
from assessments.pages.errors import ErrorLink, error_links
from assessments.results.json_values import unstructure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class BackLink(NamedTuple):
    """The link back to the page above."""

    url: str
    text: "StrOrPromise"


def back_to(row: EditionRow) -> BackLink:
    """To the page of the edition."""
    return BackLink(reverse("bank_edition", args=[row.code]), _("Edition %(code)s") % {"code": row.code})


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
    texts: tuple[tuple["StrOrPromise", str], ...] = ()

    @property
    def errors(self) -> list[ErrorLink]:
        return error_links(self.form) if self.form and self.form.is_bound else []


def simple_form_conflict(stored: Any, mine: Any, version: int) -> EditConflictShown:
    """What `mine` would change in `stored`, which has this version."""
    return EditConflictShown(version, field_diffs(_plain(stored), _plain(mine)))


def _plain(value: Any) -> Mapping[str, Any]:
    plain: Mapping[str, Any] = unstructure(value._asdict() if hasattr(value, "_asdict") else value)
    return plain
