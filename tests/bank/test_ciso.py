"""A draft started from a framework library of CISO Assistant, and how such a library can be broken."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.bank.checks.edition import check_edition, errors_of
from assessments.bank.ciso.draft import LibraryDraft, draft_from_library
from assessments.bank.document.reader import read_edition
from assessments.bank.document.writer import write_edition
from assessments.bank.errors import DocumentError, Severity
from assessments.bank.laws import Citation, Verification
from assessments.bank.types import Depth, Domain, Edition, Question
from tests.bank.making import edition, question
from tests.bank.test_shipped import shipped

LIBRARY = (Path(__file__).parent / "library.yaml").read_text("utf-8")
BASE = edition(question("ACCESS-01"), question("DATA-01"))

Node = dict[str, Any]


def drafted(nodes: list[Node], **framework: Any) -> LibraryDraft:
    return draft_from_library(library(nodes, **framework), BASE)


def library(nodes: object, **framework: Any) -> str:
    found = {"ref_id": "F", "urn": "urn:x:framework:f", "requirement_nodes": nodes, **framework}
    top = {"urn": "urn:x:library:f", "ref_id": "F", "name": "Frame", "locale": "en", "objects": {"framework": found}}
    return yaml.safe_dump(top, sort_keys=False)


def node(urn: str, parent: str = "", /, *, asked: bool = True, **others: Any) -> Node:
    above = {"parent_urn": f"urn:x:{parent}"} if parent else {}
    return {"urn": f"urn:x:{urn}", "assessable": asked, "depth": 1, "name": urn.title(), **above, **others}


def shop() -> Edition:
    return draft_from_library(LIBRARY, BASE, pillar="security").edition


def test_headings_become_domains() -> None:
    assert shop().domains == (
        Domain(
            "GV",
            "Governance",
            "security",
            "Someone is in charge, and knows it.",
            "Whoever is responsible for this in your business",
        ),
        Domain(
            "SAUVEG", "Sauvegarde où", "security", "Sauvegarde où", "Whoever is responsible for this in your business"
        ),
    )


def test_assessable_requirements_become_questions() -> None:
    assert [(own.id, own.text) for own in shop().questions] == [
        ("GV-01", "How far is this in place: Name who is in charge?"),
        ("GV-02", "How far is this in place: for staff?"),
        ("GV-03", "How far is this in place: for staff (GV-03)?"),
        ("SAUVEG-01", "How far are copies made?"),
        ("SAUVEG-02", "How far is this in place: Copies elsewhere?"),
    ]


def test_all_that_a_requirement_says_is_kept() -> None:
    own = shop().question["GV-01"]

    assert own.help == "One person looks after security.\n\nA deputy helps."
    assert own.evidence == ("A list of roles", "A note")
    assert (own.depth, own.weight, own.weight_reason) == (Depth.STANDARD, 3, "The framework calls it mandatory.")
    assert own.levels[1] == "Name of 1: What 1 means."
    assert own.checklist == ("GV-01",)
    assert shop().checklist["GV-01"].text == "Shop Basics 1.0 1.1: Name who is in charge"


def test_what_stands_above_a_requirement_is_said_in_the_help() -> None:
    assert shop().question["GV-02"].help == "Rules are written down:\n\nfor staff;"


def test_further_questions_of_a_requirement_are_kept_in_the_help() -> None:
    assert shop().question["SAUVEG-02"].help == "Is there a copy elsewhere?\n\nWhere is it?"


def test_five_choices_of_one_question_become_levels_in_the_order_of_their_scores() -> None:
    assert shop().question["SAUVEG-01"].levels == ("None", "Some", "Most", "All of them", "All of them and tried")


def test_each_requirement_is_a_citation_that_nobody_has_checked() -> None:
    label = "Shop Basics 1.0 3.1"

    assert [own.label for own in shop().question["SAUVEG-01"].citations] == ["Shop Basics 1.0 3.1"]
    assert shop().citations[label] == Citation(
        label,
        "How far are copies made?",
        "standard",
        Verification.MEMORY,
        "imported from a CISO Assistant library (urn:example:risk:library:shop, version 3), "
        "not compared with the original",
    )


def test_the_frame_says_where_it_comes_from() -> None:
    found = shop()

    assert (found.id, found.title, found.language) == ("shop-basics-1.0", "Shop security basics", "en")
    assert found.law_status_as_of == date(2026, 2, 25)
    assert found.disclaimer == "Only a test.\n\nMade from Shop security basics by Nobody. Anyone may use it."
    assert (found.scope, found.laws, found.scale) == (BASE.scope, BASE.laws, BASE.scale)


def test_what_could_not_be_taken_is_listed_with_its_place() -> None:
    found = draft_from_library(LIBRARY, BASE, file="shop.yaml").unmapped

    assert {problem.severity for problem in found} == {Severity.WARNING}
    assert [str(problem) for problem in found] == [
        "objects, reference_controls: not imported, 2 of them (shop.yaml line 15)",
        "objects, framework, scores_definition: not imported, one of them (shop.yaml line 24)",
        "objects, framework, implementation_groups_definition: not imported, one of them (shop.yaml line 26)",
        "requirement_nodes, reference_controls: not imported; requirements that have it: 1 (shop.yaml)",
        "requirement_nodes, translations: not imported; requirements that have it: 1 (shop.yaml)",
        "requirement 1: its weight 5 became 3 (shop.yaml line 53)",
        "requirement 3.1: its five choices became the levels: check that the first is the worst (shop.yaml line 72)",
        "requirement Copies elsewhere: its 2 choices cannot be levels and are left out (shop.yaml line 86)",
        "requirement Closing words: has no assessable requirement below it and is left out (shop.yaml line 102)",
        "domains: all have the pillar privacy: choose one for each (shop.yaml)",
        "questions: all have the depth standard, and no gates, duties of law or scope (shop.yaml)",
        "questions, levels: come from the scale, the same for all: say what each means here (shop.yaml)",
        "implementation_groups basic: not imported; requirements in it: 2 (shop.yaml)",
    ]


def test_the_draft_of_the_shipped_frame_keeps_every_rule_and_can_be_written() -> None:
    found = draft_from_library(LIBRARY, shipped(), pillar="security").edition

    assert [str(problem) for problem in errors_of(check_edition(found))] == []
    assert read_edition({"draft.yaml": write_edition(found)}) == found


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@settings(max_examples=50)
@given(st.lists(st.tuples(texts, texts, st.booleans(), st.integers(0, 5)), min_size=1, max_size=8), texts)
def test_whatever_a_library_says_the_draft_keeps_the_form(said: list[tuple[str, str, bool, int]], ref: str) -> None:
    nodes = [
        {
            "urn": f"urn:x:{number}",
            "name": name,
            "description": description,
            "assessable": asked or number == 0,
            "ref_id": ref,
            "typical_evidence": description,
            **({"parent_urn": f"urn:x:{above}"} if above < number else {}),
        }
        for number, (name, description, asked, above) in enumerate(said)
    ]

    found = drafted(nodes).edition

    assert read_edition({"draft.yaml": write_edition(found)}) == found
    assert len(found.questions) == sum(1 for own in nodes if own["assessable"])
    assert not [own for own in errors_of(check_edition(found)) if own.place.startswith(("questions", "domains"))]


def test_one_heading_over_chapters_is_passed_over() -> None:
    nodes = [
        node("all", asked=False),
        node("first", "all", asked=False),
        node("a", "first"),
        node("second", "all", asked=False),
        node("b", "second"),
    ]

    assert [domain.title for domain in drafted(nodes).edition.domains] == ["First", "Second"]


def test_a_requirement_without_a_heading_is_a_domain_of_its_own() -> None:
    found = drafted([node("lone"), node("below", "lone"), node("other")]).edition

    assert [(domain.code, domain.title) for domain in found.domains] == [("LONE", "Lone"), ("OTHER", "Other")]
    assert [own.id for own in found.questions] == ["LONE-01", "LONE-02", "OTHER-01"]


def test_more_than_two_digits_can_count_need_another_domain() -> None:
    found = drafted([node("top", asked=False), *(node(f"n{n}", "top") for n in range(150))]).edition

    assert [(domain.code, domain.title) for domain in found.domains] == [("TOP", "Top"), ("TOPA", "Top (2)")]
    assert [own.id for own in found.questions][98:100] == ["TOP-99", "TOPA-01"]


def test_codes_of_domains_are_told_apart() -> None:
    nodes = [part for n in range(30) for part in (node(f"h{n}", asked=False, name="Ελλάδα"), node(f"q{n}", f"h{n}"))]

    codes = [domain.code for domain in drafted(nodes).edition.domains]

    assert codes[:3] == ["DOMAIN", "DOMAIA", "DOMAIB"]
    assert codes[-1] == "DOMAAD"


def test_another_language_is_not_mixed_with_english() -> None:
    text = library([node("a", name="Qui est responsable")]).replace("locale: en", "locale: fr")

    found = draft_from_library(text, BASE).edition

    assert found.language == "fr"
    assert found.questions[0].text == "Qui est responsable?"


@pytest.mark.parametrize(
    ("others", "weight", "notes"),
    [
        ({}, 1, 0),
        ({"weight": 1}, 1, 0),
        ({"weight": 3}, 3, 0),
        ({"weight": 0}, 1, 1),
        ({"weight": "much"}, 1, 1),
        ({"importance": "recommended"}, 2, 0),
        ({"importance": "nice to have"}, 1, 0),
    ],
)
def test_weights(others: Node, weight: int, notes: int) -> None:
    found = drafted([node("a", **others)])

    assert found.edition.questions[0].weight == weight
    assert sum("weight" in problem.message for problem in found.unmapped) == notes


def test_four_examples_of_evidence_are_taken_and_the_others_named() -> None:
    found = drafted([node("a", typical_evidence=["one", "two", "two", "three", "four", "five"])])

    assert found.edition.questions[0].evidence == ("one", "two", "three", "four")
    assert "requirement A: more than 4 examples of evidence, left out: five (library.yaml line 10)" in [
        str(problem) for problem in found.unmapped
    ]


def test_long_texts_are_cut_between_words_and_kept_whole_in_the_help() -> None:
    long = "very long words " * 40
    own: Question = drafted([node("a", name=None, description=long)]).edition.questions[0]

    assert len(own.text) <= 300
    assert own.text.endswith(" very long words…?")
    assert own.help == long.strip()


@pytest.mark.parametrize("value", ["x", True, "yes"])
def test_ways_to_say_assessable(value: object) -> None:
    assert len(drafted([node("a"), {**node("b"), "assessable": value}]).edition.questions) == 2


def test_a_splash_screen_asks_nothing() -> None:
    assert len(drafted([node("a"), node("b", display_mode="splash")]).edition.questions) == 1


def test_what_stands_once_and_is_used_often() -> None:
    nodes = """
