"""The file of a case, YAML or JSON, read into a ScoringCase or refused with every problem at once."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import yaml

from assessments.bank.document.entry import Entry
from assessments.bank.document.fields import Fields, fields
from assessments.bank.document.json_document import compose_json
from assessments.bank.document.yaml_parts import compose_parts
from assessments.bank.errors import DocumentError, Problem, Severity
from assessments.bank.types import Depth, Edition
from assessments.scoring.scope import find_tags
from assessments.scoring.types import Run
from assessments.scoring_case.answers import read_answers
from assessments.scoring_case.case import ScoringCase
from assessments.scoring_case.expectations import Expectation, read_expectations
from assessments.scoring_case.scope_facts import read_scope_facts

_NAMES = ("str", "float", "int")


@dataclass(frozen=True, slots=True)
class CaseReading:
    """`expectations`: what the file says the result should be. `warnings`: what was given but plays no part."""

    case: ScoringCase
    expectations: tuple[Expectation, ...]
    warnings: tuple[Problem, ...]


def read_case(text: str, name: str, editions: Sequence[Edition], today: date) -> CaseReading:
    """`name` is the file's, for the problems. `editions` come oldest first; the newest is meant where none is named,
    and `today` where no day is given. Raises DocumentError with all problems."""
    problems: list[Problem] = []
    with fields(Entry(_composed(text, name), "", problems)) as f:
        reading = _case(f, editions, today)
    problems = [replace(problem, file=name) for problem in sorted(problems, key=lambda problem: problem.line or 0)]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors or reading is None:
        raise DocumentError(errors)
    return replace(reading, warnings=tuple(problems))


def _composed(text: str, name: str) -> yaml.MappingNode:
    """JSON by the file's name; a text without one, such as standard input, also by what it holds."""
    return compose_json(text, name) if name.endswith(".json") or _is_json(text) else compose_parts({name: text})


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _case(f: Fields, editions: Sequence[Edition], today: date) -> CaseReading | None:
    """None where the edition is not known: then nothing can be said about facts and answers."""
    day, depth, facts = f.optional_day("day") or today, f.choice("depth", Depth), f.needed("facts")
    expect = f.optional("expect")
    for key in ("answers", "answers_default"):
        f.optional(key)
    edition = _edition(f, editions)
    if edition is None:
        return None
    read_facts = read_scope_facts(facts, edition) if facts else {}
    found = find_tags(edition.scope, read_facts)
    run = Run(depth, found.on, found.provisional)
    out_of_view = tuple(item.id for item in found.out_of_view)
    return CaseReading(
        case=ScoringCase(edition, day, run, read_answers(f, edition, run), read_facts, out_of_view),
        expectations=read_expectations(expect, edition) if expect else (),
        warnings=(),
    )


def _edition(f: Fields, editions: Sequence[Edition]) -> Edition | None:
    """A name such as 2026.1 need not stand in quotes: it is taken as it is written."""
    entry = f.optional("edition")
    if entry is None:
        return editions[-1]
    written = str(entry.node.value) if entry.shape in _NAMES else entry.text()
    found = next((edition for edition in editions if edition.id == written), None)
    if found is None and written:
        entry.refuse(f"no edition has the name {written}; there are {', '.join(own.id for own in editions)}")
    return found
