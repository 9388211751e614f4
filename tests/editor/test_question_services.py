from dataclasses import replace
from typing import Any

import pytest

from accounts.models import User
from assessments.bank.conditions import Condition
from assessments.bank.types import Edition, Question
from assessments.editions.stored import read_edition_rows
from assessments.editor.errors import EditConflict, EditionFixed, GoneMeanwhile, NameTaken, NotThere
from assessments.editor.services.drafts import discard_draft
from assessments.editor.services.ordering import Direction
from assessments.editor.services.questions import (
    add_question,
    move_question,
    move_to_domain,
    next_id,
    restore_question,
    retire_question,
    save_question,
)
from assessments.models import BankChange, ChangeVerb, EditionRow, QuestionRow
from assessments.results.json_values import structure, unstructure
from assessments.services.editions import publish_edition
from tests.bank.making import duty, gate, question, when
from tests.factories import UserFactory
from tests.runs import NOW


def bank_of(draft: EditionRow) -> Edition:
    return read_edition_rows(draft.pk)


def ids_of(draft: EditionRow) -> list[str]:
    return [own.id for own in bank_of(draft).questions]


def stored(draft: EditionRow, code: str) -> Question:
    return bank_of(draft).question[code]


def version_of(draft: EditionRow, code: str) -> int:
    return QuestionRow.objects.get(domain__edition=draft, code=code).version


def last_change(code: str) -> BankChange:
    found = BankChange.objects.filter(code=code).first()
    assert found is not None
    return found


@pytest.fixture
def save(draft: EditionRow, editor: User) -> Any:
    """Saves DATA-02 with some values changed, with its latest version unless `seen_version` says otherwise."""

    def run(code: str = "DATA-02", **given: Any) -> QuestionRow:
        seen = given.pop("seen_version", None) or version_of(draft, code)
        meaning, by = given.pop("meaning", ""), given.pop("by", editor)
        changed = replace(stored(draft, code), **given)
        return save_question(draft=draft, question=changed, meaning=meaning, seen_version=seen, by=by, now=NOW)

    return run


EVERYTHING: dict[str, Any] = {
    "text": "Do you look twice?",
    "help": "Why **not**?",
    "levels": ("a", "b", "c", "d", "e"),
    "weight": 3,
    "weight_reason": "It matters more.",
    "evidence": ("One", "Two"),
    "first_step": "Begin.",
    "checklist": ("S0-2",),
    "gates": (gate(min_level=3, caps_pillar=True, pillars=("privacy", "security")), gate(on=when("ccpa"))),
    "duties": (duty(level=3, on=when("uses_ai")),),
    "applies_when": when("gdpr", "uses_ai"),
    "ai_lens": True,
}


@pytest.mark.parametrize("field", EVERYTHING)
def test_every_field_is_saved_and_nothing_else_moves(draft: EditionRow, save: Any, field: str) -> None:
    before = bank_of(draft)
    save(**{field: EVERYTHING[field]})
    wanted = replace(before.question["DATA-02"], **{field: EVERYTHING[field]})
    questions = tuple(wanted if own.id == "DATA-02" else own for own in before.questions)
    assert bank_of(draft) == replace(before, questions=questions)


def test_a_save_counts_and_is_on_record(draft: EditionRow, save: Any, editor: User) -> None:
    before = stored(draft, "DATA-02")
    row = save(**EVERYTHING, meaning="same")
    change = last_change("DATA-02")
    assert (row.version, row.meaning) == (2, "same")
    assert structure(change.before, Question) == before
    assert structure(change.after, Question) == stored(draft, "DATA-02")
    assert (change.edition, change.verb, change.by, change.at, change.meaning) == (
        draft,
        ChangeVerb.CHANGED,
        editor,
        NOW,
        "same",
    )


def test_the_same_again_is_no_change(draft: EditionRow, save: Any) -> None:
    save(text="Is it so?")
    count = BankChange.objects.count()
    assert save(text="Is it so?", seen_version=1).version == 2
    assert BankChange.objects.count() == count


