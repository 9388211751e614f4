"""The worked sums in words and numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.sums import (
    Arithmetic,
    DomainShare,
    GateEffect,
    QuestionShare,
    ShareValue,
    StopValue,
    SumStatement,
)
from assessments.scoring.explain import LabelStopKind
from assessments.wording.figures import lens_title
from assessments.wording.phrases import amount, joined


@dataclass(frozen=True, slots=True)
class ShareWords:
    """ "Basics", "5 of 7", "71 %, not enough" """

    name: str
    amount: str
    percent: str
    enough: str


@dataclass(frozen=True, slots=True)
class DomainShareWords:
    title: str
    label: str
    amount: str


@dataclass(frozen=True, slots=True)
class QuestionShareWords:
    """One question as it went into the figures; `up_to` and `proven` are given where they differ from `level`.

    `gate` says what a gate closed in one of the figures does; `closed` says that it is closed in the first one, or
    that there is one that is open.
    """

    question: str
    asks: str
    weight: str
    level: str
    up_to: str
    proven: str
    closed: str
    gate: str
    left_out: str


@dataclass(frozen=True, slots=True)
class SumWords:
    """One figure as answered; `other_sums` are named ones for "could be up to" and "with proof" where they differ.

    `unit` names what the shares count. `uncapped` is a sentence where closed gates hold the label down, `set_aside` one
    where a light question of a small domain costs one label only.
    """

    code: str
    title: str
    label: str
    arithmetic: str
    other_sums: tuple[str, ...]
    unit: str
    shares: tuple[ShareWords, ...]
    uncapped: str
    set_aside: str
    stops: tuple[str, ...]
    questions: tuple[QuestionShareWords, ...]
    domains: tuple[DomainShareWords, ...]


def sum_words(told: SumStatement) -> SumWords:
    return SumWords(
        code=told.code,
        title=lens_title() if told.of is StatementKind.AI_LENS else told.title,
        label=told.label.name,
        arithmetic=arithmetic_text(told.low),
        other_sums=tuple(_other_sums(told)),
        unit=_("Domains") if told.of is StatementKind.PILLAR else _("Weight"),
        shares=tuple(_share(share) for share in told.shares),
        uncapped=_("Without the closed gates it would be “%(label)s”.") % {"label": told.uncapped.name}
        if told.uncapped != told.label
        else "",
        set_aside=_set_aside(told),
        stops=tuple(_stop_sentence(stop) for stop in told.stops),
        questions=tuple(_question(row) for row in told.questions),
        domains=tuple(_domain(row) for row in told.domains),
    )


def _set_aside(told: SumStatement) -> str:
    if told.set_aside is None:
        return ""
    shares = ", ".join(f"{share.label.name} {amount(share.part, share.whole)}" for share in told.rest_shares)
    return _(
        "In a domain of so few questions one light question costs at most one label: %(question)s is set aside, and "
        "one label is taken off for it. Without it: %(shares)s."
    ) % {"question": told.set_aside.id, "shares": shares}


def arithmetic_text(sum_: Arithmetic) -> str:
    """ "2 + 7/14 = 2.5"; cut, not rounded, and at most 0.9 is added."""
    if not sum_.shares:
        return str(sum_.figure)
    shares = ", ".join(f"{part}/{whole}" for part, whole in sum_.shares)
    added = _("mean of %(shares)s") % {"shares": shares} if len(sum_.shares) > 1 else shares
    return f"{sum_.label} + {added} {'=' if sum_.exact else '≈'} {sum_.figure}"


def _other_sums(told: SumStatement) -> Iterator[str]:
    names = ((_("Could be up to"), told.high), (_("Counting only what has proof"), told.proven))
    first = arithmetic_text(told.low)
    for name, arithmetic in names:
        text = arithmetic_text(arithmetic)
        if text != first:
            yield f"{name}: {text}"


def _share(share: ShareValue) -> ShareWords:
    return ShareWords(
        name=share.label.name,
        amount=amount(share.part, share.whole),
        percent=f"{100 * share.part // share.whole} %",
        enough=_("enough") if share.enough else _("not enough"),
    )


def _domain(row: DomainShare) -> DomainShareWords:
    return DomainShareWords(row.title, row.label.name, amount(row.part, row.whole))


def _question(row: QuestionShare) -> QuestionShareWords:
    return QuestionShareWords(
        question=row.question.id,
        asks=row.question.text,
        weight=str(row.weight),
        level=str(row.low) if row.low is not None else _("not counted"),
        up_to=_("could be up to %(level)d") % {"level": row.high} if row.high not in (None, row.low) else "",
        proven=_("with proof %(level)d") % {"level": row.proven} if row.proven not in (None, row.low) else "",
        closed=_("closed gate") if row.closed else _("open gate") if row.gated else "",
        gate=gate_effect_text(row.gate) if row.gate else "",
        left_out=row.left_out,
    )


def gate_effect_text(effect: GateEffect) -> str:
    domain = _("Below level %(level)d it holds this domain at “%(label)s”.") % {
        "level": effect.gate.min_level,
        "label": effect.domain_cap.name,
    }
    if effect.pillar_cap is None:
        return domain
    return _("%(domain)s It also holds %(pillars)s at “%(label)s”.") % {
        "domain": domain,
        "pillars": joined(effect.pillars),
        "label": effect.pillar_cap.name,
    }


def _stop_sentence(stop: StopValue) -> str:
    words = {"names": joined(stop.names), "label": stop.following.name, "level": stop.needed}
    if stop.reason is LabelStopKind.GATE:
        return _("%(names)s holds it below “%(label)s”: this question has to reach level %(level)s first.") % words
    if stop.reason is LabelStopKind.HEAVY:
        return _("Too low for “%(label)s”, whatever the rest: %(names)s. Each has to reach level %(level)s.") % words
    return _("Less than 80 %% is at level %(level)s, which “%(label)s” needs. Below it: %(names)s.") % words
