"""Importing a file into a draft: dry run, accept or refuse; and libraries of another tool."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from assessments.bank.diff.editions import compare_editions
from assessments.bank.types import ChecklistEntry, Edition
from assessments.editions.stored import read_edition_rows
from assessments.editor.files import FileFormat, FileRead, write_file
from assessments.editor.services.imports import accept_changes, imported, keep_import
from assessments.editor.services.publishing import DraftChanged
from assessments.models import BankChange, BankImport, ChangeVerb, EditionRow
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


def keep(draft: EditionRow, edition: Edition, by: User) -> BankImport:
    return keep_import(draft=draft, read=FileRead(edition), file_name="bank.yaml", by=by, now=NOW)


def take(kept: BankImport, by: User, accepted: set[str] | None = None) -> None:
    ids = None if accepted is None else {which for which in compare_ids(kept) if which in accepted}
    accept_changes(kept=kept, accepted=ids, seen=content_of(kept.draft), by=by, now=NOW)  # type: ignore[arg-type]


def compare_ids(kept: BankImport) -> frozenset[str]:
    return frozenset(compare_editions(read_edition_rows(kept.draft.pk), imported(kept)).ids)


def test_all_changes_make_the_draft_what_the_file_holds(draft: EditionRow, editor: User) -> None:
    kept = keep(draft, other_bank(), editor)
    take(kept, editor)
    assert read_edition_rows(draft.pk) == replace(other_bank(), id=draft.code)
    verbs = set(BankChange.objects.values_list("verb", flat=True))
    assert {ChangeVerb.IMPORTED, ChangeVerb.RETIRED} <= verbs


def test_the_same_again_is_no_change(draft: EditionRow, editor: User) -> None:
    take(keep(draft, other_bank(), editor), editor)
    changes, content = BankChange.objects.count(), content_of(draft)
    again = keep(draft, other_bank(), editor)
    assert compare_ids(again) == frozenset()
    take(again, editor)
    assert (BankChange.objects.count(), content_of(draft)) == (changes, content)


def test_what_is_refused_stays_as_it_was(draft: EditionRow, editor: User) -> None:
    kept = keep(draft, other_bank(), editor)
    (one,) = [which for which in compare_ids(kept) if which.endswith("DATA-01/text")]
    take(kept, editor, {one})
    now, old = read_edition_rows(draft.pk), small_bank()
    assert now.question["DATA-01"] == replace(old.question["DATA-01"], text="Is it done at last?")
    assert replace(now, questions=old.questions, id=old.id) == old


def test_a_kept_row_keeps_counting_its_versions(draft: EditionRow, editor: User) -> None:
    take(keep(draft, other_bank(), editor), editor)
    rows = draft.domains.get(code="DATA").questions
    assert rows.get(code="DATA-01").version == 2
    assert rows.get(code="DATA-02").version == 1


def test_a_list_made_before_someone_else_changed_the_draft_is_not_applied(draft: EditionRow, editor: User) -> None:
    kept = keep(draft, other_bank(), editor)
    seen = content_of(draft)
    take(kept, editor)
    with pytest.raises(DraftChanged):
        accept_changes(kept=kept, accepted=None, seen=seen, by=editor, now=NOW)


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
        assert answer.content[:2] == (b"PK" if kind is FileFormat.XLSX else write_file(small_bank(), kind)[:2])
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
        assert all("DATA-04" in line and ("help" in line or "checklist" in line) for line in said)
        (link,) = [found for name, found in links(parse(page)).items() if name == "Download it anyway"]
        assert "attachment" in client.get(url + link).headers["Content-Disposition"]

    def test_from_upload_to_draft(self, client: Client, draft: EditionRow) -> None:
        content = write_file(other_bank(), FileFormat.XLSX)
        status, location, _page = self.send(client, content, "bank.xlsx", draft=draft.code)
        assert status == 302
        assert read_edition_rows(draft.pk).title == small_bank().title
        page = parse(client.get(location))
        assert "DATA-05" in text_of(by_id(page, "main"))
        given = sends(by_id(page, "main"))
        kept = [which for which in given["accept"] if "DATA-04" not in which]
        assert client.post(location, {"seen": given["seen"][0], "accept": kept, "do": "some"}).status_code == 302
        assert [q.id for q in read_edition_rows(draft.pk).by_domain["DATA"]] == [
            "DATA-02",
            "DATA-01",
            "DATA-05",
            "DATA-04",
        ]
        seen = sends(by_id(parse(client.get(location)), "main"))["seen"][0]
        client.post(location, {"seen": seen, "do": "all"})
        assert "There is nothing to import" in client.get(location).content.decode()

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
        draft = EditionRow.objects.get(code="lib")
        assert read_edition_rows(draft.pk).questions
        assert draft.predecessor is None
