"""Every mistake is reported with its place, all at once."""

import pytest
import yaml

from assessments.bank.document import yaml_parts
from assessments.bank.document.entry import MOST_PROBLEMS, THERE_ARE_MORE
from assessments.bank.document.reader import read_edition
from assessments.bank.document.writer import write_edition
from assessments.bank.errors import DocumentError, Problem
from tests.bank.broken import SOUND, Break, broken, drop, first, put, second
from tests.bank.broken_presets import MISTAKES
from tests.bank.making import edition, question


def problems_of(**parts: str) -> tuple[Problem, ...]:
    with pytest.raises(DocumentError) as caught:
        read_edition({f"{name}.yaml": text for name, text in parts.items()})
    return caught.value.problems


def said(problem: Problem) -> str:
    """Without file and line."""
    return str(problem).rpartition(" (")[0]


@pytest.mark.parametrize(("make", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_one_mistake_is_one_problem_with_its_place(make: Break, expected: str) -> None:
    found = problems_of(bank=yaml.safe_dump(broken(make)))

    assert [said(problem) for problem in found] == [expected]


def test_all_problems_come_at_once_in_the_order_of_the_text() -> None:
    def make(document: dict[str, object]) -> None:
        put(second, "weight", 7)(document)
        drop(second, "text")(document)
        put(first, "depth", "deep")(document)

    found = problems_of(bank=yaml.safe_dump(broken(make), sort_keys=False))

    assert [problem.place for problem in found] == [
        "questions ACCESS-01, depth",
        "questions ACCESS-02",
        "questions ACCESS-02, weight",
    ]


def test_file_and_line_are_named() -> None:
    sound = {key: value for key, value in SOUND.items() if key != "questions"}
    questions = {"questions": [{**SOUND["questions"][1], "levels": ["a", "b", "c"]}]}

    found = problems_of(frame=yaml.safe_dump(sound), access=yaml.safe_dump(questions, sort_keys=False))

    assert str(found[0]) == "questions ACCESS-02, levels: expected five, found three (access.yaml line 7)"


def test_the_error_says_every_problem_in_a_line_each() -> None:
    with pytest.raises(DocumentError) as caught:
        read_edition({"a.yaml": "id: [", "b.yaml": "- 1"})

    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    assert len(caught.value.problems) == 2


def test_an_id_or_key_that_stands_twice_is_named_at_its_second_place() -> None:
    text = write_edition(edition(question("DATA-01"), question("DATA-02")))
    again = "questions:\n- id: DATA-01\n"
    more = "citations:\n  GDPR Art. 1: {says: x, law: gdpr, verification: text, source: x}\nid: other\n"

    found = problems_of(bank=text, more=more, again=again)

    assert [str(problem) for problem in found if "twice" in problem.message] == [
        "citations: GDPR Art. 1 appears twice (more.yaml line 2)",
        "id appears twice (more.yaml line 3)",
        "questions DATA-01: appears twice (again.yaml line 2)",
    ]


def test_a_key_twice_in_one_mapping() -> None:
    text = write_edition(edition(question("DATA-01"))).replace("depth: quick", "depth: quick\n  depth: full")

    assert [said(problem) for problem in problems_of(bank=text)] == ["questions DATA-01: depth appears twice"]


@pytest.mark.parametrize(
    ("key", "kind"),
    [("2", "a whole number"), ("yes", "yes/no (put text in quotes)"), ("[a]", "a list"), ("<<", "<< (merging is not")],
)
def test_keys_are_text(key: str, kind: str) -> None:
    text = write_edition(edition(question("DATA-01"))) + f"? {key}\n: x\n"

    assert f"a key must be text, {kind}" in problems_of(bank=text)[0].message


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("id: &a x\ntitle: *a\n", "anchors and aliases (& and *) are not allowed: write it out", 1),
        ("a: [x]\nb: *x\n", "anchors and aliases (& and *) are not allowed: write it out", 2),
        ("id: !!python/object:os.system x\n", "type tags (!) are not allowed", 1),
        ("id: !!str 5\n", "type tags (!) are not allowed", 1),
        ("id: 1\n---\nid: 2\n", "expected one YAML document, a second one starts here", 2),
        ("id: " + "[" * 20 + "]" * 20, "nested deeper than 16 levels", 1),
        ("- id\n", "expected a mapping of sections at the top", 1),
        ("", "expected a mapping of sections at the top", 1),
        ("id: 'x\n", "not valid YAML: found unexpected end of stream", 2),
        ("a:\n\t- x\n", "not valid YAML: found character that cannot start any token", 2),
        ("id: \x00\n", "not valid YAML: unacceptable character #x0000: control characters are not allowed", None),
    ],
)
def test_what_is_not_even_read(text: str, message: str, line: int | None) -> None:
    [problem] = problems_of(bank=text)

    assert (problem.message, problem.file, problem.line) == (message, "bank.yaml", line)


def test_an_alias_bomb_costs_nothing() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 200))]

    assert "anchors" in problems_of(bank="\n".join(lines))[0].message


def test_a_document_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_parts, "MAX_BYTES", 2_000_000)

    [problem] = problems_of(one="# " + "x" * 1_100_000, two="# " + "x" * 1_100_000)

    assert str(problem) == "the document is larger than 2 MB"


def test_a_document_needs_a_part() -> None:
    assert [str(problem) for problem in problems_of()] == ["the document has no parts"]


def test_a_question_of_no_domain_is_read_and_left_to_the_checks() -> None:
    text = write_edition(edition(question("DATA-01"), question("RIGHTS-01"))).replace("RIGHTS-01", "OTHER-01", 1)

    assert [own.id for own in read_edition({"bank.yaml": text}).questions] == ["DATA-01", "OTHER-01"]


def test_of_very_many_problems_the_first_are_told_and_that_there_are_more() -> None:
    flood = "\n".join(f"key{number}: 1" for number in range(20_000))
    with pytest.raises(DocumentError) as refused:
        read_edition({"flood.yaml": flood})
    assert len(refused.value.problems) == MOST_PROBLEMS + 1
    assert sum(problem.message == THERE_ARE_MORE for problem in refused.value.problems) == 1


def test_a_flood_of_entries_is_refused_before_anything_is_made_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "assessments.bank.document.yaml_parts.yaml.compose", lambda *_args, **_more: pytest.fail("nodes were made")
    )
    flood = "\n".join(f"k{number}: 1" for number in range(160_000))
    assert [problem.message for problem in problems_of(flood=flood)] == ["more than 300,000 entries"]
