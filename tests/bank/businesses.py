"""Small businesses as they answer the wizard, for facts about whole editions."""

from assessments.bank.types import Edition
from assessments.scoring.scope import FactAnswer, ScopeFacts


def said(*options: str, not_sure: bool = False) -> FactAnswer:
    return FactAnswer(frozenset(options), not_sure)


NONE = said("none")
# What all of them have in common unless they say otherwise.
PLAIN: dict[str, FactAnswer] = {
    **dict.fromkeys(("base", "offers", "follows", "setup", "ccpa_size", "habits", "ai", "ai_does", "ai_people"), NONE),
    **dict.fromkeys(("special", "ccpa_extra", "children", "yes_first", "trackers", "pass_on", "ca_trade"), NONE),
    **dict.fromkeys(("california", "people", "body", "abroad", "de_staff", "nis2", "clients_ca"), said("no")),
    **dict.fromkeys(("since_2026", "ai_data", "ai_body", "ai_eu", "large"), said("no")),
    "country": said("other"),
    "ai_last_word": said("person"),
}

_BUSINESSES: dict[str, ScopeFacts] = {
    "a carpenter in Texas who writes texts with AI": {"country": said("us_tx"), "ai": said("tools")},
    "a bakery in Lyon with a shop on the web and a newsletter": {
        "country": said("fr"),
        "people": said("to9"),
        "setup": said("website"),
        "abroad": said("yes"),
        "ai": said("tools"),
        "ai_data": said("yes"),
        "yes_first": said("newsletter"),
        "trackers": said("pixels"),
        "pass_on": said("social"),
    },
    "a physiotherapist in Leeds without AI": {"country": said("gb_eng"), "special": said("health")},
    "a shop in California above the size of the CCPA": {
        "country": said("us_ca"),
        "ccpa_size": said("data"),
        "pass_on": said("sell"),
    },
    "a software firm in Toronto that sells hiring AI to the EU": {
        "offers": said("eu"),
        "people": said("to19"),
        "setup": said("website", "own_software"),
        "ai": said("own_name", "trains"),
        "ai_data": said("yes"),
        "ai_people": said("hiring"),
        "ai_last_word": said("mixed"),
        "ai_eu": said("yes"),
    },
    "a dentist in Manchester with an AI that writes notes": {
        "country": said("gb_eng"),
        "people": said("to19"),
        "body": said("nhs"),
        "setup": said("website"),
        "habits": said("elsewhere", "records"),
        "abroad": said("yes"),
        "ai": said("tools", "features"),
        "ai_data": said("yes"),
        "special": said("health", "staff_files"),
        "children": said("known"),
    },
    "a clinic in Germany with many patients": {
        "country": said("de"),
        "people": said("to49"),
        "de_staff": said("yes"),
        "nis2": said("no"),
        "setup": said("website"),
        "habits": said("watch"),
        "abroad": said("yes"),
        "ai": said("tools"),
        "ai_data": said("yes"),
        "special": said("health", "genetic"),
        "children": said("known"),
        "large": said("yes"),
        "yes_first": said("sensitive"),
    },
    "a recruiter in Berlin whose AI ranks applicants": {
        "country": said("de"),
        "people": said("to9"),
        "setup": said("website"),
        "habits": said("elsewhere", "for_others"),
        "abroad": said("yes"),
        "ai": said("tools", "features"),
        "ai_data": said("yes"),
        "ai_does": said("chat", "reads"),
        "ai_people": said("hiring"),
        "ai_last_word": said("ai"),
        "trackers": said("pixels"),
        "yes_first": said("cookies", "newsletter"),
    },
    "an agency in California below every size": {
        "country": said("us_ca"),
        "people": said("to19"),
        "setup": said("website"),
        "habits": said("for_others"),
        "clients_ca": said("yes"),
        "ai": said("tools"),
        "ai_data": said("yes"),
        "ai_does": said("media"),
        "ccpa_extra": said("logins", "staff_pay"),
        "trackers": said("pixels"),
    },
    "a developer in Poland with an app of his own": {
        "country": said("pl"),
        "setup": said("website", "own_software"),
        "abroad": said("yes"),
        "ai": said("own_name"),
        "ai_data": said("yes"),
        "trackers": said("stats"),
    },
}
BUSINESSES: dict[str, ScopeFacts] = {name: PLAIN | dict(facts) for name, facts in _BUSINESSES.items()}

_EU = ("fr", "de", "pl")
_OLD_BASE = {"us_ca": "california", "gb_eng": "uk", **dict.fromkeys(_EU, "eu")}


def as_2026_1_asked(facts: ScopeFacts, edition: Edition) -> ScopeFacts:
    """The same business in the words of edition 2026.1, which asked for places but not for the country."""
    [country] = facts["country"].options
    [people] = facts["people"].options
    changed = {
        **facts,
        "base": said(_OLD_BASE.get(country, "elsewhere")),
        "california": said("yes" if country == "us_ca" else "no"),
        "people": said("no" if people == "no" else "yes"),
    }
    asked = (own for screen in edition.scope.screens for own in screen.questions)
    known = {own.id: frozenset(option.id for option in own.options) for own in asked}
    return {
        name: FactAnswer(changed[name].options & options or NONE.options & options) for name, options in known.items()
    }
