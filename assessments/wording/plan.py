"""The steps of the plan, and what the first of them change, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.bank.steps import StepLink
from assessments.presentation.named_values import NamedLevel
from assessments.presentation.plan import (
    ChangeStatement,
    FirmnessStatement,
    FirstStepsStatement,
    PlanStepStatement,
    Promise,
    StepDuty,
)
from assessments.presentation.step_values import StepValue
from assessments.wording.figures import change_text
from assessments.wording.phrases import check_mark, date_text, joined, minutes_text
from assessments.wording.scales import cost_text, doer_text, product_name


@dataclass(frozen=True, slots=True)
class LinkWords:
    """ "Google: second proof" and where that is: an address or a way through menus. `code` is the address, if any."""

    name: str
    place: str
    code: str


@dataclass(frozen=True, slots=True)
class StepWords:
    """One step. `done` says how one sees that it is done, `facts` how much work it is, what it costs and for whom;
    `time` is the first of these facts alone.
    """

    text: str
    done: str
    facts: str
    time: str
    links: tuple[LinkWords, ...]


@dataclass(frozen=True, slots=True)
class PlanStepWords:
    """`step` is the first of the steps, `then` those that follow it up to the target; `more` says how many these are.

    `promise` is what the first step moves, in counts, `change` from which level to which all of them lead. `work` is
    that of all steps together and what they move, `who` whom to ask (empty where each step says it). `gate` names the
    kind of the closed gate behind it and `reason` says why it matters; both are empty without one. `law` names the laws
    that ask it now, empty if none does. `level` is the one to which the first step leads.
    """

    number: int
    level: int
    question: str
    asks: str
    step: StepWords
    more: str
    then: tuple[StepWords, ...]
    promise: str
    change: str
    work: str
    who: str
    gate: str
    reason: str
    law: str
    mark: str


@dataclass(frozen=True, slots=True)
class LaterStepWords:
    """An entry to come, in short: its next step, how many follow, and how much work they are together."""

    number: int
    question: str
    step: str
    more: str
    promise: str
    work: str
    gate: str
    mark: str


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One pillar: "Security", "On the way 1.9 → Basics in place 2.4"."""

    name: str
    change: str


def plan_step_words(entry: PlanStepStatement) -> PlanStepWords:
    """An entry in full, with all its steps."""
    first, *then = entry.steps
    return PlanStepWords(
        number=entry.number,
        level=first.to.level if first.to else entry.after.level,
        question=entry.question.id,
        asks=entry.question.text,
        step=words_of_step(first),
        more=_more(len(then), entry.after),
        then=tuple(words_of_step(step) for step in then),
        promise=_("Then: %(moves)s.") % {"moves": promise_text(entry.next_promise)},
        change=_("From level %(before)d “%(from)s” to %(after)d “%(to)s”.")
        % {
            "before": entry.before.level,
            "from": entry.before.name,
            "after": entry.after.level,
            "to": entry.after.name,
        },
        work=_whole(entry) if then or entry.minutes is None else "",
        who=_("Who knows: %(who)s.") % {"who": entry.who_knows} if entry.minutes is None else "",
        gate=entry.gate.name if entry.gate else "",
        reason=entry.gate.reason if entry.gate else "",
        law=_law(entry.duties),
        mark=check_mark(entry.provisional),
    )


def step_anchor(number: int) -> str:
    """Under which a page shows an entry of the plan; other lists refer to it."""
    return f"step-{number}"


def step_reference(number: int | None) -> str:
    """ "Step 3 of the plan."; empty without a number."""
    return _("Step %(number)d of the plan.") % {"number": number} if number else ""


def _law(duties: Sequence[StepDuty]) -> str:
    if not duties:
        return ""
    return _("Asked by law: %(laws)s.") % {"laws": joined([_law_and_day(duty) for duty in duties])}


def _law_and_day(duty: StepDuty) -> str:
    if duty.starts is None:
        return duty.law
    return _("%(law)s since %(day)s") % {"law": duty.law, "day": date_text(duty.starts)}


def later_step_words(entry: PlanStepStatement) -> LaterStepWords:
    """An entry in one line, for lists of the whole plan."""
    return LaterStepWords(
        number=entry.number,
        question=entry.question.id,
        step=entry.steps[0].text,
        more=_more(len(entry.steps) - 1, entry.after),
        promise=_("Then: %(moves)s.") % {"moves": promise_text(entry.promise)},
        work=_work(entry),
        gate=entry.gate.name if entry.gate else "",
        mark=check_mark(entry.provisional),
    )


