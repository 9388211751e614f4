"""SQL of the guards: what is published or frozen cannot be changed, whoever asks and however."""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


@dataclass(frozen=True)
class Guard:
    """Refuses `event` on `table` when `forbidden` (SQL over NEW or OLD) is true."""

    name: str
    table: str
    event: str
    forbidden: str
    message: str

    def create(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [
                f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
                f"WHEN {self.forbidden} BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
            ]
        row = "OLD" if self.event == "DELETE" else "NEW"
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
            f"IF {self.forbidden} THEN RAISE EXCEPTION '{self.message}' USING ERRCODE = 'check_violation'; END IF; "
            f"RETURN {row}; END $guard$",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]

    def drop(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f"DROP TRIGGER {self.name}"]
        return [f"DROP TRIGGER {self.name} ON {self.table}", f"DROP FUNCTION {self.name}()"]


_FIXED = "This edition is published and cannot be changed. Copy it to a new draft instead."
_FROZEN = "This result is frozen and cannot be changed."
_NOT_YET = "Only a published edition can be retired."
_HISTORY = "The history of the bank cannot be changed."
_FINISHED = "This assessment is finished; its answers cannot be changed."
_FINISHED_DISCUSSION = "This assessment is finished; what was said about it cannot be changed."

_IN_EDITION = "(SELECT status FROM assessments_editionrow WHERE id = {row}.edition_id) <> 'draft'"
_IN_DOMAIN = (
    "(SELECT e.status FROM assessments_editionrow e JOIN assessments_domainrow d ON d.edition_id = e.id "
    "WHERE d.id = {row}.domain_id) <> 'draft'"
)
_IN_QUESTION = (
    "(SELECT e.status FROM assessments_editionrow e JOIN assessments_domainrow d ON d.edition_id = e.id "
    "JOIN assessments_questionrow q ON q.domain_id = d.id WHERE q.id = {row}.question_id) <> 'draft'"
)
_PARTS = {
    "domainrow": _IN_EDITION,
    "citationrow": _IN_EDITION,
    "checklistitem": _IN_EDITION,
    "questionrow": _IN_DOMAIN,
    "levelrow": _IN_QUESTION,
    "gaterow": _IN_QUESTION,
    "dutyrow": _IN_QUESTION,
    "questioncitationrow": _IN_QUESTION,
    "coveragerow": _IN_QUESTION,
}
EDITION_COLUMNS_AT_FIRST = ("code", "title", "language", "law_status_as_of", "disclaimer", "frame", "published_at")
EDITION_COLUMNS = (
    *EDITION_COLUMNS_AT_FIRST,
    "predecessor_id",
    "drafted_by_id",
    "drafted_at",
    "published_by_id",
    "approved_by_id",
    "version",
)
HISTORY_COLUMNS = ("edition_code", "what", "code", "verb", "before", "after", "meaning", "by_id", "at")
RUN_COLUMNS = ("organisation_id", "edition_id", "depth", "facts", "tags", "provisional")


@dataclass(frozen=True)
class LastState:
    """What the last state of a run is called, and the column with its time: both changed in migration 0009."""

    value: str
    column: str

    def of_run_in(self, row: str) -> str:
        return f"(SELECT state FROM assessments_assessment WHERE id = {row}.assessment_id) = '{self.value}'"  # noqa: S608 (constants of this module)


SUBMITTED = LastState("submitted", "submitted_at")
FINISHED = LastState("finished", "finished_at")


def _part_guards() -> list[Guard]:
    guards = []
    for table, parent in _PARTS.items():
        old, new = parent.format(row="OLD"), parent.format(row="NEW")
        for event, forbidden in (("INSERT", new), ("UPDATE", f"{old} OR {new}"), ("DELETE", old)):
            name = f"guard_{table}_{event.lower()}"
            guards.append(Guard(name, f"assessments_{table}", event, forbidden, _FIXED))
    return guards


def _edition_guards(vendor: str, columns: tuple[str, ...]) -> list[Guard]:
    """A published edition may only be retired; nothing leads back to draft."""
    update = (
        f"OLD.status <> 'draft' AND ({_changed(columns, vendor)} OR NEW.status = 'draft' "
        "OR (OLD.status = 'retired' AND NEW.status <> 'retired'))"
    )
    table = "assessments_editionrow"
    return [
        Guard("guard_editionrow_update", table, "UPDATE", update, _FIXED),
        Guard("guard_editionrow_delete", table, "DELETE", "OLD.status <> 'draft'", _FIXED),
    ]


def _history_guards(vendor: str) -> list[Guard]:
    """Only drafts have new history. Of what is written nothing changes but the link to a draft that goes."""
    table = "assessments_bankchange"
    update = (
        f"NEW.edition_id IS NOT NULL OR OLD.edition_id IS NULL OR ({_IN_EDITION.format(row='OLD')}) "
        f"OR {_changed(HISTORY_COLUMNS, vendor)}"
    )
    insert = f"NEW.edition_id IS NULL OR ({_IN_EDITION.format(row='NEW')})"
    return [
        Guard("guard_bankchange_insert", table, "INSERT", insert, _HISTORY),
        Guard("guard_bankchange_update", table, "UPDATE", update, _HISTORY),
        Guard("guard_bankchange_delete", table, "DELETE", "1 = 1", _HISTORY),
    ]


