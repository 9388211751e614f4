"""The one change that guards let through: an erased person's address or name becomes a placeholder.

Guards of frozen and append-only tables refuse a change unless `forgotten` holds for it. It holds while the table of
erasures has rows, for rows in which every column is as it was, or as it was without one of these texts. Information
can be lost this way, within the texts of one person, and never altered.
"""

from typing import Any

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ERASURES = "accounts_erasuretext"
REFUSED = "This text does not belong to the person who is erased."

# Fixed, so that a temporary table or function of the same name is never looked at.
SAFE = "SET search_path TO public, pg_temp"
_WITHOUT_TEXT = r"""
CREATE FUNCTION without_text(value text, needle text) RETURNS text LANGUAGE plpgsql IMMUTABLE {safe} AS $fn$
DECLARE literal text;
BEGIN
  IF value IS NULL OR (position('@' in needle) = 0 AND position(' ' in needle) = 0)
     OR position(lower(needle{icu}) in lower(value{icu})) = 0 THEN RETURN value; END IF;
  literal := regexp_replace(needle, '([^\w\s@])', '\\\1', 'g');
  IF position('@' in needle) > 0 THEN
    literal := '(?<![\w+])(?<!\w[.-])' || literal || '(?!-?\w)(?!\.\w)';
  ELSE
    literal := '(?<!\w)' || literal || '(?!\w)';
  END IF;
  RETURN regexp_replace(value{icu}, literal, 'former member', 'gi');
END $fn$
"""
_WITHOUT_TEXT_JSON = r"""
CREATE FUNCTION without_text_json(value jsonb, needle text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE {safe} AS $fn$
BEGIN
  IF value IS NULL OR position(
       lower(trim(both '"' from to_jsonb(needle)::text){icu}) in lower((value::text){icu})) = 0 THEN
    RETURN value;
  END IF;
  CASE jsonb_typeof(value)
    WHEN 'string' THEN RETURN to_jsonb(without_text(value #>> '{{}}', needle));
    WHEN 'array' THEN RETURN (
      SELECT jsonb_agg(without_text_json(part.value, needle) ORDER BY part.place)
      FROM jsonb_array_elements(value) WITH ORDINALITY AS part(value, place));
    WHEN 'object' THEN RETURN (
      SELECT jsonb_object_agg(part.key, CASE WHEN part.key = 'by' AND part.value = to_jsonb(needle)
        THEN to_jsonb('former member'::text) ELSE without_text_json(part.value, needle) END)
      FROM jsonb_each(value) AS part);
    ELSE RETURN value;
  END CASE;
END $fn$
"""
_HOLDS = """
CREATE FUNCTION {name}(value {kind}, needle text) RETURNS boolean LANGUAGE sql IMMUTABLE {safe} AS $fn$
  SELECT {of}(value, needle) IS DISTINCT FROM value
$fn$
"""
_IS_FORGOTTEN = """
CREATE FUNCTION is_forgotten(before jsonb, after jsonb) RETURNS boolean LANGUAGE sql STABLE {safe} AS $fn$
  SELECT EXISTS (SELECT 1 FROM {erasures}) AND NOT EXISTS (
    SELECT 1 FROM jsonb_each(after) AS now
    WHERE now.value IS DISTINCT FROM before -> now.key AND NOT EXISTS (
      SELECT 1 FROM {erasures} AS erased
      WHERE now.value = without_text_json(before -> now.key, erased.text)
      OR (jsonb_typeof(now.value) = 'string' AND jsonb_typeof(before -> now.key) = 'string'
          AND starts_with(without_text(before ->> now.key, erased.text), now.value #>> '{{}}')
          AND length(now.value #>> '{{}}') >= length(before ->> now.key))))
$fn$
"""
_FUNCTIONS = (
    ("is_forgotten(jsonb, jsonb)", _IS_FORGOTTEN.format(safe=SAFE, erasures=ERASURES)),
    (
        "holds_text_json(jsonb, text)",
        _HOLDS.format(safe=SAFE, name="holds_text_json", kind="jsonb", of="without_text_json"),
    ),
    ("holds_text(text, text)", _HOLDS.format(safe=SAFE, name="holds_text", kind="text", of="without_text")),
    ("without_text_json(jsonb, text)", _WITHOUT_TEXT_JSON),
    ("without_text(text, text)", _WITHOUT_TEXT),
)

