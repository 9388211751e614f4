"""A draft edition started from a framework library: its requirements as domains and questions.

What a library does not have (levels, gates, duties and scope) is left to the editor: levels come from the scale, and
nothing is a gate or a duty of law.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assessments.bank.checks.questions import MAX_EVIDENCE
from assessments.bank.ciso.library import Library, Requirement, read_library
from assessments.bank.ciso.text import bank_slug, cut_text, day, five_choices, in_letters, letters_of, slug
from assessments.bank.ciso.tree import Tree, summary_of
from assessments.bank.errors import Problem, Severity
from assessments.bank.laws import Citation, Verification
from assessments.bank.references import STANDARD
from assessments.bank.steps import Effort
from assessments.bank.types import ChecklistEntry, Depth, Domain, Edition, NotApplicable, Question, QuestionCitation

# What the columns of an edition's rows hold.
TITLE_LENGTH, DOMAIN_TITLE_LENGTH, TEXT_LENGTH, LABEL_LENGTH = 200, 120, 300, 120
CODE_LENGTH = 6
QUESTIONS_PER_DOMAIN = 99

WHO_KNOWS = "Whoever is responsible for this in your business"
EVIDENCE = "A document, a record or a screenshot that shows it"
FIRST_STEP = "Write down how you do this today, and who is responsible for it."
HINT = "When your business has nothing that this applies to."
SOURCE = "imported from a CISO Assistant library ({urn}, version {version}), not compared with the original"

_IMPORTANCE = {"mandatory": 3, "recommended": 2}


@dataclass(frozen=True, slots=True)
class LibraryDraft:
    """`unmapped` are warnings: what was left out, and what was decided where the library is silent."""

    edition: Edition
    unmapped: tuple[Problem, ...]


def draft_from_library(text: str, base: Edition, *, pillar: str = "", file: str = "library.yaml") -> LibraryDraft:
    """Scale, scope, laws and all else that is not a question come from `base`.

    `pillar` is given to every domain, by default the first of `base`. Raises DocumentError for anything but a library.
    """
    library = read_library(text, file)
    drafting = _Drafting(library, base, pillar or base.pillars[0].code)
    edition = drafting.edition()
    return LibraryDraft(edition, (*library.left_out, *drafting.notes))


@dataclass
class _Drafting:
    library: Library
    base: Edition
    pillar: str
    notes: list[Problem] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    citations: dict[str, Citation] = field(default_factory=dict)
    groups: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.tree = Tree(self.library.requirements)

    def edition(self) -> Edition:
        made = [
            (domain, questions) for root, nodes in self.chapters() for domain, questions in self.domain(root, nodes)
        ]
        questions = tuple(question for _, own in made for question in own)
        library = self.library
        self.note("domains", f"all have the pillar {self.pillar}: choose one for each")
        self.note("questions", f"all have the depth {Depth.STANDARD}, and no gates, duties of law or scope")
        self.note("questions, levels", "come from the scale, the same for all: say what each means here")
        for group, count in self.groups.items():
            self.note(f"implementation_groups {group}", f"not imported; requirements in it: {count}")
        return replace(
            self.base,
            id=slug(library.ref_id or library.name) or "library",
            bank=bank_slug(library.ref_id or library.name, self.base.bank),
            title=cut_text(library.name or library.ref_id or "A library", TITLE_LENGTH),
            language=library.locale[:10] or self.base.language,
            law_status_as_of=day(library.publication_date) or self.base.law_status_as_of,
            disclaimer="\n\n".join(filter(None, (self.base.disclaimer, self.origin()))),
            domains=tuple(domain for domain, _ in made),
            citations=self.citations,
            checklist={own.id: ChecklistEntry(own.id, self.checklist_text(own)) for own in questions},
            questions=questions,
            # About questions of the base.
            damage_first=(),
            quick_check=None,
            readability_exceptions={},
        )

    def origin(self) -> str:
        by = f" by {self.library.provider}" if self.library.provider else ""
        return f"Made from {self.library.name or self.library.urn}{by}. {self.library.copyright}".strip()

    def checklist_text(self, question: Question) -> str:
        citation = self.citations[question.citations[0].label]
        return cut_text(f"{citation.label}: {citation.says}", TEXT_LENGTH)

    def note(self, place: str, message: str, line: int | None = None) -> None:
        self.notes.append(Problem(place, message, Severity.WARNING, self.library.file, line))

    def chapters(self) -> Iterator[tuple[Requirement, list[Requirement]]]:
        """Each outermost requirement that has assessable requirements, with those."""
        for root in self.tree.chapters():
            nodes = [node for node in self.tree.below(root) if node.assessable]
            if nodes:
                yield root, nodes
            else:
                self.note(root.place, "has no assessable requirement below it and is left out", root.line)

    def domain(self, root: Requirement, nodes: Sequence[Requirement]) -> Iterator[tuple[Domain, list[Question]]]:
        """More than one where there are more questions than two digits can count."""
        title = root.name or root.description or root.ref_id or "Requirements"
        for start in range(0, len(nodes), QUESTIONS_PER_DOMAIN):
            code = self.code(root)
            part = f" ({start // QUESTIONS_PER_DOMAIN + 1})" if start else ""
            domain = Domain(
                code=code,
                title=cut_text(title, DOMAIN_TITLE_LENGTH - len(part)) + part,
                pillar=self.pillar,
                promise=cut_text(root.description or title, TEXT_LENGTH),
                who_knows=WHO_KNOWS,
            )
            own = nodes[start : start + QUESTIONS_PER_DOMAIN]
            yield domain, [self.question(domain, n, node, self.tree.path(node, root)) for n, node in enumerate(own, 1)]

    def code(self, root: Requirement) -> str:
        letters = letters_of(root.ref_id)
        stem = letters if len(letters) > 1 else letters_of(root.name or root.description) or "DOMAIN"
        code = stem = stem[:CODE_LENGTH]
        number = 0
        while code in self.codes:
            number += 1
            ending = in_letters(number)
            code = stem[: CODE_LENGTH - len(ending)] + ending
        self.codes.add(code)
        return code

    def question(self, domain: Domain, number: int, node: Requirement, path: Sequence[str]) -> Question:
        question_id = f"{domain.code}-{number:02}"
        weight, reason = self.weight(node)
        self.groups.update(node.groups)
        return Question(
            id=question_id,
            domain=domain.code,
            depth=Depth.STANDARD,
            text=self.text(node, question_id),
            help=self.help(node, path),
            levels=self.levels(node),
            weight=weight,
            weight_reason=reason,
            citations=(QuestionCitation(self.citation(node)),),
            evidence=self.evidence(node),
            first_step=FIRST_STEP,
            effort=Effort.SMALL,
            checklist=(question_id,),
            not_applicable=NotApplicable.ALWAYS,
            not_applicable_hint=HINT,
        )

    def text(self, node: Requirement, question_id: str) -> str:
        """One question mark, at the end, and no text used twice. A question of the library's own comes first."""
        questions = [" ".join(question.text.split()) for question in node.questions]
        words = questions[0] if len(questions) == 1 and questions[0] else summary_of(node)
        asked = words.endswith("?") and words.count("?") == 1
        english = self.library.locale.lower().startswith("en")
        start = "" if asked or not english else "How far is this in place: "
        words = words.replace("?", "").strip(" .;:,")
        text = f"{start}{cut_text(words, TEXT_LENGTH - len(start) - 1)}?"
        if text in self.texts:
            ending = f" ({question_id})?"
            text = f"{start}{cut_text(words, TEXT_LENGTH - len(start) - len(ending))}{ending}"
        self.texts.add(text)
        return text

    def help(self, node: Requirement, path: Sequence[str]) -> str:
        parts = [" > ".join(path), node.description, node.annotation]
        parts += [question.text for question in node.questions if question.text and len(node.questions) > 1]
        return "\n\n".join(filter(None, parts)) or f"{self.label(node)}: {summary_of(node)}"

    def levels(self, node: Requirement) -> tuple[str, ...]:
        generic = tuple(f"{step.name}: {step.says}" for step in self.base.scale)
        for question in node.questions:
            choices = five_choices(question) if len(node.questions) == 1 else ()
            if choices:
                self.note(
                    node.place, "its five choices became the levels: check that the first is the worst", node.line
                )
                return choices
            if question.choices:
                count = len(question.choices)
                self.note(node.place, f"its {count} choices cannot be levels and are left out", node.line)
        return generic

    def weight(self, node: Requirement) -> tuple[int, str]:
        if node.weight and node.weight != "1":
            weight = min(3, int(node.weight)) if node.weight.isdecimal() and int(node.weight) else 1
            if str(weight) != node.weight:
                self.note(node.place, f"its weight {node.weight} became {weight}", node.line)
            return weight, f"The framework gives it the weight {node.weight}."
        if node.importance in _IMPORTANCE:
            return _IMPORTANCE[node.importance], f"The framework calls it {node.importance}."
        return 1, "The framework weighs all requirements the same."

    def citation(self, node: Requirement) -> str:
        label = cut_text(self.label(node), LABEL_LENGTH)
        number = 1
        while label in self.citations:
            number += 1
            ending = f" ({number})"
            label = cut_text(self.label(node), LABEL_LENGTH - len(ending)) + ending
        source = SOURCE.format(urn=self.library.urn or node.urn, version=self.library.version or "unknown")
        self.citations[label] = Citation(
            label, cut_text(summary_of(node), TEXT_LENGTH), STANDARD, Verification.MEMORY, source
        )
        return label

    def label(self, node: Requirement) -> str:
        # urn:intuitem:risk:req_node:framework:the-node
        return f"{self.library.ref_id} {node.ref_id or node.urn.split(':', 5)[-1]}".strip()

    def evidence(self, node: Requirement) -> tuple[str, ...]:
        found = [words for line in node.evidence.splitlines() if (words := line.strip(" \t-*•·"))]
        found = list(dict.fromkeys(found))
        for more in found[MAX_EVIDENCE:]:
            self.note(node.place, f"more than {MAX_EVIDENCE} examples of evidence, left out: {more}", node.line)
        return tuple(found[:MAX_EVIDENCE]) or (EVIDENCE,)
