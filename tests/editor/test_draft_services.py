from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from assessments.bank.laws import Citation, Verification
from assessments.bank.types import ChecklistEntry, Domain, Edition
from assessments.editions.stored import read_edition_rows
from assessments.editor.errors import EditConflict, EditionFixed, GoneMeanwhile, NameTaken, StillInUse
from assessments.editor.services.checklist import add_item, move_item, remove_item, save_item
from assessments.editor.services.citations import add_citation, remove_citation, save_citation
from assessments.editor.services.domains import add_domain, domain_of, move_domain, remove_domain, save_domain
from assessments.editor.services.drafts import About, about, discard_draft, save_about, start_draft
from assessments.editor.services.ordering import Direction
from assessments.models import BankChange, ChangeVerb, CitationRow, DomainRow, EditionRow, QuestionRow
from assessments.services.editions import publish_edition
from tests.bank.making import when
from tests.editor.conftest import small_bank
from tests.runs import NOW


def bank_of(draft: EditionRow) -> Edition:
    return read_edition_rows(draft.pk)


def verbs(draft: EditionRow) -> list[tuple[str, str]]:
    """What was recorded, oldest first."""
    return [(change.verb, change.code) for change in draft.changes.order_by("pk")]


def test_a_draft_is_a_copy_under_its_own_name(draft: EditionRow, published: EditionRow, editor: User) -> None:
    assert bank_of(draft) == replace(small_bank(), id="1.1")
    assert (draft.predecessor, draft.drafted_by, draft.drafted_at) == (published, editor, NOW)
    assert BankChange.objects.get().after == {"from": "1.0"}


@pytest.mark.parametrize("code", ["1.0", "1.1"])
def test_a_name_is_used_once(draft: EditionRow, published: EditionRow, editor: User, code: str) -> None:
    with pytest.raises(NameTaken):
        start_draft(source=published, code=code, by=editor, now=NOW + timedelta(hours=1))


def test_what_an_edition_says_about_itself(draft: EditionRow, editor: User) -> None:
    texts = About("A better bank", date(2027, 1, 1), "Still a test.")
    save_about(draft=draft, texts=texts, seen_version=1, by=editor, now=NOW)
    draft.refresh_from_db()
    assert about(draft) == texts
    save_about(draft=draft, texts=texts, seen_version=1, by=editor, now=NOW)
    assert verbs(draft) == [("copied", ""), ("changed", "")]
    with pytest.raises(EditConflict):
        save_about(draft=draft, texts=texts._replace(title="Mine"), seen_version=1, by=editor, now=NOW)


def test_a_discarded_draft_leaves_only_its_history(draft: EditionRow, editor: User) -> None:
    move_domain(draft=draft, code="ACCESS", step=Direction.UP, by=editor, now=NOW)
    discard_draft(draft=draft, by=editor, now=NOW)
    assert not EditionRow.objects.filter(code="1.1").exists()
    assert not QuestionRow.objects.filter(domain__edition__code="1.1").exists()
    left = BankChange.objects.filter(edition=None, edition_code="1.1").order_by("pk")
    assert [change.verb for change in left] == ["copied", "moved", "retired"]
    with pytest.raises(GoneMeanwhile):
        discard_draft(draft=draft, by=editor, now=NOW)


def test_history_is_for_good(draft: EditionRow, published: EditionRow, editor: User) -> None:
    change = BankChange.objects.get()
    for spoil in (
        lambda: BankChange.objects.update(by=editor, verb="moved"),
        lambda: BankChange.objects.update(after={}),
        lambda: BankChange.objects.update(edition=published),
        lambda: BankChange.objects.all()._raw_delete("default"),
        change.delete,
    ):
        with pytest.raises(IntegrityError, match="history of the bank cannot be changed"), transaction.atomic():
            spoil()
    publish_edition(edition_row=draft, now=NOW)
    with pytest.raises(IntegrityError, match="history of the bank cannot be changed"), transaction.atomic():
        BankChange.objects.update(edition=None)
    change.pk = None
    with pytest.raises(IntegrityError, match="history of the bank cannot be changed"), transaction.atomic():
        change.save(force_insert=True)


STORE = Domain("STORE", "Keeping it safe", "security", "Nothing is lost.", "IT helper")


