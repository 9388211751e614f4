"""What an edition says about answers given under the edition before it. It is no part of the edition's content."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessments.bank.document.entry import Entry
from assessments.bank.document.fields import Fields, fields
from assessments.bank.document.yaml_parts import compose_parts
from assessments.bank.errors import DocumentError, Problem


@dataclass(frozen=True, slots=True)
class CarryOver:
    """`changed` are the questions that mean something else than in the edition `follows`, each with why.

    An answer to any other question that both editions ask still holds, whatever its words.
    """

    follows: str
    changed: Mapping[str, str]


def read_carry_over(name: str, text: str, *, edition: str, questions: Collection[str]) -> CarryOver:
    """Of the edition with this id and these questions. Raises DocumentError with all problems of the file `name`."""
    problems: list[Problem] = []
    with fields(Entry(compose_parts({name: text}), "", problems)) as top:
        found = CarryOver(follows=_follows(top, edition), changed=_changed(top, edition, questions))
    if problems:
        raise DocumentError(sorted(problems, key=lambda problem: problem.line or 0))
    return found


def _follows(top: Fields, edition: str) -> str:
    entry = top.needed("follows")
    follows = entry.text() if entry else ""
    if entry and follows == edition:
        entry.refuse("an edition cannot follow itself")
    return follows


def _changed(top: Fields, edition: str, questions: Collection[str]) -> dict[str, str]:
    def reason(question: str, entry: Entry) -> str:
        if question not in questions:
            entry.refuse(f"edition {edition} has no question {question}")
        return entry.text()

    return top.optional_mapping("changed", reason)
