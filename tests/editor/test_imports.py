"""Importing a file into a draft: dry run, accept or refuse; and libraries of another tool."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.people_data.terms import kept_for
from assessments.bank.document.origin import FileOrigin
from assessments.bank.merge.choices import change_marks
from assessments.bank.merge.three_way import ThreeWays
from assessments.bank.types import ChecklistEntry, Edition, QuestionCitation
from assessments.editions.stored import edition_of, read_edition_rows
from assessments.editor.files import FileFormat, FileRead, read_file, write_file
from assessments.editor.services import imports
from assessments.editor.services.exports import remember_export
from assessments.editor.services.imports import (
    ComparedAgain,
    NeedsMore,
    NothingTicked,
    base_of,
    compare_import,
    keep_choices,
    keep_import,
    take_in,
)
from assessments.models import BankChange, BankImport, BankSnapshot, ChangeVerb, EditionRow
from tests.bank.making import question, when
from tests.editor.changes import change, content_of
from tests.editor.conftest import small_bank
from tests.pages import by_id, links, of_class, parse, sends, text_of
from tests.runs import NOW

LIBRARY = Path(__file__).resolve().parent.parent / "bank" / "library.yaml"


def other_bank() -> Edition:
    """Differs from the draft in every way: reworded, moved, added, removed, another title and citation."""
    old = small_bank()
    first, plain, _removed, last = old.questions
    questions = (
        plain,
        replace(first, text="Is it done at last?", weight=2),
        question("DATA-05", checklist=("S0-3",)),
        last,
    )
    citations = {
        label: replace(citation, says="Says more.", unsettled="From when.") for label, citation in old.citations.items()
    }
    return replace(
        old,
        title="Another title",
        questions=questions,
        citations=citations,
        checklist={
            "S0-3": ChecklistEntry("S0-3", "A third item."),
            **old.checklist,
            "S0-2": replace(old.checklist["S0-2"], concerns=when("ccpa")),
        },
        laws=tuple(replace(law, status="in force") for law in old.laws),
    )


def keep(draft: EditionRow, edition: Edition, by: User, origin: FileOrigin | None = None) -> BankImport:
    return keep_import(draft=draft, read=FileRead(edition, origin=origin), file_name="bank.yaml", by=by, now=NOW)


def exported(row: EditionRow) -> FileOrigin:
    return remember_export(row=row, edition=edition_of(row), now=NOW)


def ways(kept: BankImport) -> ThreeWays:
    return compare_import(kept, read_edition_rows(kept.draft.pk))


def tick(kept: BankImport, *names: str, ticked: bool = True) -> None:
    """Like a person who ticks, or unticks, exactly these on a page with all changes; without names, every one."""
    marks = change_marks(ways(kept).diff)
    wanted = {which for which in marks if not names or which in names}
    shown = {which: marks[which] for which in wanted}
    keep_choices(kept=kept, shown=shown, ticked=wanted if ticked else (), by=kept.by)


def take(kept: BankImport, by: User, *names: str) -> int:
    """With the names of changes, those are ticked besides what is."""
    if names:
        tick(kept, *names)
    return take_in(kept=kept, seen=content_of(kept.draft), by=by, now=NOW)


def everything(kept: BankImport, by: User) -> None:
    tick(kept)
    take(kept, by)


def with_question(bank: Edition, code: str, **changes: Any) -> Edition:
    return replace(bank, questions=tuple(replace(own, **changes) if own.id == code else own for own in bank.questions))


def test_all_changes_make_the_draft_what_the_file_holds(draft: EditionRow, editor: User) -> None:
    everything(keep(draft, other_bank(), editor), editor)
    assert read_edition_rows(draft.pk) == replace(other_bank(), id=draft.code)
    verbs = set(BankChange.objects.values_list("verb", flat=True))
    assert {ChangeVerb.IMPORTED, ChangeVerb.RETIRED} <= verbs


def test_the_same_again_is_no_change(draft: EditionRow, editor: User) -> None:
    everything(keep(draft, other_bank(), editor), editor)
    changes, content = BankChange.objects.count(), content_of(draft)
    again = keep(draft, other_bank(), editor)
    assert not ways(again).diff.ids
    with pytest.raises(NothingTicked):
        take(again, editor)
    assert (BankChange.objects.count(), content_of(draft)) == (changes, content)


def test_what_is_not_ticked_stays_as_it_was(draft: EditionRow, editor: User) -> None:
    take(keep(draft, other_bank(), editor), editor, "questions/DATA-01/text")
    now, old = read_edition_rows(draft.pk), small_bank()
    assert now.question["DATA-01"] == replace(old.question["DATA-01"], text="Is it done at last?")
    assert replace(now, questions=old.questions, id=old.id) == old


def test_a_kept_row_keeps_counting_its_versions(draft: EditionRow, editor: User) -> None:
    everything(keep(draft, other_bank(), editor), editor)
    rows = draft.domains.get(code="DATA").questions
    assert rows.get(code="DATA-01").version == 2
    assert rows.get(code="DATA-02").version == 1


class TestThreeWays:
    """A file that was exported, changed, and comes back into a draft that others changed in the meantime."""

    def test_only_what_the_file_changed_is_taken_in(self, draft: EditionRow, editor: User) -> None:
        origin, before = exported(draft), read_edition_rows(draft.pk)
        change(draft, editor, replace(before.question["DATA-02"], help="Written since."))
        file = with_question(before, "DATA-01", text="Is it done at last?")
        assert take(keep(draft, file, editor, origin), editor) == 1
        assert read_edition_rows(draft.pk) == with_question(file, "DATA-02", help="Written since.")

    def test_a_published_edition_is_known_without_being_kept(self, draft: EditionRow, editor: User) -> None:
        published = EditionRow.objects.get(code="1.0")
        origin = exported(published)
        assert not BankSnapshot.objects.exists()
        file = with_question(edition_of(published), "DATA-01", help="Other help.")
        assert ways(keep(draft, file, editor, origin)).ticked == {"questions/DATA-01/help"}

    def test_an_unknown_origin_ticks_nothing(self, draft: EditionRow, editor: User) -> None:
        origin = exported(draft)
        for altered in (None, replace(origin, fingerprint="0" * 64), replace(origin, edition="1.0")):
            kept = keep(draft, other_bank(), editor, altered)
            assert base_of(kept) is None
            with pytest.raises(NothingTicked):
                take(kept, editor)
        assert read_edition_rows(draft.pk) == replace(small_bank(), id=draft.code)

    def test_an_unfinished_draft_is_known_when_its_file_comes_back(self, draft: EditionRow, editor: User) -> None:
        unfinished = change(draft, editor, replace(small_bank().question["DATA-04"], help="", checklist=()))
        origin = exported(draft)
        file = with_question(read_edition_rows(draft.pk), "DATA-04", help="Written in the file.", checklist=("S0-1",))
        kept = keep(draft, file, editor, origin)
        base = base_of(kept)
        assert base is not None
        assert base.question["DATA-04"] == unfinished
        assert take(kept, editor) == 2

    def test_a_state_kept_by_another_version_is_an_unknown_one(self, draft: EditionRow, editor: User) -> None:
        origin = exported(draft)
        BankSnapshot.objects.update(document={"id": "1.1"})
        imports._read_snapshot.cache_clear()
        assert base_of(keep(draft, other_bank(), editor, origin)) is None

    def test_the_same_content_is_kept_once_and_goes_when_its_time_is_over(
        self, draft: EditionRow, editor: User
    ) -> None:
        first = exported(draft)
        assert exported(draft).fingerprint == first.fingerprint == BankSnapshot.objects.get().fingerprint
        BankSnapshot.objects.update(last_exported_at=NOW - kept_for("bank_snapshots") - timedelta(days=1))
        change(draft, editor, replace(small_bank().question["DATA-02"], help="Written since."))
        second = exported(draft)
        assert BankSnapshot.objects.get().fingerprint == second.fingerprint != first.fingerprint

    def test_a_draft_that_changes_while_somebody_looks_is_compared_again(self, draft: EditionRow, editor: User) -> None:
        origin, before = exported(draft), read_edition_rows(draft.pk)
        kept = keep(draft, with_question(before, "DATA-01", text="Is it done at last?"), editor, origin)
        seen = content_of(draft)
        tick(kept)
        change(draft, editor, replace(before.question["DATA-01"], text="Is it done since?"))
        with pytest.raises(ComparedAgain):
            take_in(kept=kept, seen=seen, by=editor, now=NOW)
        # It was ticked when there was no conflict; now it is one, and the tick is gone.
        with pytest.raises(NothingTicked):
            take(kept, editor)
        assert read_edition_rows(draft.pk).question["DATA-01"].text == "Is it done since?"

    def test_what_ticked_changes_need_is_shown_before_it_is_done(self, draft: EditionRow, editor: User) -> None:
        before = read_edition_rows(draft.pk)
        file = replace(
            with_question(before, "DATA-02", citations=(QuestionCitation("GDPR Art. 1"),)),
            citations={label: own for label, own in before.citations.items() if label != "NIST 1"},
        )
        kept = keep(draft, file, editor, exported(draft))
        tick(kept, "questions/DATA-02/citations", ticked=False)
        with pytest.raises(NeedsMore):
            take(kept, editor, "citations/NIST 1/removed")
        assert read_edition_rows(draft.pk) == before
        assert take(kept, editor) == 2
        assert read_edition_rows(draft.pk) == file


class TestPages:
    @pytest.fixture
    def client(self, client: Client, editor: User) -> Client:
        client.force_login(editor)
        return client

    def send(self, client: Client, content: bytes, file: str = "bank.yaml", **data: str) -> tuple[int, str, str]:
        upload = SimpleUploadedFile(file, content)
        answer = client.post(reverse("bank_import"), {"kind": "edition", **data, "file": upload})
        return answer.status_code, answer.headers.get("Location", ""), answer.content.decode()

    @pytest.mark.parametrize("kind", list(FileFormat))
    def test_a_file_goes_out(self, client: Client, published: EditionRow, kind: FileFormat) -> None:
        answer = client.get(reverse("bank_export", args=[published.code, kind]))
        read = read_file(answer.content, f"bank.{kind}")
        assert (read.edition, read.origin and read.origin.edition) == (small_bank(), "1.0")
        assert f'filename="1.0.{kind}"' in answer.headers["Content-Disposition"]
        assert client.get(reverse("bank_export", args=[published.code, "exe"])).status_code == 404

    @pytest.mark.parametrize("kind", list(FileFormat))
    def test_a_file_of_an_unfinished_draft_says_what_it_lacks(
        self, client: Client, draft: EditionRow, editor: User, kind: FileFormat
    ) -> None:
        """It can be downloaded anyway."""
        url = reverse("bank_export", args=[draft.code, kind])
        assert "attachment" in client.get(url).headers["Content-Disposition"]
        change(draft, editor, replace(small_bank().question["DATA-04"], help="", checklist=()))
        page = client.get(url)
        assert "Content-Disposition" not in page.headers
        said = [text_of(line) for line in of_class(parse(page), "problems")[0]]
        assert len(said) == 2
        assert all("DATA-04" in line and re.search("help|checklist", line, re.IGNORECASE) for line in said)
        (link,) = [found for name, found in links(parse(page)).items() if name == "Download it anyway"]
        assert "attachment" in client.get(url + link).headers["Content-Disposition"]

    def press(self, client: Client, url: str, do: str, leave: str = "no change", **sent: Any) -> HttpResponseBase:
        """A button of the page as it stands, with the ticks that it shows but for one."""
        given = sends(by_id(parse(client.get(url)), "main"))
        ticked = [which for which in given.get("take", ()) if leave not in which]
        return client.post(url, {"seen": given["seen"], "shown": given["shown"], "take": ticked, "do": do, **sent})

    def test_from_upload_to_draft(self, client: Client, draft: EditionRow) -> None:
        content = write_file(other_bank(), FileFormat.XLSX)
        status, location, _page = self.send(client, content, "bank.xlsx", draft=draft.code)
        assert status == 302
        page = parse(client.get(location))
        assert "The file doesn’t say what it was exported from." in text_of(by_id(page, "main"))
        assert "take" not in sends(by_id(page, "main"))
        assert self.press(client, location, "tick:unknown").status_code == 302
        assert read_edition_rows(draft.pk).title == small_bank().title
        assert self.press(client, location, "take", leave="DATA-04").status_code == 302
        in_order = ["DATA-02", "DATA-01", "DATA-05", "DATA-04"]
        assert [q.id for q in read_edition_rows(draft.pk).by_domain["DATA"]] == in_order
        self.press(client, location, "tick:unknown")
        self.press(client, location, "take")
        assert "All is well" in client.get(location).content.decode()

    def test_the_file_of_a_draft_comes_back(self, client: Client, draft: EditionRow, editor: User) -> None:
        """Changed in the file, in the draft, in both; the same file again has nothing to do."""
        file = client.get(reverse("bank_export", args=[draft.code, "yaml"])).content.decode()
        file = file.replace("Is DATA-01 done?", "Is it done by now?").replace("Is DATA-02 done?", "Does the file ask?")
        old = small_bank()
        change(draft, editor, replace(old.question["DATA-02"], text="Does the draft ask?"))
        change(draft, editor, replace(old.question["DATA-04"], help="Written since."))
        _status, location, _page = self.send(client, file.encode(), draft=draft.code)
        page = parse(client.get(location))
        assert sends(by_id(page, "main"))["take"] == ["questions/DATA-01/text"]
        groups = {text_of(next(own.iter("h2"))): text_of(own) for own in of_class(page, "bank-changes")}
        both, stays = "Changed in both: choose", "Changed in the draft since your export: stays"
        assert list(groups) == ["Changed in the file", both, stays]
        assert "Does the draft ask?" in groups[both]
        assert "Does the file ask?" in groups[both]
        assert self.press(client, location, "take").status_code == 302
        now = read_edition_rows(draft.pk).question
        assert [now[code].text for code in ("DATA-01", "DATA-02")] == ["Is it done by now?", "Does the draft ask?"]
        assert now["DATA-04"].help == "Written since."
        file = file.replace("Does the file ask?", "Does the draft ask?")
        _status, location, _page = self.send(client, file.encode(), draft=draft.code)
        assert "everything that was changed in this file is in the draft" in client.get(location).content.decode()
        assert self.press(client, location, "take").status_code == 409

    def test_ticks_survive_the_way_to_another_page(
        self, client: Client, draft: EditionRow, editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("assessments.editor.pages.dry_run.page.PER_PAGE", 2)
        file = replace(small_bank(), questions=tuple(replace(own, help="Other.") for own in small_bank().questions))
        kept = keep(draft, file, editor, exported(draft))
        url = reverse("bank_dry_run", args=[draft.code, kept.pk])
        answer = self.press(client, url, "page:2", leave="DATA-01")
        assert answer.headers["Location"] == f"{url}?page=2"
        assert sends(by_id(parse(client.get(f"{url}?page=2")), "main"))["take"] == [
            "questions/DATA-04/help",
            "questions/ACCESS-01/help",
        ]
        self.press(client, f"{url}?page=2", "take", leave="ACCESS-01")
        helps = {own.id: own.help for own in read_edition_rows(draft.pk).questions}
        assert helps == {"DATA-01": "It helps.", "DATA-02": "Other.", "DATA-04": "Other.", "ACCESS-01": "It helps."}

    def test_a_moved_day_of_a_law_is_pointed_out(self, client: Client, draft: EditionRow, editor: User) -> None:
        old = small_bank()
        laws = tuple(replace(law, starts=date(2026, 8, 15)) if law.code == "gdpr" else law for law in old.laws)
        file = replace(old, laws=laws, dates=(replace(old.dates[0], day=date(2026, 9, 2)),))
        kept = keep(draft, file, editor, exported(draft))
        page = parse(client.get(reverse("bank_dry_run", args=[draft.code, kept.pk])))
        law, dates = (text_of(own) for own in of_class(page, "bank-change"))
        assert "Laws gdpr Law dates: in force from" in law
        assert "The day moves from no day to 15 August 2026. That is far." in law
        assert "Law dates" in dates
        assert "“gdpr: Something begins.” The day moves from 2 August 2026 to 2 September 2026." in dates
        assert "That is far." not in dates

    @pytest.mark.parametrize("do", ["", "page:0", "tick:nothing", "untick", "all"])
    def test_a_button_that_is_none_changes_nothing(
        self, client: Client, draft: EditionRow, editor: User, do: str
    ) -> None:
        kept = keep(draft, other_bank(), editor, exported(draft))
        url = reverse("bank_dry_run", args=[draft.code, kept.pk])
        assert client.post(url, {"do": do, "take": ["x"], "shown": ["y", "z "]}).status_code == 409
        assert client.post(url, {"do": "take", "take": ["x"], "shown": ["y", "z ", ""]}).status_code == 409
        assert read_edition_rows(draft.pk) == replace(small_bank(), id=draft.code)

    def test_a_new_draft_begins_as_a_copy(self, client: Client, published: EditionRow) -> None:
        status, location, _page = self.send(client, write_file(small_bank(), FileFormat.JSON), "b.json", name="2.0")
        assert status == 302
        assert "/bank/2.0/import/" in location
        assert EditionRow.objects.get(code="2.0").predecessor == published

    def test_a_broken_file_changes_nothing_and_lists_everything(self, client: Client, published: EditionRow) -> None:
        status, _location, page = self.send(client, b"title: [\n", name="2.0")
        assert status == 422
        assert "The file was not imported. Nothing has changed." in page
        assert EditionRow.objects.count() == 1

    def test_a_draft_or_a_name_is_needed(self, client: Client, published: EditionRow) -> None:
        assert self.send(client, b"x: y")[0] == 422
        assert "An edition with this name already exists." in self.send(client, b"x: y", name="1.0")[2]

    def test_a_library_of_ciso_assistant_starts_a_draft(self, client: Client, published: EditionRow) -> None:
        status, location, _page = self.send(client, LIBRARY.read_bytes(), "library.yaml", kind="library", name="lib")
        assert status == 302
        page = client.get(location).content.decode()
        assert "Not imported, or decided for you" in page
        assert "All is well: the draft was made from this file and holds everything in it." in page
        draft = EditionRow.objects.get(code="lib")
        assert read_edition_rows(draft.pk).questions
        assert draft.predecessor is None


def test_a_draft_keeps_so_many_files(draft: EditionRow, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may have ten MB; a further one takes the place of the oldest."""
    monkeypatch.setattr(imports, "MOST_OF_A_DRAFT", 2)
    read = FileRead(edition_of(draft), origin=None)
    first, second, third = (
        keep_import(draft=draft, read=read, file_name="bank.yaml", by=editor, now=NOW + timedelta(minutes=minute))
        for minute in range(3)
    )
    assert set(BankImport.objects.filter(draft=draft)) == {second, third}
    assert first not in {second, third}
