"""A newer edition for an open run: preview, upgrade or stay, later too; no answer is lost, nothing finished changes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.models import Role, User
from assessments.bank.checks.edition import check_edition, errors_of
from assessments.bank.types import Edition, Question
from assessments.editions.stored import edition_of
from assessments.errors import AssessmentFinished
from assessments.models import Answer, Assessment, EditionRow, EditionUpgradeDecision, Result, UpgradeDecision
from assessments.queries import answers_of, scored_answers
from assessments.results.recorded_answers import record_answers
from assessments.services.edition_upgrades import decline_upgrade, preview_upgrade, upgrade_edition
from tests.editor.changes import LATER, change, copy_of_the_bank, publish, retire, reword
from tests.factories import OrganisationFactory, UserFactory, member
from tests.pages import by_id, controls, parse, text_of
from tests.published_bank import stored_bank
from tests.runs import answered_run, asked_questions, finished_run, give

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class UpgradeCase:
    """Two runs with every answer on level 3 and a finished one, on the old edition; then a question of theirs changed
    its meaning and another was retired."""

    editor: User
    old: EditionRow
    newer: EditionRow
    run: Assessment
    other: Assessment
    finished: Result
    changed: Question
    gone: Question

    def move(self) -> None:
        upgrade_edition(assessment=self.run, new=self.newer, by=self.run.started_by, now=LATER)

    def answer(self, question: Question) -> Answer:
        return Answer.objects.get(assessment=self.run, question=question.id)


def make_case(old: EditionRow) -> UpgradeCase:
    editor = UserFactory.create(edits_bank=True)
    run, other, finished = answered_run(levels=3), answered_run(levels=3), finished_run(levels=3)
    draft = copy_of_the_bank(old, editor)
    asked = asked_questions(run)
    gone = next(question for question in asked[1:] if can_go(edition_of(old), question))
    changed = reword(draft, editor, asked[0].id)
    retire(draft, editor, gone.id)
    return UpgradeCase(editor, old, publish(draft, editor), run, other, finished, changed, gone)


def can_go(edition: Edition, question: Question) -> bool:
    left = tuple(own for own in edition.questions if own != question)
    return not errors_of(check_edition(replace(edition, questions=left)))


@pytest.fixture(scope="module")
def module_case(
    _bank_of_the_session: None, django_db_blocker: DjangoDbBlocker, edition: Edition
) -> Iterator[UpgradeCase]:
    """Made once for all tests; what a test changes is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_case(stored_bank(edition))
        transaction.set_rollback(True)


@pytest.fixture
def case(module_case: UpgradeCase) -> UpgradeCase:
    """With fresh rows: those of an earlier test may have been changed in memory."""
    run, other = (Assessment.objects.get(pk=each.pk) for each in (module_case.run, module_case.other))
    finished = Result.objects.select_related("assessment").get(pk=module_case.finished.pk)
    return replace(module_case, run=run, other=other, finished=finished)


def test_moving_pins_the_new_edition_and_keeps_what_means_the_same(case: UpgradeCase) -> None:
    before = {row.question: row.level for row in answers_of(case.run).values()}
    case.move()
    case.run.refresh_from_db()
    assert case.run.edition == case.newer
    rows = answers_of(case.run)
    assert {row.question: row.level for row in rows.values()} == before
    assert [row.question for row in rows.values() if row.given_under_id] == [case.changed.id]


def test_an_answer_to_look_at_again_does_not_count(case: UpgradeCase) -> None:
    case.move()
    counted = scored_answers(answers_of(case.run).values())
    assert case.changed.id not in counted
    recorded = {entry["question"]: entry["kind"] for entry in record_answers(answers_of(case.run), {}, ())}
    assert recorded[case.changed.id] == "open"


def test_it_counts_again_once_chosen_even_when_the_choice_is_the_same(case: UpgradeCase) -> None:
    case.move()
    give(case.run, case.changed.id, 3)
    assert case.answer(case.changed).given_under is None
    assert case.changed.id in scored_answers(answers_of(case.run).values())


