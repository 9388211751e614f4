"""Files that somebody made to break the reader, or that come from elsewhere, are refused in one sentence."""

import json

import pytest

from assessments.signed_assessment.canonical import MOST_BYTES, MOST_DEPTH, UnreadableFile, canonical, parse_json
from assessments.signed_assessment.checking import PartCheck, check_file
from assessments.signed_assessment.envelope import keys_document, read_keys, read_signed
from tests.signed_assessment.making_files import KEY, KNOWN, NOW, REPORT, SITE, edited, signed


def refused(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_signed(content)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is no valid JSON: it was cut off, changed, or is of another kind."),
        (b"%PDF-1.7", "This is a report. The signed file beside it has a name that ends in .evenkeel.json."),
        (b"\xff\xfe{}", "The file is no text in UTF-8: it was cut off, or is of another kind."),
        (b"\xef\xbb\xbf{}", "The file is no valid JSON: it was cut off, changed, or is of another kind."),
        (b"[]", "This is not a signed assessment of Evenkeel."),
        (b"null", "This is not a signed assessment of Evenkeel."),
        (b"{}", "This is not a signed assessment of Evenkeel."),
        (b'{"a":1,"a":2}', "A key appears twice in the same place, so programs would disagree on what it says."),
        (b'{"a":NaN}', "The file holds the number NaN, which no assessment has."),
        (b'{"a":-Infinity}', "The file holds the number -Infinity, which no assessment has."),
        (b'{"a":1.5}', "The file holds the number 1.5, which no assessment has."),
        (b'{"a":1e400}', "The file holds the number 1e400, which no assessment has."),
        (b'{"a":' + b"9" * 5000 + b"}", "The file holds the number 99999999999999999999, which no assessment has."),
        (b'{"a":"\\ud800"}', "The file holds half a character."),
        (b"[" * 100_000, "The values in the file are nested more deeply than those of an assessment."),
        (b"[" * 40 + b"]" * 40, "The values in the file are nested more deeply than those of an assessment."),
        (
            b'{"a":' * 40 + b"1" + b"}" * 40,
            "The values in the file are nested more deeply than those of an assessment.",
        ),
        (b"[" + b"0," * 400_000 + b"0]", "The file holds far more values than an assessment has."),
        (b'"' + b" " * MOST_BYTES + b'"', "The file is larger than 6 MB."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_no_signed_assessment_is_refused(content: bytes, sentence: str) -> None:
    assert refused(content) == sentence


def test_the_deepest_that_is_read_is_deeper_than_any_assessment() -> None:
    _found, is_canonical = parse_json(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH)
    assert is_canonical


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("version",), 2, "The file is a signed assessment of another version."),
        (("version",), True, "The file is a signed assessment of another version."),
        (("more",), 1, "more is unknown: the file may come from a newer version."),
        (("signature",), "ab", "signature is not in the form that such a file has."),
        (("signature",), None, "signature is not a text of at most 10000 characters."),
        (("signature",), "A" * 128, "signature is not in the form that such a file has."),
        (("data",), [], "data is not a mapping."),
        (("attested",), "x", "attested is not a mapping."),
        (("attested", "issuer"), "javascript:alert(1)", "attested, issuer is not in the form that such a file has."),
        (
            ("attested", "issuer"),
            "https://\u0435\u0445.org",
            "attested, issuer is not in the form that such a file has.",
        ),
        (("attested", "issuer"), "https://a.org\n", "attested, issuer is not in the form that such a file has."),
        (("attested", "issued_at"), "2026-13-01T00:00:00Z", "attested, issued_at is not a time such as"),
        (("attested", "issued_at"), "2026-1-01T00:00:00Z", "attested, issued_at is not a time such as"),
        (("attested", "report", "size"), 0, "attested, report, size is not a whole number from 1 to"),
        (("attested", "report", "size"), True, "attested, report, size is not a whole number from 1 to"),
        (("attested", "public_key"), "٣" * 64, "attested, public_key is not in the form"),
    ],
)
def test_values_of_another_kind_are_refused_with_their_place(
    path: tuple[str, ...], value: object, sentence: str
) -> None:
    assert refused(edited(signed(), *path, to=value)).startswith(sentence)


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("data", "organisation"), 5, "organisation is not a text of at most 500 characters."),
        (("data", "finished_on"), "2026-02-30", "finished_on is not a day such as 2026-11-30."),
        (("data", "depth"), "deep", "depth is none of quick, standard, full."),
        (("data", "interim"), 0, "interim is neither true nor false."),
        (("data", "tags"), [1], "tags is not a list of texts."),
        (("data", "facts", "base"), [], "facts, base is not a mapping."),
        (("data", "answers", 0, "level"), 5, "answers, number 1, level is not a whole number from 0 to 4."),
        (("data", "answers", 0, "level"), None, "answers, number 1, level does not belong to the kind of the answer."),
        (("data", "answers", 0, "reason"), "x", "answers, number 1, reason does not belong to the kind of the answer."),
        (("data", "answers", 0, "kind"), "maybe", "answers, number 1, kind is none of level"),
        (("data", "answers", 0, "question"), "DATA-01", "answers holds two answers to one question, or far too many."),
        (("data", "answers", 0, "question"), "../x", "answers, number 1, question is not in the form"),
        (("data", "answers", 0, "by"), "x", "answers, number 1, by is unknown"),
        (("data", "edition", "id"), 5, "The edition in the file cannot be read: id: expected text"),
        (("data", "edition", "domains"), [], "The edition in the file cannot be read: "),
    ],
)
def test_data_that_make_no_sense_are_told_beside_the_broken_signature(
    path: tuple[str | int, ...], value: object, sentence: str
) -> None:
    check = check_file(edited(signed(), *path, to=value), known=KNOWN, report=REPORT, now=NOW)

    assert check.unreadable.startswith(sentence)
    assert (check.signature.data, check.recount) == (PartCheck.OTHER, None)


