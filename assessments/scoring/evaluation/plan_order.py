"""The plan: what stands below its target, in five bands (rule 17). Nothing in it is unknown or provisional."""

from collections.abc import Iterable
from itertools import chain, zip_longest

from assessments.bank.steps import Effort
from assessments.bank.types import FindingKind, Gate, GateKind
from assessments.scoring.evaluation.places import LEGAL_KINDS, Order, closed_at, severity
from assessments.scoring.steps import effort_of_steps, fitted_step
from assessments.scoring.terms import PreparedQuestion
from assessments.scoring.types import Todo

STOP, FIRST_GATES, OTHER_GATES, DUTIES, REST = range(1, 6)
# The severity of a gate about law that only a form is missing for: paperwork.
FORMAL = 1
# In the second band the first two queues take turns; paperwork that caps a pillar waits for both.
_LEGAL_QUEUE, _HARM_QUEUE, _PAPERWORK = range(3)
_NOT_LOOKED_AT, _BY_WORTH = range(2)

# What stands for the minutes of editions that only name an effort; only their ratio matters.
EFFORT_MINUTES = {Effort.SMALL: 60, Effort.MEDIUM: 120, Effort.LARGE: 240}
# Gap x weight over minutes as a whole number: exact enough that two of them differ where the fractions do.
_EXACT = 10**15


def todo_at(asked: PreparedQuestion, level: int) -> tuple[Order, Todo] | None:
    """The entry of a question that is certainly asked and stands below its target, with its sort key."""
    if asked.asked_facts or level >= asked.target:
        return None
    steps = tuple([choice for choice in asked.steps if level < choice.to <= asked.target])
    fitted = [fitted_step(asked.question, choice) for choice in steps]
    effort = effort_of_steps(fitted) if fitted else asked.question.effort
    minutes = sum(step.minutes for step in fitted) if fitted else EFFORT_MINUTES[effort or Effort.MEDIUM]
    gate = closed_at(asked.sure_gate, level)
    order = _order(asked, level, gate, minutes, fitted[0].minutes if fitted else minutes)
    todo = Todo(
        question=asked.question,
        level=level,
        target=asked.target,
        gate=gate,
        band=order[0],
        effort=effort,
        minutes=minutes if fitted else None,
        steps=steps,
    )
    return order, todo


def in_plan_order(entries: Iterable[tuple[Order, Todo]]) -> tuple[Todo, ...]:
    """Band by band; in the second, gates about law and harm take turns, law first, and paperwork comes behind them."""
    placed = sorted(entries, key=lambda entry: entry[0])
    before = [todo for order, todo in placed if order[0] < FIRST_GATES]
    turns = zip_longest(_queue(placed, _LEGAL_QUEUE), _queue(placed, _HARM_QUEUE))
    after = [todo for order, todo in placed if order[0] > FIRST_GATES]
    return (*before, *(todo for todo in chain.from_iterable(turns) if todo), *_queue(placed, _PAPERWORK), *after)


def _queue(placed: Iterable[tuple[Order, Todo]], queue: int) -> list[Todo]:
    return [todo for order, todo in placed if order[:2] == (FIRST_GATES, queue)]


def _order(asked: PreparedQuestion, level: int, gate: Gate | None, minutes: int, next_minutes: int) -> Order:
    """The band, then the place in it. `next_minutes` are those of the next step, `minutes` of all to the target."""
    tail = (next_minutes, asked.position)
    if gate and gate.kind is GateKind.LEGAL_STOP:
        return STOP, -severity(asked, gate), *tail
    first = _first_gate(asked, gate) if gate else ()
    if first:
        return FIRST_GATES, *first, *tail
    if gate and gate.kind is not GateKind.FOUNDATION:
        return OTHER_GATES, -severity(asked, gate), *tail
    if _leaves_duty_open(asked, level):
        return DUTIES, -asked.weight, *tail
    if gate:
        return REST, _NOT_LOOKED_AT, -severity(asked, gate), *tail
    worth = (asked.target - level) * asked.weight * _EXACT // minutes
    return REST, _BY_WORTH, -worth, asked.position


def _first_gate(asked: PreparedQuestion, gate: Gate) -> Order:
    """The queue of the second band in which the gate stands, and where; empty for gates of later bands."""
    caps_pillar = gate.cap_pillar is not None
    if gate.kind is GateKind.HARM and (caps_pillar or asked.is_damage_first):
        return _HARM_QUEUE, asked.damage_place
    if gate.kind in LEGAL_KINDS and (gate.severity or 0) > FORMAL:
        return _LEGAL_QUEUE, -severity(asked, gate)
    if gate.kind in LEGAL_KINDS and caps_pillar:
        return _LEGAL_QUEUE if gate.severity is None else _PAPERWORK, -severity(asked, gate)
    return ()


def _leaves_duty_open(asked: PreparedQuestion, level: int) -> bool:
    return any(
        level < own.duty.level and own.duty.finding is FindingKind.NOW and not own.open_facts for own in asked.duties
    )