def test_a_note_alone_does_not_settle_it(case: UpgradeCase) -> None:
    case.move()
    give(case.run, case.changed.id, note="I will ask.")
    row = case.answer(case.changed)
    assert (row.note, row.level) == ("I will ask.", 3)
    assert row.given_under is not None


def test_the_score_that_was_shown_is_the_score_after(case: UpgradeCase) -> None:
    shown = preview_upgrade(case.run, case.newer, LATER.date())
    case.move()
    assert set(scored_answers(answers_of(case.run).values())) & set(shown.answers) == set(shown.answers)
    assert shown.pillars != ()


def test_the_editors_say_on_the_meaning_counts(case: UpgradeCase) -> None:
    draft = copy_of_the_bank(case.old, case.editor, code="2026.1b")
    reword(draft, case.editor, case.changed.id, meaning="same")
    new = publish(draft, case.editor)
    upgrade_edition(assessment=case.other, new=new, by=case.other.started_by, now=LATER)
    assert not Answer.objects.filter(assessment=case.other, given_under__isnull=False).exists()


def test_a_change_of_meaning_on_the_way_is_not_forgotten(case: UpgradeCase) -> None:
    third = publish(copy_of_the_bank(case.newer, case.editor, code="2026.1b"), case.editor)
    upgrade_edition(assessment=case.run, new=third, by=case.run.started_by, now=LATER)
    assert case.answer(case.changed).given_under is not None


def test_what_was_put_back_means_the_same(case: UpgradeCase) -> None:
    draft = copy_of_the_bank(case.newer, case.editor, code="2026.1b")
    change(draft, case.editor, edition_of(case.old).question[case.changed.id])
    third = publish(draft, case.editor)
    upgrade_edition(assessment=case.run, new=third, by=case.run.started_by, now=LATER)
    assert case.answer(case.changed).given_under is None


def test_an_answer_once_to_be_looked_at_again_stays_so_through_the_next_move(case: UpgradeCase) -> None:
    case.move()
    third = publish(copy_of_the_bank(case.newer, case.editor, code="2026.1b"), case.editor)
    upgrade_edition(assessment=case.run, new=third, by=case.run.started_by, now=LATER)
    assert case.answer(case.changed).given_under == case.old


def test_a_finished_result_never_moves(case: UpgradeCase) -> None:
    finished, by = case.finished.assessment, case.finished.finished_by
    with pytest.raises(AssessmentFinished):
        upgrade_edition(assessment=finished, new=case.newer, by=by, now=LATER)
    with pytest.raises(AssessmentFinished):
        decline_upgrade(assessment=finished, offered=case.newer, by=by, now=LATER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=finished.pk).update(edition=case.newer)