- {urn: a, name: A, assessable: true, question: {question_type: unique_choice, question_choices: &id001 ['No', 'Yes'],
   questions: [{urn: q, text: Is it known?}]}}
- {urn: b, name: B, assessable: true, question: {question_type: unique_choice, question_choices: *id001,
   questions: [{urn: q, text: Is it done?}, {urn: r, text: By whom?}]}}
- {urn: c, name: C, assessable: true, question: null}
"""
    found = draft_from_library(f"locale: en\nobjects: {{framework: {{requirement_nodes: [{_inner(nodes)}]}}}}", BASE)

    assert [own.text for own in found.edition.questions][:2] == ["Is it known?", "How far is this in place: B?"]
    assert found.edition.question["B-01"].help == "Is it done?\n\nBy whom?"
    assert sum("its 2 choices cannot be levels" in problem.message for problem in found.unmapped) == 3


def _inner(block: str) -> str:
    """A block list as the inside of a bracketed list."""
    return ", ".join(block.strip().removeprefix("- ").split("\n- "))


def test_several_frameworks_are_joined() -> None:
    top = yaml.safe_load(library([node("a")]))
    other = {**top["objects"].pop("framework"), "requirement_nodes": [node("b")]}
    top["objects"]["frameworks"] = [{"requirement_nodes": [node("a")]}, other]

    assert [own.id for own in draft_from_library(yaml.safe_dump(top), BASE).edition.questions] == ["A-01", "B-01"]


NODES = "objects, framework, requirement_nodes"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: x", "objects is missing: is this a CISO Assistant library?"),
        ("objects: x", "objects: expected named entries, found text"),
        ("objects: {threats: [a]}", "objects: it contains no framework"),
        ("objects: {framework: x}", "objects, framework: expected named entries, found text"),
        ("objects: {framework: {requirement_nodes: x}}", f"{NODES}: expected a list, found text"),
        ("objects: {framework: {requirement_nodes: []}}", f"{NODES}: expected at least one, found none"),
        ("objects: {framework: {ref_id: x}}", "no requirement of the library is assessable: there is nothing to ask"),
        (library([node("a", asked=False)]), "no requirement of the library is assessable: there is nothing to ask"),
        (library(["a"]), f"{NODES}, entry 1: expected named entries, found text"),
        (library([{"name": "A", "assessable": True}]), f"{NODES}, entry 1: urn is missing"),
        (library([node("a", "b")]), "requirement A: its parent urn:x:b is not in the library"),
        (library([node("a", name=["x"])]), f"{NODES}, entry 1, name: expected text, found a list or mapping"),
        (library([node("a", questions="x")]), f"{NODES}, entry 1, questions: expected named entries, found text"),
        (
            f"a: &a [{'x, ' * 600}]\nobjects: [{'*a, ' * 600}]",
            "more than 300,000 entries, with aliases (*) written out",
        ),
        ("objects: &a {x: *a}", "nested deeper than 16 levels, with aliases (*) written out"),
        ("objects: [", "not valid YAML: did not find expected node content"),
    ],
)
def test_what_is_no_library(text: str, expected: str) -> None:
    with pytest.raises(DocumentError) as caught:
        draft_from_library(text, BASE)

    assert [str(problem).rpartition(" (library.yaml")[0] for problem in caught.value.problems] == [expected]


def test_all_problems_come_at_once_in_the_order_of_the_text() -> None:
    nodes = [node("a", "c"), node("b", "a"), node("c", "b"), node("d"), node("d"), node("e", "none")]

    with pytest.raises(DocumentError) as caught:
        drafted(nodes)

    assert [f"{problem.place}: {problem.message}" for problem in caught.value.problems] == [
        "requirement A: is its own ancestor",
        "requirement B: is its own ancestor",
        "requirement C: is its own ancestor",
        "requirement D: urn:x:d appears twice",
        "requirement D: urn:x:d appears twice",
        "requirement E: its parent urn:x:none is not in the library",
    ]


def test_a_base_gives_the_first_pillar_unless_one_is_chosen() -> None:
    text = library([node("a")])

    assert draft_from_library(text, BASE).edition.domains[0].pillar == "privacy"
    assert draft_from_library(text, replace(BASE), pillar="security").edition.domains[0].pillar == "security"
