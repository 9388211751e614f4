r"""The functions of an erasure as of migration 0025: marks of emphasis are no part of a name's word, and a name that is
taken away as a signature alone passes the guards.

The twins in Python are in accounts/people_data/without_text.py.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations import _forgetting, _forgetting_spaced
from accounts.migrations._forgetting import ERASURES, SAFE, _unicode_collation
from accounts.migrations._forgetting_spaced import WHITE

TYPED = "('assignee_name', 'business', 'by', 'evidence', 'name', 'note', 'proof', 'reason', 'text', 'title')"
_PATTERN = _forgetting_spaced._PATTERN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace(
    "CASE WHEN letter ~ '[{white}]' THEN ' '",
    "CASE WHEN letter ~ '[{white}]' OR (letter IN ('*', '_') AND position('@' in needle) = 0) THEN ' '",
)
_WITHOUT = _forgetting_spaced._WITHOUT.replace("[^{white}][{white}]+[^{white}]", "[^{white}*_][{white}*_]+[^{white}*_]")
_WITHOUT_SIGNATURE = r"""
CREATE FUNCTION without_signature_json(value jsonb, needle text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE {safe} AS $fn$
BEGIN
  IF value IS NULL OR position(to_jsonb(needle)::text in value::text) = 0 THEN RETURN value; END IF;
  CASE jsonb_typeof(value)
    WHEN 'array' THEN RETURN (
      SELECT jsonb_agg(without_signature_json(part.value, needle) ORDER BY part.place)
      FROM jsonb_array_elements(value) WITH ORDINALITY AS part(value, place));
    WHEN 'object' THEN RETURN (
      SELECT jsonb_object_agg(part.key, CASE
        WHEN without_signature_json.value -> 'by' IS DISTINCT FROM to_jsonb(needle) OR part.key NOT IN {typed}
        THEN without_signature_json(part.value, needle)
        WHEN part.key = 'by' THEN to_jsonb('former member'::text)
        WHEN jsonb_typeof(part.value) = 'string' THEN to_jsonb(without_text(part.value #>> '{{}}', needle))
        ELSE without_text_json(part.value, needle) END)
      FROM jsonb_each(value) AS part);
    ELSE RETURN value;
  END CASE;
END $fn$
"""
_IS_FORGOTTEN = _forgetting._IS_FORGOTTEN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
_OR_UNSIGNED = _IS_FORGOTTEN.replace(
    "WHERE now.value = without_text_json(before -> now.key, erased.text)",
    "WHERE now.value = without_text_json(before -> now.key, erased.text)\n"
    "      OR now.value = without_signature_json(before -> now.key, erased.text)",
)


def find_signatures(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _execute(schema_editor, _PATTERN, _WITHOUT, _WITHOUT_SIGNATURE, _OR_UNSIGNED)


def find_as_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    before = _forgetting_spaced._PATTERN.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    _execute(schema_editor, before, _forgetting_spaced._WITHOUT, _IS_FORGOTTEN)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION without_signature_json(jsonb, text)", params=None)


def _execute(schema_editor: BaseDatabaseSchemaEditor, *statements: str) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    icu = _unicode_collation(schema_editor)
    for statement in statements:
        filled = statement.format(safe=SAFE, icu=icu, white=WHITE, typed=TYPED, erasures=ERASURES)
        schema_editor.execute(filled, params=None)
