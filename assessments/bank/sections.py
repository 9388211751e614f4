"""An edition split into named items with named fields, and put together again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any

from assessments.bank.errors import DocumentError, Problem
from assessments.bank.scope_types import ScopeOption, ScopeQuestion, ScopeScreen
from assessments.bank.types import Edition


class Section(StrEnum):
    """A part of an edition that is compared and merged by itself."""

    FRAME = "frame"
    SCALE = "scale"
    LABELS = "labels"
    EFFORTS = "effort"
    GATE_KINDS = "gate_kinds"
    PILLARS = "pillars"
    DOMAINS = "domains"
    LAWS = "laws"
    AUTHORITIES = "authorities"
    SCREENS = "screens"
    SCOPE_QUESTIONS = "scope_questions"
    TAGS = "tags"
    OUT_OF_VIEW = "out_of_view"
    PRESETS = "presets"
    CITATIONS = "citations"
    CHECKLIST = "checklist"
    QUESTIONS = "questions"


class ChangeKind(StrEnum):
    """What a changed field is about."""

    WORDING = "wording"
    LEVELS = "levels"
    WEIGHT = "weight"
    DEPTH = "depth"
    GATES = "gates"
    DUTIES = "duties"
    SCOPE = "scope"
    CITATIONS = "citations"
    EVIDENCE = "evidence"
    STEPS = "steps"
    CHECKLIST = "checklist"
    DOMAIN = "domain"
    ORDER = "order"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class PlacedScopeQuestion:
    """A scope question with the id of its screen."""

    screen: str
    id: str
    many: bool
    text: str
    help: str
    options: tuple[ScopeOption, ...]
    not_sure: str
    asked_when: object
    select: bool

    @staticmethod
    def of(screen: ScopeScreen, question: ScopeQuestion) -> "PlacedScopeQuestion":
        return PlacedScopeQuestion(screen.id, **{name: getattr(question, name) for name in _SCOPE_QUESTION})

    @property
    def question(self) -> ScopeQuestion:
        return ScopeQuestion(**{name: getattr(self, name) for name in _SCOPE_QUESTION})


_SCOPE_QUESTION = ("id", "many", "text", "help", "options", "not_sure", "asked_when", "select")


@dataclass(frozen=True)
class SectionSpec:
    """How one section is split. `group` is the field that names the container within which order matters."""

    section: Section
    items: Callable[[Edition], Iterable[Any]]
    key: Callable[[Any], str]
    fields: Mapping[str, ChangeKind]
    group: str = ""
    container: Section | None = None
    ordered: bool = True

    def keyed(self, edition: Edition) -> dict[str, Any]:
        """The items by key, in order. Raises DocumentError for a key that appears twice."""
        found: dict[str, Any] = {}
        for item in self.items(edition):
            key = self.key(item)
            if key in found:
                raise DocumentError([Problem(f"{self.section} {key}", "appears twice")])
            found[key] = item
        return found

    def group_of(self, item: Any) -> str:
        return str(getattr(item, self.group)) if self.group else ""


def _kinds(kind: ChangeKind, *names: str) -> dict[str, ChangeKind]:
    return dict.fromkeys(names, kind)


_WORDS = ChangeKind.WORDING
_SCALE = _kinds(_WORDS, "name", "says")
_id, _code = attrgetter("id"), attrgetter("code")

_QUESTION = {
    **_kinds(ChangeKind.DOMAIN, "domain"),
    **_kinds(ChangeKind.DEPTH, "depth"),
    **_kinds(_WORDS, "text", "help"),
    **_kinds(ChangeKind.LEVELS, "levels", "usual"),
    **_kinds(ChangeKind.WEIGHT, "weight", "weight_reason"),
    **_kinds(ChangeKind.GATES, "gates"),
    **_kinds(ChangeKind.DUTIES, "duties"),
    **_kinds(ChangeKind.SCOPE, "applies_when"),
    **_kinds(ChangeKind.NOT_APPLICABLE, "not_applicable", "not_applicable_hint"),
    **_kinds(ChangeKind.CITATIONS, "citations"),
    **_kinds(ChangeKind.EVIDENCE, "evidence"),
    **_kinds(ChangeKind.STEPS, "steps", "find_out", "first_step", "effort"),
    **_kinds(ChangeKind.CHECKLIST, "checklist"),
    # Where a question counts besides its own domain.
    **_kinds(ChangeKind.DOMAIN, "ai_lens"),
}

SPECS = (
    SectionSpec(
        Section.FRAME,
        lambda edition: (edition,),
        lambda edition: "",
        {
            **_kinds(_WORDS, "id", "bank", "title", "language", "disclaimer", "unknown", "readability_exceptions"),
            **_kinds(ChangeKind.DUTIES, "law_status_as_of", "dates"),
            **_kinds(ChangeKind.SCOPE, "raised_target_when"),
            **_kinds(ChangeKind.ORDER, "damage_first"),
            **_kinds(ChangeKind.STEPS, "link_hosts"),
            **_kinds(ChangeKind.DEPTH, "quick_check"),
        },
    ),
    SectionSpec(Section.SCALE, attrgetter("scale"), _code, _SCALE),
    SectionSpec(Section.LABELS, attrgetter("labels"), _code, {**_SCALE, **_kinds(_WORDS, "there", "missing")}),
    SectionSpec(Section.EFFORTS, attrgetter("efforts"), _code, _SCALE),
    SectionSpec(Section.GATE_KINDS, attrgetter("gate_kinds"), _code, _SCALE),
    SectionSpec(Section.PILLARS, attrgetter("pillars"), _code, _SCALE),
    SectionSpec(
        Section.DOMAINS,
        attrgetter("domains"),
        _code,
        {**_kinds(_WORDS, "title", "promise", "who_knows"), **_kinds(ChangeKind.DOMAIN, "pillar")},
    ),
    SectionSpec(
        Section.LAWS,
        attrgetter("laws"),
        _code,
        {
            **_kinds(_WORDS, "name", "says", "note", "fines"),
            **_kinds(ChangeKind.SCOPE, "tag"),
            **_kinds(ChangeKind.DUTIES, "status", "starts", "verification", "looked_up", "unsettled"),
            **_kinds(ChangeKind.DUTIES, "authority", "authority_else"),
        },
    ),
    SectionSpec(
        Section.AUTHORITIES,
        lambda edition: edition.authorities.values(),
        _code,
        _kinds(_WORDS, "name", "short", "law", "url", "breach_form", "verification", "note"),
        ordered=False,
    ),
    SectionSpec(Section.SCREENS, attrgetter("scope.screens"), _id, _kinds(_WORDS, "title", "intro")),
    SectionSpec(
        Section.SCOPE_QUESTIONS,
        lambda edition: (PlacedScopeQuestion.of(s, q) for s in edition.scope.screens for q in s.questions),
        _id,
        {
            **_kinds(_WORDS, "text", "help", "not_sure"),
            **_kinds(ChangeKind.SCOPE, "screen", "many", "options", "asked_when", "select"),
        },
        group="screen",
        container=Section.SCREENS,
    ),
    SectionSpec(
        Section.TAGS,
        attrgetter("scope.tags"),
        _id,
        {**_kinds(_WORDS, "name", "says", "otherwise"), **_kinds(ChangeKind.SCOPE, "law", "set_when", "settled_by")},
    ),
    SectionSpec(
        Section.OUT_OF_VIEW,
        attrgetter("scope.out_of_view"),
        _id,
        {**_kinds(_WORDS, "text"), **_kinds(ChangeKind.SCOPE, "when")},
    ),
    SectionSpec(
        Section.PRESETS,
        attrgetter("presets"),
        _id,
        {**_kinds(_WORDS, "name", "group", "examples"), **_kinds(ChangeKind.SCOPE, "facts", "asks")},
    ),
    SectionSpec(
        Section.CITATIONS,
        lambda edition: edition.citations.values(),
        attrgetter("label"),
        _kinds(ChangeKind.CITATIONS, "says", "law", "verification", "source", "unsettled"),
        ordered=False,
    ),
    SectionSpec(
        Section.CHECKLIST,
        lambda edition: edition.checklist.values(),
        _id,
        {**_kinds(_WORDS, "text"), **_kinds(ChangeKind.SCOPE, "concerns")},
        ordered=False,
    ),
    SectionSpec(Section.QUESTIONS, attrgetter("questions"), _id, _QUESTION, group="domain", container=Section.DOMAINS),
)


def build_edition(frame: Edition, items: Mapping[Section, Iterable[Any]]) -> Edition:
    """`frame` gives the fields of the frame, `items` everything else, in order."""
    found = {section: tuple(own) for section, own in items.items()}
    screens = tuple(
        replace(s, questions=tuple(own.question for own in found[Section.SCOPE_QUESTIONS] if own.screen == s.id))
        for s in found[Section.SCREENS]
    )
    return replace(
        frame,
        scale=found[Section.SCALE],
        labels=found[Section.LABELS],
        efforts=found[Section.EFFORTS],
        gate_kinds=found[Section.GATE_KINDS],
        pillars=found[Section.PILLARS],
        domains=found[Section.DOMAINS],
        laws=found[Section.LAWS],
        scope=replace(frame.scope, screens=screens, tags=found[Section.TAGS], out_of_view=found[Section.OUT_OF_VIEW]),
        presets=found[Section.PRESETS],
        citations={citation.label: citation for citation in found[Section.CITATIONS]},
        authorities={authority.code: authority for authority in found[Section.AUTHORITIES]},
        checklist={entry.id: entry for entry in found[Section.CHECKLIST]},
        questions=found[Section.QUESTIONS],
    )
