"""The steps of a question: beside the levels that they join, in words, and as each sample business reads them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank.steps import FindOutHint, Step, StepLink, StepVariant
from assessments.editor.choices import STEP_COSTS, STEP_DOERS
from assessments.editor.forms.question import QuestionEdit
from assessments.editor.forms.steps import StepForm, StepVariantForm
from assessments.editor.pages.conditions import Names, condition_words
from assessments.scoring.steps import FittedStep


@dataclass(frozen=True, slots=True)
class StepVariantShown:
    """A variant of a step, with its rows of links folded unless they hold something."""

    form: StepVariantForm
    links_open: bool


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step of the form. `before` and `reached` are the texts of the levels that it joins, as typed so far."""

    form: StepForm
    before: str
    reached: str
    links_open: bool
    variants_open: bool
    variants: tuple[StepVariantShown, ...]


def steps_shown(form: QuestionEdit) -> tuple[StepShown, ...]:
    """In the order of the levels."""
    levels = [str(field.value() or "") for field in form.fields.levels]
    return tuple(
        StepShown(
            form=step,
            before=levels[step.number - 1],
            reached=levels[step.number],
            links_open=step.links.is_filled,
            variants_open=step.variants.is_filled or form.works_within(f"{step.prefix}-variants"),
            variants=tuple(StepVariantShown(own, own.links.is_filled) for own in _variants(step)),
        )
        for step in form.steps
    )


def _variants(step: StepForm) -> Iterator[StepVariantForm]:
    for form in step.variants.forms:
        yield cast(StepVariantForm, form)


def step_words(step: Step, tags: Names) -> str:
    """Everything about a step, one fact a line."""
    return "\n".join(_step_lines(step, tags))


def hint_words(hint: FindOutHint) -> str:
    """What to look at, and for how long."""
    return f"{hint.text} ({_minutes(hint.minutes)})"


def fitted_step_words(step: FittedStep) -> str:
    """A step as one business reads it, in one line, without its links."""
    parts = [_minutes(step.minutes), str(dict(STEP_DOERS)[step.who]), str(dict(STEP_COSTS)[step.cost])]
    return _("To level %(level)d: %(text)s (%(facts)s)") % {
        "level": step.to,
        "text": step.text,
        "facts": "; ".join(parts),
    }


def _step_lines(step: Step, tags: Names) -> Iterator[str]:
    yield _("To level %(level)d: %(text)s") % {"level": step.to, "text": step.text}
    if step.solo:
        yield _("Working alone: %(text)s") % {"text": step.solo}
    yield _("Done when: %(text)s") % {"text": step.done_when}
    yield f"{_minutes(step.minutes)}; {dict(STEP_DOERS)[step.who]}; {dict(STEP_COSTS)[step.cost]}"
    if step.pays_for:
        yield _("The money pays for: %(text)s") % {"text": step.pays_for}
    for link in step.links:
        yield _link(link)
    for variant in step.variants:
        yield from _variant_lines(variant, tags)


def _variant_lines(variant: StepVariant, tags: Names) -> Iterator[str]:
    yield _("When %(when)s: %(text)s") % {"when": condition_words(variant.when, tags), "text": variant.text}
    if variant.done_when:
        yield _("Then done when: %(text)s") % {"text": variant.done_when}
    if variant.minutes is not None:
        yield _("Then it takes %(minutes)s") % {"minutes": _minutes(variant.minutes)}
    for link in variant.links:
        yield _("Then: %(link)s") % {"link": _link(link)}


def _link(link: StepLink) -> str:
    return f"{link.product}: {link.label}, {link.url or link.path}"


def _minutes(minutes: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
