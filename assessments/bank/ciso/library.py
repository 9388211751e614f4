"""Framework libraries of CISO Assistant (YAML), as far as a bank can be started from them.

Shape: https://github.com/intuitem/ciso-assistant-community, tools/README.md and backend/library/libraries/. A library
has `objects`, among them `framework` (older) or `frameworks`; a framework has `requirement_nodes`, a flat list whose
entries name their parent by URN.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from assessments.bank.document.entry import Entry
from assessments.bank.document.yaml_parts import compose_parts
from assessments.bank.errors import DocumentError, Problem, Severity


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """`scores` has a number for each choice, or is empty."""

    text: str
    kind: str
    choices: tuple[str, ...]
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """`place` and `line` locate it in the file; `parent` is the URN of its parent or "". URNs are in lower case."""

    urn: str
    parent: str
    ref_id: str
    name: str
    description: str
    annotation: str
    evidence: str
    assessable: bool
    weight: str
    importance: str
    groups: tuple[str, ...]
    questions: tuple[LibraryQuestion, ...]
    place: str
    line: int


@dataclass(frozen=True, slots=True)
class Library:
    """`left_out` are warnings that name what the library has and this reader ignores."""

    file: str
    urn: str
    ref_id: str
    name: str
    locale: str
    version: str
    provider: str
    copyright: str
    publication_date: str
    requirements: tuple[Requirement, ...]
    left_out: tuple[Problem, ...]


_FRAMEWORK_TAKEN = {"urn", "ref_id", "name", "description", "requirement_nodes", "min_score", "max_score"}
_NODE_TAKEN = {
    *("urn", "parent_urn", "ref_id", "name", "description", "annotation", "typical_evidence", "assessable"),
    *("depth", "weight", "importance", "implementation_groups", "questions"),
    "question",
}
_TRUE = ("true", "yes", "on", "x")


def read_library(text: str, file: str = "library.yaml") -> Library:
    """Raises DocumentError with every problem that prevents the requirements from being read as a tree."""
    reading = _Reading(file)
    library = reading.library(Entry(compose_parts({file: text}, aliases=True), "", reading.problems))
    if reading.problems:
        raise DocumentError(sorted(reading.problems, key=lambda problem: problem.line or 0))
    return library


@dataclass
class _Reading:
    file: str
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)

    def library(self, top: Entry) -> Library:
        found = dict(top.pairs())
        objects = self.objects(found.get("objects"), top)
        frameworks = self.frameworks(objects, found.get("objects", top))
        requirements = [node for framework in frameworks for node in self.requirements(framework)]
        self.problems += _tree_problems(requirements, self.file)
        if frameworks and not self.problems and not any(node.assessable for node in requirements):
            top.refuse("no requirement of the library is assessable: there is nothing to ask")
        for key, count in self.ignored.items():
            self.leave(f"requirement_nodes, {key}", f"not imported; requirements that have it: {count}")
        texts = {key: self.text(found.get(key)) for key in _LIBRARY_KEYS}
        return Library(self.file, **texts, requirements=tuple(requirements), left_out=tuple(self.left_out))

    def objects(self, entry: Entry | None, top: Entry) -> Mapping[str, Entry]:
        if entry is None:
            top.refuse("objects is missing: is this a CISO Assistant library?")
            return {}
        return dict(entry.pairs())

    def frameworks(self, objects: Mapping[str, Entry], around: Entry) -> list[Mapping[str, Entry]]:
        """The keys of each framework; other objects are noted as left out."""
        found: list[Mapping[str, Entry]] = []
        for key, entry in objects.items():
            if key in ("framework", "frameworks"):
                entries = entry.items() if entry.shape == "seq" else [entry]
                found += [dict(one.pairs()) for one in entries]
            else:
                self.leave(entry.place, f"not imported{_how_many(entry)}", entry)
        if objects and not found:
            around.refuse("it contains no framework")
        return found

    def requirements(self, framework: Mapping[str, Entry]) -> Iterator[Requirement]:
        for key, entry in framework.items():
            if key not in _FRAMEWORK_TAKEN:
                self.leave(entry.place, f"not imported{_how_many(entry)}", entry)
        nodes = framework.get("requirement_nodes")
        for entry in nodes.items() if nodes else ():
            found = dict(entry.pairs())
            if entry.shape == "map":
                yield self.requirement(entry, found)

    def requirement(self, entry: Entry, found: Mapping[str, Entry]) -> Requirement:
        texts = {key: self.text(found.get(key)) for key in _NODE_TEXTS}
        place = f"requirement {texts['ref_id'] or texts['name'] or texts['urn'].rpartition(':')[2]}".rstrip()
        if not texts["urn"]:
            entry.refuse("urn is missing")
        self.ignored.update(key for key in found if key not in _NODE_TAKEN)
        return Requirement(
            urn=texts["urn"].lower(),
            parent=texts["parent_urn"].lower(),
            ref_id=texts["ref_id"],
            name=texts["name"],
            description=texts["description"],
            annotation=texts["annotation"],
            evidence="\n".join(self.listed(found.get("typical_evidence"))),
            assessable=texts["assessable"].lower() in _TRUE and self.text(found.get("display_mode")) != "splash",
            weight=texts["weight"],
            importance=texts["importance"].lower(),
            groups=self.listed(found.get("implementation_groups")),
            questions=self.questions(found.get("questions")) or tuple(self.older_questions(found.get("question"))),
            place=place,
            line=entry.node.start_mark.line + 1,
        )

    def questions(self, entry: Entry | None) -> tuple[LibraryQuestion, ...]:
        if entry is None or entry.shape == "null":
            return ()
        return tuple(self.question(dict(asked.pairs())) for _, asked in entry.pairs())

    def question(self, found: Mapping[str, Entry]) -> LibraryQuestion:
        entry = found.get("choices")
        choices = [dict(one.pairs()) for one in entry.items(at_least=0)] if entry and entry.shape != "null" else []
        scores = [self.text(choice.get("add_score")) for choice in choices]
        return LibraryQuestion(
            text=self.text(found.get("text")),
            kind=self.text(found.get("type")),
            choices=tuple(self.text(choice.get("value")) for choice in choices),
            scores=tuple(map(int, scores)) if all(score.lstrip("-").isdecimal() for score in scores) else (),
        )

    def older_questions(self, entry: Entry | None) -> Iterator[LibraryQuestion]:
        """One set of choices for a list of questions."""
        found = dict(entry.pairs()) if entry and entry.shape != "null" else {}
        kind, choices = self.text(found.get("question_type")), self.listed(found.get("question_choices"))
        asked = found.get("questions")
        for one in asked.items(at_least=0) if asked and asked.shape != "null" else ():
            yield LibraryQuestion(self.text(dict(one.pairs()).get("text")), kind, choices, ())

    def text(self, entry: Entry | None) -> str:
        """Any plain value as text: nobody puts 1.1 or a date in quotes."""
        if entry is None or entry.shape == "null":
            return ""
        if isinstance(entry.node, yaml.ScalarNode):
            return str(entry.node.value).strip()
        entry.refuse("expected text, found a list or mapping")
        return ""

    def listed(self, entry: Entry | None) -> tuple[str, ...]:
        """A list of texts, or a text."""
        entries = entry.items(at_least=0) if entry and entry.shape == "seq" else [entry]
        return tuple(text for one in entries if (text := self.text(one)))

    def leave(self, place: str, message: str, entry: Entry | None = None) -> None:
        line = entry.node.start_mark.line + 1 if entry else None
        self.left_out.append(Problem(place, message, Severity.WARNING, self.file, line))


_LIBRARY_KEYS = ("urn", "ref_id", "name", "locale", "version", "provider", "copyright", "publication_date")
_NODE_TEXTS = (
    *("urn", "parent_urn", "ref_id", "name", "description", "annotation", "assessable", "weight", "importance"),
)


def _how_many(entry: Entry) -> str:
    if not isinstance(entry.node, yaml.SequenceNode):
        return ""
    count = len(entry.node.value)
    return f", {count} of them" if count != 1 else ", one of them"


def _tree_problems(requirements: Sequence[Requirement], file: str) -> Iterator[Problem]:
    by_urn = {node.urn: node for node in requirements if node.urn}
    counts = Counter(node.urn for node in requirements if node.urn)
    for node in requirements:
        if counts[node.urn] > 1:
            yield Problem(node.place, f"{node.urn} appears twice", file=file, line=node.line)
        if node.parent and node.parent not in by_urn:
            yield Problem(node.place, f"its parent {node.parent} is not in the library", file=file, line=node.line)
        elif _is_its_own_ancestor(node, by_urn):
            yield Problem(node.place, "is its own ancestor", file=file, line=node.line)


def _is_its_own_ancestor(node: Requirement, by_urn: Mapping[str, Requirement]) -> bool:
    seen = set()
    urn = node.parent
    while urn in by_urn and urn not in seen:
        if urn == node.urn:
            return True
        seen.add(urn)
        urn = by_urn[urn].parent
    return False
