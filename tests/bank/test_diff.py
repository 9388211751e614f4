"""What is different between two editions, and what a change means for answers already given."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from assessments.bank.diff.editions import (
    ChangedItem,
    ChangeId,
    FieldChange,
    Meaning,
    compare_editions,
    meaning_by_default,
    meanings,
    says_the_same,
)
from assessments.bank.errors import DocumentError
from assessments.bank.laws import Citation, Verification
from assessments.bank.sections import SPECS, ChangeKind
from assessments.bank.steps import Effort
from assessments.bank.types import ChecklistEntry, Depth, Edition, GateKind, Question, QuestionCitation
from tests.bank import changing
from tests.bank import strategies as some
from tests.bank.making import duty, edition, gate, question, scope_question, tag, when

BANK = edition(question("DATA-01"), question("DATA-02"), question("DATA-03"), question("ACCESS-01"))


def with_question(question_id: str, **changes: Any) -> Edition:
    return replace(
        BANK, questions=tuple(replace(own, **changes) if own.id == question_id else own for own in BANK.questions)
    )


def changes_of(question_id: str, **changes: Any) -> ChangedItem[Question]:
    [found] = compare_editions(BANK, with_question(question_id, **changes)).questions.changed
    return found


def test_an_edition_is_not_different_from_itself() -> None:
    assert compare_editions(BANK, BANK).ids == frozenset()


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("text", "Is it done well?", ChangeKind.WORDING),
        ("help", "It helps a lot.", ChangeKind.WORDING),
        ("levels", ("a", "b", "c", "d", "e"), ChangeKind.LEVELS),
        ("weight", 3, ChangeKind.WEIGHT),
        ("weight_reason", "People.", ChangeKind.WEIGHT),
        ("depth", Depth.FULL, ChangeKind.DEPTH),
        ("gates", (gate(),), ChangeKind.GATES),
        ("duties", (duty(),), ChangeKind.DUTIES),
        ("applies_when", when("gdpr"), ChangeKind.SCOPE),
        ("citations", (QuestionCitation("GDPR Art. 1", when("gdpr")),), ChangeKind.CITATIONS),
        ("evidence", ("A note.",), ChangeKind.EVIDENCE),
        ("first_step", "Begin.", ChangeKind.STEPS),
        ("effort", Effort.LARGE, ChangeKind.STEPS),
        ("checklist", ("S0-1", "S0-2"), ChangeKind.CHECKLIST),
        ("not_applicable_hint", "When not.", ChangeKind.NOT_APPLICABLE),
        ("ai_lens", True, ChangeKind.DOMAIN),
    ],
)
def test_one_field_is_one_change(field: str, value: object, kind: ChangeKind) -> None:
    found = changes_of("DATA-02", **{field: value})

    was, becomes = BANK.question["DATA-02"], with_question("DATA-02", **{field: value}).question["DATA-02"]
    change = FieldChange(ChangeId(f"questions/DATA-02/{field}"), field, kind, getattr(was, field), value)
    assert found == ChangedItem("DATA-02", was, becomes, (change,))


def test_questions_come_and_go() -> None:
    new = edition(question("DATA-01"), question("DATA-03"), question("DATA-04"), question("ACCESS-01"))

    found = compare_editions(BANK, new).questions

    assert [(own.id, own.key, own.item) for own in found.added] == [
        ("questions/DATA-04/added", "DATA-04", new.question["DATA-04"])
    ]
    assert [(own.id, own.key) for own in found.removed] == [("questions/DATA-02/removed", "DATA-02")]
    assert found.changed == ()


def test_a_moved_question_is_the_only_one_that_says_so() -> None:
    first, second, third, other = BANK.questions

    found = compare_editions(BANK, replace(BANK, questions=(third, first, second, other))).questions

    [moved] = found.changed
    assert (moved.key, moved.fields[0].kind) == ("DATA-03", ChangeKind.ORDER)
    assert (moved.fields[0].before, moved.fields[0].after) == ("DATA-02", "")


def test_domains_in_another_order_do_not_move_their_questions() -> None:
    found = compare_editions(BANK, changing.in_bank_order(replace(BANK, domains=BANK.domains[::-1])))

    assert {which.rpartition("/")[2] for which in found.ids} == {"order"}
    assert found.questions.ids == frozenset()
    assert len(found.domains.changed) == 1


def test_each_part_of_the_rest_is_named() -> None:
    scope = replace(
        BANK.scope,
        screens=(
            replace(
                BANK.scope.screens[0],
                title="Where",
                questions=(scope_question("base", "eu", "us", "uk", "none"), scope_question("ai", "tools", "none")),
            ),
        ),
        tags=(*BANK.scope.tags[1:], tag("extra", when("ai.tools"))),
    )
    new = replace(
        BANK,
        title="Another",
        scale=(replace(BANK.scale[0], says="Nothing."), *BANK.scale[1:]),
        scope=scope,
        laws=(BANK.laws[0], replace(BANK.laws[1], note="Changed.")),
        citations={"A/B 1": Citation("A/B 1", "Says.", "gdpr", Verification.TEXT, "read")},
        checklist={"S0-1": ChecklistEntry("S0-1", "Another wording.")},
    )

    assert compare_editions(BANK, new).ids == {
        "frame//title",
        "scale/0/says",
        "screens/first/title",
        "scope_questions/base/options",
        "tags/gdpr/removed",
        "tags/extra/added",
        "laws/ccpa/note",
        "citations/GDPR Art. 1/removed",
        "citations/A%2FB 1/added",
        "checklist/S0-1/text",
    }


def test_the_order_of_registries_says_nothing() -> None:
    more = {**BANK.checklist, "S0-2": ChecklistEntry("S0-2", "More.")}

    assert (
        compare_editions(replace(BANK, checklist=more), replace(BANK, checklist=dict(reversed(more.items())))).ids
        == set()
    )


def test_an_id_that_stands_twice_cannot_be_compared() -> None:
    twice = replace(BANK, questions=(*BANK.questions, BANK.questions[0]))

    with pytest.raises(DocumentError, match="questions DATA-01: appears twice"):
        compare_editions(BANK, twice)


def test_every_field_of_an_item_belongs_to_its_section() -> None:
    kept_apart = {"frame", "screens"}
    for spec in SPECS:
        item = next(iter(spec.items(BANK)), None)
        if item is not None and spec.section not in kept_apart:
            key = next(name for name in ("id", "code", "label") if hasattr(item, name))
            assert set(spec.fields) | {key} == set(item.__dataclass_fields__), spec.section


@settings(max_examples=60)
@given(changing.changed_editions(), changing.changed_editions())
def test_backwards_everything_is_the_other_way_round(old: Edition, new: Edition) -> None:
    there, back = compare_editions(old, new), compare_editions(new, old)

    def opposite(which: str) -> str:
        return {"added": "removed", "removed": "added"}.get(which.rpartition("/")[2], "")

    def settled(ids: frozenset[ChangeId]) -> set[str]:
        return {which for which in ids if not which.endswith("/order")}

    turned = {
        f"{which.rpartition('/')[0]}/{opposite(which)}" if opposite(which) else which for which in settled(back.ids)
    }
    assert settled(there.ids) == turned


@pytest.mark.parametrize(
    ("changes", "meaning"),
    [
        ({"help": "Quite another help."}, Meaning.SAME),
        ({"evidence": ("A photo.",)}, Meaning.SAME),
        ({"citations": ()}, Meaning.SAME),
        ({"weight": 1}, Meaning.SAME),
        ({"depth": Depth.FULL}, Meaning.SAME),
        ({"duties": (duty(),)}, Meaning.SAME),
        ({"text": "is data 01 done?!"}, Meaning.SAME),
        ({"text": "Is DATA-01 nearly done?"}, Meaning.CHANGED),
        ({"levels": tuple(f"data 01, at level {n}" for n in range(5))}, Meaning.SAME),
        ({"levels": ("Nothing.", *(f"DATA-01 at level {n}." for n in range(1, 5)))}, Meaning.CHANGED),
        ({"levels": tuple(f"DATA-01 at level {n}." for n in range(4))}, Meaning.CHANGED),
        ({"applies_when": when("gdpr")}, Meaning.CHANGED),
        ({"gates": (gate(min_level=2),)}, Meaning.CHANGED),
    ],
)
def test_what_changes_the_meaning(changes: dict[str, Any], meaning: Meaning) -> None:
    assert meaning_by_default(changes_of("DATA-01", **changes)) is meaning


@pytest.mark.parametrize(
    ("changes", "meaning"),
    [
        ({"min_level": 3}, Meaning.CHANGED),
        ({"when": when("gdpr")}, Meaning.CHANGED),
        ({"reason": "It matters more."}, Meaning.SAME),
        ({"kind": GateKind.FOUNDATION}, Meaning.SAME),
    ],
)
def test_a_gate_changes_the_meaning_by_what_it_asks_of_whom(changes: dict[str, Any], meaning: Meaning) -> None:
    old = question("DATA-01", gates=(gate(GateKind.HARM),))
    new = replace(old, gates=(replace(old.gates[0], **changes),))

    assert meaning_by_default(ChangedItem("DATA-01", old, new, ())) is meaning


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("It’s “done”", "it's done.", True),
        ("second-hand", "second hand", True),
        ("2.5 days", "25 days", False),
        ("5 %", "5", False),
        ("$5", "€5", False),
        ("Do not", "Do", False),
        ("", "...", True),
    ],
)
def test_marks_and_capitals_say_nothing(old: str, new: str, same: bool) -> None:
    assert says_the_same(old, new) is same


def test_the_editor_has_the_last_word() -> None:
    new = replace(
        with_question("DATA-01", text="Is it quite different?"),
        questions=(
            *(replace(own, help="Other.") for own in with_question("DATA-01", text="Quite different?").questions[:2]),
            question("DATA-09"),
        ),
    )

    assert meanings(BANK, new, {}) == {"DATA-01": Meaning.CHANGED, "DATA-02": Meaning.SAME}
    chosen = {"DATA-01": Meaning.SAME, "DATA-02": Meaning.CHANGED, "DATA-09": Meaning.CHANGED, "X-1": Meaning.SAME}
    assert meanings(BANK, new, chosen) == {"DATA-01": Meaning.SAME, "DATA-02": Meaning.CHANGED}


@given(some.editions(), some.editions())
def test_meanings_are_given_for_changed_questions_alone(old: Edition, new: Edition) -> None:
    found = meanings(old, new, {})

    assert found.keys() == {own.id for own in new.questions if own.id in old.question and own != old.question[own.id]}