def test_only_what_the_editor_says_of_the_meaning_is_a_change_too(save: Any) -> None:
    assert save(meaning="changed").version == 2


def test_nobodys_save_is_lost(draft: EditionRow, save: Any) -> None:
    save(text="Is mine first?", seen_version=1)
    with pytest.raises(EditConflict) as conflict:
        save(help="Mine second.", seen_version=1, by=UserFactory.create(edits_bank=True))
    assert conflict.value.stored == stored(draft, "DATA-02")
    assert conflict.value.version == 2
    assert stored(draft, "DATA-02").help == "It helps."


def test_a_question_cannot_refer_to_what_the_draft_does_not_have(save: Any, draft: EditionRow) -> None:
    before = bank_of(draft)
    with pytest.raises(NotThere, match="S9-9"):
        save(text="New?", checklist=("S9-9",))
    with pytest.raises(NotThere, match="Nowhere 1"):
        save(duties=(replace(duty(), citations=("Nowhere 1",)),))
    assert bank_of(draft) == before
    assert not BankChange.objects.filter(code="DATA-02").exists()


def test_a_new_question_gets_an_id_that_was_never_used(draft: EditionRow, editor: User) -> None:
    row = add_question(draft=draft, question=replace(question("DATA-02"), id=""), by=editor, now=NOW)
    assert row.code == "DATA-05"
    assert ids_of(draft) == ["DATA-01", "DATA-02", "DATA-04", "DATA-05", "ACCESS-01"]
    assert last_change("DATA-05").verb == ChangeVerb.ADDED


def test_a_new_question_that_is_sent_twice_is_one(draft: EditionRow, editor: User) -> None:
    for _ in range(2):
        row = add_question(draft=draft, question=replace(question("DATA-02"), id=""), by=editor, now=NOW)
    assert row.code == "DATA-05"
    assert ids_of(draft) == ["DATA-01", "DATA-02", "DATA-04", "DATA-05", "ACCESS-01"]
    other = replace(question("DATA-02"), id="", text="Another one?")
    assert add_question(draft=draft, question=other, by=editor, now=NOW).code == "DATA-06"


def test_a_retired_id_is_never_given_again(draft: EditionRow, editor: User) -> None:
    row = add_question(draft=draft, question=replace(question("DATA-02"), id=""), by=editor, now=NOW)
    retire_question(draft=draft, code=row.code, seen_version=1, by=editor, now=NOW)
    assert next_id("DATA") == "DATA-06"
    with pytest.raises(NameTaken):
        add_question(draft=draft, question=question("DATA-05"), by=editor, now=NOW)
    discard_draft(draft=draft, by=editor, now=NOW)
    assert next_id("DATA") == "DATA-06"


def test_an_id_of_another_edition_is_taken(draft: EditionRow, editor: User) -> None:
    retire_question(draft=draft, code="DATA-04", seen_version=1, by=editor, now=NOW)
    with pytest.raises(NameTaken):
        add_question(draft=draft, question=question("DATA-04"), by=editor, now=NOW)


def test_ids_run_out(draft: EditionRow, editor: User) -> None:
    add_question(draft=draft, question=question("DATA-99"), by=editor, now=NOW)
    with pytest.raises(NameTaken):
        next_id("DATA")


def test_a_question_needs_its_domain(draft: EditionRow, editor: User) -> None:
    with pytest.raises(NotThere, match="STORE"):
        add_question(draft=draft, question=question("STORE-01"), by=editor, now=NOW)


