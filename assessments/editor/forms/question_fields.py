"""The fields of one question outside its steps and rows."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.bank.document.question_entry import LEVELS
from assessments.bank.types import Edition
from assessments.editor.forms.condition import ConditionField
from assessments.editor.forms.fields import LinesField, blank_first, long_text
from assessments.editor.forms.steps import minutes_field
from assessments.forms.style_controls import style_controls
from assessments.models import MeaningChoice
from assessments.models.edition import QuestionRow
from assessments.models.edition_choices import DepthChoice, NotApplicableChoice

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TEXT_LENGTH: int = QuestionRow._meta.get_field("text").max_length or 0


class QuestionFields(forms.Form):
    """The fields outside the rows. Only the text of the question is required: a draft may be unfinished for a while."""

    text = forms.CharField(label=_("Question"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 2}))
    help = long_text(
        _("Help"),
        rows=4,
        required=False,
        help_text=_("Why it matters, what counts. You can write **bold**, lists with “- ”, and [links](https://…)."),
    )
    depth = forms.ChoiceField(label=_("Depth"), choices=DepthChoice.choices)
    weight = forms.TypedChoiceField(label=_("Weight"), coerce=int, choices=[(n, str(n)) for n in (1, 2, 3)])
    weight_reason = long_text(_("Why it has this weight, in the owner’s words"), required=False)
    ai_lens = forms.BooleanField(label=_("Belongs to the AI lens"), required=False)
    applies_when = ConditionField(label=_("Asked when"))
    not_applicable = forms.ChoiceField(label=_("“Doesn’t apply to us”"), choices=NotApplicableChoice.choices)
    not_applicable_hint = long_text(_("When “doesn’t apply” is right"), required=False)
    evidence = LinesField(label=_("Possible evidence, one per line"), required=False)
    usual = forms.TypedChoiceField(
        label=_("Usual level (optional)"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=blank_first((str(level), str(level)) for level in range(LEVELS)),
        help_text=_("Your guess at where most small businesses are. For reviewers; never shown to who answers."),
    )
    find_out = long_text(
        _("How to find out"),
        required=False,
        help_text=_("For who answers “I don’t know”: where to look, or whom to ask what."),
    )
    find_out_minutes = minutes_field(_("Minutes to find out"), required=False)
    first_step = long_text(_("First step"), required=False)
    effort = forms.ChoiceField(label=_("Effort of the first step"), required=False)
    checklist = forms.MultipleChoiceField(
        label=_("Checklist items it covers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    meaning = forms.ChoiceField(
        label=_("Does the question still mean the same?"),
        required=False,
        choices=[("", _("Decide by what changed")), *MeaningChoice.choices],
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    keep = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, has_first_step: bool, **kwargs: Any) -> None:
        """`has_first_step`: the question is as it was before there were steps."""
        super().__init__(*args, **kwargs)
        for level in range(LEVELS):
            name = _("Level %(number)d: %(name)s") % {"number": level, "name": edition.scale[level].name}
            self.fields[f"level_{level}"] = long_text(name, required=False)
        cast(ConditionField, self.fields["applies_when"]).tags = tuple((tag.id, tag.name) for tag in edition.scope.tags)
        efforts = blank_first((step.code, step.name) for step in edition.efforts)
        cast(forms.ChoiceField, self.fields["effort"]).choices = efforts
        if not has_first_step:
            del self.fields["first_step"], self.fields["effort"]
        style_controls(self)
        items = [(code, f"{code} {text}") for code, text in edition.checklist.items()]
        cast(forms.ChoiceField, self.fields["checklist"]).choices = items

    @property
    def levels(self) -> list[forms.BoundField]:
        return [self[f"level_{level}"] for level in range(LEVELS)]

    def clean(self) -> None:
        super().clean()
        self._need_both("find_out", "find_out_minutes", _("Say in how many minutes, or leave both empty."))
        self._need_both("first_step", "effort", _("Choose an effort for the first step, or leave both empty."))

    def _need_both(self, first: str, second: str, message: "StrOrPromise") -> None:
        if not {first, second} & self.errors.keys():
            cleaned = self.cleaned_data
            if bool(cleaned.get(first)) != bool(cleaned.get(second)):
                self.add_error(second, message)
