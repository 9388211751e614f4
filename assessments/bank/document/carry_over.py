"""What an edition says about answers given under the editions before it. It is no part of the edition's content."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessments.bank.document.entry import Entry
from assessments.bank.document.fields import fields
from assessments.bank.document.yaml_parts import compose_parts
from assessments.bank.errors import DocumentError, Problem


@dataclass(frozen=True, slots=True)
class Predecessor:
    """`changed` are the questions that mean something else than in the edition `id`, each with why.

    An answer to any other question that both editions ask still holds, whatever its words.
    """

    id: str
    changed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CarryOver:
    """The editions that one follows, the newest first: an installation may have skipped some of them."""

    follows: tuple[Predecessor, ...]


def read_carry_over(name: str, text: str, *, edition: str, questions: Collection[str]) -> CarryOver:
    """Of the edition with this id and these questions. Raises DocumentError with all problems of the file `name`."""
    problems: list[Problem] = []

    def predecessor(entry: Entry) -> Predecessor:
        return _predecessor(entry, edition, questions)

    with fields(Entry(compose_parts({name: text}), "", problems)) as top:
        found = CarryOver(top.many("follows", predecessor, called_by="edition"))
    if problems:
        raise DocumentError(sorted(problems, key=lambda problem: problem.line or 0))
    return found


def _predecessor(entry: Entry, edition: str, questions: Collection[str]) -> Predecessor:
    def reason(question: str, told: Entry) -> str:
        if question not in questions:
            told.refuse(f"edition {edition} has no question {question}")
        return told.text()

    with fields(entry) as f:
        found = Predecessor(f.text("edition"), f.optional_mapping("changed", reason))
    if found.id == edition:
        entry.refuse("an edition cannot follow itself")
    return found
