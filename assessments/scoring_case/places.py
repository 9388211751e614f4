"""Where in a case something stands, and what is said about it there."""

import re
from collections.abc import Iterator

import yaml

from assessments.bank.document.entry import Entry
from assessments.bank.errors import Problem, Severity

# Before the name of a key, not before the number of a list entry.
_STEP = re.compile(", (?!entry [0-9])")


def keyed_pairs(entry: Entry) -> Iterator[tuple[str, Entry, Entry]]:
    """Name, key and value of each pair. What is said of the key names the key's own line."""
    pairs = reversed(entry.node.value) if entry.shape == "map" else ()
    keys = {key.value: key for key, _ in pairs if isinstance(key, yaml.ScalarNode)}
    for name, value in entry.pairs():
        yield name, entry.below(keys[name], name), value


def warn(entry: Entry, message: str) -> None:
    """Unlike a refusal it does not keep the case from being scored."""
    line = entry.node.start_mark.line + 1
    entry.problems.append(Problem(entry.place, message, Severity.WARNING, line=line))


def located(problem: Problem) -> str:
    """As a line for a terminal: "case.yaml, line 12, answers.GOV-99: no question ..."."""
    where = [problem.file, f"line {problem.line}" if problem.line else "", _STEP.sub(".", problem.place)]
    said = f"{', '.join(part for part in where if part)}: {problem.message}"
    return said if problem.severity is Severity.ERROR else f"warning: {said}"
