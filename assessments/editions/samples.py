"""Twelve invented businesses, to show what is asked of whom and to try conditions and gates on.

Their facts are those of tests/scoring/cases, where the answers and what an expert says of them are written down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assessments.bank.scope_types import Scope, ScopeQuestion
from assessments.scoring.scope import FactAnswer, ScopeFinding, find_tags, visible_questions

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

UNSURE = "not_sure"


@dataclass(frozen=True, slots=True)
class Sample:
    """`facts` are the chosen options by scope question, or "not_sure"; all others are "none of these" or "no"."""

    id: str
    name: "StrOrPromise"
    facts: Mapping[str, str]


SAMPLES = (
    Sample(
        "lyon_bakery",
        _("Bakery in Lyon, chatbot and newsletter"),
        {
            "country": "fr",
            "offers": "eu",
            "people": "to9",
            "setup": "website",
            "abroad": "yes",
            "ai": "tools features",
            "ai_data": "yes",
            "ai_does": "chat reads",
            "special": "staff_files",
            "yes_first": "newsletter cookies",
            "trackers": "stats",
            "pass_on": "social",
        },
    ),
    Sample(
        "texas_copywriter",
        _("Copywriter in Texas, alone, texts by AI"),
        {
            "country": "us_tx",
            "people": "no",
            "setup": "website",
            "ai": "tools",
            "ai_does": "media",
        },
    ),
    Sample(
        "california_shop",
        _("Online shop in California, above the CCPA’s size"),
        {
            "country": "us_ca",
            "people": "to249",
            "setup": "website",
            "ccpa_size": "revenue",
            "habits": "elsewhere watch records",
            "since_2026": "yes",
            "ai": "features tools",
            "ai_data": "yes",
            "ai_does": "recommends media",
            "ai_people": "hiring",
            "ccpa_extra": "ids staff_pay",
            "yes_first": "newsletter",
            "trackers": "pixels stats",
            "pass_on": "audiences social",
            "ca_trade": "loyalty",
        },
    ),
    Sample(
        "manchester_dentist",
        _("NHS dentist in Manchester, AI note-taker"),
        {
            "country": "gb_eng",
            "offers": "uk",
            "people": "to19",
            "setup": "website",
            "body": "nhs",
            "habits": "records watch",
            "abroad": "yes",
            "ai": "tools",
            "ai_data": "yes",
            "special": "health",
            "children": "known",
            "yes_first": "newsletter photos",
            "trackers": "embeds",
        },
    ),
    Sample(
        "berlin_recruiter",
        _("Recruiting start-up in Berlin, own scoring AI"),
        {
            "country": "de",
            "offers": "eu",
            "people": "to19",
            "setup": "website own_software",
            "habits": "elsewhere for_others",
            "abroad": "yes",
            "ai": "own_name trains",
            "ai_data": "yes",
            "ai_people": "hiring",
            "ai_last_word": "ai",
            "large": "not_sure",
            "yes_first": "newsletter cookies",
            "trackers": "pixels stats",
            "pass_on": "social",
        },
    ),
    Sample(
        "polish_developer",
        _("Hobby developer in Krakow, hiking app"),
        {
            "country": "pl",
            "offers": "eu",
            "california": "few",
            "people": "no",
            "setup": "website own_software",
            "abroad": "yes",
            "ai": "tools",
            "ai_does": "reads",
            "ccpa_extra": "logins",
            "yes_first": "newsletter",
        },
    ),
    Sample(
        "valencia_shop",
        _("Web shop in Valencia, advertising pixels"),
        {
            "country": "es",
            "offers": "eu",
            "follows": "eu",
            "people": "to9",
            "setup": "website",
            "habits": "watch",
            "abroad": "yes",
            "ai": "tools",
            "ai_does": "media",
            "yes_first": "newsletter cookies",
            "trackers": "pixels stats embeds",
            "pass_on": "audiences social",
        },
    ),
    Sample(
        "german_clinic",
        _("Clinic near Kassel, AI transcription"),
        {
            "country": "de",
            "offers": "eu",
            "people": "to49",
            "setup": "website",
            "habits": "records elsewhere",
            "abroad": "yes",
            "de_staff": "yes",
            "nis2": "not_sure",
            "ai": "tools features",
            "ai_data": "yes",
            "special": "health staff_files",
            "children": "known",
            "yes_first": "sensitive ai",
            "pass_on": "partners",
        },
    ),
    Sample(
        "irish_charity",
        _("Charity in Galway, donors and volunteers"),
        {
            "country": "ie",
            "offers": "eu",
            "people": "to49",
            "setup": "website",
            "habits": "elsewhere",
            "abroad": "yes",
            "ai": "tools",
            "ai_data": "not_sure",
            "ai_does": "media",
            "special": "health belief",
            "children": "known",
            "yes_first": "newsletter photos",
            "trackers": "embeds",
            "pass_on": "social",
        },
    ),
    Sample(
        "school_supplier",
        _("Supplier of a reading app to Dutch and English schools"),
        {
            "country": "nl",
            "offers": "eu uk",
            "people": "to49",
            "setup": "website own_software",
            "habits": "for_others",
            "abroad": "yes",
            "ai": "own_name trains",
            "ai_data": "yes",
            "ai_does": "recommends",
            "ai_people": "education",
            "ai_last_word": "person",
            "children": "online known",
            "yes_first": "newsletter",
            "trackers": "stats",
        },
    ),
    Sample(
        "california_agency",
        _("Marketing agency in Los Angeles"),
        {
            "country": "us_ca",
            "people": "to49",
            "setup": "website",
            "ccpa_size": "data",
            "habits": "elsewhere for_others",
            "clients_ca": "yes",
            "since_2026": "not_sure",
            "ai": "tools features",
            "ai_data": "yes",
            "ai_does": "media",
            "ccpa_extra": "staff_pay",
            "yes_first": "newsletter",
            "trackers": "pixels stats",
            "pass_on": "audiences partners social",
        },
    ),
    Sample(
        "leeds_bookkeeper",
        _("Bookkeeper in Leeds, AI that books"),
        {
            "country": "gb_eng",
            "offers": "uk",
            "people": "to9",
            "setup": "website",
            "habits": "for_others",
            "abroad": "yes",
            "ai": "tools features",
            "ai_data": "yes",
            "ai_does": "reads acts",
            "special": "health union",
        },
    ),
)


def sample_finding(scope: Scope, sample: Sample) -> ScopeFinding:
    """From the scope as it stands; options that it does not have are ignored."""
    questions = [question for screen in scope.screens for question in screen.questions]
    answers = {question.id: _answer(question, sample.facts.get(question.id, "").split()) for question in questions}
    visible = {question.id for question in visible_questions(scope, answers)}
    return find_tags(scope, {name: answer for name, answer in answers.items() if name in visible})


def sample_tags(scope: Scope, sample: Sample) -> frozenset[str]:
    """All that are on, those to be checked too."""
    return sample_finding(scope, sample).on


def _answer(question: ScopeQuestion, given: Sequence[str]) -> FactAnswer:
    chosen = [option.id for option in question.options if option.id in given]
    if chosen or UNSURE in given:
        return FactAnswer(frozenset(chosen if question.many else chosen[:1]), not_sure=UNSURE in given)
    none = [option.id for option in question.options if option.exclusive] or [question.options[-1].id]
    return FactAnswer(frozenset(none[:1]))
