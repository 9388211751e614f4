"""An edition prepared for scoring, once: by depth and domain, and for each question what its terms depend on.

Thousands of businesses have thousands of sets of tags, but a single question depends on two or three tags. So what is
computed for one business serves every other that agrees on those few. The sets are whole numbers with one bit for
each circumstance, because they are intersected for every question of every scoring.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assessments.bank.conditions import Condition
from assessments.bank.laws import Law
from assessments.bank.logic import TAG_PREFIX, Truth, truth_of
from assessments.bank.scope_types import Tag
from assessments.bank.types import Depth, Duty, Edition, Gate, NotApplicable, Question
from assessments.scoring.steps import HAS_STAFF
from assessments.scoring.types import OpenFact, Run

# A circumstance is a tag, the ISO form of a start day that has come, "soon" and one that is near, or this one; no tag
# contains a space.
RAISED_TARGET = "raised target"
SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True, eq=False)
class LawDuty:
    """A duty of a question with its law; `place` is the index of the law in the edition."""

    place: int
    law: Law
    duty: Duty


@dataclass(frozen=True, slots=True, eq=False)
class TagFacts:
    """How the tags of an edition follow from facts and from one another."""

    open_facts: Mapping[str, OpenFact]
    follows_from: Mapping[str, frozenset[str]]

    def settling(self, tags: Iterable[str], to_check: frozenset[str]) -> tuple[OpenFact, ...]:
        """What settles these tags to be checked: where one follows from others to be checked, what settles those."""
        found = {fact for tag in tags for fact in self._below(tag, to_check, frozenset())}
        return tuple(sorted(found, key=lambda fact: (fact.tag, fact.scope_question)))

    def all_below(self, tags: Iterable[str]) -> frozenset[str]:
        """These tags and all that they follow from."""
        found: set[str] = set()
        left = list(tags)
        while left:
            tag = left.pop()
            if tag not in found:
                found.add(tag)
                left.extend(self.follows_from.get(tag, ()))
        return frozenset(found)

    def _below(self, tag: str, to_check: frozenset[str], above: frozenset[str]) -> Iterator[OpenFact]:
        others = (self.follows_from.get(tag, frozenset()) & to_check) - above - {tag}
        for other in others:
            yield from self._below(other, to_check, above | {tag})
        if not others:
            yield self.open_facts.get(tag) or OpenFact(tag, "")


@dataclass(frozen=True, slots=True, eq=False)
class IndexedQuestion:
    """`asking_bits` decide whether it is asked and whether it may be left out; `deciding_bits` decide all of its terms.

    `checking_bits` are those of the tags to be checked that say which facts these rest on: the deciding ones, and the
    tags that they follow from. `names` gives the circumstance of each bit. `duties` are ordered by law as in the
    edition, then as written. `damage_place` is the question's place among those that prevent most damage, after the
    last where it is none of them. `knows_staff`: whether the edition asks about staff.
    """

    edition: Edition
    question: Question
    position: int
    duties: tuple[LawDuty, ...]
    names: tuple[tuple[int, str], ...]
    asking_bits: int
    deciding_bits: int
    checking_bits: int
    facts: "TagFacts"
    damage_place: int
    is_damage_first: bool
    knows_staff: bool

    def circumstances(self, bits: int) -> frozenset[str]:
        return frozenset([name for bit, name in self.names if bits & bit])


@dataclass(frozen=True, slots=True, eq=False)
class IndexedDomain:
    code: str
    questions: tuple[IndexedQuestion, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EditionIndex:
    """`domains`: for each depth all domains of the edition, with the questions of that depth, in bank order."""

    domains: Mapping[Depth, tuple[IndexedDomain, ...]]
    bit_of: Mapping[str, int]
    start_days: tuple[date, ...]
    raised_target_when: Condition | None

    def bits_of(self, circumstances: Iterable[str]) -> int:
        """The bits of these circumstances; one that no question depends on has none."""
        return sum([self.bit_of.get(name, 0) for name in circumstances])

    def bits_on(self, today: date, run: Run) -> int:
        """Of all circumstances of a business on a day."""
        others = [day.isoformat() for day in self.start_days if day <= today]
        others += [soon(day) for day in self.start_days if today < day <= today + SOON]
        if self.raised_target_when and _is_sure(self.raised_target_when, run.tags, run.provisional):
            others.append(RAISED_TARGET)
        return self.bits_of([*run.tags, *others])


def soon(day: date) -> str:
    """The circumstance that this start day is near."""
    return f"soon {day.isoformat()}"


# Most businesses of a process have come before, with the same tags.
@lru_cache(maxsize=4_096)
def _is_sure(condition: Condition, tags: frozenset[str], provisional: frozenset[str]) -> bool:
    def look(tag: str) -> Truth:
        if tag in provisional:
            return Truth.MAYBE
        return Truth.YES if tag in tags else Truth.NO

    return truth_of(condition, look) is Truth.YES


# An installation has few editions in use at a time.
@lru_cache(maxsize=8)
def edition_index(edition: Edition) -> EditionIndex:
    bit_of: dict[str, int] = {}
    facts = _tag_facts(edition.scope.tags)
    knows_staff = HAS_STAFF in facts.open_facts
    damage_place = {question_id: place for place, question_id in enumerate(edition.damage_first)}

    def bit(name: str) -> int:
        return bit_of.setdefault(name, 1 << len(bit_of))

    def indexed(position: int, question: Question) -> IndexedQuestion:
        duties = _duties(edition, question)
        deciding = _deciding(question, duties, knows_staff)
        checking = facts.all_below(deciding)
        return IndexedQuestion(
            edition=edition,
            question=question,
            position=position,
            duties=duties,
            names=tuple((bit(name), name) for name in sorted(checking)),
            asking_bits=sum(bit(name) for name in _asking(question)),
            deciding_bits=sum(bit(name) for name in deciding),
            checking_bits=sum(bit(name) for name in checking),
            facts=facts,
            damage_place=damage_place.get(question.id, len(damage_place)),
            is_damage_first=question.id in damage_place,
            knows_staff=knows_staff,
        )

    found = [indexed(position, question) for position, question in enumerate(edition.questions)]
    return EditionIndex(
        domains={depth: _domains(edition, found, depth) for depth in Depth},
        bit_of=bit_of,
        start_days=tuple(sorted({day for own in found for day in _start_days(own.question.gates, own.duties)})),
        raised_target_when=edition.raised_target_when,
    )


def _tag_facts(tags: Iterable[Tag]) -> TagFacts:
    tags = tuple(tags)
    return TagFacts(
        open_facts={tag.id: OpenFact(tag.id, tag.settled_by) for tag in tags},
        follows_from={tag.id: frozenset(_tags_in(rule.when for rule in tag.set_when)) for tag in tags},
    )


def _tags_in(conditions: Iterable[Condition]) -> Iterator[str]:
    return (name.removeprefix(TAG_PREFIX) for name in _named(conditions) if name.startswith(TAG_PREFIX))


def _domains(edition: Edition, found: Iterable[IndexedQuestion], depth: Depth) -> tuple[IndexedDomain, ...]:
    reached: dict[str, list[IndexedQuestion]] = {domain.code: [] for domain in edition.domains}
    for indexed in found:
        if indexed.question.depth.rank <= depth.rank and indexed.question.domain in reached:
            reached[indexed.question.domain].append(indexed)
    return tuple(IndexedDomain(code, tuple(questions)) for code, questions in reached.items())


def _duties(edition: Edition, question: Question) -> tuple[LawDuty, ...]:
    return tuple(
        LawDuty(place, law, duty)
        for place, law in enumerate(edition.laws)
        for duty in question.duties
        if duty.law == law.code
    )


def _start_days(gates: Iterable[Gate], duties: Iterable[LawDuty]) -> frozenset[date]:
    starts = [*(gate.starts for gate in gates), *(own.duty.starts for own in duties)]
    return frozenset(day for day in starts if day)


def _asking(question: Question) -> frozenset[str]:
    gates = question.gates if question.not_applicable is NotApplicable.WITHOUT_GATE else ()
    return _named([question.applies_when, *(gate.when for gate in gates)])


def _deciding(question: Question, duties: tuple[LawDuty, ...], knows_staff: bool) -> frozenset[str]:
    """The circumstances that the terms of a question depend on."""
    conditions = [question.applies_when, *(gate.when for gate in question.gates), *(own.duty.when for own in duties)]
    conditions += [variant.when for step in question.steps for variant in step.variants]
    days = _start_days(question.gates, duties)
    names = set(_named(conditions)) | {own.law.tag for own in duties}
    names |= {day.isoformat() for day in days} | {soon(day) for day in days}
    if question.weight > 1:
        names.add(RAISED_TARGET)
    if knows_staff and any(step.solo for step in question.steps):
        names.add(HAS_STAFF)
    return frozenset(names)


def _named(conditions: Iterable[Condition]) -> frozenset[str]:
    return frozenset(name for condition in conditions for name in condition.names())