def test_an_edition_that_contradicts_itself_cannot_be_recounted() -> None:
    """Its scope goes round in circles: the reader of banks sees that only when it publishes."""
    found = json.loads(signed())
    found["data"]["edition"]["tags"][0]["set_when"][0]["when"] = {"all": ["tag:gdpr"]}
    check = check_file(canonical(found), known=KNOWN, report=REPORT, now=NOW)

    assert check.recount is not None
    assert check.recount.why_not == "its edition contradicts itself"


def test_a_result_of_earlier_rules_is_not_recounted() -> None:
    check = check_file(edited(signed(), "data", "result", "format", to=1), known=KNOWN, report=REPORT, now=NOW)

    assert check.recount is not None
    assert check.recount.why_not == "the result was stored under earlier rules of scoring"


def test_a_list_of_keys_reads_back_as_whose_they_are() -> None:
    former = "00" * 32
    document = keys_document(SITE, KEY.public_key, [former])

    assert read_keys(json.dumps(document).encode()) == {KEY.public_key: SITE, former: SITE}
    assert [key["use"] for key in document["keys"]] == ["current", "former"]


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        (("format",), "other", "This is not a list of the signing keys of an Evenkeel."),
        (("version",), 2, "This is not a list of the signing keys of an Evenkeel."),
        (("issuer",), "example.org", "issuer is not in the form that such a file has."),
        (("keys", 0, "public_key"), "ab", "keys, number 1, public_key is not in the form that such a file has."),
        (("keys", 0, "id"), "abcd", "keys, number 1, id is not the name of this key."),
        (("keys", 0, "use"), "both", "keys, number 1, use is none of current, former."),
    ],
)
def test_a_list_of_keys_that_makes_no_sense_is_refused(
    path: tuple[str | int, ...], value: object, sentence: str
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_keys(edited(canonical(keys_document(SITE, KEY.public_key, [])), *path, to=value))
    assert str(caught.value) == sentence
