"""What the sentences promise is what was proven, and no more."""

import json
from dataclasses import replace

import pytest

from assessments.signed_assessment.canonical import canonical
from assessments.signed_assessment.checking import CheckVerdict, FileCheck, PartCheck, check_file
from assessments.signed_assessment.lines import (
    LineTone,
    about_file,
    check_lines,
    how_to_check,
    pillar_figures,
    verdict_text,
)
from assessments.signed_assessment.shown_text import mixed_alphabets, shown_text
from assessments.signed_assessment.signing import key_id
from tests.signed_assessment.making_files import KEY, KNOWN, NOW, REPORT, SITE, SMALL, edited, report_of, signed


def checked(content: bytes, report: bytes | None = REPORT, known: dict[str, str] | None = None) -> FileCheck:
    return check_file(content, known=KNOWN if known is None else known, report=report, now=NOW)


def told(check: FileCheck) -> dict[str, LineTone]:
    return {line.text: line.tone for line in check_lines(check)}


def test_an_unchanged_file_with_its_report_is_good_in_every_line() -> None:
    assert told(checked(signed())) == dict.fromkeys(
        (
            "The signature fits what the file says.",
            "The facts, answers and figures in it are those that were signed.",
            "The report is byte for byte the one that the file names, “Boulangerie Lumière 2026-11-21.pdf”.",
            f"The key {key_id(KEY.public_key)} is one that {SITE} publishes.",
            "Computed once more from the facts and answers, the result is the same.",
        ),
        LineTone.GOOD,
    )
    assert verdict_text(CheckVerdict.PROVEN, PartCheck.SAME) == "Nothing was changed, and it is known who signed it."


def test_a_key_that_only_the_file_names_proves_nobody() -> None:
    lines = told(checked(signed(), known={}))

    assert [text for text, tone in lines.items() if tone is LineTone.OPEN] == [
        "Who signed it is not proven: the key came with the file, and anybody can make a key. The file names "
        f"{SITE}. If you trust that address, open {SITE}/.well-known/evenkeel-signing-keys.json and look for the key "
        f"{key_id(KEY.public_key)} there."
    ]


def test_a_known_key_under_another_address_is_told() -> None:
    lines = told(checked(signed(), known={KEY.public_key: "https://old.example.org"}))

    assert any("is that of https://old.example.org, and the file names https://check" in text for text in lines)


def test_another_report_and_changed_data_are_wrong() -> None:
    changed = edited(signed(), "data", "answers", 0, "level", to=4)
    wrong = [text for text, tone in told(checked(changed, b"another")).items() if tone is LineTone.BAD]

    assert wrong[0] == "The facts, answers or figures in it are not those that were signed."
    assert wrong[1].startswith(
        "The report is not the one that was signed, “Boulangerie Lumière 2026-11-21.pdf” with 29"
    )
    assert wrong[2].startswith("Computed once more from the facts and answers, the result differs at ")


def test_a_report_beside_a_broken_signature_is_not_called_good() -> None:
    lines = told(checked(edited(signed(), "signature", to="00" * 64)))

    assert lines["The report is byte for byte the one that the file names, “Boulangerie Lumière 2026-11-21.pdf”."] is (
        LineTone.OPEN
    )


def test_a_signed_result_that_differs_is_laid_on_the_program() -> None:
    result = {**SMALL.result, "asked": 99}
    line = next(line for line in check_lines(checked(signed(replace(SMALL, result=result)))) if line.more)

    assert line.more == ("asked: 99 ≠ 2",)
    assert line.text.endswith("it was stored by another version of the program.")


def test_values_that_earlier_versions_did_not_store_are_no_difference() -> None:
    result = {key: value for key, value in SMALL.result.items() if key not in ("counts", "starting_soon")}
    found = checked(signed(replace(SMALL, result=result))).recount

    assert found is not None
    assert found.is_equal


def test_names_of_strangers_cannot_hide_or_turn_a_line() -> None:
    file = replace(SMALL, organisation="Ba\u202ekery\u200b\x1b[2J")
    said = dict(about_file(checked(signed(file, report=report_of(name="a\u2066b.pdf")))))

    assert said["Organisation"] == "Ba[U+202E]kery[U+200B][U+001B][2J"
    assert said["Report"] == "a[U+2066]b.pdf"


def test_a_name_with_a_letter_of_another_alphabet_is_told() -> None:
    lines = told(checked(signed(replace(SMALL, organisation="B\u0430kery Lumière"))))

    assert "A word of the name mixes letters that look alike: Latin, Cyrillic. Look twice." in lines


@pytest.mark.parametrize(
    "name", ["Boulangerie Lumière", "Пекарня Север", "Αρτοποιείο", "東京 Bakery 24", "Пекарня Nord"]
)
def test_names_of_one_alphabet_a_word_are_not_suspected(name: str) -> None:
    assert (mixed_alphabets(name), shown_text(name)) == ((), name)


def test_what_the_file_says_of_itself_has_its_figures() -> None:
    said = about_file(checked(signed()))

    assert said == (
        ("Signed by, as the file says", SITE),
        ("Signed at", "2026-11-30 14:02 UTC"),
        ("Report", "Boulangerie Lumière 2026-11-21.pdf"),
        ("Organisation", "Boulangerie Lumière"),
        ("Result of", "2026-11-21"),
        ("Edition of the questions", "2026.9"),
        ("Privacy", "2.0"),
        ("Security", "3.0"),
    )


@pytest.mark.parametrize("result", [{}, {"pillars": 5}, {"pillars": [{"code": "x", "low": {}}]}, {"pillars": [None]}])
def test_figures_of_a_file_that_says_nonsense_are_left_out(result: dict[str, object]) -> None:
    assert list(pillar_figures(replace(SMALL, result=result))) == []


def test_what_cannot_be_read_is_told_without_a_recount() -> None:
    found = json.loads(signed())
    del found["data"]["organisation"]
    check = checked(canonical(found))

    assert told(check)["organisation is missing."] is LineTone.BAD
    assert len(about_file(check)) == 3


def test_a_signature_alone_leaves_open_how_the_result_came_about() -> None:
    lines = told(checked(signed(with_data=False)))

    assert [text for text, tone in lines.items() if tone is not LineTone.GOOD] == [
        "It holds no answers, so the result cannot be computed again: only the report is checked."
    ]


def test_a_report_tells_its_reader_how_to_check_it() -> None:
    line = how_to_check(f"{SITE}/")

    assert line == f"To check this, ask for the signed file beside it and open {SITE}/verify/."
    assert how_to_check(SITE) == line
    assert how_to_check(SITE, _=lambda text: f"DE {text}") == f"DE {line}"
