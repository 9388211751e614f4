"""What an expert expects of a case: its `expect`, read into expectations that can be held against a result."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from assessments.bank.document.entry import Entry
from assessments.bank.document.fields import Fields, fields
from assessments.bank.document.question_entry import TOP_LEVEL
from assessments.bank.types import Edition
from assessments.scoring_case.places import keyed_pairs

OVERALL = "overall"
FIRST_INDICATION = "first_indication"
NONE = "none"
ALL = "all"
FIRST_FIVE = 5
QUESTION_LISTS = ("stop", "on_the_day", "soon", "find_out")
"""The lists of a result that are expected by question alone."""


class Relation(StrEnum):
    """How the names of an expectation and the names that are found belong together."""

    MUST = "all of them stand"
    MUST_NOT = "none of them stands"
    NOTHING = "nothing stands"
    EXACTLY = "they are all, in this order"
    FIRST = "they come first, in this order"
    AMONG = "nothing else stands"
    ORDER = "each stands, one after another"
    ONE_OF = "one of them stands"


@dataclass(frozen=True, slots=True)
class Expectation:
    """Of one list of names of the result, such as "open_duties.gdpr". `place` and `line` are those in the file."""

    listed: str
    relation: Relation
    names: tuple[str, ...]
    place: str
    line: int


def read_expectations(entry: Entry, edition: Edition) -> tuple[Expectation, ...]:
    """Refuses what is no question, law or pillar of the edition, and whatever could not be expected."""
    reader = _Reader(edition)
    with fields(entry) as f:
        return tuple(reader.all_of(f))


class _Reader:
    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._laws = [law.code for law in edition.laws]
        self._pillars = [OVERALL, *(pillar.code for pillar in edition.pillars)]
        self._scope = [question.id for screen in edition.scope.screens for question in screen.questions]
        self._out_of_view = [item.id for item in edition.scope.out_of_view]

    def all_of(self, f: Fields) -> Iterator[Expectation]:
        if labels := f.optional("labels"):
            yield from self._labels(labels)
        if first_five := f.optional("first_five"):
            yield from self._first_five(first_five)
        if order := f.optional("order"):
            yield _expectation("plan", Relation.ORDER, self._questions(order, at_least=2), order)
        for name in QUESTION_LISTS:
            if found := f.optional(name):
                yield from self._list(found, name, self._edition.question)
        if out_of_view := f.optional("out_of_view"):
            yield from self._list(out_of_view, "out_of_view", self._out_of_view)
        if open_duties := f.optional("open_duties"):
            yield from self._open_duties(open_duties)
        if to_check := f.optional("to_check"):
            yield from self._to_check(to_check)

    def _labels(self, entry: Entry) -> Iterator[Expectation]:
        for name, key, value in keyed_pairs(entry):
            if _is_known(key, name, self._pillars):
                yield _expectation(f"labels.{name}", Relation.ONE_OF, _label_range(value), value)

    def _first_five(self, entry: Entry) -> Iterator[Expectation]:
        if entry.shape == "seq":
            yield _expectation("first_five", Relation.EXACTLY, self._questions(entry), entry)
            return
        relations = {
            "first": Relation.FIRST,
            "must": Relation.MUST,
            "must_not": Relation.MUST_NOT,
            "among": Relation.AMONG,
        }
        with fields(entry) as f:
            for key, relation in relations.items():
                if found := f.optional(key):
                    yield _expectation("first_five", relation, self._questions(found), found)

    def _list(self, entry: Entry, listed: str, known: Collection[str]) -> Iterator[Expectation]:
        if _says(entry, NONE):
            yield _expectation(listed, Relation.NOTHING, (), entry)
            return
        with fields(entry) as f:
            if must := f.optional("must"):
                yield _expectation(listed, Relation.MUST, _names(must, known), must)
            if must_not := f.optional("must_not"):
                yield _expectation(listed, Relation.MUST_NOT, _names(must_not, known), must_not)

    def _open_duties(self, entry: Entry) -> Iterator[Expectation]:
        if _says(entry, NONE):
            yield _expectation("open_duties", Relation.NOTHING, (), entry)
            return
        with fields(entry) as f:
            if must := f.optional("must"):
                yield from self._by_law(must, Relation.MUST)
            if must_not := f.optional("must_not"):
                yield from self._by_law(must_not, Relation.MUST_NOT)

    def _by_law(self, entry: Entry, relation: Relation) -> Iterator[Expectation]:
        for law, key, value in keyed_pairs(entry):
            listed = f"open_duties.{law}"
            if not _is_known(key, law, self._laws):
                continue
            if relation is Relation.MUST_NOT and _says(value, ALL):
                yield _expectation(listed, Relation.NOTHING, (), value)
            else:
                yield _expectation(listed, relation, self._questions(value), value)

    def _to_check(self, entry: Entry) -> Iterator[Expectation]:
        if _says(entry, NONE):
            yield _expectation("to_check", Relation.NOTHING, (), entry)
            return
        with fields(entry) as f:
            if must := f.optional("must"):
                yield from self._settled(must)
            if must_not := f.optional("must_not"):
                yield _expectation("to_check", Relation.MUST_NOT, self._questions(must_not), must_not)

    def _settled(self, entry: Entry) -> Iterator[Expectation]:
        """That a question is to be checked, and which scope question settles it."""
        for question, key, value in keyed_pairs(entry):
            settled_by = value.text()
            if _is_known(key, question, self._edition.question) and _is_known(value, settled_by, self._scope):
                yield _expectation(f"to_check.{question}", Relation.EXACTLY, (settled_by,), value)

    def _questions(self, entry: Entry, at_least: int = 1) -> tuple[str, ...]:
        return _names(entry, self._edition.question, at_least)


def _expectation(listed: str, relation: Relation, names: tuple[str, ...], entry: Entry) -> Expectation:
    return Expectation(listed, relation, names, entry.place, entry.node.start_mark.line + 1)


def _label_range(entry: Entry) -> tuple[str, ...]:
    """One level, the lowest and the highest one, or that there is no label."""
    if entry.shape == "str":
        if entry.text() not in (FIRST_INDICATION, NONE):
            entry.refuse(f"expected a label 0 to {TOP_LEVEL}, two of them, {FIRST_INDICATION} or {NONE}")
        return (entry.text(),)
    ends = [one.whole(0, TOP_LEVEL) for one in (entry.items() if entry.shape == "seq" else [entry])]
    if len(ends) > 2 or ends != sorted(ends):
        entry.refuse("expected the lowest and the highest label")
    return tuple(str(level) for level in range(ends[0], ends[-1] + 1)) if ends else ()


def _names(entry: Entry, known: Collection[str], at_least: int = 1) -> tuple[str, ...]:
    items = entry.items(at_least=at_least)
    return tuple(name for item in items if _is_known(item, name := item.text(), known))


def _is_known(entry: Entry, name: str, known: Collection[str]) -> bool:
    if name and name not in known:
        near = get_close_matches(name.upper(), known, 1) or get_close_matches(name, known, 1)
        entry.refuse(f"there is no {name} here" + (f"; did you mean {near[0]}?" if near else ""))
    return name in known


def _says(entry: Entry, word: str) -> bool:
    return entry.shape == "str" and entry.node.value == word