def test_domains_are_added_changed_moved_and_removed(draft: EditionRow, editor: User) -> None:
    add_domain(draft=draft, domain=STORE, by=editor, now=NOW)
    better = replace(STORE, title="Keeping things safe")
    row = save_domain(draft=draft, domain=better, seen_version=1, by=editor, now=NOW)
    assert (domain_of(row), row.version) == (better, 2)
    move_domain(draft=draft, code="STORE", step=Direction.UP, by=editor, now=NOW)
    move_domain(draft=draft, code="DATA", step=Direction.UP, by=editor, now=NOW)
    assert [domain.code for domain in bank_of(draft).domains] == ["DATA", "STORE", "ACCESS"]
    remove_domain(draft=draft, code="STORE", by=editor, now=NOW)
    remove_domain(draft=draft, code="STORE", by=editor, now=NOW)
    assert verbs(draft)[1:] == [("added", "STORE"), ("changed", "STORE"), ("moved", "STORE"), ("retired", "STORE")]


def test_a_domain_with_questions_stays(draft: EditionRow, editor: User) -> None:
    with pytest.raises(StillInUse, match="ACCESS-01"):
        remove_domain(draft=draft, code="ACCESS", by=editor, now=NOW)
    with pytest.raises(NameTaken):
        add_domain(draft=draft, domain=replace(STORE, code="ACCESS"), by=editor, now=NOW)


def test_nobodys_domain_is_overwritten(draft: EditionRow, editor: User) -> None:
    domain = bank_of(draft).domain["DATA"]
    save_domain(draft=draft, domain=replace(domain, title="First"), seen_version=1, by=editor, now=NOW)
    with pytest.raises(EditConflict) as conflict:
        save_domain(draft=draft, domain=replace(domain, promise="Second"), seen_version=1, by=editor, now=NOW)
    assert conflict.value.stored == replace(domain, title="First")
    save_domain(draft=draft, domain=replace(domain, title="First"), seen_version=1, by=editor, now=NOW)


def test_gates_follow_their_domain_to_another_pillar(draft: EditionRow, editor: User) -> None:
    domain = bank_of(draft).domain["DATA"]
    save_domain(draft=draft, domain=replace(domain, pillar="security"), seen_version=1, by=editor, now=NOW)
    assert [gate.pillars for gate in bank_of(draft).question["DATA-01"].gates] == [("security",)]
    assert QuestionRow.objects.get(domain__edition=draft, code="DATA-01").version == 2
    assert verbs(draft)[1:] == [("changed", "DATA"), ("changed", "DATA-01")]


CITATION = Citation("ISO 27001 5.1", "Asks for rules.", "standard", Verification.SECONDARY, "a guide")


def pk_of(draft: EditionRow, label: str) -> int:
    return CitationRow.objects.get(edition=draft, label=label).pk


def test_citations_are_added_changed_and_removed(draft: EditionRow, editor: User) -> None:
    row = add_citation(draft=draft, citation=CITATION, by=editor, now=NOW)
    better = replace(CITATION, verification=Verification.TEXT, unsettled="From when it counts.")
    save_citation(draft=draft, pk=row.pk, citation=better, seen_version=1, by=editor, now=NOW)
    assert bank_of(draft).citations["ISO 27001 5.1"] == better
    remove_citation(draft=draft, pk=row.pk, by=editor, now=NOW)
    remove_citation(draft=draft, pk=row.pk, by=editor, now=NOW)
    assert [verb for verb, _ in verbs(draft)[1:]] == [ChangeVerb.ADDED, ChangeVerb.CHANGED, ChangeVerb.RETIRED]
    with pytest.raises(GoneMeanwhile):
        save_citation(draft=draft, pk=row.pk, citation=better, seen_version=2, by=editor, now=NOW)


def test_questions_follow_a_citation_to_its_new_label(draft: EditionRow, editor: User) -> None:
    citation = bank_of(draft).citations["GDPR Art. 1"]
    pk = pk_of(draft, "GDPR Art. 1")
    save_citation(
        draft=draft, pk=pk, citation=replace(citation, label="GDPR Art. 1(1)"), seen_version=1, by=editor, now=NOW
    )
    question = bank_of(draft).question["DATA-01"]
    assert [use.label for use in question.citations] == ["GDPR Art. 1(1)"]
    assert question.duties[0].citations == ("GDPR Art. 1(1)",)
    assert [code for _, code in verbs(draft)[1:]] == ["GDPR Art. 1(1)", "DATA-01", "DATA-04", "ACCESS-01"]


def test_a_citation_in_use_stays_and_labels_are_unique(draft: EditionRow, editor: User) -> None:
    with pytest.raises(StillInUse, match="DATA-02"):
        remove_citation(draft=draft, pk=pk_of(draft, "NIST 1"), by=editor, now=NOW)
    with pytest.raises(NameTaken):
        add_citation(draft=draft, citation=replace(CITATION, label="NIST 1"), by=editor, now=NOW)
    clash = replace(bank_of(draft).citations["NIST 1"], label="GDPR Art. 1")
    with pytest.raises(NameTaken):
        save_citation(draft=draft, pk=pk_of(draft, "NIST 1"), citation=clash, seen_version=1, by=editor, now=NOW)


