"""Small banks made by hand: each test names only what it is about."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from assessments.bank.conditions import ALWAYS, Clause, Condition
from assessments.bank.document.question_entry import caps_of
from assessments.bank.laws import Citation, Law, Verification
from assessments.bank.scope_types import Otherwise, Scope, ScopeOption, ScopeQuestion, ScopeScreen, Tag, TagRule
from assessments.bank.steps import Effort, FindOutHint, Step, StepCost, StepDoer
from assessments.bank.types import (
    ChecklistEntry,
    Depth,
    Domain,
    Duty,
    Edition,
    Gate,
    GateKind,
    Label,
    NotApplicable,
    Pillar,
    Question,
    QuestionCitation,
    ScaleEntry,
)

PILLAR_OF = {
    "DATA": "privacy",
    "RIGHTS": "privacy",
    "AIUSE": "responsible_ai",
    "ACCESS": "security",
    "STORE": "security",
    "DEFEND": "security",
    "INCIDENT": "security",
    "PEOPLE": "security",
}


def when(*names: str) -> Condition:
    """All of these tags, or always."""
    return Condition((Clause(all=names),)) if names else ALWAYS


def gate(
    kind: GateKind = GateKind.HARM,
    min_level: int = 2,
    *,
    caps_pillar: bool = False,
    pillars: tuple[str, ...] = (),
    on: Condition = ALWAYS,
) -> Gate:
    cap_domain, cap_pillar = caps_of(kind, caps_pillar)
    return Gate(kind, min_level, cap_domain, cap_pillar, pillars if cap_pillar is not None else (), "It matters.", on)


def duty(law: str = "gdpr", level: int = 2, *, starts: date | None = None, on: Condition = ALWAYS) -> Duty:
    return Duty(law, level, f"Do what {law} asks.", ("GDPR Art. 1",), starts, on)


def step(to: int, **changes: Any) -> Step:
    """Free, by the owner, in ten minutes."""
    made = Step(to, f"Do what is needed for level {to}.", f"Level {to} is there.", 10, StepCost.NONE, StepDoer.OWNER)
    return replace(made, **changes)


STEPS = tuple(step(to) for to in (1, 2, 3, 4))
# What a question of an edition since 2026.2 has in place of a first step.
WITH_STEPS: dict[str, Any] = {
    "steps": STEPS,
    "first_step": "",
    "effort": None,
    "find_out": FindOutHint("Look for the list.", 5),
}


def question(question_id: str, weight: int = 2, **changes: Any) -> Question:
    """An ordinary question; `gates` may be given without pillars, which are then the home pillar."""
    domain = question_id.partition("-")[0]
    made = Question(
        id=question_id,
        domain=domain,
        depth=Depth.QUICK,
        text=f"Is {question_id} done?",
        help="It helps.",
        levels=tuple(f"{question_id} at level {level}." for level in range(5)),
        weight=weight,
        weight_reason="It counts.",
        citations=(QuestionCitation("GDPR Art. 1"),),
        evidence=("A list.",),
        first_step="Start.",
        effort=Effort.SMALL,
        checklist=("S0-1",),
        not_applicable_hint="When there is none.",
    )
    made = replace(made, **changes)
    home = PILLAR_OF.get(made.domain, "")
    gates = tuple(
        replace(own, pillars=(home,)) if own.cap_pillar is not None and not own.pillars else own for own in made.gates
    )
    if gates and "not_applicable" not in changes:
        made = replace(made, not_applicable=NotApplicable.NEVER, not_applicable_hint="")
    return replace(made, gates=gates)


def scale(*codes: str) -> tuple[ScaleEntry, ...]:
    return tuple(ScaleEntry(code, f"Name of {code}", f"What {code} means.") for code in codes)


def checklist(*texts: str) -> dict[str, ChecklistEntry]:
    """The items S0-1, S0-2 and so on, which concern everybody."""
    entries = (ChecklistEntry(f"S0-{number}", text) for number, text in enumerate(texts, 1))
    return {entry.id: entry for entry in entries}


def law(code: str) -> Law:
    return Law(code, f"The {code}", code, "Applies.", "")


def scope_question(question_id: str, *options: str, many: bool = True, asked_when: Condition = ALWAYS) -> ScopeQuestion:
    """An option "none" excludes the others."""
    return ScopeQuestion(
        id=question_id,
        many=many,
        text=f"What about {question_id}?",
        help="",
        options=tuple(ScopeOption(option, option.title(), exclusive=option == "none") for option in options),
        not_sure="Ask around.",
        asked_when=asked_when,
    )


def tag(tag_id: str, *rules: Condition) -> Tag:
    """Set when one of the rules holds; the reasons are numbered."""
    set_when = tuple(TagRule(rule, f"because of {tag_id} {number}") for number, rule in enumerate(rules, 1))
    return Tag(tag_id, tag_id.title(), f"{tag_id} is so.", "", set_when, (Otherwise(f"{tag_id} is not so."),))


def scope(*questions: ScopeQuestion, tags: Iterable[Tag] = ()) -> Scope:
    return Scope((ScopeScreen("first", "First", "", questions),), tuple(tags), ())


def deciding_scope(*questions: ScopeQuestion) -> Scope:
    """Every option sets a tag of its own: what changes nothing is not asked."""
    options = ((question, option) for question in questions for option in question.options)
    return scope(
        *questions, tags=[tag(f"{question.id}_{own.id}", when(f"{question.id}.{own.id}")) for question, own in options]
    )


SMALL_SCOPE = scope(
    scope_question("base", "eu", "us", "none"),
    scope_question("ai", "tools", "none"),
    tags=(
        tag("gdpr", when("base.eu")),
        tag("ccpa", when("base.us")),
        tag("uses_ai", when("ai.tools")),
        tag("large_scale", when("base.eu", "ai.tools")),
    ),
)


def edition(*questions: Question, **changes: Any) -> Edition:
    """With the domains that the questions need, in the order of PILLAR_OF, and only those."""
    codes = [code for code in PILLAR_OF if any(own.domain == code for own in questions)]
    pillars = [name for name in ("privacy", "security", "responsible_ai") if name in {PILLAR_OF[c] for c in codes}]
    made = Edition(
        id="test",
        title="A small bank",
        language="en",
        law_status_as_of=date(2026, 11, 21),
        disclaimer="Only a test.",
        scale=scale("0", "1", "2", "3", "4"),
        labels=tuple(Label(str(level), f"Name of {level}", f"What {level} means.") for level in range(5)),
        efforts=scale("S", "M", "L"),
        gate_kinds=scale(*GateKind),
        pillars=tuple(Pillar(name, name.title(), "Counts.") for name in pillars),
        domains=tuple(Domain(code, code.title(), PILLAR_OF[code], "Promised.", f"Ask {code}") for code in codes),
        laws=(law("gdpr"), law("ccpa")),
        raised_target_when=when("large_scale"),
        dates=(),
        scope=SMALL_SCOPE,
        citations={"GDPR Art. 1": Citation("GDPR Art. 1", "Says so.", "gdpr", Verification.TEXT, "read")},
        checklist=checklist("The only item."),
        questions=tuple(sorted(questions, key=lambda own: codes.index(own.domain))),
    )
    return replace(made, **changes)
