"""Reads operator.toml. What is wrong in it is said in one sentence, with the line and with what to do."""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from accounts.people_data.kinds import DATA_KINDS
from reports.operator.details import (
    FORM,
    LAWS,
    LEAST,
    YEAR,
    ComplaintDetails,
    Operator,
    OperatorIdentity,
    PrivacyDetails,
    Recipient,
    SecurityDetails,
    TermsDetails,
)

FILE_NAME = "operator.toml"
MOST_CHARACTERS = 5_000
MOST_BYTES = 200_000
MOST_DAYS = 3_650
UNSEEN = "\n\u200c\u200d"
"""What belongs into texts although nobody sees it: new lines, and how some scripts join their letters."""
EMAIL = r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+"
WEBSITE = r"https://[^\s/]\S*"
FORMS = {
    "country": (r"[A-Z]{2}", 'the two capital letters of a country, such as "IE"'),
    "email": (EMAIL, 'an e-mail address, such as "hello@example.org"'),
    "website": (WEBSITE, "an address that begins with https://"),
    "contact": (
        rf"{EMAIL}|{WEBSITE}|tel:\+[0-9-]+",
        'an e-mail address, an address that begins with https://, or a telephone number such as "tel:+353-1-5550100"',
    ),
    "language": (r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", 'the code of a language, such as "en"'),
    "file_name": (
        r"[\w-][\w. -]*\.md",
        f'the name of a file beside {FILE_NAME}, such as "processor-terms.md"',
    ),
}
Section = TypeVar("Section")


class OperatorFileError(ValueError):
    """What is wrong, where, and what to do: for the person who wrote the file."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A table of the file; `header` is how it begins there, `number` which of several with this header it is."""

    path: Path
    text: str
    header: str = ""
    number: int = 0

    def problem(self, key: str, what: str) -> OperatorFileError:
        line = self._line_of(key)
        return OperatorFileError(f"{self.path}{f', line {line}' if line else ''}: {what}")

    def _line_of(self, key: str) -> int:
        """Where the key stands; without it where its table begins; 0 for neither."""
        lines = self.text.splitlines()
        headers = [number for number, line in enumerate(lines, 1) if line.split("#")[0].strip() == self.header]
        start = headers[self.number] if self.header and self.number < len(headers) else 0
        for number, line in enumerate(lines[start:], start + 1):
            if not self.header and re.match(rf"\[+{re.escape(key)}\]", line):
                return number
            if self.header and line.startswith("["):
                break
            if re.match(rf"\s*\"?{re.escape(key)}\"?\s*=", line):
                return number
        return start


def read_operator(folder: Path) -> Operator | None:
    """What the file in the folder says; None if the folder is empty, as before anybody filled it.

    Raises OperatorFileError.
    """
    path = folder / FILE_NAME
    if not folder.is_dir():
        raise OperatorFileError(f"{folder} is not a folder. Make it and put {FILE_NAME} into it.")
    try:
        names = {each.name for each in folder.iterdir() if each.suffix}
    except OSError as error:
        raise _unreadable(folder, error) from error
    if not names:
        return None
    if FILE_NAME not in names:
        raise OperatorFileError(f"{path} is not there. Give the file this name.")
    found = read_operator_file(path)
    own = found.processor_terms.file
    return replace(found, own_terms=_text_of(folder / own)) if own else found


def read_operator_file(path: Path) -> Operator:
    """Without the files that stand beside it. Raises OperatorFileError."""
    text = _text_of(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OperatorFileError(f"{path}: {error}. Write texts in quotes, as operator.example.toml does.") from error
    place = _Place(path, text)
    found: Operator = _section(Operator, document, place)
    _check(found, path, text)
    return found


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(content) > MOST_BYTES:
        raise OperatorFileError(f"{path} is larger than {MOST_BYTES // 1000} kB. Is it another file?")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise OperatorFileError(f"{path}, line {line}: a character is not in UTF-8. Save the file as UTF-8.") from error


def _unreadable(path: Path, error: OSError) -> OperatorFileError:
    hint = f" Let the server read it: chmod -R a+rX {path}" if isinstance(error, PermissionError) else ""
    return OperatorFileError(f"{path} cannot be read: {error.strerror}.{hint}")


def _section(kind: type[Section], table: Mapping[str, Any], place: _Place) -> Section:
    known = {each.name: each for each in fields(kind) if each.name != "own_terms"}  # type: ignore[arg-type]
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"Did you mean “{near[0]}”?" if near else f"Known here: {', '.join(known)}."
            raise place.problem(key, f"“{key}” is not known. {hint}")
    missing = [name for name, each in known.items() if _is_needed(each) and _is_blank(table.get(name))]
    if missing:
        raise place.problem(missing[0], _missing(missing[0], place))
    return kind(**{key: _value(known[key], value, place) for key, value in table.items()})


def _missing(name: str, place: _Place) -> str:
    if name == "recipients":
        return (
            "“recipients” is missing. Describe each company that handles data for you under [[recipients]], or write "
            "recipients = [] above the first section if there is none."
        )
    if not place.header:
        return f"the section [{name}] is missing. operator.example.toml shows it."
    return f"“{name}” is missing in {place.header}. operator.example.toml shows what belongs there."


def _is_needed(each: "Field[Any]") -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _value(each: "Field[Any]", value: Any, place: _Place) -> Any:
    section = _SECTIONS.get(each.name)
    if section and not place.header:
        inner = _Place(place.path, place.text, f"[{each.name}]")
        return _section(section, _of_type(dict, value, inner, each.name, f"a section [{each.name}]"), inner)
    return _READERS[each.name if each.name in _READERS else each.type](each, value, place)


def _of_type(kind: type, value: Any, place: _Place, key: str, wanted: str) -> Any:
    # In Python, but not in TOML, true is a number and a moment a day.
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)) or isinstance(value, datetime):
        raise place.problem(key, f"“{key}” must be {wanted}.")
    return value


