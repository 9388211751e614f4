"""Forms for presets, for what they assume, and for the quick check."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from assessments.bank.conditions import Condition
from assessments.bank.document.reader import MOST_IN_A_QUICK_CHECK
from assessments.bank.scope_types import NEVER_ASSUMED, Preset, PresetFact, Scope, ScopeQuestion
from assessments.bank.types import Depth, Edition, QuickCheck
from assessments.editor.forms.fields import blank_first, in_stored_order, long_text
from assessments.editor.forms.frame import FrameForm
from assessments.editor.forms.simple_forms import VersionedForm
from assessments.editor.forms.whom import condition_of, ticked_in
from assessments.editor.pages.presets.words import group_of

GROUP = "group:"
QUICK_FACTS, QUICK_QUESTIONS = 4, 12
"""How many lists to choose from the quick check's form has."""


def every_scope_question(scope: Scope) -> Iterator[ScopeQuestion]:
    """Of all screens, in order."""
    for screen in scope.screens:
        yield from screen.questions


class PresetForm(FrameForm):
    """A preset, without its code and without what it assumes."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("What such a business calls itself."))
    group = forms.CharField(
        label=_("Heading"),
        max_length=60,
        required=False,
        help_text=_("Presets with the same heading stand together in the list."),
    )
    examples = long_text(
        _("Further words that people look for"), required=False, help_text=_("Such as: cake shop, coffee shop.")
    )
    asks = forms.MultipleChoiceField(
        label=_("Left open on purpose"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Scope questions that such businesses answer differently. They are asked."),
    )

    field_order = ("code", "name", "group", "examples", "asks")

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        questions = (own for own in every_scope_question(edition.scope) if own.id not in NEVER_ASSUMED)
        self.choose_from("asks", [(own.id, own.text) for own in questions])

    def value(self) -> Preset:
        cleaned = {name: self.cleaned_data[name] for name in ("name", "group", "examples")}
        stored: Preset = self.stored or Preset(self.key(), "", ())
        return replace(stored, **cleaned, asks=in_stored_order(self.cleaned_data["asks"], stored.asks))


class NewPresetForm(PresetForm):
    """A preset with its code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Short and never shown, such as: bakery or tax_adviser."),
        validators=[RegexValidator(r"\A[a-z][a-z0-9_]*\Z", _("Small letters, digits and underscores only."))],
    )

    def key(self) -> str:
        return str(self.cleaned_data["code"])