def test_retiring(draft: EditionRow, editor: User, published: EditionRow) -> None:
    gone = stored(draft, "DATA-01")
    retire_question(draft=draft, code="DATA-01", seen_version=1, by=editor, now=NOW)
    assert ids_of(draft) == ["DATA-02", "DATA-04", "ACCESS-01"]
    assert ids_of(published) == ["DATA-01", "DATA-02", "DATA-04", "ACCESS-01"]
    change = last_change("DATA-01")
    assert (change.verb, change.after) == (ChangeVerb.RETIRED, None)
    assert structure(change.before, Question) == gone
    retire_question(draft=draft, code="DATA-01", seen_version=1, by=editor, now=NOW)
    assert last_change("DATA-01") == change


def test_what_someone_just_changed_is_not_retired_unseen(draft: EditionRow, editor: User, save: Any) -> None:
    save(text="Is it better now?")
    with pytest.raises(EditConflict):
        retire_question(draft=draft, code="DATA-02", seen_version=1, by=editor, now=NOW)
    assert "DATA-02" in ids_of(draft)


def test_moving(draft: EditionRow, editor: User) -> None:
    move_question(draft=draft, code="DATA-04", step=Direction.UP, by=editor, now=NOW)
    assert ids_of(draft) == ["DATA-01", "DATA-04", "DATA-02", "ACCESS-01"]
    change = last_change("DATA-04")
    assert (change.before, change.after) == ({"place": 3}, {"place": 2})
    move_question(draft=draft, code="DATA-01", step=Direction.DOWN, by=editor, now=NOW)
    assert ids_of(draft) == ["DATA-04", "DATA-01", "DATA-02", "ACCESS-01"]


def test_the_ends_of_a_domain_are_ends(draft: EditionRow, editor: User) -> None:
    count = BankChange.objects.count()
    move_question(draft=draft, code="DATA-01", step=Direction.UP, by=editor, now=NOW)
    move_question(draft=draft, code="DATA-04", step=Direction.DOWN, by=editor, now=NOW)
    assert ids_of(draft) == ["DATA-01", "DATA-02", "DATA-04", "ACCESS-01"]
    assert BankChange.objects.count() == count


def capping(save: Any) -> None:
    """Two gates: one caps the pillar of its domain, one caps that of others too."""
    own, both = gate(caps_pillar=True, pillars=("privacy",)), gate(caps_pillar=True, pillars=("privacy", "security"))
    save("DATA-01", gates=(own, both))


def to_access(draft: EditionRow, by: User, code: str = "DATA-01") -> None:
    seen = version_of(draft, code)
    move_to_domain(draft=draft, code=code, domain="ACCESS", seen_version=seen, by=by, now=NOW)


def test_a_question_moves_to_another_domain_with_its_id(draft: EditionRow, editor: User, save: Any) -> None:
    capping(save)
    before, version = stored(draft, "DATA-01"), version_of(draft, "DATA-01")
    to_access(draft, editor)
    moved = stored(draft, "DATA-01")
    assert ids_of(draft) == ["DATA-02", "DATA-04", "ACCESS-01", "DATA-01"]
    assert [own.pillars for own in moved.gates] == [("security",), ("privacy", "security")]
    assert replace(moved, domain="DATA", gates=before.gates) == before
    assert version_of(draft, "DATA-01") == version + 1
    assert (last_change("DATA-01").verb, last_change("DATA-01").before) == (ChangeVerb.MOVED, unstructure(before))
    to_access(draft, editor)
    assert version_of(draft, "DATA-01") == version + 1


def test_a_question_moved_away_can_be_moved_back_by_undo(draft: EditionRow, editor: User, save: Any) -> None:
    capping(save)
    before = stored(draft, "DATA-01")
    to_access(draft, editor)
    restore_question(draft=draft, change=last_change("DATA-01"), seen_version=3, by=editor, now=NOW)
    assert stored(draft, "DATA-01") == before
    assert ids_of(draft) == ["DATA-02", "DATA-04", "DATA-01", "ACCESS-01"]


