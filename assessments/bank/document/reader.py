"""The bank document: YAML in one part or many, read into an `Edition` or refused with every problem at once."""

from collections.abc import Mapping

import yaml

from assessments.bank.document.entry import Entry
from assessments.bank.document.fields import Fields, fields
from assessments.bank.document.question_entry import read_question
from assessments.bank.document.scope_entry import read_scope
from assessments.bank.document.yaml_parts import compose_parts
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.types import Citation, Domain, Edition, KeyDate, Law, Pillar, Question, ScaleEntry, Verification


def read_edition(parts: Mapping[str, str]) -> Edition:
    """`parts` are YAML texts by file name. Raises DocumentError with all problems, in the order of the parts."""
    edition, problems = read_top(compose_parts(parts))
    if problems:
        order = {name: place for place, name in enumerate(parts)}
        raise DocumentError(sorted(problems, key=lambda problem: (order[problem.file], problem.line or 0)))
    return edition


def read_top(top: yaml.MappingNode) -> tuple[Edition, list[Problem]]:
    """For any syntax given as nodes. If there are problems, the edition contains stand-ins and must not be used."""
    problems: list[Problem] = []
    with fields(Entry(top, "", problems)) as f:
        edition = _edition(f)
    return edition, problems


def _edition(top: Fields) -> Edition:
    domains = top.many("domains", _domain, called_by="code")
    return Edition(
        id=top.text("id"),
        title=top.text("title"),
        language=top.text("language"),
        law_status_as_of=top.day("law_status_as_of"),
        disclaimer=top.text("disclaimer"),
        scale=top.many("scale", _step, called_by="code"),
        labels=top.many("labels", _step, called_by="code"),
        efforts=top.many("effort", _step, called_by="code"),
        gate_kinds=top.many("gate_kinds", _step, called_by="code"),
        pillars=top.many("pillars", _pillar, called_by="code"),
        domains=domains,
        laws=top.many("laws", _law, called_by="code"),
        raised_target_tags=frozenset(top.optional_texts("raised_target_tags")),
        dates=top.optional_many("dates", _key_date),
        scope=read_scope(top),
        citations=top.mapping("citations", _citation),
        checklist=top.mapping("checklist", lambda _, entry: entry.text()),
        questions=_questions(top, domains),
    )


def _questions(top: Fields, domains: tuple[Domain, ...]) -> tuple[Question, ...]:
    """In bank order: by domain, then as written. A question of an unknown domain goes to the end."""
    pillars = {domain.code: domain.pillar for domain in domains}
    order = {domain.code: place for place, domain in enumerate(domains)}
    found = top.many("questions", lambda entry: read_question(entry, pillars), called_by="id")
    return tuple(sorted(found, key=lambda question: order.get(question.domain, len(order))))


def _step(entry: Entry) -> ScaleEntry:
    with fields(entry) as f:
        return ScaleEntry(code=f.text("code"), name=f.text("name"), says=f.text("says"))


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


def _law(entry: Entry) -> Law:
    with fields(entry) as f:
        return Law(
            code=f.text("code"),
            name=f.text("name"),
            tag=f.text("tag"),
            says=f.text("says"),
            note=f.optional_text("note"),
        )


def _key_date(entry: Entry) -> KeyDate:
    with fields(entry) as f:
        return KeyDate(day=f.day("date"), law=f.text("law"), text=f.text("text"))


def _citation(label: str, entry: Entry) -> Citation:
    with fields(entry) as f:
        return Citation(
            label=label,
            says=f.text("says"),
            law=f.text("law"),
            verification=f.choice("verification", Verification),
            source=f.text("source"),
        )