def _changed(columns: tuple[str, ...], vendor: str) -> str:
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    cast = "" if vendor == "sqlite" else "::text"
    return " OR ".join(f'NEW."{column}"{cast} {differs} OLD."{column}"{cast}' for column in columns)


def _run_guards(vendor: str, last: LastState = SUBMITTED) -> list[Guard]:
    """A finished run stays as it is. It can only be deleted, whole, with its organisation."""
    old, new = last.of_run_in("OLD"), last.of_run_in("NEW")
    columns = (*RUN_COLUMNS, last.column)
    answer, assessment = "assessments_answer", "assessments_assessment"
    return [
        Guard("guard_result_update", "assessments_result", "UPDATE", "1 = 1", _FROZEN),
        Guard("guard_answer_insert", answer, "INSERT", new, _FINISHED),
        Guard("guard_answer_update", answer, "UPDATE", f"{old} OR {new}", _FINISHED),
        Guard(
            "guard_assessment_update",
            assessment,
            "UPDATE",
            f"OLD.state = '{last.value}' AND (NEW.state <> '{last.value}' OR {_changed(columns, vendor)})",
            _FINISHED,
        ),
    ]


def collaboration_guards(vendor: str, last: LastState = SUBMITTED) -> list[Guard]:
    """As of migration 0005: who answers what, comments and reviews stay as they were when the run was finished."""
    old, new = last.of_run_in("OLD"), last.of_run_in("NEW")
    return [
        Guard(f"guard_{table}_{event.lower()}", f"assessments_{table}", event, forbidden, _FINISHED_DISCUSSION)
        for table in ("assignment", "comment", "answerreview")
        for event, forbidden in (("INSERT", new), ("UPDATE", f"{old} OR {new}"))
    ]


def replace_guards(vendor: str, last: LastState = SUBMITTED) -> list[Guard]:
    """As of migration 0008, for SQLite alone: its OR REPLACE takes another row away, which no other guard here sees.

    Where deleting is refused, `PRAGMA recursive_triggers` (config/settings.py) does the same.
    """
    if vendor != "sqlite":
        return []
    run, answer, result = "assessments_assessment", "assessments_answer", "assessments_result"
    finished_run = f"EXISTS (SELECT 1 FROM assessments_assessment WHERE id = NEW.id AND state = '{last.value}')"  # noqa: S608 (constants of this module)
    finished_answer = (
        "EXISTS (SELECT 1 FROM assessments_answer a JOIN assessments_assessment r ON r.id = a.assessment_id "  # noqa: S608 (constants of this module)
        f"WHERE a.id = NEW.id AND r.state = '{last.value}')"
    )
    same_result = "EXISTS (SELECT 1 FROM assessments_result WHERE id = NEW.id OR assessment_id = NEW.assessment_id)"
    return [
        Guard("guard_result_replace", result, "INSERT", same_result, _FROZEN),
        Guard("guard_answer_replace", answer, "INSERT", finished_answer, _FINISHED),
        Guard("guard_answer_key", answer, "UPDATE", f"NEW.id <> OLD.id AND {finished_answer}", _FINISHED),
        Guard("guard_assessment_replace", run, "INSERT", finished_run, _FINISHED),
        Guard("guard_assessment_key", run, "UPDATE", f"NEW.id <> OLD.id AND {finished_run}", _FINISHED),
    ]


Guards = Callable[[str], list[Guard]]
"""The guards of one database vendor."""


def first_guards(vendor: str) -> list[Guard]:
    """As of migration 0002."""
    return [*_part_guards(), *_edition_guards(vendor, EDITION_COLUMNS_AT_FIRST), *_run_guards(vendor)]


def guards_with_history(vendor: str) -> list[Guard]:
    """As of migration 0003."""
    return [
        *_part_guards(),
        *_edition_guards(vendor, EDITION_COLUMNS),
        Guard(
            "guard_editionrow_retire",
            "assessments_editionrow",
            "UPDATE",
            "OLD.status = 'draft' AND NEW.status = 'retired'",
            _NOT_YET,
        ),
        *_history_guards(vendor),
        *_run_guards(vendor),
    ]


def submitted_guards(vendor: str) -> list[Guard]:
    """The guards that know the last state of a run, as they were up to migration 0008."""
    return _guards_of_runs(vendor, SUBMITTED)


def finished_guards(vendor: str) -> list[Guard]:
    """The same as of migration 0009."""
    return _guards_of_runs(vendor, FINISHED)


def _guards_of_runs(vendor: str, last: LastState) -> list[Guard]:
    return [*_run_guards(vendor, last), *collaboration_guards(vendor, last), *replace_guards(vendor, last)]


Step = Callable[[Apps, BaseDatabaseSchemaEditor], None]


def create(guards: Guards) -> Step:
    def run(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        vendor = schema_editor.connection.vendor
        for guard in guards(vendor):
            for statement in guard.create(vendor):
                schema_editor.execute(statement, params=None)

    return run


def drop(guards: Guards) -> Step:
    """Also before any change to a guarded table: SQLite makes the table anew, and its triggers would be lost."""

    def run(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        vendor = schema_editor.connection.vendor
        for guard in guards(vendor):
            for statement in guard.drop(vendor):
                schema_editor.execute(statement, params=None)

    return run
