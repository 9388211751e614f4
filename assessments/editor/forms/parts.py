"""The rows of a question: its gates, duties and citations."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from assessments.bank.document.question_entry import TOP_LEVEL, caps_of
from assessments.bank.types import Duty, Edition, FindingKind, Gate, GateKind, QuestionCitation
from assessments.editor.choices import GATE_SEVERITIES
from assessments.editor.forms.condition import ConditionField
from assessments.editor.forms.fields import LinesField, blank_first, in_stored_order, long_text
from assessments.forms.style_controls import DayInput, style_controls
from assessments.models.edition_choices import FindingChoice

if TYPE_CHECKING:
    FormSetOfParts = BaseFormSet["PartForm"]
else:
    FormSetOfParts = BaseFormSet

MOST_ROWS = 40


class PartForm(forms.Form):
    """`edition` gives the choices; an empty new row is ignored."""

    when = ConditionField(label=_("Only for some businesses"))

    def __init__(self, *args: Any, edition: Edition, home_pillar: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.home_pillar = home_pillar
        cast(ConditionField, self.fields["when"]).tags = tuple((tag.id, tag.name) for tag in edition.scope.tags)

    def part(self, stored: Any) -> Any:
        """The value of a valid row; `stored` are the stored parts, whose order is kept where the form has none."""
        raise NotImplementedError

    def choose_from(self, name: str, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


def level_field(label: Any) -> forms.TypedChoiceField:
    choices = blank_first((str(level), str(level)) for level in range(1, TOP_LEVEL + 1))
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int)


class GateForm(PartForm):
    kind = forms.ChoiceField(label=_("Kind"))
    min_level = level_field(_("Closed below level"))
    caps_pillar = forms.BooleanField(
        label=_("Also caps a pillar"),
        required=False,
        help_text=_("Only in quick questions, so that it always shows. “Stop first” gates always do."),
    )
    pillars = forms.MultipleChoiceField(
        label=_("Which pillars"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the pillar of the question’s own domain."),
    )
    reason = long_text(_("Reason, correct for every business it applies to"))
    severity = forms.TypedChoiceField(
        label=_("How much is at stake (optional)"),
        required=False,
        choices=blank_first(GATE_SEVERITIES),
        coerce=int,
        empty_value=None,
        help_text=_("For gates about law: the plan and the list of urgent gaps begin with the highest number."),
    )
    starts = forms.DateField(
        label=_("From this day on (optional)"),
        required=False,
        widget=DayInput,
        help_text=_("Before that day there is no gate."),
    )

    field_order = ("kind", "min_level", "severity", "reason", "starts", "caps_pillar", "pillars", "when")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("kind", blank_first((step.code, step.name) for step in self.edition.gate_kinds))
        self.choose_from("pillars", [(pillar.code, pillar.name) for pillar in self.edition.pillars])

    def part(self, stored: tuple[Gate, ...]) -> Gate:
        cleaned = self.cleaned_data
        kind = GateKind(cleaned["kind"])
        cap_domain, cap_pillar = caps_of(kind, cleaned["caps_pillar"])
        written = [gate.pillars for gate in stored if set(gate.pillars) == set(cleaned["pillars"])]
        pillars = in_stored_order(cleaned["pillars"], written[0] if written else ()) or (self.home_pillar,)
        return Gate(
            kind=kind,
            min_level=cleaned["min_level"],
            cap_domain=cap_domain,
            cap_pillar=cap_pillar,
            pillars=() if cap_pillar is None else pillars,
            reason=cleaned["reason"],
            when=cleaned["when"],
            severity=cleaned["severity"],
            starts=cleaned["starts"],
        )


class DutyForm(PartForm):
    law = forms.ChoiceField(label=_("Law"))
    level = level_field(_("Met at level"))
    says = long_text(_("What the law asks, in one plain sentence"))
    citations = LinesField(label=_("Citations, one per line"))
    starts = forms.DateField(label=_("Asked from this day on (optional)"), required=False, widget=DayInput)
    finding = forms.ChoiceField(label=_("What an unmet duty means"), choices=FindingChoice.choices)
    unsettled = long_text(
        _("Not settled yet (optional)"),
        required=False,
        help_text=_("What nobody knows for certain, such as from when it counts. It is shown beside the duty."),
    )

    field_order = ("law", "level", "says", "citations", "finding", "starts", "unsettled", "when")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose_from("law", blank_first((law.code, law.name) for law in self.edition.laws))
        cast(LinesField, self.fields["citations"]).known = self.edition.citations.keys()

    def has_changed(self) -> bool:
        """A list without an empty choice says nothing by itself."""
        return any(name != "finding" for name in self.changed_data)

    def part(self, stored: tuple[Duty, ...]) -> Duty:
        cleaned = self.cleaned_data
        return Duty(
            law=cleaned["law"],
            level=cleaned["level"],
            says=cleaned["says"],
            citations=cleaned["citations"],
            starts=cleaned["starts"],
            when=cleaned["when"],
            finding=FindingKind(cleaned["finding"]),
            unsettled=cleaned["unsettled"],
        )


class UseForm(PartForm):
    label = forms.CharField(label=_("Citation"), widget=forms.TextInput(attrs={"list": "citation-labels"}))
    starts = forms.DateField(label=_("A duty from this day on (optional)"), required=False, widget=DayInput)

    field_order = ("label", "starts", "when")

    def clean_label(self) -> str:
        label: str = self.cleaned_data["label"]
        if label not in self.edition.citations:
            raise forms.ValidationError(_("Not in the registry of citations. Add it there first, or choose another."))
        return label

    def part(self, stored: tuple[QuestionCitation, ...]) -> QuestionCitation:
        cleaned = self.cleaned_data
        return QuestionCitation(cleaned["label"], cleaned["when"], cleaned["starts"])


class PartFormSet(FormSetOfParts):
    """Rows by their number; a row without a number goes to the end."""

    def add_fields(self, form: PartForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Remove on save")
        if "ORDER" in form.fields:
            form.fields["ORDER"].label = _("Position")
        style_controls(form)

    def parts(self, stored: Any) -> tuple[Any, ...]:
        rows = self.ordered_forms if self.can_order else [form for form in self.forms if form not in self.deleted_forms]
        return tuple(form.part(stored) for form in rows if form.has_changed())


class UseFormSet(PartFormSet):
    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            label = form.cleaned_data.get("label") if form not in self.deleted_forms else None
            if label in seen:
                form.add_error("label", _("This citation is listed twice."))
            seen.add(label or "")


_COMMON: dict[str, Any] = {"extra": 0, "max_num": MOST_ROWS, "absolute_max": MOST_ROWS, "can_delete": True}
GateFormSet = formset_factory(GateForm, formset=PartFormSet, can_order=True, **_COMMON)
DutyFormSet = formset_factory(DutyForm, formset=PartFormSet, **_COMMON)
UseFormSetOf = formset_factory(UseForm, formset=UseFormSet, **_COMMON)