def test_nobodys_citation_is_overwritten(draft: EditionRow, editor: User) -> None:
    pk, citation = pk_of(draft, "NIST 1"), bank_of(draft).citations["NIST 1"]
    common: dict[str, Any] = {"draft": draft, "pk": pk, "seen_version": 1, "by": editor, "now": NOW}
    save_citation(citation=replace(citation, says="First."), **common)
    save_citation(citation=replace(citation, says="First."), **common)
    with pytest.raises(EditConflict):
        save_citation(citation=replace(citation, says="Second."), **common)


def test_a_citation_of_another_edition_is_out_of_reach(draft: EditionRow, published: EditionRow, editor: User) -> None:
    theirs = pk_of(published, "NIST 1")
    with pytest.raises(GoneMeanwhile):
        save_citation(draft=draft, pk=theirs, citation=CITATION, seen_version=1, by=editor, now=NOW)
    remove_citation(draft=draft, pk=theirs, by=editor, now=NOW)
    assert bank_of(published) == small_bank()


def test_checklist_items_are_added_changed_moved_and_removed(draft: EditionRow, editor: User) -> None:
    add_item(draft=draft, item=ChecklistEntry("S0-3", "The third."), by=editor, now=NOW)
    last = ChecklistEntry("S0-3", "The last.", when("gdpr"))
    save_item(draft=draft, item=last, seen_version=1, by=editor, now=NOW)
    save_item(draft=draft, item=last, seen_version=1, by=editor, now=NOW)
    move_item(draft=draft, code="S0-3", step=Direction.UP, by=editor, now=NOW)
    first, second = small_bank().checklist.values()
    assert list(bank_of(draft).checklist.values()) == [first, last, second]
    with pytest.raises(EditConflict):
        save_item(draft=draft, item=ChecklistEntry("S0-3", "Late."), seen_version=1, by=editor, now=NOW)
    remove_item(draft=draft, code="S0-3", by=editor, now=NOW)
    remove_item(draft=draft, code="S0-3", by=editor, now=NOW)
    assert verbs(draft)[1:] == [("added", "S0-3"), ("changed", "S0-3"), ("moved", "S0-3"), ("retired", "S0-3")]
    with pytest.raises(GoneMeanwhile):
        move_item(draft=draft, code="S0-3", step=Direction.UP, by=editor, now=NOW)


def test_a_covered_item_stays_and_codes_are_unique(draft: EditionRow, editor: User) -> None:
    with pytest.raises(StillInUse, match="DATA-02"):
        remove_item(draft=draft, code="S0-2", by=editor, now=NOW)
    with pytest.raises(NameTaken):
        add_item(draft=draft, item=ChecklistEntry("S0-2", "Again."), by=editor, now=NOW)


def test_a_published_edition_refuses_every_verb(draft: EditionRow, editor: User) -> None:
    pk = pk_of(draft, "NIST 1")
    publish_edition(edition_row=draft, now=NOW)
    before, count = bank_of(draft), DomainRow.objects.count()
    common: dict[str, Any] = {"draft": draft, "by": editor, "now": NOW}
    attempts = (
        lambda: save_about(texts=About("New", date(2027, 1, 1), "New"), seen_version=1, **common),
        lambda: discard_draft(**common),
        lambda: add_domain(domain=STORE, **common),
        lambda: save_domain(domain=replace(before.domain["DATA"], title="New"), seen_version=1, **common),
        lambda: move_domain(code="DATA", step=Direction.DOWN, **common),
        lambda: remove_domain(code="DATA", **common),
        lambda: add_citation(citation=CITATION, **common),
        lambda: save_citation(pk=pk, citation=CITATION, seen_version=1, **common),
        lambda: remove_citation(pk=pk, **common),
        lambda: add_item(item=ChecklistEntry("S0-9", "New"), **common),
        lambda: save_item(item=ChecklistEntry("S0-1", "New"), seen_version=1, **common),
        lambda: move_item(code="S0-1", step=Direction.DOWN, **common),
        lambda: remove_item(code="S0-1", **common),
    )
    for attempt in attempts:
        with pytest.raises(EditionFixed):
            attempt()
    assert bank_of(draft) == before
    assert DomainRow.objects.count() == count