class TestPages:
    @pytest.fixture
    def client(self, client: Client, case: UpgradeCase) -> Client:
        client.force_login(case.run.started_by)
        return client

    def offer(self, run: Assessment) -> str:
        return reverse("edition_upgrade", args=[run.pk])

    def choose(self, client: Client, case: UpgradeCase, do: str, offered: str = "") -> int:
        data = {"do": do, "offered": offered or case.newer.code}
        return client.post(self.offer(case.run), data).status_code

    def overview(self, client: Client, run: Assessment) -> str:
        return client.get(reverse("assessment", args=[run.pk])).content.decode()

    def test_the_overview_offers_it_and_the_page_says_what_would_change(
        self, client: Client, case: UpgradeCase
    ) -> None:
        assert "There is a newer edition of the questions: 2026.1a" in self.overview(client, case.run)
        page = text_of(by_id(parse(client.get(self.offer(case.run))), "main"))
        assert "1 question changed and has to be looked at again." in page
        assert case.gone.text in page
        assert case.changed.id in page

    def test_looking_stores_nothing(self, client: Client, case: UpgradeCase) -> None:
        client.get(self.offer(case.run))
        case.run.refresh_from_db()
        assert case.run.edition != case.newer
        assert not EditionUpgradeDecision.objects.exists()

    def test_accept(self, client: Client, case: UpgradeCase) -> None:
        assert self.choose(client, case, "move") == 302
        case.run.refresh_from_db()
        assert case.run.edition == case.newer
        assert "A newer edition" not in self.overview(client, case.run)
        assert self.choose(client, case, "move") == 302
        assert EditionUpgradeDecision.objects.get().choice == UpgradeDecision.UPGRADED

    def test_stay_is_remembered_and_can_be_opened_later(self, client: Client, case: UpgradeCase) -> None:
        assert self.choose(client, case, "stay") == 302
        assert "You stayed with your edition" in self.overview(client, case.run)
        assert not Answer.objects.filter(given_under__isnull=False).exists()
        assert self.choose(client, case, "move") == 302
        assert EditionUpgradeDecision.objects.get().choice == UpgradeDecision.UPGRADED

    def test_an_offer_that_is_overtaken_is_not_taken(self, client: Client, case: UpgradeCase) -> None:
        assert self.choose(client, case, "move", offered="2025.9") == 409
        case.run.refresh_from_db()
        assert case.run.edition != case.newer

    def test_a_viewer_looks_and_cannot_choose(self, client: Client, case: UpgradeCase) -> None:
        client.force_login(member(case.run.organisation, Role.VIEWER))
        assert "Upgrade to the newer edition" not in client.get(self.offer(case.run)).content.decode()
        assert self.choose(client, case, "move") == 403

    def test_a_question_to_look_at_again_tells_the_earlier_answer_and_preselects_nothing(
        self, client: Client, case: UpgradeCase
    ) -> None:
        case.move()
        page = parse(client.get(reverse("domain", args=[case.run.pk, case.changed.domain])))
        block = by_id(page, case.changed.id)
        assert f"Your earlier answer was: “{case.changed.levels[3]}”" in text_of(block)
        assert not [control for control in controls(block) if control.kind == "radio" and control.checked]

    def test_the_check_page_says_which(self, client: Client, case: UpgradeCase) -> None:
        case.move()
        page = client.get(reverse("check_answers", args=[case.run.pk])).content.decode()
        assert page.count("Look at this again: the question changed.") == 1

    def test_a_page_from_before_the_move_saves_nothing(self, client: Client, case: UpgradeCase) -> None:
        page = parse(client.get(reverse("domain", args=[case.run.pk, case.changed.domain])))
        address = by_id(page, case.changed.id).get("hx-post", "")
        case.move()
        answer = client.post(address, {f"{case.changed.id}-answer": "1", f"{case.changed.id}-version": "1"})
        assert answer.status_code == 409
        assert "newer edition while this page was open" in answer.content.decode()
        assert case.answer(case.changed).level == 3

    def test_what_a_finished_result_would_be_is_only_looked_at(self, client: Client, case: UpgradeCase) -> None:
        organisation = OrganisationFactory.create()
        owner = member(organisation)
        client.force_login(owner)
        # On the newest edition already: there is nothing to compare with.
        newest = finished_run(organisation, by=owner)
        page = client.get(reverse("result_rescored", args=[newest.assessment_id])).content.decode()
        assert "reached under the newest edition" in page

    def test_a_finished_result_under_the_newer_edition(self, client: Client, case: UpgradeCase) -> None:
        result, run = case.finished, case.finished.assessment
        stored = dict(result.outcome)
        client.force_login(result.finished_by)
        page = text_of(by_id(parse(client.get(reverse("result_rescored", args=[run.pk]))), "main"))
        assert "stays as it is" in page
        assert case.changed.id in page
        home = client.get(reverse("organisation", args=[run.organisation_id])).content.decode()
        assert "under the newest edition?" in home
        result.refresh_from_db()
        assert (result.outcome, result.assessment.edition) == (stored, case.old)
