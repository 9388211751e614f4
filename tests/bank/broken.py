"""Documents with one formal mistake each, and what the reader says about it.

One table for two checks: the reader (test_problems.py) and the JSON Schema (test_schema.py) must agree.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from assessments.bank.document.writer import to_plain
from assessments.bank.types import GateKind
from tests.bank.making import duty, edition, gate, question, when

Plain = dict[str, Any]
Break = Callable[[Plain], object]

SOUND = to_plain(
    edition(
        question("ACCESS-01", gates=(gate(GateKind.HARM, on=when("gdpr")),), duties=(duty(),)),
        question("ACCESS-02"),
    )
)


def first(document: Plain) -> Plain:
    question: Plain = document["questions"][0]
    return question


def second(document: Plain) -> Plain:
    question: Plain = document["questions"][1]
    return question


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


A1, A2 = "questions ACCESS-01", "questions ACCESS-02"

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
    "questions as mapping": (put(top, "questions", {"a": 1}), "questions: expected a list, found a mapping"),
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
    "first step as text": (put(second, "first_step", "Start."), f"{A2}, first_step: expected a mapping, found text"),
    "missing first step": (drop(second, "first_step"), f"{A2}: first_step is missing"),
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
    "gates as mapping": (put(first, "gates", {}), f"{A1}, gates: expected a list, found a mapping"),
    "condition as text": (
        put(the_gate, "when", "gdpr"),
        f"{A1}, gates, entry 1, when: expected a mapping, found text",
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
    "citations as list": (put(top, "citations", ["a"]), "citations: expected a mapping, found a list"),
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
    "no tags": (put(top, "raised_target_tags", []), "raised_target_tags: expected at least one, found none"),
    "a language that YAML reads as no": (
        put(top, "language", False),
        "language: expected text, found yes/no (put text in quotes)",
    ),
}
