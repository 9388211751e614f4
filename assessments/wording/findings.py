"""What is unlawful now, what would be missed on the day, and what the law still asks, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.presentation.duties import DutyStatement, LawStatement, PartialListStatement
from assessments.presentation.findings import DutyOnTheDay, MustFixStatement, OnTheDayStatement, StartingSoonStatement
from assessments.presentation.named_values import NamedLevel
from assessments.wording.phrases import check_mark, date_text, part_mark, unsettled_text
from assessments.wording.plan import step_anchor, step_reference


@dataclass(frozen=True, slots=True)
class MustFixWords:
    """`kind` is that of the closed gate, or says that a duty is met in part; `reason` says why it must be fixed.

    `step` names the entry of the plan that settles it, `code` is the anchor of that entry; or it is the next step where
    the plan has none.
    """

    question: str
    asks: str
    kind: str
    in_part: bool
    reason: str
    step: str
    code: str
    unsettled: str


@dataclass(frozen=True, slots=True)
class OnTheDayWords:
    """`reason` is empty without a closed gate; `duties` are sentences with law and citations.

    `step` names the entry of the plan that settles it, `code` is the anchor of that entry.
    """

    question: str
    asks: str
    reason: str
    duties: tuple[str, ...]
    step: str
    code: str


@dataclass(frozen=True, slots=True)
class StartingSoonWords:
    """`day` and `law` as in "2 December 2026" and "EU AI Act"; `law` may be empty."""

    question: str
    asks: str
    day: str
    law: str
    says: str
    level: str
    unsettled: str


@dataclass(frozen=True, slots=True)
class DutyWords:
    """`part` and `unsettled` are empty unless the duty is met in part, or something about it is not known yet.

    `step` and `code` name the entry of the plan that meets it, and its anchor.
    """

    says: str
    question: str
    asks: str
    level: str
    citations: str
    starts: str
    part: str
    unsettled: str
    step: str
    code: str


@dataclass(frozen=True, slots=True)
class LawWords:
    """`facts` are sentences on the law itself; `authority_url` is empty where there is no one address.

    `nothing_open` is a sentence where there are no duties, else empty.
    """

    code: str
    name: str
    mark: str
    says: str
    note: str
    facts: tuple[str, ...]
    unsettled: tuple[str, ...]
    duties: tuple[DutyWords, ...]
    nothing_open: str


def must_fix_words(item: MustFixStatement) -> MustFixWords:
    return MustFixWords(
        question=item.question.id,
        asks=item.question.text,
        kind=item.gate.name if item.gate else _("Duty met in part"),
        in_part=item.in_part,
        reason=" ".join(item.reasons),
        step=step_reference(item.plan_step) or next_step_text(item.next_step),
        code=step_anchor(item.plan_step) if item.plan_step else "",
        unsettled=" ".join(unsettled_text(what) for what in item.unsettled),
    )


def next_step_text(step: str) -> str:
    return _("Next step: %(step)s") % {"step": step} if step else ""


def on_the_day_words(item: OnTheDayStatement) -> OnTheDayWords:
    return OnTheDayWords(
        question=item.question.id,
        asks=item.question.text,
        reason=item.gate.reason if item.gate else "",
        duties=tuple(_duty_on_the_day(duty) for duty in item.duties),
        step=step_reference(item.plan_step),
        code=step_anchor(item.plan_step) if item.plan_step else "",
    )


def _duty_on_the_day(duty: DutyOnTheDay) -> str:
    text = _("%(asks)s (%(law)s: %(citations)s)") % {
        "asks": duty.asks,
        "law": duty.law,
        "citations": "; ".join(duty.citations),
    }
    return " ".join(part for part in (text, unsettled_text(duty.unsettled)) if part)


def starting_soon_words(item: StartingSoonStatement) -> StartingSoonWords:
    return StartingSoonWords(
        question=item.question.id,
        asks=item.question.text,
        day=_("From %(day)s") % {"day": date_text(item.day)},
        law=item.law,
        says=item.asks,
        level=_level_text(item.now, item.needed),
        unsettled=unsettled_text(item.unsettled),
    )


def law_words(law: LawStatement) -> LawWords:
    return LawWords(
        code=law.code,
        name=law.name,
        mark=check_mark(law.to_check),
        says=law.says,
        note=law.note,
        facts=tuple(_facts(law)),
        unsettled=tuple(unsettled_text(what) for what in law.unsettled),
        duties=tuple(duty_words(duty) for duty in law.duties),
        nothing_open="" if law.duties else _("Nothing open among the questions asked."),
    )


def _facts(law: LawStatement) -> Iterator[str]:
    if law.authority:
        words = {"who": law.authority.name, "url": law.authority.url.removeprefix("https://")}
        yield (_("Watched over by %(who)s, %(url)s.") if law.authority.url else _("Watched over by %(who)s.")) % words
    if law.fines:
        yield _("Fines: %(fines)s") % {"fines": law.fines}
    if law.looked_up:
        yield _("Last looked up on %(day)s.") % {"day": date_text(law.looked_up)}


def duty_words(duty: DutyStatement) -> DutyWords:
    return DutyWords(
        says=duty.asks,
        question=duty.question.id,
        asks=duty.question.text,
        level=_level_text(duty.now, duty.needed),
        citations="; ".join(duty.citations),
        starts=_("Required since %(day)s.") % {"day": date_text(duty.starts)} if duty.starts else "",
        part=part_mark(duty.in_part),
        unsettled=unsettled_text(duty.unsettled),
        step=step_reference(duty.plan_step),
        code=step_anchor(duty.plan_step) if duty.plan_step else "",
    )


def partial_list_sentence(partial: PartialListStatement | None) -> str:
    """Empty where this run asks all there is to ask about duties."""
    if partial is None:
        return ""
    return ngettext(
        "This list of duties is partial; a full run asks %(count)d more question about them.",
        "This list of duties is partial; a full run asks %(count)d more questions about them.",
        partial.more,
    ) % {"count": partial.more}


def _level_text(now: NamedLevel, needed: NamedLevel) -> str:
    return _("Now %(now)s, met at %(needed)s.") % {"now": _numbered(now), "needed": _numbered(needed)}


def _numbered(level: NamedLevel) -> str:
    return f"{level.level} {level.name}"
