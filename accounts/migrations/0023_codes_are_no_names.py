r"""An erasure leaves codes in stored JSON alone: not_applicable is nobody, whatever somebody calls themselves.

The twin in Python is in accounts/people_data/without_text.py.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations._forgetting import SAFE, _unicode_collation
from accounts.migrations._forgetting_spaced import _WITHOUT_JSON, WHITE

TYPED = "('assignee_name', 'business', 'by', 'evidence', 'name', 'note', 'proof', 'reason', 'text', 'title')"
_WITHOUT = r"""
CREATE OR REPLACE FUNCTION without_text_json(value jsonb, needle text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE {safe} AS $fn$
BEGIN
  IF value IS NULL OR position(text_probe(needle) in lower((value::text){icu})) = 0 THEN
    RETURN value;
  END IF;
  CASE jsonb_typeof(value)
    WHEN 'string' THEN
      IF position('@' in needle) = 0 AND value #>> '{{}}' !~ '[{white}]' THEN RETURN value; END IF;
      RETURN to_jsonb(without_text(value #>> '{{}}', needle));
    WHEN 'array' THEN RETURN (
      SELECT jsonb_agg(without_text_json(part.value, needle) ORDER BY part.place)
      FROM jsonb_array_elements(value) WITH ORDINALITY AS part(value, place));
    WHEN 'object' THEN RETURN (
      SELECT jsonb_object_agg(part.key, CASE WHEN part.key = 'by' AND part.value = to_jsonb(needle)
        THEN to_jsonb('former member'::text)
        WHEN part.key IN {typed} AND jsonb_typeof(part.value) = 'string'
        THEN to_jsonb(without_text(part.value #>> '{{}}', needle))
        ELSE without_text_json(part.value, needle) END)
      FROM jsonb_each(value) AS part);
    ELSE RETURN value;
  END CASE;
END $fn$
"""


def leave_codes(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _execute(schema_editor, _WITHOUT)


def as_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _execute(schema_editor, _WITHOUT_JSON)


def _execute(schema_editor: BaseDatabaseSchemaEditor, statement: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        filled = statement.format(safe=SAFE, icu=_unicode_collation(schema_editor), white=WHITE, typed=TYPED)
        schema_editor.execute(filled, params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0022_proven_addresses")]

    operations = [migrations.RunPython(leave_codes, as_before)]
