"""One question of the bank as a form: its own fields, four steps, and rows of gates, duties and citations."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from assessments.bank.document.question_entry import LEVELS
from assessments.bank.document.step_entry import TOP_STEP
from assessments.bank.steps import Effort, FindOutHint
from assessments.bank.types import Depth, Edition, NotApplicable, Question
from assessments.editor.forms.condition import MORE, SAVE, WAY, with_one_more_way
from assessments.editor.forms.fields import in_stored_order
from assessments.editor.forms.parts import DutyFormSet, GateFormSet, PartFormSet, UseFormSetOf
from assessments.editor.forms.question_fields import QuestionFields
from assessments.editor.forms.steps import StepForm

ROWS = ("gates", "duties", "citations")
PREVIEW, ADD = "preview", "add-"
"""What other buttons ask for than those of a condition; the second is followed by the name of the rows."""


class QuestionEdit:
    """The whole form. `stored` is the question as stored, or the start of a new one, without an id."""

    def __init__(
        self, data: QueryDict | None = None, *, edition: Edition, stored: Question, version: int, meaning: str = ""
    ) -> None:
        self.edition = edition
        self.stored = stored
        self.data = _with_more(data) if data is not None else None
        initial = None if data is not None else _initial(stored, version, meaning)
        self.fields = QuestionFields(
            self.data, edition=edition, has_first_step=bool(stored.first_step), initial=initial
        )
        self.steps = _step_forms(self.data, edition, stored)
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
        return self.works_within(part)

    def works_within(self, part: str) -> bool:
        """Whether the pressed button is about a condition in this part."""
        return self.action.startswith((f"{WAY}{part}-", f"{MORE}{part}-"))

    @property
    def formsets(self) -> tuple[PartFormSet, ...]:
        return tuple(cast(PartFormSet, getattr(self, name)) for name in ROWS)

    def every_form(self) -> Iterable[forms.Form]:
        yield self.fields
        for step in self.steps:
            yield from step.every_form()
        for formset in self.formsets:
            yield from (form for form in formset.forms if form not in formset.deleted_forms)

    def is_valid(self) -> bool:
        steps_fit = all(step.is_valid() for step in self.steps)
        return self.fields.is_valid() and steps_fit and all(formset.is_valid() for formset in self.formsets)

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
        steps = tuple(step.part() for step in self.steps if step.has_changed())
        # All four steps replace the first step of an older edition.
        replaced = len(steps) == TOP_STEP
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
            steps=steps,
            find_out=FindOutHint(cleaned["find_out"], cleaned["find_out_minutes"]) if cleaned["find_out"] else None,
            usual=cleaned["usual"],
            first_step="" if replaced else cleaned.get("first_step", ""),
            effort=None if replaced or not cleaned.get("effort") else Effort(cleaned["effort"]),
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
        checklist=(),
    )


def _initial(stored: Question, version: int, meaning: str) -> dict[str, Any]:
    names = (name for name in QuestionFields.base_fields if hasattr(stored, name))
    levels = {f"level_{number}": text for number, text in enumerate(stored.levels)}
    hint = stored.find_out
    find_out = {"find_out": hint.text, "find_out_minutes": hint.minutes} if hint else {"find_out": ""}
    own = {name: getattr(stored, name) for name in names} | levels | find_out
    return own | {"version": version, "meaning": meaning}


def _step_forms(data: QueryDict | None, edition: Edition, stored: Question) -> tuple[StepForm, ...]:
    """One for each level that can be reached, whether the question has a step to it or not."""
    tags = tuple((tag.id, tag.name) for tag in edition.scope.tags)
    steps = {step.to: step for step in stored.steps}
    return tuple(
        StepForm(data, number=number, stored=steps.get(number), tags=tags) for number in range(1, TOP_STEP + 1)
    )


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
    more = with_one_more_way(data)
    if action.startswith(ADD) and action.removeprefix(ADD) in ROWS:
        key = f"{action.removeprefix(ADD)}-TOTAL_FORMS"
        count = data.get(key, "0")
        more[key] = str(int(count) + 1 if count.isdecimal() else 1)
    return more
