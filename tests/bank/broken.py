"""Documents with one formal mistake each, and what the reader says about it.

One table for two checks: the reader (test_problems.py) and the JSON Schema (test_schema.py) must agree.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from assessments.bank.conditions import ALWAYS
from assessments.bank.document.writer import to_plain
from assessments.bank.laws import Authority, AuthorityRule, KeyDate, Verification
from assessments.bank.scope_types import Otherwise, Preset, PresetFact
from assessments.bank.steps import StepLink, StepVariant
from assessments.bank.types import ChecklistEntry, Edition, GateKind, QuickCheck, UnknownAnswer
from tests.bank.making import SMALL_SCOPE, STEPS, WITH_STEPS, duty, edition, gate, law, question, when

Plain = dict[str, Any]
Break = Callable[[Plain], object]

VARIANT = StepVariant(when("gdpr"), "Ask them.", links=(StepLink("any", "Their page", url="https://example.org"),))
STEPPED = (replace(STEPS[0], links=(StepLink("windows", "Updates", path="Settings > Updates"),)), *STEPS[1:3])


def _sound() -> Edition:
    """With something of everything that a document can say."""
    ccpa = replace(law("ccpa"), authority="by_country", authority_else=(AuthorityRule("cppa", ALWAYS),))
    gdpr_tag, *others = SMALL_SCOPE.tags
    [screen] = SMALL_SCOPE.screens
    base, *asked = screen.questions
    told = replace(base, options=tuple(replace(own, says=f"You are in {own.id}.") for own in base.options))
    screens = (replace(screen, questions=(told, *asked)),)
    facts = (PresetFact("base", ("eu", "us"), when("ai.tools")), PresetFact("base", ("none",)))
    why = (Otherwise("No office there.", when("base.us")), Otherwise("Not said."))
    return edition(
        question("ACCESS-01", gates=(gate(GateKind.HARM, on=when("gdpr")),), duties=(duty(),)),
        question("ACCESS-02"),
        question("ACCESS-03", **WITH_STEPS | {"steps": (*STEPPED, replace(STEPS[3], variants=(VARIANT,)))}),
        laws=(law("gdpr"), ccpa),
        authorities={"cppa": Authority("cppa", "the agency", "CPPA", Verification.MEMORY, "ccpa")},
        dates=(KeyDate(date(2027, 1, 1), "ccpa", "It starts.", when("ccpa")),),
        checklist={"S0-1": ChecklistEntry("S0-1", "The only item.", when("uses_ai"))},
        scope=replace(
            SMALL_SCOPE, screens=screens, tags=(replace(gdpr_tag, otherwise=why, settled_by="base"), *others)
        ),
        unknown=UnknownAnswer("I don't know", "It counts as anything."),
        link_hosts=("example.org",),
        readability_exceptions={"ACCESS-01": "Words of the law."},
        damage_first=("ACCESS-01",),
        presets=(Preset("kiosk", "Kiosk", facts, "newsagent", "Shops", ("ai",)),),
        quick_check=QuickCheck(("ai",), ("ACCESS-02", "ACCESS-01"), 2),
    )


WHOLE_BANK = _sound()
SOUND = to_plain(WHOLE_BANK)


def first(document: Plain) -> Plain:
    question: Plain = document["questions"][0]
    return question


def second(document: Plain) -> Plain:
    question: Plain = document["questions"][1]
    return question


def third(document: Plain) -> Plain:
    question: Plain = document["questions"][2]
    return question


def a_step(document: Plain) -> Plain:
    found: Plain = third(document)["steps"][0]
    return found


def a_link(document: Plain) -> Plain:
    found: Plain = a_step(document)["links"][0]
    return found


def a_variant(document: Plain) -> Plain:
    found: Plain = third(document)["steps"][3]["variants"][0]
    return found


def a_law(document: Plain) -> Plain:
    found: Plain = document["laws"][1]
    return found


def an_authority(document: Plain) -> Plain:
    found: Plain = document["authorities"]["cppa"]
    return found


def a_date(document: Plain) -> Plain:
    found: Plain = document["dates"][0]
    return found


def put(part: Callable[[Plain], Plain], key: str, value: object) -> Break:
    return lambda document: part(document).update({key: value})


def drop(part: Callable[[Plain], Plain], key: str) -> Break:
    return lambda document: part(document).pop(key)


def top(document: Plain) -> Plain:
    return document


def the_gate(document: Plain) -> Plain:
    found: Plain = first(document)["gates"][0]
    return found


def the_duty(document: Plain) -> Plain:
    found: Plain = first(document)["duties"][0]
    return found


def scope_question(document: Plain) -> Plain:
    found: Plain = document["scope"][0]["questions"][0]
    return found


def a_tag(document: Plain) -> Plain:
    found: Plain = document["tags"][0]
    return found


def citation(document: Plain) -> Plain:
    found: Plain = document["citations"]["GDPR Art. 1"]
    return found


def broken(make: Break) -> Plain:
    document = deepcopy(SOUND)
    make(document)
    return document


A1, A2, A3 = "questions ACCESS-01", "questions ACCESS-02", "questions ACCESS-03"

# A change to the valid document, and the one problem that the reader finds.
BROKEN: dict[str, tuple[Break, str]] = {
    "three levels": (put(second, "levels", ["a", "b", "c"]), f"{A2}, levels: expected five, found three"),
    "six levels": (put(second, "levels", list("abcdef")), f"{A2}, levels: expected five, found six"),
    "no levels": (put(second, "levels", []), f"{A2}, levels: expected five, found none"),
    "levels as text": (put(second, "levels", "a"), f"{A2}, levels: expected a list, found text"),
    "a level that YAML reads as no": (
        put(second, "levels", [False, "b", "c", "d", "e"]),
        f"{A2}, levels, entry 1: expected text, found yes/no (put text in quotes)",
    ),
    "a level that is a number": (
        put(second, "levels", ["a", "b", "c", "d", 4]),
        f"{A2}, levels, entry 5: expected text, found a whole number",
    ),
    "missing text": (drop(second, "text"), f"{A2}: text is missing"),
    "blank text": (put(second, "text", "  "), f"{A2}, text: expected text, found nothing"),
    "NUL character": (put(second, "text", "a\0b?"), f"{A2}, text: a NUL character, which text must not contain"),
    "empty text": (put(second, "help", None), f"{A2}, help: expected text, found nothing"),
    "missing help": (drop(second, "help"), f"{A2}: help is missing"),
    "unknown key": (put(second, "wieght", 2), f"{A2}, wieght: unknown key"),
    "unknown section": (put(top, "questons", []), "questons: unknown key"),
    "missing section": (drop(top, "checklist"), "checklist is missing"),
    "no question at all": (put(top, "questions", []), "questions: expected at least one, found none"),
    "questions as mapping": (put(top, "questions", {"a": 1}), "questions: expected a list, found named entries"),
    "weight 4": (put(second, "weight", 4), f"{A2}, weight: expected a whole number from 1 to 3, found 4"),
    "weight as text": (put(second, "weight", "2"), f"{A2}, weight: expected a whole number, found text"),
    "decimal weight": (put(second, "weight", 1.5), f"{A2}, weight: expected a whole number, found a decimal number"),
    "unknown depth": (put(second, "depth", "deep"), f"{A2}, depth: expected quick or standard or full, found deep"),
    "depth as a list": (put(second, "depth", ["quick"]), f"{A2}, depth: expected text, found a list"),
    "missing depth": (drop(second, "depth"), f"{A2}: depth is missing"),
    "missing weight": (drop(second, "weight"), f"{A2}: weight is missing"),
    "odd id": (put(second, "id", "access-2"), "questions access-2, id: expected an id like ACCESS-02, found access-2"),
    "a number as id": (put(second, "id", 2), "questions, entry 2, id: expected text, found a whole number"),
    "no id": (drop(second, "id"), "questions, entry 2: id is missing"),
    "unknown effort": (
        put(second, "first_step", {"text": "Start.", "effort": "XL"}),
        f"{A2}, first_step, effort: expected S or M or L, found XL",
    ),
    "first step as text": (
        put(second, "first_step", "Start."),
        f"{A2}, first_step: expected named entries, found text",
    ),
    "neither steps nor a first step": (drop(second, "first_step"), f"{A2}: steps is missing"),
    "steps and a first step": (
        put(third, "first_step", {"text": "Start.", "effort": "S"}),
        f"{A3}, first_step: steps are given as well: only older editions have a first_step instead",
    ),
    "three steps": (
        lambda document: third(document)["steps"].pop(),
        f"{A3}, steps: expected four steps, to 1, 2, 3 and 4, in this order",
    ),
    "steps in another order": (
        lambda document: third(document)["steps"].reverse(),
        f"{A3}, steps: expected four steps, to 1, 2, 3 and 4, in this order",
    ),
    "no steps": (put(third, "steps", []), f"{A3}, steps: expected at least one, found none"),
    "step without an end": (drop(a_step, "done_when"), f"{A3}, steps, entry 1: done_when is missing"),
    "step that takes no time": (
        put(a_step, "minutes", 0),
        f"{A3}, steps, entry 1, minutes: expected a whole number from 1 to 2400, found 0",
    ),
    "step at an unknown price": (
        put(a_step, "cost", "free"),
        f"{A3}, steps, entry 1, cost: expected none or small or larger, found free",
    ),
    "step for nobody": (
        put(a_step, "who", "boss"),
        f"{A3}, steps, entry 1, who: expected owner or office or web or it_helper or adviser or supplier, found boss",
    ),
    "step with four links": (
        put(a_step, "links", [{"for": "any", "label": str(n), "path": "Settings"} for n in range(4)]),
        f"{A3}, steps, entry 1, links: expected at most three, found four",
    ),
    "link to two places": (
        put(a_link, "url", "https://example.org"),
        f"{A3}, steps, entry 1, links, entry 1: expected either url or path",
    ),
    "link to nowhere": (drop(a_link, "path"), f"{A3}, steps, entry 1, links, entry 1: expected either url or path"),
    "link for no product": (drop(a_link, "for"), f"{A3}, steps, entry 1, links, entry 1: for is missing"),
    "variant without a text": (
        drop(a_variant, "text"),
        f"{A3}, steps, entry 4, variants, entry 1: text is missing",
    ),
    "variant that takes a month": (
        put(a_variant, "minutes", 9600),
        f"{A3}, steps, entry 4, variants, entry 1, minutes: expected a whole number from 1 to 2400, found 9600",
    ),
    "find out in no time": (
        put(third, "find_out", {"text": "Look."}),
        f"{A3}, find_out: minutes is missing",
    ),
    "usual at 5": (put(third, "usual", 5), f"{A3}, usual: expected a whole number from 0 to 4, found 5"),
    "no evidence": (put(second, "evidence", []), f"{A2}, evidence: expected at least one, found none"),
    "missing evidence": (drop(second, "evidence"), f"{A2}: evidence is missing"),
    "missing levels": (drop(second, "levels"), f"{A2}: levels is missing"),
    "no citations": (put(second, "citations", []), f"{A2}, citations: expected at least one, found none"),
    "missing citations": (drop(second, "citations"), f"{A2}: citations is missing"),
    "citation without label": (
        put(second, "citations", [{"starts": "2027-01-01"}]),
        f"{A2}, citations, entry 1: label is missing",
    ),
    "citation as number": (
        put(second, "citations", [27001]),
        f"{A2}, citations, entry 1: expected text, found a whole number",
    ),
    "lens as text": (put(second, "ai_lens", "maybe"), f"{A2}, ai_lens: expected yes/no, found text"),
    "unknown kind of gate": (
        put(the_gate, "kind", "wall"),
        f"{A1}, gates, entry 1, kind: expected legal_stop or legal or harm or foundation, found wall",
    ),
    "gate at 0": (
        put(the_gate, "min_level", 0),
        f"{A1}, gates, entry 1, min_level: expected a whole number from 1 to 4, found 0",
    ),
    "gate without reason": (drop(the_gate, "reason"), f"{A1}, gates, entry 1: reason is missing"),
    "pillars without cap": (
        put(the_gate, "pillars", ["security"]),
        f"{A1}, gates, entry 1: pillars are named, but caps_pillar is not true",
    ),
    "gate of severity 4": (
        put(the_gate, "severity", 4),
        f"{A1}, gates, entry 1, severity: expected a whole number from 1 to 3, found 4",
    ),
    "gate from no day": (
        put(the_gate, "starts", "soon"),
        f"{A1}, gates, entry 1, starts: expected a day like 2026-11-21, found soon",
    ),
    "duty of an unknown kind": (
        put(the_duty, "finding", "later"),
        f"{A1}, duties, entry 1, finding: expected now or on_the_day, found later",
    ),
    "gates as mapping": (put(first, "gates", {}), f"{A1}, gates: expected a list, found named entries"),
    "condition as text": (
        put(the_gate, "when", "gdpr"),
        f"{A1}, gates, entry 1, when: expected named entries, found text",
    ),
    "condition that says nothing": (
        put(the_gate, "when", {}),
        f"{A1}, gates, entry 1, when: expected all, any or none",
    ),
    "condition without tags": (
        put(the_gate, "when", {"any": []}),
        f"{A1}, gates, entry 1, when, any: expected at least one, found none",
    ),
    "list of no conditions": (
        put(the_gate, "when", []),
        f"{A1}, gates, entry 1, when: expected at least one, found none",
    ),
    "condition with a wrong word": (
        put(the_gate, "when", [{"all": ["gdpr"], "not": ["ccpa"]}]),
        f"{A1}, gates, entry 1, when, entry 1, not: unknown key",
    ),
    "duty at 5": (
        put(the_duty, "level", 5),
        f"{A1}, duties, entry 1, level: expected a whole number from 1 to 4, found 5",
    ),
    "duty without citation": (drop(the_duty, "citations"), f"{A1}, duties, entry 1: citations is missing"),
    "duty from no day": (
        put(the_duty, "starts", "soon"),
        f"{A1}, duties, entry 1, starts: expected a day like 2026-11-21, found soon",
    ),
    "duty from 31 February": (
        put(the_duty, "starts", "2027-02-31"),
        f"{A1}, duties, entry 1, starts: expected a day like 2026-11-21, found 2027-02-31",
    ),
    "a year as day": (
        put(top, "law_status_as_of", 2026),
        "law_status_as_of: expected a day like 2026-11-21, found a whole number",
    ),
    "no day": (drop(top, "law_status_as_of"), "law_status_as_of is missing"),
    "unknown verification": (
        put(citation, "verification", "heard"),
        "citations, GDPR Art. 1, verification: expected text or secondary or memory, found heard",
    ),
    "citations as list": (put(top, "citations", ["a"]), "citations: expected named entries, found a list"),
    "blank checklist item": (put(top, "checklist", {"S0-1": ""}), "checklist, S0-1: expected text, found nothing"),
    "unknown kind of scope question": (
        put(scope_question, "kind", "some"),
        "scope first, questions base, kind: expected one or many, found some",
    ),
    "scope question without options": (
        put(scope_question, "options", []),
        "scope first, questions base, options: expected at least one, found none",
    ),
    "tag without rules": (put(a_tag, "set_when", []), "tags gdpr, set_when: expected at least one, found none"),
    "tag without words": (drop(a_tag, "otherwise"), "tags gdpr: otherwise is missing"),
    "reason for being off without a text": (
        put(a_tag, "otherwise", [{"when": {"all": ["base.us"]}}]),
        "tags gdpr, otherwise, entry 1: text is missing",
    ),
    "no reason for being off": (
        put(a_tag, "otherwise", []),
        "tags gdpr, otherwise: expected at least one, found none",
    ),
    "scope question shown as anything": (
        put(scope_question, "select", "list"),
        "scope first, questions base, select: expected yes/no, found text",
    ),
    "law looked up one day": (
        put(a_law, "looked_up", "lately"),
        "laws ccpa, looked_up: expected a day like 2026-11-21, found lately",
    ),
    "law watched over by nobody": (
        put(a_law, "authority_else", [{"when": {"all": ["gdpr"]}}]),
        "laws ccpa, authority_else, entry 1: authority is missing",
    ),
    "nothing unsettled": (
        put(a_law, "unsettled", []),
        "laws ccpa, unsettled: expected at least one, found none",
    ),
    "authority without a name": (drop(an_authority, "name"), "authorities, cppa: name is missing"),
    "authority of unknown standing": (
        put(an_authority, "verification", "heard"),
        "authorities, cppa, verification: expected text or secondary or memory, found heard",
    ),
    "date without a law": (drop(a_date, "law"), "dates, entry 1: law is missing"),
    "date for a fact": (
        put(a_date, "when", "ccpa"),
        "dates, entry 1, when: expected named entries, found text",
    ),
    "checklist item without a text": (
        put(top, "checklist", {"S0-1": {"concerns": {"all": ["gdpr"]}}}),
        "checklist, S0-1: text is missing",
    ),
    "the unknown answer without a meaning": (put(top, "unknown", {"name": "?"}), "unknown: says is missing"),
    "no hosts": (put(top, "link_hosts", []), "link_hosts: expected at least one, found none"),
    "nothing that comes first": (put(top, "damage_first", []), "damage_first: expected at least one, found none"),
    "exception without a reason": (
        put(top, "readability_exceptions", {"ACCESS-01": None}),
        "readability_exceptions, ACCESS-01: expected text, found nothing",
    ),
    "label that says a number": (
        lambda document: document["labels"][0].update(there=1),
        "labels 0, there: expected text, found a whole number",
    ),
    "no tags": (put(top, "raised_target_tags", []), "raised_target_tags: expected at least one, found none"),
    "a language that YAML reads as no": (
        put(top, "language", False),
        "language: expected text, found yes/no (put text in quotes)",
    ),
}
