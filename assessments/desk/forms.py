"""The desk's forms: which clients to list, and the consultancy's own notes about a client."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Organisation
from accounts.names import validate_name
from assessments.desk.queries import DeskFilter, Sort, Stage, client_tags
from assessments.forms.style_controls import DayInput, style_controls
from assessments.models.desk import MOST_TAGS, TAG_LENGTH

STAGES = (
    ("", _("Any state")),
    (Stage.NONE.value, _("No assessment yet")),
    (Stage.OPEN.value, _("In progress")),
    (Stage.FINISHED.value, _("Finished")),
)
SORTS = (
    (Sort.NAME.value, _("Name")),
    (Sort.LEVEL.value, _("Lowest level")),
    (Sort.GATES.value, _("Urgent gaps")),
    (Sort.ACTIVITY.value, _("Last activity")),
    (Sort.REVIEW.value, _("Next review")),
)


class FilterForm(forms.Form):
    """Read from the query string; values that make no sense are ignored."""

    q = forms.CharField(label=_("Name"), required=False, max_length=120)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STAGES)
    gates = forms.BooleanField(label=_("With urgent gaps"), required=False)
    fell = forms.BooleanField(label=_("Fell since last time"), required=False)
    due = forms.BooleanField(label=_("Review due"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False, choices=SORTS)
    down = forms.BooleanField(label=_("Reverse order"), required=False)

    def __init__(self, *args: Any, tags: Iterable[tuple[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Any tag")), *((name, f"{name} ({count})") for name, count in tags)]
        self.fields["tag"] = forms.ChoiceField(label=_("Tag"), required=False, choices=choices)
        style_controls(self)

    @classmethod
    def at(cls, consultancy: Organisation, query: QueryDict) -> "FilterForm":
        return cls(query, tags=client_tags(consultancy, query.get("tag", "")))

    def wanted(self, today: date) -> DeskFilter:
        self.full_clean()
        given = self.cleaned_data
        return DeskFilter(
            search=given.get("q", "").strip(),
            stage=Stage(given["state"]) if given.get("state") else None,
            tag=given.get("tag", ""),
            gates=given.get("gates", False),
            fell=given.get("fell", False),
            due_on=today if given.get("due") else None,
            sort=Sort(given.get("sort") or Sort.NAME),
            down=given.get("down", False),
        )


class NotesForm(forms.Form):
    """Tags are typed on one line, separated by commas."""

    tags = forms.CharField(
        label=_("Tags (optional)"),
        required=False,
        max_length=MOST_TAGS * (TAG_LENGTH + 2),
        help_text=_(
            "Words of your own to filter by, separated by commas: retail, north, urgent. Your client does not see them."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    next_review_on = forms.DateField(
        label=_("Next review (optional)"),
        required=False,
        error_messages={"invalid": _("Enter a date, such as 2027-03-31.")},
        widget=DayInput(),
    )

    def clean_tags(self) -> list[str]:
        words = [" ".join(word.split()).lower() for word in self.cleaned_data["tags"].split(",")]
        tags = sorted({word for word in words if word})
        for tag in tags:
            validate_name(tag)
        long = [tag for tag in tags if len(tag) > TAG_LENGTH]
        if long:
            raise forms.ValidationError(
                _("“%(tag)s” is too long: a tag can have at most %(most)s characters.")
                % {"tag": long[0], "most": TAG_LENGTH}
            )
        if len(tags) > MOST_TAGS:
            over = len(tags) - MOST_TAGS
            raise forms.ValidationError(
                ngettext("Remove %(over)s tag: the most is ten.", "Remove %(over)s tags: the most is ten.", over)
                % {"over": over}
            )
        return tags
