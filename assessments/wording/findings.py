"""What must be fixed, what the law still asks, what to find out and what was left out, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.presentation.duties import DutyStatement, LawStatement
from assessments.presentation.must_fix import MustFixStatement
from assessments.presentation.named_values import NamedLevel
from assessments.presentation.open_points import FindOutStatement, LeftOutStatement
from assessments.wording.phrases import check_mark, date_text, part_mark


@dataclass(frozen=True, slots=True)
class MustFixWords:
    """`kind` is that of the closed gate, or says that a duty is met in part; `reason` says why it must be fixed."""

    question: str
    asks: str
    kind: str
    in_part: bool
    reason: str
    first_step: str
    mark: str


@dataclass(frozen=True, slots=True)
class DutyWords:
    """`part` and `mark` are empty unless the duty is met in part, or to be checked."""

    says: str
    question: str
    asks: str
    level: str
    citations: str
    starts: str
    part: str
    mark: str


@dataclass(frozen=True, slots=True)
class LawWords:
    """`nothing_open` is a sentence where there are no duties, else empty."""

    code: str
    name: str
    says: str
    note: str
    duties: tuple[DutyWords, ...]
    nothing_open: str


@dataclass(frozen=True, slots=True)
class FindOutWords:
    """`why` says what rests on the question: a gate, or its weight."""

    question: str
    asks: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class LeftOutWords:
    """`reason` is what a person typed, as typed."""

    question: str
    asks: str
    reason: str


def must_fix_words(item: MustFixStatement) -> MustFixWords:
    return MustFixWords(
        question=item.question.id,
        asks=item.question.text,
        kind=item.gate.name if item.gate else _("Duty met in part"),
        in_part=item.in_part,
        reason=" ".join(item.reasons),
        first_step=_("First step: %(step)s") % {"step": item.first_step},
        mark=check_mark(item.provisional),
    )


def law_words(law: LawStatement) -> LawWords:
    return LawWords(
        code=law.code,
        name=law.name,
        says=law.says,
        note=law.note,
        duties=tuple(duty_words(duty) for duty in law.duties),
        nothing_open="" if law.duties else _("Nothing open among the questions asked."),
    )


def duty_words(duty: DutyStatement) -> DutyWords:
    return DutyWords(
        says=duty.asks,
        question=duty.question.id,
        asks=duty.question.text,
        level=_("Now %(now)s, met at %(needed)s.") % {"now": _numbered(duty.now), "needed": _numbered(duty.needed)},
        citations="; ".join(duty.citations),
        starts=_("Required since %(day)s.") % {"day": date_text(duty.starts)} if duty.starts else "",
        part=part_mark(duty.in_part),
        mark=check_mark(duty.provisional),
    )


def find_out_words(item: FindOutStatement) -> FindOutWords:
    if item.gate:
        why = _("%(gate)s: it holds figures down until it is known.") % {"gate": item.gate.name}
    else:
        why = weight_text(item.weight)
    return FindOutWords(
        question=item.question.id,
        asks=item.question.text,
        who=_("Ask: %(who)s.") % {"who": item.who_knows},
        why=why,
    )


def left_out_words(item: LeftOutStatement) -> LeftOutWords:
    return LeftOutWords(item.question.id, item.question.text, item.reason)


def weight_text(weight: int) -> str:
    return _("Weight %(weight)d.") % {"weight": weight}


def _numbered(level: NamedLevel) -> str:
    return f"{level.level} {level.name}"