class PresetFactForm(VersionedForm):
    """What a preset assumes at one scope question, and of which businesses. `fact` is the one as stored."""

    options = forms.MultipleChoiceField(label="", widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, scope: Scope, question: ScopeQuestion, fact: PresetFact | None = None, **kwargs: Any
    ) -> None:
        when = fact.when if fact else Condition()
        self._question, self._stored, self._ticked = question, fact, ticked_in(when)
        asked = {own.id: own for own in every_scope_question(scope) if own.id in NEVER_ASSUMED}
        self._asked: Mapping[str, ScopeQuestion] = asked if self._ticked is not None else {}
        initial = {"options": list(fact.options) if fact else [], **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial | self._whom_initial(), **kwargs)
        options = cast(forms.MultipleChoiceField, self.fields["options"])
        options.label, options.choices = question.text, [(own.id, own.text) for own in question.options]
        options.error_messages["required"] = _("Choose what the preset assumes.")
        for own in self._asked.values():
            self.fields[f"whom_{own.id}"] = forms.MultipleChoiceField(
                label=_("It counts for: %(question)s") % {"question": own.text},
                help_text=_("Nothing ticked: it does not matter."),
                choices=_grouped_choices(own),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean_options(self) -> tuple[str, ...]:
        chosen = in_stored_order(self.cleaned_data["options"], self._stored.options if self._stored else ())
        alone = [own.text for own in self._question.options if own.id in chosen and own.exclusive]
        if len(chosen) > 1 and not self._question.many:
            raise ValidationError(_("Choose one: nobody can choose several here."))
        if len(chosen) > 1 and alone:
            raise ValidationError(
                _("“%(option)s” cannot be chosen together with another."), params={"option": alone[0]}
            )
        return chosen

    def fact(self) -> PresetFact:
        return PresetFact(self._question.id, self.cleaned_data["options"], self._when())

    def _when(self) -> Condition:
        """As it was stored, if it says the same."""
        stored = self._stored.when if self._stored else Condition()
        if self._ticked is None:
            return stored
        ticked = {own.id: tuple(self._chosen(own)) for own in self._asked.values()}
        ticked = {question: names for question, names in ticked.items() if names}
        same = {question: set(names) for question, names in ticked.items()} == {
            question: set(names) for question, names in self._ticked.items()
        }
        return stored if same else condition_of(ticked)

    def _chosen(self, question: ScopeQuestion) -> Iterator[str]:
        sent = set(self.cleaned_data[f"whom_{question.id}"])
        for option in question.options:
            if option.id in sent or f"{GROUP}{option.group}" in sent:
                yield f"{question.id}.{option.id}"

    def _whom_initial(self) -> dict[str, list[str]]:
        """A heading in place of its options, where all of them are ticked."""
        found = {}
        for own in self._asked.values():
            ticked = {name.partition(".")[2] for name in (self._ticked or {}).get(own.id, ())}
            whole = {option.group for option in own.options if _is_whole(own, option.id, ticked)}
            single = [option.id for option in own.options if option.id in ticked and option.group not in whole]
            found[f"whom_{own.id}"] = [*(f"{GROUP}{group}" for group in whole), *single]
        return found


def _is_whole(question: ScopeQuestion, option: str, ticked: set[str]) -> bool:
    group = group_of(question, option)
    return len(group) > 1 and ticked.issuperset(group)


def _grouped_choices(question: ScopeQuestion) -> list[tuple[str, Any]]:
    """Each heading with several options can be ticked as a whole."""
    groups = dict.fromkeys(own.group for own in question.options if len(group_of(question, own.id)) > 1)
    whole = [(f"{GROUP}{group}", _("All of: %(group)s") % {"group": group}) for group in groups]
    return [*whole, *((own.id, own.text) for own in question.options)]


class QuickCheckForm(FrameForm):
    """The quick check: its scope questions and its questions in order, each chosen from a list."""

    most = forms.IntegerField(
        label=_("At most so many questions"),
        min_value=1,
        max_value=MOST_IN_A_QUICK_CHECK,
        help_text=_("Of the questions above, the first that apply to the guest’s business are asked."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, edition=edition, **kwargs)
        stored: QuickCheck = self.stored
        asked = [(own.id, own.text) for own in every_scope_question(edition.scope)]
        quick = [(own.id, f"{own.id}: {own.text}") for own in edition.questions if own.depth is Depth.QUICK]
        self._lists("facts", _("Fact %(n)s"), asked, stored.facts, QUICK_FACTS)
        self._lists("questions", _("Question %(n)s"), quick, stored.questions, QUICK_QUESTIONS)
        self.order_fields([name for name in self.fields if name != "most"])

    def _lists(
        self, name: str, label: Any, choices: Iterable[tuple[str, str]], stored: tuple[str, ...], fewest: int
    ) -> None:
        """A list for each, and one to spare at least; what is stored stays a choice although it is gone."""
        known = list(choices)
        gone = [(own, own) for own in stored if own not in dict(known)]
        for number in range(1, max(fewest, len(stored) + 1) + 1):
            self.fields[f"{name}_{number}"] = forms.ChoiceField(
                label=label % {"n": number},
                choices=blank_first([*known, *gone]),
                required=False,
                initial=stored[number - 1] if number <= len(stored) else "",
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("facts", "questions"):
            chosen = self._chosen(name)
            twice = next((own for own in chosen if chosen.count(own) > 1), "")
            if twice:
                last = max(key for key, own in self._filled(name) if own == twice)
                self.add_error(last, _("%(name)s is chosen twice.") % {"name": twice})
        if bool(self._chosen("facts")) is not bool(self._chosen("questions")):
            raise ValidationError(_("Choose both facts and questions, or neither: then guests are offered no check."))
        return cleaned

    def value(self) -> QuickCheck:
        facts, questions = (tuple(self._chosen(name)) for name in ("facts", "questions"))
        return QuickCheck(facts, questions, self.cleaned_data["most"] if questions else QuickCheck((), ()).most)

    def _filled(self, name: str) -> list[tuple[str, str]]:
        keys = [key for key in self.fields if key.startswith(f"{name}_")]
        return [(key, self.cleaned_data[key]) for key in keys if self.cleaned_data.get(key)]

    def _chosen(self, name: str) -> list[str]:
        return [own for _key, own in self._filled(name)]
