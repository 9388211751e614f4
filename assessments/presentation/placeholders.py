"""The authorities that texts of an edition name by a placeholder, as one business reads them.

Whom {authority} names follows from the country of the business and from a law; {cyber_agency} and {police} from the
country alone. Where the country is unknown, or the edition does not name anybody, a neutral phrase takes the place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from assessments.bank.conditions import Condition
from assessments.bank.laws import BY_COUNTRY, Authority, Law
from assessments.bank.placeholders import placeholders_in
from assessments.bank.scope_types import ScopeOption
from assessments.bank.steps import StepLink
from assessments.bank.types import Edition, Question
from assessments.scoring.scope import ScopeFacts

COUNTRY = "country"

# They stand inside sentences of the bank, so they are in its language, not in that of the page.
NEUTRAL = {
    "authority": "the data protection authority of your country",
    "authority_url": "",
    "breach_form": "the breach form on its website",
    "cyber_agency": "the cyber security agency of your country",
    "cyber_url": "",
    "police": "the police",
}
GENERAL_LAWS = ("gdpr", "uk_gdpr")

PlaceholderValues = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BusinessPlace:
    """What decides whom a placeholder names: the country ("" while unknown), the tags that are on, and today."""

    country: str
    tags: frozenset[str]
    day: date


def country_in(facts: ScopeFacts) -> str:
    """The option that was chosen as the country of the business; "" if none was, or nobody is sure."""
    answer = facts.get(COUNTRY)
    if answer is None or answer.not_sure:
        return ""
    return next(iter(sorted(answer.options)), "")


def place_name(edition: Edition, facts: ScopeFacts) -> str:
    """The country or state of the business as the edition calls it; "" if nobody is sure."""
    option = _country_option(edition, country_in(facts))
    return option.text if option else ""


def authority_of(edition: Edition, law: Law, place: BusinessPlace) -> Authority | None:
    """Who watches over a law for this business; None if that is unknown."""
    if law.authority != BY_COUNTRY:
        return edition.authorities.get(law.authority)
    option = _country_option(edition, place.country)
    if option is None:
        return None
    own = edition.authorities.get(option.authority)
    if own is not None and own.law == law.code:
        return own
    found = (edition.authorities.get(rule.authority) for rule in law.authority_else if rule.when.holds(place.tags))
    return next(found, None)


def question_values(
    edition: Edition, place: BusinessPlace, question: Question, variant: Condition | None = None
) -> PlaceholderValues:
    """What placeholders stand for in texts of a question; `variant` is the condition of a step's variant, if any."""
    return law_values(edition, place, _law_of(edition, place, question, variant))


def filled_question(edition: Edition, place: BusinessPlace, question: Question) -> Question:
    """The question as a business reads it before it answers: the placeholders of help and find_out are replaced."""
    hint = question.find_out
    if not placeholders_in(question.help) and not (hint and placeholders_in(hint.text)):
        return question
    values = question_values(edition, place, question)
    return replace(
        question,
        help=fill_placeholders(question.help, values),
        find_out=replace(hint, text=fill_placeholders(hint.text, values)) if hint else None,
    )


def law_values(edition: Edition, place: BusinessPlace, law: Law | None = None) -> PlaceholderValues:
    """What placeholders stand for in texts about a law, or about none: then that of data protection in general."""
    law = law or _general_law(edition, place)
    option = _country_option(edition, place.country)
    if option is None:
        return NEUTRAL
    authority = authority_of(edition, law, place) if law else edition.authorities.get(option.authority)
    cyber = edition.authorities.get(option.cyber)
    police = edition.authorities.get(option.police)
    known = {
        "authority": _said_of(authority, "name"),
        "authority_url": _said_of(authority, "url"),
        "breach_form": _said_of(authority, "breach_form"),
        "cyber_agency": _said_of(cyber, "name"),
        "cyber_url": _said_of(cyber, "url"),
        "police": _said_of(police, "name"),
    }
    return {name: value or NEUTRAL[name] for name, value in known.items()}


def _said_of(authority: Authority | None, field: str) -> str:
    return str(getattr(authority, field, ""))


def fill_placeholders(text: str, values: PlaceholderValues) -> str:
    """The text with every placeholder replaced; one that nobody knows is left as plain words."""
    for name in placeholders_in(text):
        text = text.replace(f"{{{name}}}", values.get(name, name.replace("_", " ")))
    return text


def fill_links(links: tuple[StepLink, ...], values: PlaceholderValues) -> tuple[StepLink, ...]:
    """The links of a step with their placeholders replaced, without those whose address is unknown."""
    filled = [
        replace(
            link,
            label=fill_placeholders(link.label, values),
            url=fill_placeholders(link.url, values) if _all_known(link.url, values) else "",
            path=fill_placeholders(link.path, values),
        )
        for link in links
    ]
    return tuple(link for link in filled if link.url or link.path)


def _all_known(url: str, values: PlaceholderValues) -> bool:
    return all(values.get(name) for name in placeholders_in(url))


def _country_option(edition: Edition, country: str) -> ScopeOption | None:
    questions = (question for screen in edition.scope.screens for question in screen.questions)
    options = (option for question in questions if question.id == COUNTRY for option in question.options)
    return next((option for option in options if option.id == country), None)


def _law_of(edition: Edition, place: BusinessPlace, question: Question, variant: Condition | None) -> Law | None:
    """Of the laws that the variant names, else of those whose duties are in force: the one of the country's own
    authority, else the first. An authority at home is of more use than one abroad.
    """
    return _nearest(
        edition, place, _laws_of_variant(edition, place, variant) or _laws_of_duties(edition, place, question)
    )


def _nearest(edition: Edition, place: BusinessPlace, laws: list[Law]) -> Law | None:
    option = _country_option(edition, place.country)
    at_home = edition.authorities.get(option.authority) if option else None
    return next((law for law in laws if at_home and law.code == at_home.law), next(iter(laws), None))


def _laws_of_variant(edition: Edition, place: BusinessPlace, variant: Condition | None) -> list[Law]:
    if variant is None:
        return []
    names = {name for clause in variant.clauses if clause.holds(place.tags) for name in (*clause.all, *clause.any)}
    return [law for law in edition.laws if law.tag in names & place.tags]


def _laws_of_duties(edition: Edition, place: BusinessPlace, question: Question) -> list[Law]:
    in_force = {
        duty.law
        for duty in question.duties
        if duty.when.holds(place.tags) and (duty.starts is None or duty.starts <= place.day)
    }
    return [law for law in edition.laws if law.code in in_force and law.tag in place.tags]


def _general_law(edition: Edition, place: BusinessPlace) -> Law | None:
    general = [law for law in edition.laws if law.code in GENERAL_LAWS and law.tag in place.tags]
    return _nearest(edition, place, general)
