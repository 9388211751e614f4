"""Banks that are taken in, and the pages on which editions are offered and withdrawn."""

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from assessments.editions.newest import newest_offered
from assessments.editions.upgrades import NoUpgrade, newer_or_why_not
from assessments.editor.services.drafts import discard_draft, start_draft
from assessments.editor.services.offers import (
    ask_to_offer,
    offer_fingerprint,
)
from assessments.editor.services.publishing import SecondPersonNeeded
from assessments.models import Bank, BankChange, ChangeVerb, EditionRow, EditionStatus
from assessments.services.editions import store_draft
from tests.editor.changes import content_of, copy_of_the_bank, retire
from tests.editor.offering import MANY, TWO_QUESTIONS, of, offer, published, withdraw
from tests.factories import OrganisationFactory, UserFactory, member
from tests.pages import by_id, parse, text_of
from tests.published_bank import without_stored_bank
from tests.runs import NOW, started_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


class TestTakingInALibrary:
    """The accident that banks are there for: two questions of a school's checklist, asked of every business."""

    @pytest.fixture
    def ecole(self, edition_row: EditionRow, client: Client) -> EditionRow:
        file = SimpleUploadedFile("ecole.yaml", TWO_QUESTIONS.encode())
        answer = client.post(reverse("bank_import"), {"file": file, "kind": "library", "name": "ecole"})
        assert answer.status_code == 302, answer.content.decode()
        draft = EditionRow.objects.get(code="ecole")
        page = client.get(reverse("bank_publish", args=["ecole"])).content.decode()
        assert "New assessments will not start on it" in page
        sent = {"name": "ecole", "seen": content_of(draft), "do": "publish"}
        assert client.post(reverse("bank_publish", args=["ecole"]), sent).status_code == 302
        draft.refresh_from_db()
        assert draft.status == EditionStatus.PUBLISHED
        return draft

    def test_new_assessments_go_on_with_the_shipped_bank(self, ecole: EditionRow, edition_row: EditionRow) -> None:
        assert (ecole.bank.slug, ecole.offered_at) == ("ecole", None)
        assert started_run().edition == edition_row
        owner = member(OrganisationFactory.create())
        browser = Client()
        browser.force_login(owner)
        organisation = owner.memberships.get().organisation
        browser.post(reverse("assessment_start", args=[organisation.pk]))
        assert organisation.assessments.get().edition == edition_row

    def test_open_assessments_are_offered_none_of_it(self, ecole: EditionRow, edition_row: EditionRow) -> None:
        assert newer_or_why_not(edition_row) is NoUpgrade.IS_NEWEST

    def test_opened_it_still_waits_for_an_administrator(
        self, ecole: EditionRow, edition_row: EditionRow, client: Client
    ) -> None:
        page = text_of(by_id(parse(client.get(reverse("bank_offer", args=["ecole"]))), "main"))
        assert "New assessments would still start on the bank “Evenkeel”" in page
        assert "new assessments have 2 questions" in page
        sent = {"name": "ecole", "seen": offer_fingerprint(ecole), "do": "offer"}
        assert client.post(reverse("bank_offer", args=["ecole"]), sent).status_code == 302
        assert newest_offered() == edition_row

    def test_a_later_library_of_the_name_of_the_shipped_bank_is_not_that_bank(
        self, edition_row: EditionRow, client: Client
    ) -> None:
        library = TWO_QUESTIONS.replace("ref_id: ecole", "ref_id: Evenkeel")
        file = SimpleUploadedFile("a.yaml", library.encode())
        client.post(reverse("bank_import"), {"file": file, "kind": "library", "name": "lib"})
        assert EditionRow.objects.get(code="lib").bank.slug == "evenkeel-library"

    def test_a_file_of_another_bank_does_not_go_into_a_draft(
        self, ecole: EditionRow, edition_row: EditionRow, editor: User, client: Client
    ) -> None:
        draft = copy_of_the_bank(edition_row, editor)
        content = client.get(reverse("bank_export", args=["ecole", "yaml"])).content
        assert b"\nbank: ecole\n" in content
        file = SimpleUploadedFile("ecole.yaml", content)
        answer = client.post(reverse("bank_import"), {"file": file, "kind": "edition", "draft": draft.code})
        assert answer.status_code == 422
        assert "of the bank “ecole”, the draft is of the bank “evenkeel”" in answer.content.decode()
        file = SimpleUploadedFile("ecole.yaml", content)
        client.post(reverse("bank_import"), {"file": file, "kind": "edition", "name": "ecole-2"})
        assert EditionRow.objects.get(code="ecole-2").bank.slug == "ecole"

    def test_a_discarded_draft_leaves_no_bank_behind(self, edition_row: EditionRow, editor: User) -> None:
        row = store_draft(edition=of("DATA-01", name="mine", own_bank="mine"))
        row.drafted_by, row.drafted_at = editor, NOW
        row.save()
        discard_draft(draft=row, by=editor, now=NOW)
        assert not Bank.objects.filter(slug="mine").exists()