# A text that is erased is one of the person's own: nobody takes other words out of what is frozen.
_FOREIGN = """NOT EXISTS (
  SELECT 1 FROM accounts_user u WHERE u.id = NEW.person_id AND u.erased_at IS NULL AND (u.email = NEW.text OR u.name = NEW.text)
  UNION ALL SELECT 1 FROM accounts_user u, {elements}(u.former_names) former
    WHERE u.id = NEW.person_id AND u.erased_at IS NULL AND former.value = NEW.text
  UNION ALL SELECT 1 FROM account_emailaddress a WHERE a.user_id = NEW.person_id AND a.email = NEW.text
  UNION ALL SELECT 1 FROM accounts_auditevent e WHERE e.actor = NEW.person_id AND e.actor_email = NEW.text)"""


def forgotten(schema_editor: BaseDatabaseSchemaEditor, table: str, *, but: str = "") -> str:
    """SQL over OLD and NEW: whether this change of a row of the table only takes an erased person's texts away.

    `but` is a column that is not looked at.
    """
    if schema_editor.connection.vendor != "sqlite":
        return f"is_forgotten(to_jsonb(OLD) - '{but}'::text, to_jsonb(NEW) - '{but}'::text)"
    with schema_editor.connection.cursor() as cursor:
        described = schema_editor.connection.introspection.get_table_description(cursor, table)
    columns = [_kept_or_forgotten(column) for column in described if column.name != but]
    return f"(EXISTS (SELECT 1 FROM {ERASURES}) AND {' AND '.join(columns)})"  # noqa: S608 (names in the schema)


def same(schema_editor: BaseDatabaseSchemaEditor, column: str) -> str:
    """SQL: whether a change leaves the column as it is, NULL included."""
    is_same = "IS" if schema_editor.connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"
    return f'NEW."{column}" {is_same} OLD."{column}"'


def _kept_or_forgotten(column: Any) -> str:
    kept = f'NEW."{column.name}" IS OLD."{column.name}"'
    if not str(column.type_code).lower().startswith(("varchar", "text")):
        return kept
    function = "is_forgotten_json" if column.has_json_constraint else "is_forgotten"
    change = f'{function}(OLD."{column.name}", NEW."{column.name}", erased.text)'
    return f"({kept} OR EXISTS (SELECT 1 FROM {ERASURES} AS erased WHERE {change}))"  # noqa: S608 (names in the schema)


def create(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The functions, and the guard of the table of texts."""
    if schema_editor.connection.vendor == "sqlite":
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(
                f"CREATE TRIGGER guard_erasure_{event.lower()} BEFORE {event} ON {ERASURES} WHEN {_FOREIGN.format(elements='json_each')} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
                params=None,
            )
        return
    icu = _unicode_collation(schema_editor)
    for name, statement in reversed(_FUNCTIONS):
        filled = statement.format(safe=SAFE, icu=icu) if name.startswith("without") else statement
        schema_editor.execute(filled, params=None)
    foreign = _FOREIGN.format(elements="jsonb_array_elements_text")
    schema_editor.execute(
        f"CREATE FUNCTION guard_erasure() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $guard$ BEGIN "
        f"IF {foreign} THEN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; "
        "END $guard$",
        params=None,
    )
    schema_editor.execute(
        f"CREATE TRIGGER guard_erasure BEFORE INSERT OR UPDATE ON {ERASURES} "
        "FOR EACH ROW EXECUTE FUNCTION guard_erasure()",
        params=None,
    )


def _unicode_collation(schema_editor: BaseDatabaseSchemaEditor) -> str:
    """So that É is é in a database of any locale."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'")
        return ' COLLATE "und-x-icu"' if cursor.fetchone() else ""


def drop(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for event in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER guard_erasure_{event}", params=None)
        return
    schema_editor.execute(f"DROP TRIGGER guard_erasure ON {ERASURES}", params=None)
    schema_editor.execute("DROP FUNCTION guard_erasure()", params=None)
    for name, _statement in _FUNCTIONS:
        schema_editor.execute(f"DROP FUNCTION {name}", params=None)
