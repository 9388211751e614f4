"""The questions section of a document: questions with their gates, duties and citations."""

import re
from collections.abc import Mapping

from assessments.bank.document.entry import Entry, in_words
from assessments.bank.document.fields import Fields, fields
from assessments.bank.document.step_entry import read_find_out, read_steps
from assessments.bank.types import Depth, Duty, FindingKind, Gate, GateKind, NotApplicable, Question, QuestionCitation

LEVELS = 5
TOP_LEVEL = LEVELS - 1
MOST_SEVERE = 3
_ID = re.compile(r"[A-Z]+-[0-9]{2}")


def read_question(entry: Entry, pillars: Mapping[str, str]) -> Question:
    """`pillars` gives the pillar of each domain's code."""
    with fields(entry) as f:
        question_id = _id(f)
        domain = f.optional_text("domain") or first_domain(question_id)
        steps, first_step, effort = read_steps(f)
        find_out = f.optional("find_out")
        return Question(
            id=question_id,
            domain=domain,
            depth=f.choice("depth", Depth),
            text=f.text("text"),
            help=f.text("help"),
            levels=_levels(f),
            weight=f.whole("weight", 1, 3),
            weight_reason=f.text("weight_reason"),
            citations=f.many("citations", _citation),
            evidence=f.texts("evidence"),
            checklist=f.texts("checklist"),
            steps=steps,
            find_out=read_find_out(find_out) if find_out else None,
            usual=f.optional_whole("usual", 0, TOP_LEVEL),
            first_step=first_step,
            effort=effort,
            gates=f.optional_many("gates", lambda gate: _gate(gate, pillars.get(domain, ""))),
            duties=f.optional_many("duties", _duty),
            applies_when=f.condition("applies_when"),
            not_applicable=f.choice("not_applicable", NotApplicable),
            not_applicable_hint=f.optional_text("not_applicable_hint"),
            ai_lens=f.optional_flag("ai_lens"),
        )


def first_domain(question_id: str) -> str:
    """The domain that a question began in: its id stays the same when it moves to another domain."""
    return question_id.partition("-")[0]


def caps_of(kind: GateKind, caps_pillar: bool) -> tuple[int, int | None]:
    """Rule 10: what a closed gate of this kind caps its domain and its pillars at."""
    if kind is GateKind.LEGAL_STOP:
        return 0, 0
    return 1, 1 if caps_pillar else None


def _id(f: Fields) -> str:
    value = f.text("id")
    found = f.optional("id")
    if found and value and not _ID.fullmatch(value):
        found.refuse(f"expected an id like ACCESS-02, found {value}")
    return value


def _levels(f: Fields) -> tuple[str, ...]:
    found = f.needed("levels")
    if found is None:
        return ()
    levels = found.texts(at_least=0)
    if found.shape == "seq" and len(levels) != LEVELS:
        found.refuse(f"expected {in_words(LEVELS)}, found {in_words(len(levels))}")
    return levels


def _citation(entry: Entry) -> QuestionCitation:
    if entry.shape != "map":
        return QuestionCitation(entry.text())
    with fields(entry) as f:
        return QuestionCitation(f.text("label"), f.condition("when"), f.optional_day("starts"))


def _gate(entry: Entry, home_pillar: str) -> Gate:
    with fields(entry) as f:
        kind = f.choice("kind", GateKind)
        cap_domain, cap_pillar = caps_of(kind, f.optional_flag("caps_pillar"))
        pillars = f.optional_texts("pillars")
        if cap_pillar is None and pillars:
            entry.refuse("pillars are named, but caps_pillar is not true")
        return Gate(
            kind=kind,
            min_level=f.whole("min_level", 1, TOP_LEVEL),
            cap_domain=cap_domain,
            cap_pillar=cap_pillar,
            pillars=() if cap_pillar is None else pillars or (home_pillar,),
            reason=f.text("reason"),
            when=f.condition("when"),
            severity=f.optional_whole("severity", 1, MOST_SEVERE),
            starts=f.optional_day("starts"),
        )


def _duty(entry: Entry) -> Duty:
    with fields(entry) as f:
        return Duty(
            law=f.text("law"),
            level=f.whole("level", 1, TOP_LEVEL),
            says=f.text("says"),
            citations=f.texts("citations"),
            starts=f.optional_day("starts"),
            when=f.condition("when"),
            finding=f.optional_choice("finding", FindingKind) or FindingKind.NOW,
            unsettled=f.optional_text("unsettled"),
        )
