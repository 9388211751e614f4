"""The bank document: YAML in one part or many, read into an `Edition` or refused with every problem at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

import yaml

from assessments.bank.checks.dangling import dangling_references
from assessments.bank.conditions import Clause, Condition
from assessments.bank.document.entry import Entry
from assessments.bank.document.fields import Fields, fields, read_condition
from assessments.bank.document.law_entry import read_authority, read_citation, read_key_date, read_law
from assessments.bank.document.origin import ORIGIN, FileOrigin, read_origin
from assessments.bank.document.question_entry import read_question
from assessments.bank.document.scope_entry import read_preset, read_scope
from assessments.bank.document.yaml_parts import compose_parts
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.types import (
    SHIPPED_BANK,
    ChecklistEntry,
    Domain,
    Edition,
    Label,
    Pillar,
    Question,
    QuickCheck,
    ScaleEntry,
    UnknownAnswer,
)

MOST_IN_A_QUICK_CHECK = 20
BANK_SLUG = re.compile(r"(?=.{1,40}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class BankFile:
    """An edition, and where its file was exported from, if the file says so."""

    edition: Edition
    origin: FileOrigin | None = None


def read_edition(parts: Mapping[str, str]) -> Edition:
    """`parts` are YAML texts by file name. Raises DocumentError with all problems, in the order of the parts."""
    return _read(parts, sound=False).edition


def read_yaml_file(text: str, name: str) -> BankFile:
    """Like `read_edition`, and refuses references to what is not there."""
    return _read({name: text}, sound=True)


def _read(parts: Mapping[str, str], *, sound: bool) -> BankFile:
    found, problems = read_top(compose_parts(parts), sound=sound)
    if problems:
        order = {name: place for place, name in enumerate(parts)}
        raise DocumentError(sorted(problems, key=lambda problem: (order.get(problem.file, 0), problem.line or 0)))
    return found


def read_top(top: yaml.MappingNode, *, sound: bool = False) -> tuple[BankFile, list[Problem]]:
    """For any syntax given as nodes. If there are problems, the edition contains stand-ins and must not be used.

    `sound` makes a problem of every reference to what the document does not have.
    """
    problems: list[Problem] = []
    with fields(Entry(top, "", problems)) as f:
        origin = read_origin(f.optional(ORIGIN))
        edition = _edition(f)
    if sound and not problems:
        problems = dangling_references(edition, top)
    return BankFile(edition, origin), problems


def _edition(top: Fields) -> Edition:
    domains = top.many("domains", _domain, called_by="code")
    return Edition(
        id=top.text("id"),
        bank=_bank(top),
        title=top.text("title"),
        language=top.text("language"),
        law_status_as_of=top.day("law_status_as_of"),
        disclaimer=top.text("disclaimer"),
        scale=top.many("scale", _scale_entry, called_by="code"),
        labels=top.many("labels", _label, called_by="code"),
        efforts=top.many("effort", _scale_entry, called_by="code"),
        gate_kinds=top.many("gate_kinds", _scale_entry, called_by="code"),
        pillars=top.many("pillars", _pillar, called_by="code"),
        domains=domains,
        laws=top.many("laws", read_law, called_by="code"),
        raised_target_when=_raised_target_when(top),
        dates=top.optional_many("dates", read_key_date),
        scope=read_scope(top),
        citations=top.mapping("citations", read_citation),
        checklist=top.mapping("checklist", _checklist_entry),
        questions=_questions(top, domains),
        unknown=_unknown(top),
        authorities=top.optional_mapping("authorities", read_authority),
        damage_first=top.optional_texts("damage_first"),
        link_hosts=top.optional_texts("link_hosts"),
        readability_exceptions=top.optional_mapping("readability_exceptions", lambda _, entry: entry.text()),
        presets=top.optional_many("presets", read_preset, called_by="id"),
        quick_check=_quick_check(top),
    )


def _bank(top: Fields) -> str:
    """Documents made before there were several banks name none."""
    found = top.optional("bank")
    if found is None:
        return SHIPPED_BANK
    slug = found.text()
    if slug and not BANK_SLUG.fullmatch(slug):
        found.refuse("expected small letters, digits and single hyphens, at most 40 of them")
    return slug


def _raised_target_when(top: Fields) -> Condition | None:
    """Older editions name tags, of which one is enough."""
    found, tags = top.optional("raised_target_when"), top.optional_texts("raised_target_tags")
    if found:
        return read_condition(found)
    return Condition((Clause(any=tuple(sorted(tags))),)) if tags else None


def _unknown(top: Fields) -> UnknownAnswer | None:
    found = top.optional("unknown")
    if found is None:
        return None
    with fields(found) as f:
        return UnknownAnswer(name=f.text("name"), says=f.text("says"))


def _quick_check(top: Fields) -> QuickCheck | None:
    found = top.optional("quick_check")
    if found is None:
        return None
    with fields(found) as f:
        asked = QuickCheck(facts=f.texts("facts"), questions=f.texts("questions"))
        most = f.optional_whole("most", 1, MOST_IN_A_QUICK_CHECK)
    return asked if most is None else replace(asked, most=most)


def _checklist_entry(code: str, entry: Entry) -> ChecklistEntry:
    """A text alone concerns everybody."""
    if entry.shape != "map":
        return ChecklistEntry(code, entry.text())
    with fields(entry) as f:
        return ChecklistEntry(id=code, text=f.text("text"), concerns=f.condition("concerns"))


def _questions(top: Fields, domains: tuple[Domain, ...]) -> tuple[Question, ...]:
    """In bank order: by domain, then as written. A question of an unknown domain goes to the end."""
    pillars = {domain.code: domain.pillar for domain in domains}
    order = {domain.code: place for place, domain in enumerate(domains)}
    found = top.many("questions", lambda entry: read_question(entry, pillars), called_by="id")
    return tuple(sorted(found, key=lambda question: order.get(question.domain, len(order))))


def _scale_entry(entry: Entry) -> ScaleEntry:
    with fields(entry) as f:
        return ScaleEntry(code=f.text("code"), name=f.text("name"), says=f.text("says"))


def _label(entry: Entry) -> Label:
    with fields(entry) as f:
        return Label(
            code=f.text("code"),
            name=f.text("name"),
            says=f.text("says"),
            there=f.optional_text("there"),
            missing=f.optional_text("missing"),
        )


def _pillar(entry: Entry) -> Pillar:
    with fields(entry) as f:
        return Pillar(code=f.text("code"), name=f.text("name"), says=f.text("says"))


def _domain(entry: Entry) -> Domain:
    with fields(entry) as f:
        return Domain(
            code=f.text("code"),
            title=f.text("title"),
            pillar=f.text("pillar"),
            promise=f.text("promise"),
            who_knows=f.text("who_knows"),
        )