def _more(steps: int, after: NamedLevel) -> str:
    if not steps:
        return ""
    return ngettext(
        "%(count)d more step follows, to level %(level)d “%(name)s”.",
        "%(count)d more steps follow, to level %(level)d “%(name)s”.",
        steps,
    ) % {"count": steps, "level": after.level, "name": after.name}


def _work(entry: PlanStepStatement) -> str:
    if entry.minutes is None:
        return _("%(size)s effort: %(says)s") % {"size": entry.effort.name, "says": entry.effort.says}
    return _("In all %(time)s of work.") % {"time": minutes_text(entry.minutes)}


def _whole(entry: PlanStepStatement) -> str:
    """The work of all steps, with what they move where that is more than one."""
    if entry.minutes is None:
        return _work(entry)
    return _("In all %(time)s of work; then: %(moves)s.") % {
        "time": minutes_text(entry.minutes),
        "moves": promise_text(entry.promise),
    }


def words_of_step(step: StepValue) -> StepWords:
    """One step alone, outside of an entry of the plan as well."""
    return StepWords(
        text=step.text,
        done=_("Done when: %(what)s") % {"what": step.done_when} if step.done_when else "",
        facts=" · ".join(_facts(step)),
        time=minutes_text(step.minutes) if step.minutes is not None else "",
        links=tuple(_link(link) for link in step.links),
    )


def _facts(step: StepValue) -> Iterator[str]:
    if step.minutes is not None:
        yield minutes_text(step.minutes)
    if step.cost is not None:
        yield cost_text(step.cost, step.pays_for)
    if step.who is not None:
        yield doer_text(step.who)


def _link(link: StepLink) -> LinkWords:
    product = product_name(link.product)
    names = (product, link.label) if product and not link.label.startswith(product) else (link.label,)
    return LinkWords(", ".join(names), link.path or link.url.removeprefix("https://").rstrip("/"), link.url)


def promise_text(promise: Promise) -> str:
    """ "1 more in place, 1 urgent gap closed and 2 duties met" """
    return joined(list(_promised(promise))) or _("one level further")


def _promised(promise: Promise) -> Iterator[str]:
    if promise.in_place:
        yield ngettext("%(count)d more in place", "%(count)d more in place", promise.in_place) % {
            "count": promise.in_place
        }
    if promise.urgent_gaps:
        yield ngettext("%(count)d urgent gap closed", "%(count)d urgent gaps closed", promise.urgent_gaps) % {
            "count": promise.urgent_gaps
        }
    if promise.duties:
        yield ngettext("%(count)d duty met", "%(count)d duties met", promise.duties) % {"count": promise.duties}


def first_steps_sentence(first: FirstStepsStatement) -> str:
    """What the first entries move together, in counts of what there is to move."""
    return ngettext("The first one: %(moves)s.", "The first %(count)d together: %(moves)s.", first.entries) % {
        "count": first.entries,
        "moves": moves_text(first),
    }


def moves_text(first: FirstStepsStatement) -> str:
    """ "3 of 6 urgent gaps closed, 2 of 3 duties met and 3 more in place" """
    return joined(list(_moved(first))) or _("one level further")


def _moved(first: FirstStepsStatement) -> Iterator[str]:
    moved = first.promise
    if moved.urgent_gaps and first.urgent_gaps:
        yield ngettext(
            "%(count)d of %(all)d urgent gap closed", "%(count)d of %(all)d urgent gaps closed", first.urgent_gaps
        ) % {"count": moved.urgent_gaps, "all": first.urgent_gaps}
    if moved.duties:
        yield ngettext("%(count)d of %(all)d duty met", "%(count)d of %(all)d duties met", first.open_duties) % {
            "count": moved.duties,
            "all": first.open_duties,
        }
    yield from _promised(replace(moved, duties=0, urgent_gaps=0 if first.urgent_gaps else moved.urgent_gaps))


def to_go_sentences(first: FirstStepsStatement) -> tuple[str, ...]:
    """ "Security: then 4 to go to “Basics in place”." """
    return tuple(
        _("%(pillar)s: then %(count)d to go to “%(label)s”.")
        % {"pillar": own.name, "count": own.questions, "label": own.following.name}
        for own in first.to_go
    )


def firmness_sentence(firmness: FirmnessStatement) -> str:
    """Says that the order is a close call, and on which questions it turns."""
    return _(
        "The order is a close call: if %(questions)s weighed one more or one less, other steps would be among the "
        "first five."
    ) % {"questions": joined([question.id for question in firmness.questions])}


def change_words(change: ChangeStatement) -> ChangeWords:
    """The label and number of a pillar before and after."""
    return ChangeWords(change.name, change_text(change.before, change.after))
