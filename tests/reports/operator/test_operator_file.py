"""operator.toml: what it may say, and that every mistake is told with its line and what to do."""

import re
import tomllib
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from reports.operator.details import Operator, PrivacyDetails, Recipient
from reports.operator.operator_file import FILE_NAME, MOST_BYTES, OperatorFileError, read_operator, read_operator_file
from tests.reports.operator.files import EXAMPLE, FILLED, changed, example, filled


def problem_of(folder: Path) -> str:
    with pytest.raises(OperatorFileError) as refused:
        read_operator(folder)
    said = str(refused.value)
    assert said.startswith(str(folder))
    return said.removeprefix(str(folder)).removeprefix(f"/{FILE_NAME}").removeprefix(": ")


def test_a_filled_file_is_read_as_it_stands() -> None:
    found = filled()
    assert found.operator.name == "Harbour Advice SARL"
    assert found.operator.address == "3 quai du Port\n13002 Marseille\nFrance"
    assert found.privacy.last_checked == date(2026, 11, 30)
    assert found.privacy.laws == ("gdpr", "uk_gdpr")
    assert [each.name for each in found.recipients] == ["Courrier Exemple SAS"]
    assert (found.example, found.own_terms) == (False, "")


def test_contacts_that_are_left_out_are_the_next_best() -> None:
    found = filled()
    assert found.complaint_contact == found.privacy_contact == "donnees@harbour.example"
    assert example().complaint_contact == "complaints@example.org"


def test_an_empty_folder_is_not_filled_yet(tmp_path: Path) -> None:
    assert read_operator(tmp_path) is None