def test_nobody_moves_what_someone_just_changed_or_to_nowhere(draft: EditionRow, editor: User, save: Any) -> None:
    save(text="Is it second?")
    with pytest.raises(EditConflict):
        move_to_domain(draft=draft, code="DATA-02", domain="ACCESS", seen_version=1, by=editor, now=NOW)
    with pytest.raises(NotThere):
        move_to_domain(draft=draft, code="DATA-02", domain="STORE", seen_version=2, by=editor, now=NOW)
    assert stored(draft, "DATA-02").domain == "DATA"


def test_the_id_of_a_question_that_moved_away_stays_taken(draft: EditionRow, editor: User) -> None:
    to_access(draft, editor, "DATA-04")
    added = add_question(draft=draft, question=replace(question("DATA-01"), id=""), by=editor, now=NOW)
    assert added.code == "DATA-05"


def test_undo_brings_back_what_was_there_before(draft: EditionRow, editor: User, save: Any) -> None:
    before = bank_of(draft)
    save(**EVERYTHING)
    change = last_change("DATA-02")
    restore_question(draft=draft, change=change, seen_version=2, by=editor, now=NOW)
    assert bank_of(draft) == before
    assert last_change("DATA-02").verb == ChangeVerb.RESTORED
    assert version_of(draft, "DATA-02") == 3
    restore_question(draft=draft, change=change, seen_version=2, by=editor, now=NOW)
    assert version_of(draft, "DATA-02") == 3


def test_undo_of_an_undo(draft: EditionRow, editor: User, save: Any) -> None:
    save(text="Is it second?")
    restore_question(draft=draft, change=last_change("DATA-02"), seen_version=2, by=editor, now=NOW)
    restore_question(draft=draft, change=last_change("DATA-02"), seen_version=3, by=editor, now=NOW)
    assert stored(draft, "DATA-02").text == "Is it second?"


def test_undo_overwrites_nobody(draft: EditionRow, editor: User, save: Any) -> None:
    save(text="Is it second?")
    save(text="Is it third?")
    with pytest.raises(EditConflict):
        restore_question(draft=draft, change=last_change("DATA-02"), seen_version=2, by=editor, now=NOW)
    assert stored(draft, "DATA-02").text == "Is it third?"


def test_a_retired_question_comes_back_with_its_id(draft: EditionRow, editor: User) -> None:
    before = stored(draft, "DATA-01")
    retire_question(draft=draft, code="DATA-01", seen_version=1, by=editor, now=NOW)
    restore_question(draft=draft, change=last_change("DATA-01"), seen_version=0, by=editor, now=NOW)
    assert stored(draft, "DATA-01") == before
    assert ids_of(draft) == ["DATA-02", "DATA-04", "DATA-01", "ACCESS-01"]


def test_a_question_that_is_gone_cannot_be_saved_or_moved(draft: EditionRow, editor: User) -> None:
    gone = replace(question("DATA-07"), applies_when=Condition())
    with pytest.raises(GoneMeanwhile):
        save_question(draft=draft, question=gone, seen_version=1, by=editor, now=NOW)
    with pytest.raises(GoneMeanwhile):
        move_question(draft=draft, code="DATA-07", step=Direction.UP, by=editor, now=NOW)


def test_a_published_edition_refuses_every_verb(draft: EditionRow, editor: User, save: Any) -> None:
    save(text="Is it the last word?")
    change = last_change("DATA-02")
    publish_edition(edition_row=draft, now=NOW)
    before = bank_of(draft)
    common: dict[str, Any] = {"draft": draft, "by": editor, "now": NOW}
    attempts = (
        lambda: save_question(question=replace(question("DATA-02")), seen_version=2, **common),
        lambda: add_question(question=question("DATA-50"), **common),
        lambda: retire_question(code="DATA-02", seen_version=2, **common),
        lambda: move_question(code="DATA-02", step=Direction.UP, **common),
        lambda: restore_question(change=change, seen_version=2, **common),
    )
    for attempt in attempts:
        with pytest.raises(EditionFixed, match="published and never changes"):
            attempt()
    assert bank_of(draft) == before