class TestPages:
    def test_the_offer_says_what_would_happen_and_waits_for_the_name(
        self, client: Client, cut: EditionRow, home: EditionRow
    ) -> None:
        started_run()
        url = reverse("bank_offer", args=["2.0"])
        page = text_of(by_id(parse(client.get(url)), "main"))
        assert "New assessments would have 2 questions instead of 10" in page
        assert "8 of 10 questions asked today are not in it (80 %)" in page
        assert "1 open assessment is on 1.0" in page
        sent = {"seen": offer_fingerprint(cut), "do": "offer"}
        assert client.post(url, {**sent, "name": "2"}).status_code == 422
        assert newest_offered() == home
        assert client.post(url, {**sent, "name": "2.0"}).status_code == 302
        assert newest_offered() == cut
        assert client.get(url).status_code == 302

    def test_two_people_where_two_are_needed(
        self, client: Client, cut: EditionRow, home: EditionRow, second: User, settings: LazySettings
    ) -> None:
        settings.BANK_NEEDS_SECOND_PERSON = True
        url, sent = reverse("bank_offer", args=["2.0"]), {"name": "2.0", "seen": offer_fingerprint(cut)}
        assert client.post(url, {**sent, "do": "offer"}).status_code == 409
        assert client.post(url, {**sent, "do": "ask"}).status_code == 302
        assert client.post(url, {**sent, "do": "offer"}).status_code == 409
        assert "Waits for another bank editor: you asked." in client.get(reverse("bank_editions")).content.decode()
        assert newest_offered() == home
        client.force_login(second)
        assert "Waits for you: Edda asks." in client.get(reverse("bank_editions")).content.decode()
        assert client.post(url, {**sent, "do": "offer"}).status_code == 302
        assert newest_offered() == cut

    def test_withdrawing_needs_a_reason(self, client: Client, cut: EditionRow, home: EditionRow, editor: User) -> None:
        offer(cut, editor)
        started_run()
        url = reverse("bank_withdraw", args=["2.0"])
        page = text_of(by_id(parse(client.get(url)), "main"))
        assert "New assessments would have 10 questions instead of 2" in page
        assert "1 open assessment is on it and goes on." in page
        assert client.post(url, {"reason": " "}).status_code == 422
        assert client.post(url, {"reason": "Too short by far."}).status_code == 302
        assert "Too short by far." in client.get(reverse("bank_editions")).content.decode()
        assert newest_offered() == home
        assert client.get(url).status_code == 302
        assert client.post(url, {"reason": "Again."}).status_code == 409
        assert "stays" in client.get(reverse("bank_withdraw", args=["1.0"])).content.decode()

    def test_publishing_with_many_gone_asks_twice(self, client: Client, home: EditionRow, editor: User) -> None:
        draft = start_draft(source=home, code="2.0", by=editor, now=NOW)
        for each in MANY[4:]:
            retire(draft, editor, each)
        url, sent = reverse("bank_publish", args=["2.0"]), {"name": "2.0", "seen": content_of(draft), "do": "publish"}
        assert "Yes, 6 questions are meant to go." in client.get(url).content.decode()
        assert client.post(url, sent).status_code == 422
        assert client.post(url, {**sent, "sure": "on"}).status_code == 302
        assert "New assessments do not start on it." in client.get(url).content.decode()
        assert newest_offered() == home

    def test_open_assessments_on_every_earlier_edition_are_counted(
        self, client: Client, home: EditionRow, editor: User
    ) -> None:
        started_run()
        published(of(*MANY, name="1.5"))
        started_run()
        started_run()
        published(of(*MANY, name="x", own_bank="other"))
        start_draft(source=EditionRow.objects.get(code="1.5"), code="2.0", by=editor, now=NOW)
        page = text_of(by_id(parse(client.get(reverse("bank_publish", args=["2.0"]))), "main"))
        assert "1 open assessment is on 1.0" in page
        assert "2 open assessments are on 1.5" in page

    def test_who_has_nothing_newer_is_told_why(self, client: Client, cut: EditionRow, editor: User) -> None:
        offer(cut, editor)
        run = started_run()
        owner = Client()
        owner.force_login(run.started_by)
        url = reverse("edition_upgrade", args=[run.pk])
        assert "You have the newest edition" in owner.get(url).content.decode()
        withdraw(cut, editor)
        page = owner.get(url).content.decode()
        assert "You have the newest edition" not in page
        assert "New assessments no longer start on edition 2.0. Yours goes on as it is." in page
        published(of("RIGHTS-01", "RIGHTS-02", name="3.0"))
        offer(EditionRow.objects.get(code="3.0"), editor)
        assert "There is a newer edition, and nothing to carry over" in owner.get(url).content.decode()

    def test_without_an_edition_the_start_says_so(self) -> None:
        without_stored_bank()
        owner = member(OrganisationFactory.create())
        browser = Client()
        browser.force_login(owner)
        answer = browser.post(reverse("assessment_start", args=[owner.memberships.get().organisation.pk]))
        assert answer.status_code == 409
        assert "No assessment can start right now" in answer.content.decode()