def test_a_file_from_a_windows_editor_is_read(tmp_path: Path) -> None:
    text = (FILLED / FILE_NAME).read_text("utf-8").replace("\n", "\r\n")
    (tmp_path / FILE_NAME).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_operator(tmp_path) == filled()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"FR"', '"France"', ', line 9: “country” must be the two capital letters of a country, such as "IE".'),
        ('"bonjour@harbour.example"', '"bonjour"', ", line 10: “email” must be an e-mail address"),
        ("telephone =", "telefone =", ", line 11: “telefone” is not known. Did you mean “telephone”?"),
        ("telephone =", "zzz =", ", line 11: “zzz” is not known. Known here: name, address, country, email"),
        ('name = "Harbour Advice SARL"', "", ", line 3: “name” is missing in [operator]. operator.example.toml shows"),
        ('"Harbour Advice SARL"', '"  "', ", line 4: “name” is missing in [operator]."),
        ('"Harbour Advice SARL"', "7", ", line 4: “name” must be a text in quotes."),
        ('"Harbour Advice SARL"', '"Har\\u202Ebour"', ", line 4: “name” holds a character that cannot be seen."),
        ('"Harbour Advice SARL"', f'"{"a" * 5001}"', ", line 4: “name” is longer than 5000 characters. Shorten it."),
        ('"Harbour Advice SARL"', '"Harbour', "(at line 4, column 16). Write texts in quotes"),
        ("2026-11-30", '"30 November"', ", line 16: “last_checked” must be a day without quotes, such as 2027-01-31."),
        ("2026-11-30", "2026-11-30T10:00:00", ", line 16: “last_checked” must be a day without quotes"),
        ("logs_kept_days = 10", "logs_kept_days = true", "“logs_kept_days” must be a number of days without quotes."),
        ("logs_kept_days = 10", "logs_kept_days = -1", "“logs_kept_days” must be between 0 and 3650 days."),
        ("answered_within_days = 12", "answered_within_days = 0", "“answered_within_days” must be between 1 and"),
        ('["gdpr", "uk_gdpr"]', '["gdpr", "lgpd"]', "“lgpd” is not known. Known laws: gdpr, uk_gdpr, ccpa."),
        ('["gdpr", "uk_gdpr"]', '"gdpr"', "“laws” must be a list of texts, such as"),
        ("identity =", "identitty =", ", line 26: “identitty” is no kind of data. Known: identity, rights,"),
        (
            'identity = "contract with you or with your business"',
            "identity = 3",
            "“identity” must be a text in quotes.",
        ),
        (
            '"securite@harbour.example"',
            '"http://harbour.example"',
            "“contact” must be an e-mail address, an address that",
        ),
        ('"fr", "en"', '"French"', '“languages” must be the code of a language, such as "en".'),
        ("2027-11-01", "2027-12-24", "“expires” must be within a year of “last_checked” in [privacy]."),
        ("notice_days = 45", 'file = "terms.md"', "terms of your own need both “file” and “version”."),
        ("notice_days = 45", 'file = "../terms.md"', "“file” must be the name of a file beside operator.toml"),
        ("[[recipients]]", "[recipients]", "“recipients” must be sections [[recipients]], or recipients = []"),
        ('does = "sends mails"\n', "", ", line 42: “does” is missing in [[recipients]]."),
        ("contract = true", "contract = 1", "“contract” must be true or false, without quotes."),
        ("[security]", "[secrity]", ", line 33: “secrity” is not known. Did you mean “security”?"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_to_do(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert said in problem_of(changed(tmp_path, old, new))


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    said = problem_of(changed(tmp_path, '"Harbour Advice SARL"', "Harbour Advice SARL"))
    assert "(at line 4, column 8)" in said
    assert "Write texts in quotes, as operator.example.toml does." in said


def test_nobody_gets_data_only_if_the_file_says_so(tmp_path: Path) -> None:
    text = (FILLED / FILE_NAME).read_text("utf-8").partition("[[recipients]]")[0]
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    assert "write recipients = [] above the first section if there is none" in problem_of(tmp_path)
    (tmp_path / FILE_NAME).write_text("recipients = []\n" + text, "utf-8")
    found = read_operator(tmp_path)
    assert found is not None
    assert found.recipients == ()


def test_the_second_of_two_companies_has_lines_of_its_own(tmp_path: Path) -> None:
    text = (FILLED / FILE_NAME).read_text("utf-8")
    second = '\n[[recipients]]\nname = "Second"\ndoes = "x"\ngets = "y"\ncountry = ""\n'
    (tmp_path / FILE_NAME).write_text(text + second, "utf-8")
    line = (text + second).splitlines().index('country = ""') + 1
    assert problem_of(tmp_path).startswith(f", line {line}: “country” is missing in [[recipients]].")


def test_a_missing_section_is_named(tmp_path: Path) -> None:
    text = (FILLED / FILE_NAME).read_text("utf-8")
    (tmp_path / FILE_NAME).write_text("recipients = []\n" + re.split(r"\n\[privacy\]", text)[0], "utf-8")
    assert problem_of(tmp_path) == "the section [privacy] is missing. operator.example.toml shows it."


def test_files_that_are_not_what_they_should_be(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    assert problem_of(missing) == f" is not a folder. Make it and put {FILE_NAME} into it."
    (tmp_path / "Operator.toml.txt").write_text("")
    assert problem_of(tmp_path) == " is not there. Give the file this name."
    (tmp_path / FILE_NAME).write_bytes(b'[operator]\nname = "Caf\xe9"\n')
    assert problem_of(tmp_path) == ", line 2: a character is not in UTF-8. Save the file as UTF-8."
    (tmp_path / FILE_NAME).write_bytes(b"#" * (MOST_BYTES + 1))
    assert problem_of(tmp_path).startswith(" is larger than 200 kB.")
    (tmp_path / FILE_NAME).write_bytes(b"")
    assert problem_of(tmp_path) == "the section [operator] is missing. operator.example.toml shows it."


def test_terms_of_ones_own_stand_beside_it(tmp_path: Path) -> None:
    changed(tmp_path, "notice_days = 45", 'file = "our terms.md"\nversion = "2"')
    assert problem_of(tmp_path) == "/our terms.md cannot be read: No such file or directory."
    (tmp_path / "our terms.md").write_text("# Ours\n", "utf-8")
    found = read_operator(tmp_path)
    assert found is not None
    assert found.own_terms == "# Ours\n"


def keys_of(kind: Any, prefix: str = "") -> set[str]:
    """Every key that a file may have, by section."""
    found: set[str] = set()
    for each in fields(kind):
        section = each.type if is_dataclass(each.type) else Recipient if each.name == "recipients" else None
        found |= keys_of(section, f"{each.name}.") if section else {prefix + each.name}
    return found - {"own_terms"}


def test_the_example_shows_every_key() -> None:
    """As a line, or as one to take the # away from."""
    text = EXAMPLE.read_text("utf-8")
    shown: set[str] = set()
    section = ""
    for line in text.splitlines():
        if header := re.fullmatch(r"\[+([a-z_.]+)\]+", line):
            section = f"{header[1]}."
            shown.add(header[1])
        elif key := re.match(r"(?:# )?([a-z_]+) = ", line):
            shown.add(section + key[1])
    assert keys_of(Operator) <= shown
    assert read_operator_file(EXAMPLE).example
    assert tomllib.loads(text).keys() <= {each.name for each in fields(Operator)}


def test_lines_of_the_example_that_do_nothing_can_be_used(tmp_path: Path) -> None:
    text = re.sub(r"^# ([a-z_]+ = .*)$", r"\1", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    (tmp_path / "processor-terms.md").write_text("Ours.", "utf-8")
    found = read_operator(tmp_path)
    assert found is not None
    assert isinstance(found.privacy, PrivacyDetails)
    assert found.privacy.representative_uk == "Name, address"
    assert found.security.expires == date(2027, 6, 30)


@pytest.mark.parametrize("refused", ["read_bytes", "iterdir"])
def test_what_the_server_may_not_read_is_told_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    """Tests may run as root, who may read everything."""
    changed(tmp_path, "Harbour", "Quay")

    def refuse(_path: Path) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, refused, refuse)
    assert "cannot be read: Permission denied. Let the server read it: chmod -R a+rX" in problem_of(tmp_path)
