"""A new link to a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.forms.style_controls import style_controls
from reports.models.share_link import LABEL_LENGTH
from reports.share_links.keys import ATTEMPT_LENGTH
from reports.share_links.services import TERMS

USUAL_TERM = 30


def term_words(days: int) -> str:
    """ "30 days" or "1 year" """
    if days == 365:
        return str(_("1 year"))
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


class ShareLinkForm(forms.Form):
    """How long it opens, and for whom it is. `attempt` names this filling of the form (keys.py)."""

    days = forms.TypedChoiceField(
        label=_("It opens for"), choices=(), coerce=int, initial=USUAL_TERM, widget=forms.RadioSelect
    )
    label = forms.CharField(
        label=_("For whom (optional)"),
        help_text=_("For your own list. Whoever opens the link does not see it."),
        required=False,
        max_length=LABEL_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "aria-describedby": "id_label_help"}),
    )
    attempt = forms.CharField(max_length=ATTEMPT_LENGTH, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(days, term_words(days)) for days in TERMS]  # type: ignore[attr-defined]
        style_controls(self)
        self.fields["days"].widget.attrs["class"] = "form-check-input"
