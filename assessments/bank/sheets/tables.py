"""The sheets of an edition: their columns, and the rows that the plain form of an edition fills them with."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assessments.bank.document.question_entry import LEVELS
from assessments.bank.document.writer import Plain
from assessments.bank.sheets.cells import CellKind, write_cell

_Rows = Callable[[Plain], Iterable[Plain]]
# Releases that brought sheets or columns, in order: those of edition 2026.2 and of edition 2026.3.
STEPS, PRESETS = 1, 2


@dataclass(frozen=True)
class Table:
    """One sheet: its columns and where its rows come from.

    `since` is the release that brought the sheet, `later` the one that brought a column of an older sheet: spreadsheets
    made before have neither. `old_name` is what those before STEPS call the sheet.
    """

    name: str
    columns: tuple[tuple[str, CellKind], ...]
    rows: _Rows
    later: Mapping[str, int] = field(default_factory=dict)
    since: int = 0
    old_name: str = ""

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.columns)


SCALES = ("scale", "labels", "effort", "gate_kinds", "pillars")
LEVEL_COLUMNS = tuple(f"level {number}" for number in range(LEVELS))

# The sheet of the frame has a kind for each row. Fields that have parts themselves have a row for each part.
PARTED_FIELDS = {
    "unknown_name": ("unknown", "name"),
    "unknown_says": ("unknown", "says"),
    "quick_check_facts": ("quick_check", "facts"),
    "quick_check_questions": ("quick_check", "questions"),
    "quick_check_most": ("quick_check", "most"),
}
OLD_FIELDS = {"raised_target_tags": CellKind.LINES}
FRAME_KINDS = {
    "id": CellKind.TEXT,
    "title": CellKind.TEXT,
    "language": CellKind.TEXT,
    "law_status_as_of": CellKind.DAY,
    "disclaimer": CellKind.TEXT,
    "bank": CellKind.TEXT,
    "raised_target_when": CellKind.CONDITION,
    "damage_first": CellKind.LINES,
    "link_hosts": CellKind.LINES,
    **dict.fromkeys(("unknown_name", "unknown_says"), CellKind.TEXT),
    **dict.fromkeys(("quick_check_facts", "quick_check_questions"), CellKind.LINES),
    "quick_check_most": CellKind.WHOLE,
}


def _columns(text: str, **others: CellKind) -> tuple[tuple[str, CellKind], ...]:
    """Names of columns in order; all contain text except those in `others`."""
    return tuple((name, others.get(name, CellKind.TEXT)) for name in text.split())


def _list(key: str) -> _Rows:
    return lambda plain: plain.get(key, ())


def _mapping(section: str, key: str) -> _Rows:
    """The entries of a registry, with the name of each in the column `key`. An entry may be a text alone."""

    def rows(plain: Plain) -> Iterator[Plain]:
        for name, entry in plain.get(section, {}).items():
            yield {key: name, **(entry if isinstance(entry, dict) else {"text": entry})}

    return rows


def _frame(plain: Plain) -> Iterator[Plain]:
    parts = {name: plain.get(whole, {}).get(part) for name, (whole, part) in PARTED_FIELDS.items()}
    for name, kind in FRAME_KINDS.items():
        yield {"field": name, "value": write_cell(kind, {**plain, **parts}.get(name))}


def _scales(plain: Plain) -> Iterator[Plain]:
    return ({"list": name, **entry} for name in SCALES for entry in plain.get(name, ()))


def _scope_questions(plain: Plain) -> Iterator[Plain]:
    return ({"screen": screen["id"], **question} for screen in plain["scope"] for question in screen["questions"])


def _options(plain: Plain) -> Iterator[Plain]:
    for question in _scope_questions(plain):
        for option in question["options"]:
            yield {"screen": question["screen"], "question": question["id"], **option}


def _tags(plain: Plain) -> Iterator[Plain]:
    """One text that says why a tag is off stands with the tag, several stand in their own sheet."""
    for tag in plain["tags"]:
        yield {**tag, "otherwise": tag["otherwise"] if isinstance(tag["otherwise"], str) else ""}


def _otherwise(plain: Plain) -> Iterator[Plain]:
    for tag in plain["tags"]:
        if not isinstance(tag["otherwise"], str):
            yield from ({"tag": tag["id"], **own} for own in tag["otherwise"])


def _questions(plain: Plain) -> Iterator[Plain]:
    for question in plain["questions"]:
        levels = dict(zip(LEVEL_COLUMNS, question["levels"], strict=True))
        first, find_out = question.get("first_step", {}), question.get("find_out", {})
        yield {
            **question,
            **levels,
            "first_step": first.get("text"),
            "effort": first.get("effort"),
            "find_out": find_out.get("text"),
            "find_out_minutes": find_out.get("minutes"),
        }


def _of_each(section: str, owner: str, key: str, id_: str = "id") -> _Rows:
    """The entries below `key` of each item, with the id of the item."""

    def rows(plain: Plain) -> Iterator[Plain]:
        for item in plain.get(section, ()):
            for entry in item.get(key, ()):
                yield {owner: item[id_], **(entry if isinstance(entry, dict) else {"label": entry})}

    return rows


_steps = _of_each("questions", "question", "steps")


def _step_variants(plain: Plain) -> Iterator[Plain]:
    """Numbered within their step, so that links can name them."""
    for step in _steps(plain):
        for number, variant in enumerate(step.get("variants", ()), 1):
            yield {"question": step["question"], "to": step["to"], "variant": number, **variant}


def _step_links(plain: Plain) -> Iterator[Plain]:
    """Those of a variant carry its number."""
    for owner in (*_steps(plain), *_step_variants(plain)):
        place = {key: owner.get(key) for key in ("question", "to", "variant")}
        yield from ({**place, **link} for link in owner.get("links", ()))


_K = CellKind
TABLES = (
    Table("edition", _columns("field value"), _frame),
    Table("scales", _columns("list code name says there missing"), _scales, dict.fromkeys(("there", "missing"), STEPS),
          old_name="steps"),
    Table("domains", _columns("code title pillar promise who_knows"), _list("domains")),
    Table(
        "laws",
        _columns("code name tag says note status starts fines verification looked_up unsettled authority",
                 starts=_K.DAY, verification=_K.WORD, looked_up=_K.DAY, unsettled=_K.LINES),
        _list("laws"),
        dict.fromkeys(("status", "starts", "fines", "verification", "looked_up", "unsettled", "authority"), STEPS),
    ),
    Table("authority_rules", _columns("law authority when", when=_K.CONDITION),
          _of_each("laws", "law", "authority_else", "code"), since=STEPS),
    Table("authorities", _columns("code name short law url breach_form verification note", verification=_K.WORD),
          _mapping("authorities", "code"), since=STEPS),
    Table("dates", _columns("date law text when verification", date=_K.DAY, when=_K.CONDITION, verification=_K.WORD),
          _list("dates"), dict.fromkeys(("when", "verification"), STEPS)),
    Table("screens", _columns("id title intro"), _list("scope")),
    Table(
        "scope_questions",
        _columns("screen id kind text help not_sure asked_when select", kind=_K.WORD, asked_when=_K.CONDITION,
                 select=_K.FLAG),
        _scope_questions,
        dict.fromkeys(("select",), STEPS),
    ),
    Table(
        "options",
        _columns("screen question id text help exclusive group authority cyber police says", exclusive=_K.FLAG),
        _options,
        {**dict.fromkeys(("group", "authority", "cyber", "police"), STEPS), "says": PRESETS},
    ),
    Table("tags", _columns("id name says law otherwise settled_by"), _tags, dict.fromkeys(("settled_by",), STEPS)),
    Table("tag_rules", _columns("tag when reason", when=_K.CONDITION), _of_each("tags", "tag", "set_when")),
    Table("otherwise", _columns("tag text when", when=_K.CONDITION), _otherwise, since=STEPS),
    Table("out_of_view", _columns("id text when", when=_K.CONDITION), _list("out_of_view")),
    Table("presets", _columns("id name group examples asks", asks=_K.LINES), _list("presets"), since=PRESETS),
    Table("preset_facts", _columns("preset question options when", options=_K.LINES, when=_K.CONDITION),
          _of_each("presets", "preset", "facts"), since=PRESETS),
    Table("citations", _columns("label says law verification source unsettled", verification=_K.WORD),
          _mapping("citations", "label"), dict.fromkeys(("unsettled",), STEPS)),
    Table("checklist", _columns("id text concerns", concerns=_K.CONDITION), _mapping("checklist", "id"),
          dict.fromkeys(("concerns",), STEPS)),
    Table("readability_exceptions", _columns("question text"), _mapping("readability_exceptions", "question"),
          since=STEPS),
    Table(
        "questions",
        (
            *_columns("id depth text help", depth=_K.WORD),
            *((name, _K.TEXT) for name in LEVEL_COLUMNS),
            *_columns("usual find_out find_out_minutes", usual=_K.WHOLE, find_out_minutes=_K.WHOLE),
            *_columns("weight weight_reason applies_when not_applicable not_applicable_hint", weight=_K.WHOLE,
                      applies_when=_K.CONDITION, not_applicable=_K.WORD),
            *_columns("evidence first_step effort checklist ai_lens domain", evidence=_K.LINES, effort=_K.WORD,
                      checklist=_K.LINES, ai_lens=_K.FLAG),
        ),
        _questions,
        dict.fromkeys(("usual", "find_out", "find_out_minutes"), STEPS),
    ),
    Table(
        "question_steps",
        _columns("question to text solo done_when minutes cost pays_for who", to=_K.WHOLE, minutes=_K.WHOLE,
                 cost=_K.WORD, who=_K.WORD),
        _steps,
        since=STEPS,
    ),
    Table(
        "step_variants",
        _columns("question to variant when text done_when minutes", to=_K.WHOLE, variant=_K.WHOLE,
                 when=_K.CONDITION, minutes=_K.WHOLE),
        _step_variants,
        since=STEPS,
    ),
    Table("step_links", _columns("question to variant for label url path", to=_K.WHOLE, variant=_K.WHOLE),
          _step_links, since=STEPS),
    Table(
        "gates",
        _columns("question kind min_level caps_pillar pillars severity starts reason when", kind=_K.WORD,
                 min_level=_K.WHOLE, caps_pillar=_K.FLAG, pillars=_K.LINES, severity=_K.WHOLE, starts=_K.DAY,
                 when=_K.CONDITION),
        _of_each("questions", "question", "gates"),
        dict.fromkeys(("severity", "starts"), STEPS),
    ),
    Table(
        "duties",
        _columns("question law level finding says citations starts unsettled when", level=_K.WHOLE, finding=_K.WORD,
                 citations=_K.LINES, starts=_K.DAY, when=_K.CONDITION),
        _of_each("questions", "question", "duties"),
        dict.fromkeys(("finding", "unsettled"), STEPS),
    ),
    Table(
        "question_citations",
        _columns("question label when starts", when=_K.CONDITION, starts=_K.DAY),
        _of_each("questions", "question", "citations"),
    ),
)  # fmt: skip
