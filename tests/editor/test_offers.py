"""Which editions new assessments start on: only those that somebody means, always of the default bank."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from assessments.bank.types import SHIPPED_BANK, Edition
from assessments.editions.newest import newest_offered, newest_offered_or_none
from assessments.editions.upgrades import NoUpgrade, newer_edition, newer_or_why_not
from assessments.editor.services.drafts import start_draft
from assessments.editor.services.offers import (
    CannotBeOffered,
    LastOffered,
    NoEditionOffered,
    NotOfferedNow,
    OfferChanged,
    choose_default_bank,
    offer_edition,
    offer_fingerprint,
)
from assessments.errors import ChangeRefused, NothingOffered
from assessments.models import Bank, BankChange, ChangeVerb, DefaultBank, EditionRow
from assessments.services.runs import restart_assessment, start_assessment
from tests.editor.changes import LATER, publish, retire
from tests.editor.offering import MANY, of, offer, published, withdraw
from tests.factories import OrganisationFactory, UserFactory, member
from tests.published_bank import without_stored_bank
from tests.runs import NOW, answered_run, finish, started_run

pytestmark = pytest.mark.django_db


class TestWhatIsOfferedByPublishing:
    def test_up_to_thirty_per_cent_may_go(self, home: EditionRow) -> None:
        assert published(of(*MANY[:7], name="2.0")).offered_at
        assert newest_offered().code == "2.0"

    def test_more_needs_a_second_step(self, home: EditionRow) -> None:
        assert published(of(*MANY[:6], name="2.0")).offered_at is None
        assert newest_offered() == home

    def test_a_pillar_without_a_question_needs_one_too(self, home: EditionRow) -> None:
        whole = published(of(*MANY, "ACCESS-01", name="1.5"))
        assert published(of(*MANY, name="2.0")).offered_at is None
        assert newest_offered() == whole

    def test_a_copy_of_what_is_not_offered_is_not_offered_either(self, cut: EditionRow, editor: User) -> None:
        copy = publish(start_draft(source=cut, code="2.1", by=editor, now=NOW), editor)
        assert copy.offered_at is None

    def test_little_lost_against_the_newest_and_much_against_the_predecessor(
        self, home: EditionRow, cut: EditionRow, editor: User
    ) -> None:
        offer(cut, editor)
        draft = start_draft(source=home, code="1.1", by=editor, now=NOW)
        for each in MANY[2:]:
            retire(draft, editor, each)
        assert publish(draft, editor).offered_at is None

    def test_the_first_edition_of_another_bank_is_not_offered(self, home: EditionRow) -> None:
        assert published(of(*MANY, name="x", own_bank="other")).offered_at is None


class TestWithdrawing:
    def test_new_assessments_go_back_and_open_ones_go_on(self, cut: EditionRow, home: EditionRow, editor: User) -> None:
        offer(cut, editor)
        run = started_run()
        assert run.edition == cut
        withdraw(cut, editor)
        assert started_run().edition == home
        run.refresh_from_db()
        assert run.edition == cut
        assert newer_edition(home) is None
        assert newer_or_why_not(EditionRow.objects.get(pk=cut.pk)) is NoUpgrade.NOT_OFFERED

    def test_it_is_on_record_and_can_be_undone(self, cut: EditionRow, editor: User) -> None:
        offer(cut, editor)
        withdraw(cut, editor)
        last = BankChange.objects.filter(edition=cut).first()
        assert last is not None
        assert (last.verb, last.after, last.by) == (ChangeVerb.WITHDRAWN, {"reason": "A question is wrong."}, editor)
        again = offer(cut, editor)
        assert (again.withdrawn_at, again.withdrawn_reason) == (None, "")
        assert newest_offered() == cut

    def test_the_last_one_stays(self, home: EditionRow, editor: User) -> None:
        with pytest.raises(LastOffered):
            withdraw(home, editor)
        with pytest.raises(IntegrityError, match="offer another edition"), transaction.atomic():
            EditionRow.objects.filter(pk=home.pk).update(offered_at=None)

    def test_what_is_published_stays_in_its_bank(self, home: EditionRow) -> None:
        other = Bank.objects.create(slug="another", name="Another", language="en")
        with pytest.raises(IntegrityError, match="is published and cannot be changed"), transaction.atomic():
            EditionRow.objects.filter(pk=home.pk).update(bank=other)

    def test_nothing_is_withdrawn_or_offered_twice(self, cut: EditionRow, home: EditionRow, editor: User) -> None:
        with pytest.raises(NotOfferedNow):
            withdraw(cut, editor)
        with pytest.raises(CannotBeOffered):
            offer(home, editor)

    def test_what_was_shown_must_still_be_so(self, cut: EditionRow, editor: User) -> None:
        seen = offer_fingerprint(cut)
        published(of(*MANY, name="1.5"))
        with pytest.raises(OfferChanged):
            offer_edition(row=cut, seen=seen, needs_second_person=False, by=editor, now=LATER)

    def test_a_result_under_it_is_taken_up_on_the_one_before(
        self, edition_row: EditionRow, edition: Edition, editor: User
    ) -> None:
        newer = published(replace(edition, id="2026.4"), LATER)
        result = finish(answered_run(levels=3))
        withdraw(newer, editor)
        by = result.finished_by
        run = restart_assessment(finished=result.assessment, started_by=by, now=LATER)
        assert (result.assessment.edition, run.edition) == (newer, edition_row)
        assert run.answers.count() == result.assessment.answers.count() > 0


class TestTheDefaultBank:
    @pytest.fixture
    def other(self, home: EditionRow, editor: User) -> EditionRow:
        return published(of("DATA-01", "DATA-02", name="x", own_bank="other"))

    @pytest.fixture
    def boss(self) -> User:
        return UserFactory.create(is_staff=True, is_superuser=True)

    def choose(self, row: EditionRow, by: User) -> None:
        seen = newest_offered().bank_id
        choose_default_bank(bank=row.bank, seen=seen, by=by, now=LATER)

    def test_it_needs_an_edition_that_is_offered(self, other: EditionRow, editor: User, boss: User) -> None:
        with pytest.raises(NoEditionOffered):
            self.choose(other, boss)
        with pytest.raises(IntegrityError, match="none of its editions"), transaction.atomic():
            DefaultBank.objects.create(bank=other.bank, chosen_by=editor, chosen_at=NOW)

    def test_new_assessments_start_on_it_and_open_ones_stay(
        self, other: EditionRow, home: EditionRow, editor: User, boss: User
    ) -> None:
        run = started_run()
        offer(other, editor)
        assert newest_offered() == home
        self.choose(other, boss)
        assert started_run().edition == other
        run.refresh_from_db()
        assert run.edition == home
        assert newer_or_why_not(home) is NoUpgrade.IS_NEWEST
        with pytest.raises(LastOffered):
            withdraw(other, editor)
        assert withdraw(home, editor).withdrawn_at

    def test_a_choice_is_kept(self, other: EditionRow, editor: User, boss: User) -> None:
        offer(other, editor)
        self.choose(other, boss)
        for change in (
            lambda: DefaultBank.objects.update(bank=EditionRow.objects.get(code="1.0").bank),
            lambda: DefaultBank.objects.all().delete(),
        ):
            with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
                change()

    def test_an_administrator_does_it_in_two_steps(self, other: EditionRow, home: EditionRow, editor: User) -> None:
        offer(other, editor)
        boss, browser = UserFactory.create(is_staff=True, is_superuser=True), Client()
        browser.force_login(boss)
        assert "Edition x, with 2 questions" in browser.get(reverse("bank_default")).content.decode()
        url = reverse("bank_default_change", args=["other"])
        assert "New assessments would have 2 questions instead of 10" in browser.get(url).content.decode()
        for name, status in (("", 422), ("evenkeel", 422), ("other", 302)):
            assert newest_offered() == home
            assert browser.post(url, {"name": name, "seen": home.bank_id}).status_code == status
        assert newest_offered() == other
        assert DefaultBank.objects.get().chosen_by == boss
        assert browser.post(url, {"name": "other", "seen": home.bank_id}).status_code == 302
        assert DefaultBank.objects.count() == 1
        back = reverse("bank_default_change", args=["evenkeel"])
        assert browser.post(back, {"name": "evenkeel", "seen": home.bank_id}).status_code == 409


# Whatever is published, offered, withdrawn and chosen in whatever order: an oracle of its own, without the database.

BANKS = (SHIPPED_BANK, "other")
DAYS = (date(2026, 1, 1), date(2026, 6, 1))
SIZES = (10, 8, 2)
Step = tuple[str, int, int, int]
steps = st.lists(
    st.tuples(st.sampled_from(("publish", "publish", "offer", "withdraw", "choose")), *[st.integers(0, 5)] * 3),
    min_size=3,
    max_size=12,
)


@dataclass
class Known:
    """What the oracle knows of a published edition."""

    row: EditionRow
    bank: str
    day: date
    size: int
    offered: bool

    def place(self) -> tuple[date, int]:
        return self.day, self.row.pk


class Oracle:
    def __init__(self, editor: User) -> None:
        self.editor, self.default = editor, SHIPPED_BANK
        self.known: list[Known] = []

    def newest(self, own_bank: str) -> Known | None:
        return max(
            (each for each in self.known if each.offered and each.bank == own_bank), key=Known.place, default=None
        )

    def publish(self, which: int, day: int, size: int) -> None:
        own_bank, law, count = BANKS[which % 2], DAYS[day % 2], SIZES[size % 3]
        newest = self.newest(own_bank)
        offered = own_bank == self.default and (newest is None or 10 * (newest.size - count) <= 3 * newest.size)
        edition = of(*MANY[:count], name=f"e{len(self.known)}", own_bank=own_bank, law=law)
        self.known.append(
            Known(published(edition, NOW + timedelta(days=len(self.known))), own_bank, law, count, offered)
        )

    def offer(self, which: int, *_: int) -> None:
        if self.known:
            each = self.known[which % len(self.known)]
            with_refusals(not each.offered, lambda: offer(each.row, self.editor))
            each.offered = True

    def withdraw(self, which: int, *_: int) -> None:
        if self.known:
            each = self.known[which % len(self.known)]
            others = any(own.offered and own.bank == each.bank for own in self.known if own is not each)
            allowed = each.offered and (others or each.bank != self.default)
            with_refusals(allowed, lambda: withdraw(each.row, self.editor))
            each.offered = each.offered and not allowed

    def choose(self, which: int, *_: int) -> None:
        chosen = Bank.objects.filter(slug=BANKS[which % 2]).first()
        current = Bank.objects.filter(slug=self.default).first()
        if chosen and current:
            allowed = chosen == current or self.newest(chosen.slug) is not None
            seen = current.pk
            with_refusals(allowed, lambda: choose_default_bank(bank=chosen, seen=seen, by=self.editor, now=NOW))
            self.default = chosen.slug if allowed else self.default


def with_refusals(allowed: bool, do: object) -> None:
    if allowed:
        do()  # type: ignore[operator]
    else:
        with pytest.raises(ChangeRefused):
            do()  # type: ignore[operator]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_a_new_assessment_starts_on_the_newest_offered_edition_of_the_default_bank(
    editor: User, order: list[Step]
) -> None:
    with transaction.atomic():
        without_stored_bank()
        Bank.objects.all().delete()
        User.objects.filter(pk=editor.pk).update(is_staff=True, is_superuser=True)
        oracle = Oracle(editor)
        for name, *numbers in order:
            getattr(oracle, name)(*numbers)
            expected = oracle.newest(oracle.default)
            assert newest_offered_or_none() == (expected.row if expected else None)
            for each in oracle.known:
                best = oracle.newest(each.bank)
                found = newer_edition(EditionRow.objects.get(pk=each.row.pk))
                newer = best is not None and best.place() > each.place()
                assert found == (best.row if best and newer else None)
        owner = member(OrganisationFactory.create())
        organisation = owner.memberships.get().organisation
        if expected:
            assert start_assessment(organisation=organisation, started_by=owner).edition == expected.row
        else:
            with pytest.raises(NothingOffered):
                start_assessment(organisation=organisation, started_by=owner)
        transaction.set_rollback(True)
