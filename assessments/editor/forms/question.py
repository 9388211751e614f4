"""One question of the bank as a form: its own fields, and rows of gates, duties and citations."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.bank.document.question_entry import LEVELS
from assessments.bank.steps import Effort
from assessments.bank.types import Depth, Edition, NotApplicable, Question
from assessments.editor.forms.condition import ConditionField, with_one_more_way
from assessments.editor.forms.fields import LinesField, in_stored_order, long_text
from assessments.editor.forms.parts import DutyFormSet, GateFormSet, PartFormSet, UseFormSetOf
from assessments.forms.style_controls import style_controls
from assessments.models import MeaningChoice
from assessments.models.edition import QuestionRow
from assessments.models.edition_choices import DepthChoice, NotApplicableChoice

TEXT_LENGTH: int = QuestionRow._meta.get_field("text").max_length or 0
ROWS = ("gates", "duties", "citations")
SAVE, PREVIEW, ADD, WAY, MORE = "save", "preview", "add-", "way-", "more-"
"""What the buttons ask for; the last three are followed by their subject."""


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
    first_step = long_text(_("First step"), required=False)
    effort = forms.ChoiceField(label=_("Effort of the first step"))
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

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in range(LEVELS):
            name = _("Level %(number)d: %(name)s") % {"number": level, "name": edition.scale[level].name}
            self.fields[f"level_{level}"] = long_text(name, required=False)
        cast(ConditionField, self.fields["applies_when"]).tags = tuple((tag.id, tag.name) for tag in edition.scope.tags)
        efforts = [(step.code, step.name) for step in edition.efforts]
        cast(forms.ChoiceField, self.fields["effort"]).choices = efforts
        style_controls(self)
        items = [(code, f"{code} {text}") for code, text in edition.checklist.items()]
        cast(forms.ChoiceField, self.fields["checklist"]).choices = items

    @property
    def levels(self) -> list[forms.BoundField]:
        return [self[f"level_{level}"] for level in range(LEVELS)]


class QuestionEdit:
    """The whole form. `stored` is the question as stored, or the start of a new one, without an id."""

    def __init__(
        self, data: QueryDict | None = None, *, edition: Edition, stored: Question, version: int, meaning: str = ""
    ) -> None:
        self.edition = edition
        self.stored = stored
        self.data = _with_more(data) if data is not None else None
        initial = None if data is not None else _initial(stored, version, meaning)
        self.fields = QuestionFields(self.data, edition=edition, initial=initial)
        shared = {"edition": edition, "home_pillar": edition.domain[stored.domain].pillar}
        self.gates = GateFormSet(self.data, prefix="gates", form_kwargs=shared, initial=_rows(stored.gates, data))
        self.duties = DutyFormSet(self.data, prefix="duties", form_kwargs=shared, initial=_rows(stored.duties, data))
        self.citations = UseFormSetOf(
            self.data, prefix="citations", form_kwargs=shared, initial=_rows(stored.citations, data)
        )

    @property
    def action(self) -> str:
        """What the pressed button asks for; Enter in a field saves."""
        return self.data.get("do", SAVE) if self.data is not None else ""

    @property
    def checks(self) -> bool:
        """Whether to show errors: not while the person only asks for one more row."""
        return self.action in (SAVE, PREVIEW)

    def works_on(self, part: str) -> bool:
        """Whether the pressed button is about this row, or about adding it."""
        rows, _dash, number = part.rpartition("-")
        if self.action == f"{ADD}{rows}":
            return int(number) == len(getattr(self, rows).forms) - 1
        return self.action.startswith((f"{WAY}{part}-", f"{MORE}{part}-"))

    @property
    def formsets(self) -> tuple[PartFormSet, ...]:
        return tuple(cast(PartFormSet, getattr(self, name)) for name in ROWS)

    def every_form(self) -> Iterable[forms.Form]:
        yield self.fields
        for formset in self.formsets:
            yield from (form for form in formset.forms if form not in formset.deleted_forms)

    def is_valid(self) -> bool:
        return self.fields.is_valid() and all(formset.is_valid() for formset in self.formsets)

    def forget_errors(self) -> None:
        for form in self.every_form():
            form.errors.clear()

    @property
    def seen_version(self) -> int:
        """The version that the page was made from, or the one that a person saw in a conflict and chose to replace."""
        cleaned = self.fields.cleaned_data
        return int(cleaned["keep"] or cleaned["version"] or 0)

    @property
    def meaning(self) -> str:
        return str(self.fields.cleaned_data["meaning"])

    def question(self) -> Question:
        """The value of a valid form."""
        cleaned: Mapping[str, Any] = self.fields.cleaned_data
        return Question(
            id=self.stored.id,
            domain=self.stored.domain,
            depth=Depth(cleaned["depth"]),
            text=cleaned["text"].replace("\r\n", " "),
            help=cleaned["help"],
            levels=tuple(cleaned[f"level_{level}"] for level in range(LEVELS)),
            weight=cleaned["weight"],
            weight_reason=cleaned["weight_reason"],
            citations=self._parts("citations"),
            evidence=cleaned["evidence"],
            first_step=cleaned["first_step"],
            effort=Effort(cleaned["effort"]),
            checklist=in_stored_order(cleaned["checklist"], self.stored.checklist),
            gates=self._parts("gates"),
            duties=self._parts("duties"),
            applies_when=cleaned["applies_when"],
            not_applicable=NotApplicable(cleaned["not_applicable"]),
            not_applicable_hint=cleaned["not_applicable_hint"],
            ai_lens=cleaned["ai_lens"],
        )

    def _parts(self, name: str) -> tuple[Any, ...]:
        formset: PartFormSet = getattr(self, name)
        return formset.parts(getattr(self.stored, name))


def empty_question(domain: str) -> Question:
    """The start of a new question of this domain: no id, no text, usual values."""
    return Question(
        id="",
        domain=domain,
        depth=Depth.STANDARD,
        text="",
        help="",
        levels=("",) * LEVELS,
        weight=2,
        weight_reason="",
        citations=(),
        evidence=(),
        first_step="",
        effort=Effort.SMALL,
        checklist=(),
    )


def _initial(stored: Question, version: int, meaning: str) -> dict[str, Any]:
    names = (name for name in QuestionFields.base_fields if hasattr(stored, name))
    levels = {f"level_{number}": text for number, text in enumerate(stored.levels)}
    return {name: getattr(stored, name) for name in names} | levels | {"version": version, "meaning": meaning}


def _rows(parts: Iterable[Any], data: QueryDict | None) -> list[dict[str, Any]]:
    """The initial rows; a submitted form brings its own."""
    if data is not None:
        return []
    return [_row(part) for part in parts]


def _row(part: Any) -> dict[str, Any]:
    values = {name: getattr(part, name) for name in part.__slots__}
    return values | {"caps_pillar": values.get("cap_pillar") is not None}


def _with_more(data: QueryDict) -> QueryDict:
    """With the empty row, or the further way of a condition, that the pressed button asks for."""
    action = data.get("do", SAVE)
    more = data.copy()
    if action.startswith(ADD) and action.removeprefix(ADD) in ROWS:
        key = f"{action.removeprefix(ADD)}-TOTAL_FORMS"
        count = data.get(key, "0")
        more[key] = str(int(count) + 1 if count.isdecimal() else 1)
    elif action.startswith(WAY):
        with_one_more_way(more, action.removeprefix(WAY))
    return more
