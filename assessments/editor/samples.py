"""Five invented businesses to try conditions and gates on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assessments.bank.scope_types import Scope, ScopeQuestion
from assessments.scoring.scope import FactAnswer, find_tags, visible_questions

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Facts = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sample:
    """`facts` are chosen options by scope question; everything else is "none of these" or "no"."""

    name: "StrOrPromise"
    facts: Facts


SAMPLES = (
    Sample(
        _("Bakery in Lyon, 9 staff, chatbot and newsletter"),
        {
            "base": ("eu",),
            "people": ("yes",),
            "setup": ("website",),
            "abroad": ("yes",),
            "ai": ("tools", "features"),
            "ai_data": ("yes",),
            "ai_does": ("chat", "reads"),
            "special": ("staff_files",),
            "yes_first": ("newsletter",),
            "trackers": ("stats",),
        },
    ),
    Sample(_("Sole trader in Texas who writes texts with AI"), {"base": ("elsewhere",), "ai": ("tools",)}),
    Sample(
        _("Online shop in California, above the CCPA’s size"),
        {
            "base": ("california",),
            "california": ("yes",),
            "people": ("yes",),
            "setup": ("website",),
            "ccpa_size": ("revenue",),
            "ai": ("features",),
            "ai_data": ("yes",),
            "ai_does": ("recommends",),
            "trackers": ("pixels",),
            "pass_on": ("audiences",),
        },
    ),
    Sample(
        _("Clinic in London with an AI note-taker"),
        {
            "base": ("uk",),
            "people": ("yes",),
            "setup": ("website",),
            "habits": ("records",),
            "ai": ("tools",),
            "ai_data": ("yes",),
            "special": ("health",),
        },
    ),
    Sample(
        _("Recruiting start-up in Berlin, own scoring AI"),
        {
            "base": ("eu",),
            "people": ("yes",),
            "setup": ("website", "own_software"),
            "habits": ("elsewhere", "for_others"),
            "ai": ("own_name", "trains"),
            "ai_data": ("yes",),
            "ai_people": ("hiring",),
            "ai_eu": ("yes",),
            "large": ("yes",),
        },
    ),
)


def sample_tags(scope: Scope, sample: Sample) -> frozenset[str]:
    """From the scope as it stands; options that it does not have are ignored."""
    questions = [question for screen in scope.screens for question in screen.questions]
    answers = {question.id: _answer(question, sample.facts) for question in questions}
    visible = {question.id for question in visible_questions(scope, answers)}
    return find_tags(scope, {name: answer for name, answer in answers.items() if name in visible}).on


def _answer(question: ScopeQuestion, facts: Facts) -> FactAnswer:
    chosen = [option.id for option in question.options if option.id in facts.get(question.id, ())]
    if chosen:
        return FactAnswer(frozenset(chosen if question.many else chosen[:1]))
    none = [option.id for option in question.options if option.exclusive] or [question.options[-1].id]
    return FactAnswer(frozenset(none[:1]))
