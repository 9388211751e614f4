"""What is unchanged is never called changed, and one changed byte is always found."""

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.types import Depth, Edition
from assessments.signed_assessment.canonical import UnreadableFile, canonical
from assessments.signed_assessment.checking import (
    CLOCKS_APART,
    CheckVerdict,
    FileCheck,
    PartCheck,
    check_file,
    check_signature,
)
from assessments.signed_assessment.recount import recount_result
from assessments.signed_assessment.signing import SigningKey
from assessments.signed_assessment.types import AssessmentFile
from tests.scoring.businesses import random_answers, random_facts
from tests.signed_assessment.making_files import (
    KNOWN,
    NOW,
    REPORT,
    SITE,
    SMALL,
    assessment_files,
    edited,
    file_of,
    report_of,
    signed,
)

CHANGED_FILES = 10_000
OTHER_KEY = SigningKey("somebody else's secret, which is as long as one of ours has to be")


def checked(content: bytes, report: bytes | None = REPORT, **more: object) -> FileCheck:
    return check_file(content, **{"known": KNOWN, "report": report, "now": NOW, **more})  # type: ignore[arg-type]


def is_noticed(content: bytes, report: bytes | None = REPORT) -> bool:
    try:
        check, _data = check_signature(content, known=KNOWN, report=report, now=NOW)
    except UnreadableFile:
        return True
    return check.verdict is CheckVerdict.CHANGED


@settings(max_examples=60)
@given(assessment_files())
def test_whatever_an_installation_signs_is_unchanged_and_recounts_as_equal(file: AssessmentFile) -> None:
    check = checked(signed(file))

    assert (check.signature.verdict, check.unreadable) == (CheckVerdict.PROVEN, "")
    assert check.file == file
    assert check.recount is not None
    assert (check.recount.differences, check.recount.why_not) == ((), "")


@pytest.mark.parametrize("depth", Depth)
def test_random_businesses_of_the_shipped_bank_recount_as_equal(edition: Edition, depth: Depth) -> None:
    """With every kind of finding, the AI lens, and answers to questions that are not asked."""
    chance = random.Random(depth.value)  # noqa: S311 (chosen at random, the same each time)
    for _ in range(10):
        facts, answers = random_facts(chance, edition.scope), random_answers(chance, edition)
        file = file_of(edition, facts, answers, depth)
        assert recount_result(file, edition).differences == ()


@pytest.mark.slow
def test_one_changed_byte_is_found_in_each_of_ten_thousand_files() -> None:
    """Every place of the file is changed, first by its last bit, then to a random other byte."""
    chance, content = random.Random(13), signed()  # noqa: S311 (chosen at random, the same each time)
    missed = []
    for number in range(CHANGED_FILES):
        place = number if number < len(content) else chance.randrange(len(content))
        other = bytes([content[place] ^ (1 if number < len(content) else chance.randint(1, 255))])
        if not is_noticed(content[:place] + other + content[place + 1 :]):
            missed.append((place, other))

    assert len(content) < CHANGED_FILES
    assert missed == []
    assert not is_noticed(content)


def test_a_changed_byte_of_the_report_is_found_and_the_file_stays_what_it_is() -> None:
    for at in range(len(REPORT)):
        check = checked(signed(), REPORT[:at] + bytes([REPORT[at] ^ 1]) + REPORT[at + 1 :]).signature
        assert (check.report, check.verdict, check.signed) == (PartCheck.OTHER, CheckVerdict.CHANGED, True)


@settings(max_examples=100)
@given(st.integers(0), st.binary(max_size=3), st.integers(0, 3))
def test_bytes_that_are_put_in_or_taken_out_are_found(place: int, put_in: bytes, taken: int) -> None:
    content = signed()
    at = place % len(content)
    other = content[:at] + put_in + content[at + taken :]

    assert is_noticed(other) is (other != content)


def test_without_a_report_the_file_alone_is_checked() -> None:
    check = checked(signed(), None).signature

    assert (check.report, check.verdict) == (PartCheck.NOT_GIVEN, CheckVerdict.PROVEN)


def test_the_signature_alone_proves_the_report_and_holds_no_answers() -> None:
    alone = signed(with_data=False)
    check = checked(alone)

    assert (check.signature.verdict, check.signature.data) == (CheckVerdict.PROVEN, PartCheck.NOT_GIVEN)
    assert (check.file, check.recount, check.unreadable) == (None, None, "")
    assert b"DATA-01" not in alone
    assert json.loads(alone)["attested"] == json.loads(signed())["attested"]
    assert all(is_noticed(alone[:at] + bytes([alone[at] ^ 1]) + alone[at + 1 :]) for at in range(len(alone)))


@pytest.mark.parametrize(
    "write_anew",
    [
        lambda found: json.dumps(found).encode(),
        lambda found: json.dumps(found, indent=2, ensure_ascii=False, sort_keys=True).encode(),
        lambda found: canonical(found) + b"\n",
        lambda found: b" " + canonical(found),
    ],
)
def test_a_file_that_was_written_anew_is_not_the_one_that_was_issued(write_anew: Callable[[object], bytes]) -> None:
    check = checked(write_anew(json.loads(signed()))).signature

    assert (check.signed, check.data, check.as_issued) == (True, PartCheck.SAME, False)
    assert check.verdict is CheckVerdict.CHANGED


def test_a_better_figure_is_found_by_its_fingerprint_and_by_recounting() -> None:
    check = checked(edited(signed(), "data", "result", "pillars", 0, "low", "figure", "label", to=4))

    assert (check.signature.signed, check.signature.data) == (True, PartCheck.OTHER)
    assert check.recount is not None
    assert [(each.place, each.stored, each.recounted) for each in check.recount.differences] == [
        ("pillars privacy, low, figure, label", "4", "2")
    ]


def test_whoever_signs_a_better_figure_with_a_key_of_their_own_is_not_known_and_recounts_differently() -> None:
    forged = json.loads(edited(signed(), "data", "answers", 0, "level", to=4))["data"]
    check = checked(signed(replace(SMALL, answers=(), result=forged["result"]), key=OTHER_KEY))

    assert check.signature.verdict is CheckVerdict.UNCHANGED
    assert check.recount is not None
    assert check.recount.differences


def test_a_key_put_in_the_place_of_the_right_one_does_not_fit() -> None:
    check = checked(edited(signed(), "attested", "public_key", to=OTHER_KEY.public_key)).signature

    assert (check.signed, check.known_as, check.verdict) == (False, "", CheckVerdict.CHANGED)


def test_the_signature_of_another_file_does_not_fit() -> None:
    other = json.loads(signed(replace(SMALL, organisation="Boulangerie Lumiere")))

    assert checked(edited(signed(), "signature", to=other["signature"])).signature.signed is False


def test_an_unknown_key_leaves_open_who_signed() -> None:
    check = checked(signed(), known={}).signature

    assert (check.known_as, check.verdict) == ("", CheckVerdict.UNCHANGED)
    assert checked(signed()).signature.known_as == SITE


@pytest.mark.parametrize(("early", "expected"), [(CLOCKS_APART, False), (CLOCKS_APART + timedelta(seconds=1), True)])
def test_a_signature_from_the_future_is_told_and_stays_valid(early: timedelta, expected: bool) -> None:
    check = checked(signed(), now=NOW - early).signature

    assert (check.from_the_future, check.verdict) == (expected, CheckVerdict.PROVEN)


def test_the_same_input_makes_the_same_bytes() -> None:
    assert signed() == signed()
    assert signed(report=report_of(b"another")) != signed()
