"""Rules for the whole run: short enough when it is quick, and nothing of the checklist left out."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assessments.bank.checks.laws import unknown_tags
from assessments.bank.checks.scope import warning
from assessments.bank.conditions import Condition
from assessments.bank.coverage import early_questions, leaves_a_gap, questions_about
from assessments.bank.errors import Problem
from assessments.bank.reach import Demand, Reach
from assessments.bank.types import ChecklistEntry, Depth, Edition, Question

MOST_QUICK = 28


def check_coverage(edition: Edition, reach: Reach | None) -> Iterator[Problem]:
    """`reach` is None while the scope is not sound; then only names are checked."""
    tags = {tag.id for tag in edition.scope.tags}
    for entry in edition.checklist.values():
        unknown = list(unknown_tags(f"checklist {entry.id}, concerns", entry.concerns, tags))
        yield from unknown
        carriers = questions_about(edition, entry.id)
        yield from _carried(entry, carriers, reach if not unknown and _known(carriers, tags) else None)
    quick = Counter(own.applies_when for own in edition.questions if own.depth is Depth.QUICK)
    if reach and quick.total() > MOST_QUICK and _known(edition.questions, tags):
        asked = _asked_of_one_business(quick, reach)
        if asked > MOST_QUICK:
            yield warning("questions", f"a quick run can ask {asked} questions: at most {MOST_QUICK} keep it quick")


def _known(questions: Iterable[Question], tags: set[str]) -> bool:
    return all(question.applies_when.names() <= tags for question in questions)


def _carried(entry: ChecklistEntry, carriers: tuple[Question, ...], reach: Reach | None) -> Iterator[Problem]:
    place = f"checklist {entry.id}"
    early = early_questions(carriers)
    if not carriers:
        yield Problem(place, "no question covers it")
    elif not early:
        yield Problem(place, "only full questions cover it: add a quick or standard one")
    elif reach and leaves_a_gap(entry, early, reach):
        some = "some businesses that it concerns are asked none of its quick and standard questions"
        yield Problem(place, f"{some}, {', '.join(own.id for own in early)}")


def _asked_of_one_business(counts: Counter[Condition], reach: Reach) -> int:
    """At least so many: conditions are added, those of most questions first, as long as some business meets all."""
    met: list[Condition] = []
    for condition, _count in counts.most_common():
        if reach.possible([Demand(own) for own in (*met, condition)]):
            met.append(condition)
    return sum(counts[condition] for condition in met)