def _read_text(each: "Field[Any]", value: Any, place: _Place) -> str:
    text: str = _of_type(str, value, place, each.name, "a text in quotes").replace("\t", " ").strip()
    if len(text) > MOST_CHARACTERS:
        raise place.problem(each.name, f"“{each.name}” is longer than {MOST_CHARACTERS} characters. Shorten it.")
    if any(not (character.isprintable() or character in UNSEEN) for character in text):
        raise place.problem(each.name, f"“{each.name}” holds a character that cannot be seen. Type it anew.")
    if text and FORM in each.metadata:
        pattern, wanted = FORMS[each.metadata[FORM]]
        if not re.fullmatch(pattern, text):
            raise place.problem(each.name, f"“{each.name}” must be {wanted}.")
    return text


def _read_texts(each: "Field[Any]", value: Any, place: _Place) -> tuple[str, ...]:
    texts = _of_type(list, value, place, each.name, 'a list of texts, such as ["one", "two"]')
    return tuple(_read_text(each, text, place) for text in texts)


def _read_days(each: "Field[Any]", value: Any, place: _Place) -> int:
    days: int = _of_type(int, value, place, each.name, "a number of days without quotes")
    least = each.metadata.get(LEAST, 1)
    if not least <= days <= MOST_DAYS:
        raise place.problem(each.name, f"“{each.name}” must be between {least} and {MOST_DAYS} days.")
    return days


def _read_flag(each: "Field[Any]", value: Any, place: _Place) -> bool:
    return bool(_of_type(bool, value, place, each.name, "true or false, without quotes"))


def _read_day(each: "Field[Any]", value: Any, place: _Place) -> date:
    day: date = _of_type(date, value, place, each.name, "a day without quotes, such as 2027-01-31")
    return day


def _read_recipients(each: "Field[Any]", value: Any, place: _Place) -> tuple[Recipient, ...]:
    wanted = "sections [[recipients]], or recipients = [] if there is none"
    found = []
    for number, table in enumerate(_of_type(list, value, place, each.name, wanted)):
        inner = _Place(place.path, place.text, "[[recipients]]", number)
        found.append(_section(Recipient, _of_type(dict, table, inner, each.name, wanted), inner))
    return tuple(found)


def _read_reasons(each: "Field[Any]", value: Any, place: _Place) -> Mapping[str, str]:
    inner = _Place(place.path, place.text, "[privacy.legal_reasons]")
    known = [kind.code for kind in DATA_KINDS]
    found = {}
    for code, reason in _of_type(dict, value, place, each.name, "a section [privacy.legal_reasons]").items():
        if code not in known:
            raise inner.problem(code, f"“{code}” is no kind of data. Known: {', '.join(known)}.")
        found[code] = _of_type(str, reason, inner, code, "a text in quotes").strip()
    return found


_SECTIONS: Mapping[str, type[Any]] = {
    "operator": OperatorIdentity,
    "privacy": PrivacyDetails,
    "complaints": ComplaintDetails,
    "security": SecurityDetails,
    "processor_terms": TermsDetails,
}
_READERS: Mapping[Any, Callable[["Field[Any]", Any, _Place], Any]] = {
    "recipients": _read_recipients,
    "legal_reasons": _read_reasons,
    str: _read_text,
    int: _read_days,
    bool: _read_flag,
    date: _read_day,
    date | None: _read_day,
    tuple[str, ...]: _read_texts,
}


def _check(found: Operator, path: Path, text: str) -> None:
    """What one value says of another."""
    privacy, security = _Place(path, text, "[privacy]"), _Place(path, text, "[security]")
    unknown = [law for law in found.privacy.laws if law not in LAWS]
    if unknown:
        raise privacy.problem("laws", f"“{unknown[0]}” is not known. Known laws: {', '.join(LAWS)}.")
    if found.security.expires and found.security.expires > found.privacy.last_checked + YEAR:
        raise security.problem("expires", "“expires” must be within a year of “last_checked” in [privacy].")
    if bool(found.processor_terms.file) != bool(found.processor_terms.version):
        terms = _Place(path, text, "[processor_terms]")
        raise terms.problem(
            "file", "terms of your own need both “file” and “version”. Without both, the model is shown."
        )
