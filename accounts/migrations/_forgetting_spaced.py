r"""The functions of an erasure as of migration 0019: a name is found however its words are set apart.

Any blanks and line breaks between the words, emphasis such as _Ann Lee_, and either Unicode form of an accent. The twins in
Python are in accounts/people_data/without_text.py. What decides quickly is a run of plain letters that any find contains.
"""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from accounts.migrations._forgetting import _WITHOUT_TEXT, _WITHOUT_TEXT_JSON, SAFE, _unicode_collation

WHITE = r"\s\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
_PROBE = r"""
CREATE FUNCTION text_probe(needle text) RETURNS text LANGUAGE sql IMMUTABLE {safe} AS $fn$
  SELECT lower(coalesce(
    substring(letters from '[A-Za-z0-9]{{3,}}'),
    (SELECT run FROM substring(
       regexp_replace(normalize(needle, NFD), '.[\u0300-\u036f]+', ' ', 'g'){icu} from '[[:alnum:]]+') AS run
     WHERE run = normalize(run, NFC)),
    ''){icu}) FROM normalize(needle, NFC) AS letters
$fn$
"""
_PATTERN = r"""
CREATE FUNCTION text_pattern(needle text) RETURNS text LANGUAGE plpgsql IMMUTABLE {safe} AS $fn$
DECLARE literal text;
BEGIN
  SELECT string_agg(
    CASE WHEN letter ~ '[{white}]' THEN ' '
         WHEN apart = letter THEN regexp_replace(letter, '([^\w@])', '\\\1')
         ELSE '(?:' || letter || '|' || apart || ')' END, '' ORDER BY place)
  INTO literal FROM (
    SELECT letter, normalize(letter, NFD) AS apart, place
    FROM regexp_split_to_table(normalize(needle, NFC), '') WITH ORDINALITY AS part(letter, place)) AS letters;
  literal := regexp_replace(trim(literal), ' +', '[{white}*_]+', 'g');
  IF position('@' in needle) > 0 THEN
    RETURN '(?:(?:(?<=\W_)|(?<=^_)|(?<=\W__)|(?<=^__))' || literal || '(?=_)|(?<![\w+])(?<!\w[.-])' || literal
      || '(?!-?[^\W_])(?!\.\w))';
  END IF;
  RETURN '(?<![^\W_])' || literal || '(?![^\W_])';
END $fn$
"""
_WITHOUT = r"""
CREATE OR REPLACE FUNCTION without_text(value text, needle text) RETURNS text LANGUAGE plpgsql IMMUTABLE {safe} AS $fn$
BEGIN
  IF value IS NULL OR value = '' OR position(text_probe(needle) in lower(value{icu})) = 0
     OR (position('@' in needle) = 0 AND needle !~ '[^{white}][{white}]+[^{white}]') THEN RETURN value; END IF;
  RETURN regexp_replace(value{icu}, text_pattern(needle), 'former member', 'gi');
END $fn$
"""
_WITHOUT_JSON = _WITHOUT_TEXT_JSON.replace(
    """position(
       lower(trim(both '"' from to_jsonb(needle)::text){icu}) in lower((value::text){icu})) = 0""",
    "position(text_probe(needle) in lower((value::text){icu})) = 0",
).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
_NEW = {"text_probe(text)": _PROBE, "text_pattern(text)": _PATTERN}


def find_spaced(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        _execute(schema_editor, [*_NEW.values(), _WITHOUT, _WITHOUT_JSON])


def find_as_before(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    before = (_WITHOUT_TEXT, _WITHOUT_TEXT_JSON)
    _execute(schema_editor, [each.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION") for each in before])
    for name in _NEW:
        schema_editor.execute(f"DROP FUNCTION {name}", params=None)


def _execute(schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
    icu = _unicode_collation(schema_editor)
    for statement in statements:
        schema_editor.execute(statement.format(safe=SAFE, icu=icu, white=WHITE), params=None)
