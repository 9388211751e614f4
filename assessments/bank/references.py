"""What a value of an edition refers to, and what others may refer to in it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from assessments.bank.conditions import Condition
from assessments.bank.laws import BY_COUNTRY, AuthorityRule, KeyDate
from assessments.bank.logic import TAG_PREFIX
from assessments.bank.scope_types import Otherwise, PresetFact, ScopeOption, TagRule
from assessments.bank.sections import Section, SectionSpec
from assessments.bank.steps import Step
from assessments.bank.types import Duty, Gate, QuestionCitation, QuickCheck

# A section and a key in it, or OPTION and "question.option".
Name = tuple[str, str]

OPTION = "option"
STANDARD = "standard"
"""The law of a citation that is of no law."""

_Uses = Callable[[Any], Iterable[Name]]


def _one(section: Section) -> _Uses:
    return lambda key: [(section, key)]


def _many(section: Section) -> _Uses:
    return lambda keys: [(section, key) for key in keys]


def _tags(condition: Condition) -> Iterable[Name]:
    return [(Section.TAGS, tag) for tag in condition.names()]


def _facts(condition: Condition) -> Iterable[Name]:
    for name in condition.names():
        if name.startswith(TAG_PREFIX):
            yield Section.TAGS, name.removeprefix(TAG_PREFIX)
        else:
            yield Section.SCOPE_QUESTIONS, name.partition(".")[0]
            yield OPTION, name


def _gates(gates: tuple[Gate, ...]) -> Iterable[Name]:
    for gate in gates:
        yield from _many(Section.PILLARS)(gate.pillars)
        yield from _tags(gate.when)


def _duties(duties: tuple[Duty, ...]) -> Iterable[Name]:
    for duty in duties:
        yield Section.LAWS, duty.law
        yield from _many(Section.CITATIONS)(duty.citations)
        yield from _tags(duty.when)


def _citations(citations: tuple[QuestionCitation, ...]) -> Iterable[Name]:
    for citation in citations:
        yield Section.CITATIONS, citation.label
        yield from _tags(citation.when)


def _rules(rules: tuple[TagRule, ...]) -> Iterable[Name]:
    return [name for rule in rules for name in _facts(rule.when)]


def _readability(reasons: Mapping[str, str]) -> Iterable[Name]:
    return [(Section.QUESTIONS, key) for key in reasons]


def _dates(dates: tuple[KeyDate, ...]) -> Iterable[Name]:
    for day in dates:
        yield Section.LAWS, day.law
        yield from _tags(day.when)


def _raised_target(condition: Condition | None) -> Iterable[Name]:
    return _tags(condition) if condition else ()


def _otherwise(texts: tuple[Otherwise, ...]) -> Iterable[Name]:
    return [name for own in texts for name in _facts(own.when)]


def _options(options: tuple[ScopeOption, ...]) -> Iterable[Name]:
    named = (code for option in options for code in (option.authority, option.cyber, option.police))
    return [(Section.AUTHORITIES, code) for code in named if code]


def _authority(code: str) -> Iterable[Name]:
    return [(Section.AUTHORITIES, code)] if code not in ("", BY_COUNTRY) else ()


def _authority_else(rules: tuple[AuthorityRule, ...]) -> Iterable[Name]:
    for rule in rules:
        yield Section.AUTHORITIES, rule.authority
        yield from _tags(rule.when)


def _optional_law(law: str) -> Iterable[Name]:
    return [(Section.LAWS, law)] if law else ()


def _settled_by(question: str) -> Iterable[Name]:
    return [(Section.SCOPE_QUESTIONS, question)] if question else ()


def _steps(steps: tuple[Step, ...]) -> Iterable[Name]:
    return [name for step in steps for variant in step.variants for name in _tags(variant.when)]


def _preset_facts(facts: tuple[PresetFact, ...]) -> Iterable[Name]:
    for fact in facts:
        yield Section.SCOPE_QUESTIONS, fact.question
        yield from ((OPTION, f"{fact.question}.{option}") for option in fact.options)
        yield from _facts(fact.when)


def _quick_check(check: QuickCheck | None) -> Iterable[Name]:
    if check:
        yield from _many(Section.SCOPE_QUESTIONS)(check.facts)
        yield from _many(Section.QUESTIONS)(check.questions)


_USES: Mapping[tuple[Section, str], _Uses] = {
    (Section.FRAME, "raised_target_when"): _raised_target,
    (Section.FRAME, "damage_first"): _many(Section.QUESTIONS),
    (Section.FRAME, "dates"): _dates,
    (Section.FRAME, "readability_exceptions"): _readability,
    (Section.FRAME, "quick_check"): _quick_check,
    (Section.DOMAINS, "pillar"): _one(Section.PILLARS),
    (Section.LAWS, "tag"): _one(Section.TAGS),
    (Section.LAWS, "authority"): _authority,
    (Section.LAWS, "authority_else"): _authority_else,
    (Section.AUTHORITIES, "law"): _optional_law,
    (Section.SCOPE_QUESTIONS, "screen"): _one(Section.SCREENS),
    (Section.SCOPE_QUESTIONS, "asked_when"): _facts,
    (Section.SCOPE_QUESTIONS, "options"): _options,
    (Section.TAGS, "law"): _optional_law,
    (Section.TAGS, "set_when"): _rules,
    (Section.TAGS, "otherwise"): _otherwise,
    (Section.TAGS, "settled_by"): _settled_by,
    (Section.OUT_OF_VIEW, "when"): _facts,
    (Section.PRESETS, "facts"): _preset_facts,
    (Section.PRESETS, "asks"): _many(Section.SCOPE_QUESTIONS),
    (Section.CITATIONS, "law"): _one(Section.LAWS),
    (Section.QUESTIONS, "domain"): _one(Section.DOMAINS),
    (Section.QUESTIONS, "applies_when"): _tags,
    (Section.QUESTIONS, "gates"): _gates,
    (Section.QUESTIONS, "duties"): _duties,
    (Section.QUESTIONS, "citations"): _citations,
    (Section.QUESTIONS, "checklist"): _many(Section.CHECKLIST),
    (Section.QUESTIONS, "steps"): _steps,
    (Section.CHECKLIST, "concerns"): _tags,
}


def uses(section: Section, field: str, value: Any) -> frozenset[Name]:
    """What the value of one field refers to; the "standard" of a citation is not a law."""
    found = _USES.get((section, field))
    return frozenset(found(value)) if found else frozenset()


def gives(section: Section, key: str, field: str, value: Any) -> frozenset[Name]:
    """What others may refer to in the value of one field: only a scope question's options."""
    if (section, field) != (Section.SCOPE_QUESTIONS, "options"):
        return frozenset()
    options: tuple[ScopeOption, ...] = value
    return frozenset((OPTION, f"{key}.{option.id}") for option in options)


def item_uses(spec: SectionSpec, item: Any) -> frozenset[Name]:
    """What all fields of an item refer to."""
    return frozenset().union(*(uses(spec.section, name, getattr(item, name)) for name in spec.fields))


def item_gives(spec: SectionSpec, key: str, item: Any) -> frozenset[Name]:
    """What others may refer to in an item: its key, and a scope question's options."""
    own = (gives(spec.section, key, name, getattr(item, name)) for name in spec.fields)
    return frozenset({(str(spec.section), key)}).union(*own)