@pytest.mark.parametrize("name", ["bank_editions", "bank_default"])
def test_a_list_costs_the_same_however_many_banks_there_are(
    home: EditionRow, cut: EditionRow, editor: User, second: User, name: str
) -> None:
    browser, counts = Client(), []
    browser.force_login(UserFactory.create(is_staff=True, is_superuser=True, edits_bank=True))
    for number in range(3):
        for own in range(number * 3):
            other = published(of("DATA-01", name=f"{number}-{own}", own_bank=f"other-{number}-{own}"))
            if own % 2:
                ask_to_offer(row=other, seen=offer_fingerprint(other), by=second, now=NOW)
            else:
                offer(other, editor)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse(name)).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts


class TestARequest:
    """To publish or to offer: the asker takes it back, anybody else declines it with a reason."""

    @pytest.fixture
    def draft(self, home: EditionRow, editor: User) -> EditionRow:
        return start_draft(source=home, code="2.0", by=editor, now=NOW)

    @pytest.fixture
    def url(self, client: Client, draft: EditionRow) -> str:
        sent = {"name": "2.0", "seen": content_of(draft), "do": "ask"}
        assert client.post(reverse("bank_publish", args=["2.0"]), sent).status_code == 302
        return reverse("bank_publish_request", args=["2.0"])

    def test_taken_back_nobody_is_asked(self, client: Client, url: str, second: User) -> None:
        assert client.post(url, {"do": "take_back"}).status_code == 302
        assert client.post(url, {"do": "take_back"}).status_code == 409
        client.force_login(second)
        assert "asks you" not in client.get(reverse("bank_publish", args=["2.0"])).content.decode()

    def test_declined_the_asker_reads_why_and_asks_again(
        self, client: Client, url: str, second: User, editor: User, draft: EditionRow, settings: LazySettings
    ) -> None:
        settings.BANK_NEEDS_SECOND_PERSON = True
        publish_url = reverse("bank_publish", args=["2.0"])
        sent = {"name": "2.0", "seen": content_of(draft)}
        client.force_login(second)
        assert client.post(url, {"do": "take_back"}).status_code == 409
        assert client.post(url, {"do": "decline", "reason": ""}).status_code == 422
        assert client.post(url, {"do": "decline", "reason": "DATA-02 has two questions."}).status_code == 302
        assert client.post(url, {"do": "decline", "reason": "Again."}).status_code == 409
        assert client.post(publish_url, {**sent, "do": "publish"}).status_code == 409
        client.force_login(editor)
        assert "DATA-02 has two questions." in client.get(publish_url).content.decode()
        assert "Sam declined the request." in client.get(reverse("bank_editions")).content.decode()
        assert client.post(publish_url, {**sent, "do": "ask"}).status_code == 302
        assert "DATA-02 has two questions." not in client.get(publish_url).content.decode()
        verbs = BankChange.objects.filter(edition=draft).values_list("verb", flat=True)
        assert list(verbs)[:3] == [ChangeVerb.ASKED, ChangeVerb.DECLINED, ChangeVerb.ASKED]

    def test_the_asker_cannot_decline(self, client: Client, url: str) -> None:
        assert client.post(url, {"do": "decline", "reason": "I changed my mind."}).status_code == 409

    def test_what_changed_since_has_to_be_asked_again(
        self, client: Client, url: str, second: User, editor: User, draft: EditionRow
    ) -> None:
        retire(draft, editor, MANY[0])
        BankChange.objects.filter(edition=draft, verb=ChangeVerb.RETIRED).get()
        client.force_login(second)
        page = client.get(reverse("bank_publish", args=["2.0"])).content.decode()
        assert "asks you" not in page

    def test_offering_takes_the_same_two_people(self, cut: EditionRow, editor: User, second: User) -> None:
        ask_to_offer(row=cut, seen=offer_fingerprint(cut), by=editor, now=NOW)
        with pytest.raises(SecondPersonNeeded):
            offer(cut, editor, needs=True)
        assert offer(cut, second, needs=True).offered_at
