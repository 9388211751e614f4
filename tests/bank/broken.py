"""Documents with one mistake of form each, and what the reader says about it.

One table for two judges: the reader (test_problems.py) and the JSON Schema (test_schema.py) must agree.
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

# What is done to the sound document, and the one problem that the reader finds.
BROKEN: dict[str, tuple[Break, str]] = {
    "three levels": (put(second, "levels", ["a", "b", "c"]), f"{A2}, levels: five needed, three found"),
    "six levels": (put(second, "levels", list("abcdef")), f"{A2}, levels: five needed, six found"),
    "no levels": (put(second, "levels", []), f"{A2}, levels: five needed, none found"),
    "levels as text": (put(second, "levels", "a"), f"{A2}, levels: a list needed, text found"),
    "a level that YAML takes for no": (
        put(second, "levels", [False, "b", "c", "d", "e"]),
        f"{A2}, levels, entry 1: text needed, yes/no (put text in quotes) found",
    ),
    "a level that is a number": (
        put(second, "levels", ["a", "b", "c", "d", 4]),
        f"{A2}, levels, entry 5: text needed, a whole number found",
    ),
    "missing text": (drop(second, "text"), f"{A2}: text is missing"),
    "blank text": (put(second, "text", "  "), f"{A2}, text: text needed, nothing found"),
    "zero character": (put(second, "text", "a\0b?"), f"{A2}, text: a zero character, which no text can hold"),
    "empty text": (put(second, "help", None), f"{A2}, help: text needed, nothing found"),
    "missing help": (drop(second, "help"), f"{A2}: help is missing"),
    "unknown key": (put(second, "wieght", 2), f"{A2}, wieght: this key is not known here"),
    "unknown section": (put(top, "questons", []), "questons: this key is not known here"),
    "missing section": (drop(top, "checklist"), "checklist is missing"),
    "no question at all": (put(top, "questions", []), "questions: at least one needed, none found"),
    "questions as mapping": (put(top, "questions", {"a": 1}), "questions: a list needed, a mapping found"),
    "weight 4": (put(second, "weight", 4), f"{A2}, weight: a whole number 1 to 3 needed, 4 found"),
    "weight as text": (put(second, "weight", "2"), f"{A2}, weight: a whole number needed, text found"),
    "broken weight": (put(second, "weight", 1.5), f"{A2}, weight: a whole number needed, a broken number found"),
    "unknown depth": (put(second, "depth", "deep"), f"{A2}, depth: quick or standard or full needed, deep found"),
    "depth as a list": (put(second, "depth", ["quick"]), f"{A2}, depth: text needed, a list found"),
    "missing depth": (drop(second, "depth"), f"{A2}: depth is missing"),
    "missing weight": (drop(second, "weight"), f"{A2}: weight is missing"),
    "odd id": (put(second, "id", "access-2"), "questions access-2, id: an id like ACCESS-02 needed, access-2 found"),
    "a number as id": (put(second, "id", 2), "questions, entry 2, id: text needed, a whole number found"),
    "no id": (drop(second, "id"), "questions, entry 2: id is missing"),
    "unknown effort": (
        put(second, "first_step", {"text": "Start.", "effort": "XL"}),
        f"{A2}, first_step, effort: S or M or L needed, XL found",
    ),
    "first step as text": (put(second, "first_step", "Start."), f"{A2}, first_step: a mapping needed, text found"),
    "missing first step": (drop(second, "first_step"), f"{A2}: first_step is missing"),
    "no evidence": (put(second, "evidence", []), f"{A2}, evidence: at least one needed, none found"),
    "missing evidence": (drop(second, "evidence"), f"{A2}: evidence is missing"),
    "missing levels": (drop(second, "levels"), f"{A2}: levels is missing"),
    "no citations": (put(second, "citations", []), f"{A2}, citations: at least one needed, none found"),
    "missing citations": (drop(second, "citations"), f"{A2}: citations is missing"),
    "citation without label": (
        put(second, "citations", [{"starts": "2027-01-01"}]),
        f"{A2}, citations, entry 1: label is missing",
    ),
    "citation as number": (
        put(second, "citations", [27001]),
        f"{A2}, citations, entry 1: text needed, a whole number found",
    ),
    "lens as text": (put(second, "ai_lens", "maybe"), f"{A2}, ai_lens: yes/no needed, text found"),
    "unknown kind of gate": (
        put(the_gate, "kind", "wall"),
        f"{A1}, gates, entry 1, kind: legal_stop or legal or harm or foundation needed, wall found",
    ),
    "gate at 0": (
        put(the_gate, "min_level", 0),
        f"{A1}, gates, entry 1, min_level: a whole number 1 to 4 needed, 0 found",
    ),
    "gate without reason": (drop(the_gate, "reason"), f"{A1}, gates, entry 1: reason is missing"),
    "pillars without cap": (
        put(the_gate, "pillars", ["security"]),
        f"{A1}, gates, entry 1: pillars are named, but caps_pillar is not true",
    ),
    "gates as mapping": (put(first, "gates", {}), f"{A1}, gates: a list needed, a mapping found"),
    "condition as text": (
        put(the_gate, "when", "gdpr"),
        f"{A1}, gates, entry 1, when: a mapping needed, text found",
    ),
    "condition that says nothing": (
        put(the_gate, "when", {}),
        f"{A1}, gates, entry 1, when: all, any or none needed",
    ),
    "condition without tags": (
        put(the_gate, "when", {"any": []}),
        f"{A1}, gates, entry 1, when, any: at least one needed, none found",
    ),
    "list of no conditions": (
        put(the_gate, "when", []),
        f"{A1}, gates, entry 1, when: at least one needed, none found",
    ),
    "condition with a wrong word": (
        put(the_gate, "when", [{"all": ["gdpr"], "not": ["ccpa"]}]),
        f"{A1}, gates, entry 1, when, entry 1, not: this key is not known here",
    ),
    "duty at 5": (
        put(the_duty, "level", 5),
        f"{A1}, duties, entry 1, level: a whole number 1 to 4 needed, 5 found",
    ),
    "duty without citation": (drop(the_duty, "citations"), f"{A1}, duties, entry 1: citations is missing"),
    "duty from no day": (
        put(the_duty, "starts", "soon"),
        f"{A1}, duties, entry 1, starts: a day like 2026-11-21 needed, soon found",
    ),
    "duty from 31 February": (
        put(the_duty, "starts", "2027-02-31"),
        f"{A1}, duties, entry 1, starts: a day like 2026-11-21 needed, 2027-02-31 found",
    ),
    "a year as day": (
        put(top, "law_status_as_of", 2026),
        "law_status_as_of: a day like 2026-11-21 needed, a whole number found",
    ),
    "no day": (drop(top, "law_status_as_of"), "law_status_as_of is missing"),
    "unknown verification": (
        put(citation, "verification", "heard"),
        "citations, GDPR Art. 1, verification: text or secondary or memory needed, heard found",
    ),
    "citations as list": (put(top, "citations", ["a"]), "citations: a mapping needed, a list found"),
    "blank checklist item": (put(top, "checklist", {"S0-1": ""}), "checklist, S0-1: text needed, nothing found"),
    "unknown kind of scope question": (
        put(scope_question, "kind", "some"),
        "scope first, questions base, kind: one or many needed, some found",
    ),
    "scope question without options": (
        put(scope_question, "options", []),
        "scope first, questions base, options: at least one needed, none found",
    ),
    "tag without rules": (put(a_tag, "set_when", []), "tags gdpr, set_when: at least one needed, none found"),
    "tag without words": (drop(a_tag, "otherwise"), "tags gdpr: otherwise is missing"),
    "no tags": (put(top, "raised_target_tags", []), "raised_target_tags: at least one needed, none found"),
    "a language that YAML takes for no": (
        put(top, "language", False),
        "language: text needed, yes/no (put text in quotes) found",
    ),
}
