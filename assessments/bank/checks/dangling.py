"""References of a document to what it does not have, each at the place where it is written."""

from collections.abc import Iterator
from itertools import islice

import yaml

from assessments.bank.document.entry import MOST_PROBLEMS, THERE_ARE_MORE
from assessments.bank.errors import DocumentError, Problem
from assessments.bank.logic import TAG_PREFIX
from assessments.bank.references import OPTION, STANDARD, Name, item_gives, uses
from assessments.bank.sections import SPECS, Section
from assessments.bank.types import Edition

_NOUNS = {
    Section.TAGS: "a tag of this document",
    Section.LAWS: "a law of this document",
    Section.PILLARS: "a pillar of this document",
    Section.DOMAINS: "a domain of this document",
    Section.AUTHORITIES: "an authority of this document",
    Section.SCREENS: "a scope screen of this document",
    Section.SCOPE_QUESTIONS: "a scope question of this document",
    Section.QUESTIONS: "a question of this document",
    Section.CITATIONS: "a citation of this document",
    Section.CHECKLIST: "an item of the checklist",
    OPTION: "an option of a scope question of this document (question.option), nor a tag (tag:id)",
}
# Where the items of a section stand, and by which key they are known; None: by their key in a mapping.
_LISTS: dict[str, tuple[str, str | None]] = {
    Section.DOMAINS: ("domains", "code"),
    Section.LAWS: ("laws", "code"),
    Section.TAGS: ("tags", "id"),
    Section.OUT_OF_VIEW: ("out_of_view", "id"),
    Section.PRESETS: ("presets", "id"),
    Section.QUESTIONS: ("questions", "id"),
    Section.AUTHORITIES: ("authorities", None),
    Section.CITATIONS: ("citations", None),
    Section.CHECKLIST: ("checklist", None),
}


def dangling_references(edition: Edition, top: yaml.MappingNode) -> list[Problem]:
    """`top` are the nodes that the edition was read from. At most MOST_PROBLEMS, and one that says there are more."""
    try:
        found = list(islice(_dangling(edition, top), MOST_PROBLEMS + 1))
    except DocumentError as twice:
        return list(twice.problems)
    return [*found[:MOST_PROBLEMS], Problem("", THERE_ARE_MORE)] if len(found) > MOST_PROBLEMS else found


def _dangling(edition: Edition, top: yaml.MappingNode) -> Iterator[Problem]:
    items = [(spec, spec.keyed(edition)) for spec in SPECS]
    given: set[Name] = {(Section.LAWS, STANDARD)}
    for spec, own in items:
        given.update(*(item_gives(spec, key, item) for key, item in own.items()))
    for spec, own in items:
        for key, item in own.items():
            for field in spec.fields:
                missing = uses(spec.section, field, getattr(item, field)) - given
                for name in _questions_first(missing) if spec.section is Section.PRESETS else _said_once(missing):
                    yield from _problems(top, spec.section, key, field, name)


def _said_once(missing: frozenset[Name]) -> list[Name]:
    """An option that is missing says it for its question too."""
    questions = {(str(Section.SCOPE_QUESTIONS), name.partition(".")[0]) for kind, name in missing if kind == OPTION}
    return sorted((str(kind), name) for kind, name in missing if (str(kind), name) not in questions)


def _questions_first(missing: frozenset[Name]) -> list[Name]:
    """A preset fact names its question by itself: where that is missing, its options are too."""
    questions = {name for kind, name in missing if kind == Section.SCOPE_QUESTIONS}
    return sorted((str(kind), name) for kind, name in missing if kind != OPTION or name.split(".")[0] not in questions)


def _problems(top: yaml.MappingNode, section: Section, key: str, field: str, name: Name) -> Iterator[Problem]:
    kind, missing = name
    message = f"{missing} is not {_NOUNS[kind]}"
    place = field if section is Section.FRAME else f"{section} {key}, {field}"
    node = _node_of(top, section, key, field)
    written = [own for own in _scalars(node) if own.value in (missing, TAG_PREFIX + missing)]
    for own in written or _of_fact(node, kind, missing) or [node]:
        yield Problem(place, message, file=own.start_mark.name, line=own.start_mark.line + 1)


def _of_fact(node: yaml.Node, kind: str, missing: str) -> list[yaml.Node]:
    """Where a fact of a preset names an option apart from its question, or a condition an option of no question."""
    question, _, option = missing.partition(".")
    if kind == OPTION:
        entries = (own for own in _children(node) if _named(own, question, "question"))
        return [own for entry in entries for own in _children(_value(entry, "options")) if own.value == option]
    return [own for own in _scalars(node) if str(own.value).startswith(f"{missing}.")]


def _node_of(top: yaml.MappingNode, section: Section, key: str, field: str) -> yaml.Node:
    """The value of the field, or the item where the field is not written."""
    if section is Section.FRAME:
        item: yaml.Node = top
    elif section is Section.SCOPE_QUESTIONS:
        screens = _children(_value(top, "scope"))
        item = next(own for screen in screens for own in _children(_value(screen, "questions")) if _named(own, key))
    else:
        item = _item(top, section, key)
    return _value(item, field) or item


def _item(top: yaml.MappingNode, section: Section, key: str) -> yaml.Node:
    name, called_by = _LISTS[section]
    listed = _value(top, name)
    if called_by is None:
        return _value(listed, key) or top
    return next((own for own in _children(listed) if _named(own, key, called_by)), top)


def _named(node: yaml.Node, key: str, called_by: str = "id") -> bool:
    name = _value(node, called_by)
    return name is not None and name.value == key


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _children(node: yaml.Node | None) -> list[yaml.Node]:
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _scalars(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield name
            yield from _scalars(value)
    elif isinstance(node, yaml.SequenceNode):
        for own in node.value:
            yield from _scalars(own)
    else:
        yield node
