"""The steps of a question: four forms, each with rows of links and variants. A row that is emptied is gone."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessments.bank.document.step_entry import FEWEST_MINUTES, MAX_LINKS, MOST_MINUTES
from assessments.bank.steps import Step, StepCost, StepDoer, StepLink, StepVariant
from assessments.editor.choices import STEP_COSTS, STEP_DOERS
from assessments.editor.forms.condition import Choices, ConditionField
from assessments.editor.forms.fields import blank_first, long_text, web_address
from assessments.forms.style_controls import style_controls

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    FormSetOfRows = BaseFormSet["RowForm"]
else:
    FormSetOfRows = BaseFormSet

VARIANTS_SHOWN = 2
# A file may hold more variants than the form offers: they are all shown and kept.
MOST_VARIANTS = 10


def minutes_field(label: "StrOrPromise", **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=FEWEST_MINUTES, max_value=MOST_MINUTES, **options)


class RowForm(forms.Form):
    """A row that may stay empty."""

    def part(self) -> Any:
        """The value of a valid row that is not empty."""
        raise NotImplementedError


class SpareFormSet(FormSetOfRows):
    """The stored rows, and empty ones up to `shown`; no row has to be removed or added by a button."""

    shown = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra = max(0, self.shown - len(cast(list[Any], self.initial or [])))

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "empty_permitted": True}

    @property
    def is_filled(self) -> bool:
        """Whether a row has something in it."""
        return any(form.has_changed() if form.is_bound else bool(form.initial) for form in self.forms)

    def parts(self) -> tuple[Any, ...]:
        return tuple(form.part() for form in self.forms if form.has_changed())


class StepLinkForm(RowForm):
    product = forms.CharField(label=_("For"), max_length=200, help_text=_("A product; or “authority”, or “any”."))
    label = forms.CharField(label=_("Name of the page"), max_length=200, help_text=_("As it stands in the link."))
    url = forms.CharField(label=_("Address"), required=False, max_length=500, validators=[web_address])
    path = forms.CharField(label=_("Or the way through the settings"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_controls(self)

    def clean(self) -> None:
        super().clean()
        if "url" not in self.errors and bool(self.cleaned_data.get("url")) == bool(self.cleaned_data.get("path")):
            self.add_error("url", _("Give either an address or the way through the settings."))

    def part(self) -> StepLink:
        cleaned = self.cleaned_data
        return StepLink(cleaned["product"], cleaned["label"], cleaned["url"], cleaned["path"])


class StepLinkFormSet(SpareFormSet):
    shown = MAX_LINKS


StepLinks = formset_factory(StepLinkForm, formset=StepLinkFormSet, extra=0, max_num=MAX_LINKS, absolute_max=MAX_LINKS)


class WithLinks(RowForm):
    """A form with rows of links. It is empty only if they are, too."""

    def __init__(self, data: QueryDict | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        links = cast(tuple[StepLink, ...], self.initial.get("links", ()))
        rows = StepLinks(data, prefix=f"{self.prefix}-links", initial=[_values(link) for link in links])
        self.links = cast(StepLinkFormSet, rows)

    def has_changed(self) -> bool:
        return super().has_changed() or self.links.has_changed()

    def is_valid(self) -> bool:
        links_fit = self.links.is_valid()
        return super().is_valid() and links_fit

    def every_form(self) -> Iterator[forms.Form]:
        yield self
        yield from self.links.forms


class StepVariantForm(WithLinks):
    """How a step reads for some businesses; `tags` are the choices of its condition."""

    when = ConditionField(label=_("For businesses with"))
    text = long_text(_("What they do"))
    done_when = long_text(_("Done when (if it differs)"), required=False)
    minutes = minutes_field(_("Minutes (if they differ)"), required=False)

    def __init__(self, *args: Any, tags: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ConditionField, self.fields["when"]).tags = tags
        style_controls(self)

    def clean(self) -> None:
        super().clean()
        when = self.cleaned_data.get("when")
        if when is not None and not when.clauses:
            self.add_error("when", _("A variant needs a condition: without one it would replace the step."))

    def part(self) -> StepVariant:
        cleaned = self.cleaned_data
        return StepVariant(
            cleaned["when"], cleaned["text"], cleaned["done_when"], cleaned["minutes"], self.links.parts()
        )


class StepVariantFormSet(SpareFormSet):
    shown = VARIANTS_SHOWN


StepVariants = formset_factory(
    StepVariantForm, formset=StepVariantFormSet, extra=0, max_num=MOST_VARIANTS, absolute_max=MOST_VARIANTS
)


class StepForm(WithLinks):
    """The step to level `number`. `stored` is the one as stored, if there is one."""

    text = long_text(_("What to do"))
    solo = long_text(_("For somebody who works alone (if it reads differently)"), required=False)
    done_when = long_text(_("Done when"))
    minutes = minutes_field(_("Minutes of work"))
    who = forms.ChoiceField(label=_("Who usually can do it"), choices=blank_first(STEP_DOERS))
    cost = forms.ChoiceField(label=_("What it costs"), choices=blank_first(STEP_COSTS))
    pays_for = forms.CharField(label=_("What the money pays for"), required=False, max_length=300)

    def __init__(self, data: QueryDict | None = None, *, number: int, stored: Step | None, tags: Choices) -> None:
        initial = _values(stored) if data is None and stored else {}
        super().__init__(
            data, prefix=f"steps-{number}", initial=initial, empty_permitted=True, use_required_attribute=False
        )
        self.number = number
        rows = StepVariants(
            data,
            prefix=f"{self.prefix}-variants",
            form_kwargs={"tags": tags},
            initial=[_values(variant) for variant in initial.get("variants", ())],
        )
        self.variants = cast(StepVariantFormSet, rows)
        style_controls(self)

    @property
    def start(self) -> int:
        """The level it leads from."""
        return self.number - 1

    def has_changed(self) -> bool:
        return super().has_changed() or self.variants.has_changed()

    def is_valid(self) -> bool:
        variants_fit = self.variants.is_valid()
        return super().is_valid() and variants_fit

    def every_form(self) -> Iterator[forms.Form]:
        yield from super().every_form()
        for variant in self.variants.forms:
            yield from cast(StepVariantForm, variant).every_form()

    def part(self) -> Step:
        cleaned = self.cleaned_data
        return Step(
            to=self.number,
            text=cleaned["text"],
            done_when=cleaned["done_when"],
            minutes=cleaned["minutes"],
            cost=StepCost(cleaned["cost"]),
            who=StepDoer(cleaned["who"]),
            pays_for=cleaned["pays_for"],
            links=self.links.parts(),
            solo=cleaned["solo"],
            variants=self.variants.parts(),
        )


def _values(part: Any) -> Mapping[str, Any]:
    return {name: getattr(part, name) for name in part.__slots__}
