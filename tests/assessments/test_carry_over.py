"""An installation with edition 2026.1 and runs on it, when the edition that follows it is loaded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from accounts.models import Role
from assessments.bank.diff.editions import Meaning
from assessments.bank.types import Depth, Edition
from assessments.editions.newest import newest_offered
from assessments.editions.shipped import shipped_carry_overs
from assessments.editions.stored import edition_of, read_edition_rows
from assessments.editions.upgrades import meanings_between
from assessments.models import (
    Answer,
    Assessment,
    AssessmentState,
    EditionRow,
    EditionUpgradeDecision,
    QuestionRow,
    Result,
)
from assessments.queries import answers_of
from assessments.scope_facts import facts_from_json
from assessments.scoring.scope import FactAnswer
from assessments.services.edition_upgrades import preview_upgrade
from assessments.services.editions import load_published, publish_edition, store_draft
from reports.formats.pdf import render_pdf
from reports.kinds.registry import WORKINGS
from reports.services import request_report
from reports.worker.rendering import document_of
from tests.bank.editions import edition_2026_1, result_2026_1
from tests.factories import OrganisationFactory, UserFactory, member
from tests.pages import by_id, controls, parse, sends, text_of
from tests.published_bank import without_stored_bank
from tests.runs import NOW, answered_run, asked_questions, finish, give
from tests.scope_facts import fact

pytestmark = pytest.mark.django_db

BAKERY = {
    "base": "eu",
    "offers": "eu",
    "people": "yes",
    "setup": "website",
    "abroad": "yes",
    "ai": "tools",
    "ai_data": "yes",
}
SETTLED = {"country": "fr", "people": "to9", "body": "no", "habits": "none", "ai_people": "none", "pass_on": "none"}


@dataclass(frozen=True)
class Installation:
    """A run with every answer on level 3 and a finished one, both from before the newer edition was loaded."""

    old: EditionRow
    new: EditionRow
    run: Assessment
    finished: Result
    said: str

    @property
    def changed(self) -> set[str]:
        edition = edition_of(self.new)
        return set(reasons_since_2026_1(edition))


def reasons_since_2026_1(edition: Edition) -> Mapping[str, str]:
    """Why a question means something else now, by question."""
    follows = {told.id: told.changed for told in shipped_carry_overs([edition])[edition.id].follows}
    return follows["2026.1"]


def old_result() -> Result:
    """As the release with 2026.1 stored it; its answers are in the result."""
    stored = result_2026_1()
    organisation = OrganisationFactory.create(name="Boulangerie du Quai")
    columns = {name: stored[name] for name in ("depth", "facts", "tags", "provisional")}
    run = Assessment.objects.create(
        organisation=organisation,
        edition=EditionRow.objects.get(),
        state=AssessmentState.ANSWERING,
        started_by=member(organisation),
        **columns,
    )
    for answer in stored["answers"]:
        kept = {name: answer[name] for name in ("question", "kind", "level", "reason", "note", "evidence")}
        Answer.objects.create(assessment=run, saved_by=run.started_by, saved_at=NOW, **kept)
    result = Result.objects.create(
        assessment=run,
        outcome=stored["outcome"],
        answers=stored["answers"],
        finished_at=NOW,
        finished_by=run.started_by,
    )
    run.state, run.finished_at = AssessmentState.FINISHED, NOW
    run.save()
    return result


@pytest.fixture(scope="module")
def module_case(_bank_of_the_session: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Installation]:
    """Made once for all tests; what a test changes is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        without_stored_bank()
        load_published(edition=edition_2026_1(), now=NOW - timedelta(days=200))
        old = EditionRow.objects.get()
        run, finished = answered_run(depth=Depth.STANDARD, levels=3, facts=BAKERY), old_result()
        said = StringIO()
        call_command("load_edition", stdout=said)
        yield Installation(old, newest_offered(), run, finished, said.getvalue())
        transaction.set_rollback(True)


@pytest.fixture
def case(module_case: Installation) -> Installation:
    """With fresh rows: those of an earlier test may have been changed in memory."""
    run = Assessment.objects.get(pk=module_case.run.pk)
    finished = Result.objects.select_related("assessment").get(pk=module_case.finished.pk)
    return replace(module_case, run=run, finished=finished)


@pytest.fixture
def client(client: Client, case: Installation) -> Client:
    client.force_login(case.run.started_by)
    return client


def upgraded(client: Client, case: Installation, **facts: str) -> str:
    """Where the choice to upgrade, with these facts, leads."""
    data = {f"fact-{name}": option for name, option in facts.items()}
    data |= {"do": "move", "offered": case.new.code, "shown": " ".join(facts)}
    answer = client.post(reverse("edition_upgrade", args=[case.run.pk]), data)
    case.run.refresh_from_db()
    assert answer.status_code == 302
    return str(answer.headers["Location"])


class TestLoading:
    def test_it_is_published_as_the_one_that_follows(self, case: Installation) -> None:
        assert case.said == "Edition 2026.3 is published, with 121 questions.\n"
        assert (case.new.predecessor, case.new.drafted_by, case.new.published_by) == (case.old, None, None)

    def test_every_question_that_both_ask_says_whether_it_means_the_same(
        self, case: Installation, edition: Edition
    ) -> None:
        rows = QuestionRow.objects.filter(domain__edition=case.new)
        found = {row.code: (row.meaning, row.meaning_reason) for row in rows}
        reasons = reasons_since_2026_1(edition)
        before = edition_2026_1().question
        assert found == {
            code: ("changed", reasons[code]) if code in reasons else ("same" if code in before else "", "")
            for code in edition.question
        }

    def test_nothing_in_either_edition_differs(self, case: Installation, edition: Edition) -> None:
        assert read_edition_rows(case.old.pk) == edition_2026_1()
        assert read_edition_rows(case.new.pk) == edition

    def test_once_more_changes_nothing(self, case: Installation) -> None:
        said = StringIO()
        call_command("load_edition", stdout=said)
        assert said.getvalue() == "Edition 2026.3 is already published.\n"

    def test_the_editor_shows_both_and_copies_the_new_one(self, client: Client, case: Installation) -> None:
        client.force_login(UserFactory.create(edits_bank=True))
        names = [(name, ()) for name in ("bank_edition", "bank_questions", "bank_history")]
        for name, more in [*names, ("bank_question", ("GOV-01",))]:
            for edition in (case.old, case.new):
                assert client.get(reverse(name, args=[edition.code, *more])).status_code == 200
        assert client.post(reverse("bank_copy", args=[case.new.code]), {"code": "2026.4"}).status_code == 302
        draft = EditionRow.objects.get(code="2026.4")
        assert draft.predecessor == case.new
        assert read_edition_rows(draft.pk) == replace(edition_of(case.new), id="2026.4")

    def test_an_edition_of_ones_own_is_compared_over_the_one_both_follow(self, case: Installation) -> None:
        own = edition_2026_1()
        reworded = replace(own.question["ACCESS-01"], text="Do we all have a login of our own?")
        questions = tuple(reworded if question.id == reworded.id else question for question in own.questions)
        row = store_draft(edition=replace(own, id="2026.1 house", questions=questions))
        row.predecessor = case.old
        row.save()
        publish_edition(edition_row=row, now=NOW)

        found = meanings_between(row, case.new)

        changed = {question for question, meaning in found.items() if meaning is Meaning.CHANGED}
        assert changed == {*case.changed, "ACCESS-01"}


class TestBefore:
    def test_the_run_stays_where_it_is_and_is_answered_and_finished(self, client: Client, case: Installation) -> None:
        assert case.run.edition == case.old
        question = asked_questions(case.run)[0]
        page = parse(client.get(reverse("domain", args=[case.run.pk, question.domain])))
        levels = [text_of(label) for label in by_id(page, question.id).iter("label")]
        assert [level for level in question.levels if any(level in label for label in levels)] == list(question.levels)
        give(case.run, question.id, 1)
        result = finish(case.run)
        assert client.get(reverse("result", args=[case.run.pk])).status_code == 200
        assert result.assessment.edition == case.old

    def test_a_result_of_the_release_before_is_shown_and_printed(self, client: Client, case: Installation) -> None:
        owner, assessment = case.finished.finished_by, case.finished.assessment
        client.force_login(owner)
        page = text_of(by_id(parse(client.get(reverse("result", args=[assessment.pk]))), "main"))
        assert all(f"{pillar.name}" in page for pillar in edition_of(case.old).pillars)
        report = request_report(result=case.finished, requested_by=owner, language="en-gb", now=NOW, kind=WORKINGS)
        document = document_of(report)
        assert "As before" not in " ".join(part.answer for domain in document.domains for part in domain.questions)
        assert render_pdf(document).content.startswith(b"%PDF")

    def test_what_that_result_would_be_now_is_only_looked_at(self, client: Client, case: Installation) -> None:
        client.force_login(case.finished.finished_by)
        page = text_of(by_id(parse(client.get(reverse("result_rescored", args=[case.finished.assessment_id]))), "main"))
        assert "Until they are answered" in page
        assert "Where is your business?" in page
        case.finished.refresh_from_db()
        assert case.finished.outcome == result_2026_1()["outcome"]


class TestTheOffer:
    def test_the_new_facts_are_asked_before_anything_is_shown(self, client: Client, case: Installation) -> None:
        assert (
            "There is a newer edition of the questions: 2026.3"
            in client.get(reverse("assessment", args=[case.run.pk])).content.decode()
        )
        page = by_id(parse(client.get(reverse("edition_upgrade", args=[case.run.pk]))), "main")
        assert "First, a few facts about your business" in text_of(page)
        assert "What your scores would become" not in text_of(page)
        sent = sends(page)
        assert set(sent["shown"][0].split()) == {*SETTLED, "base", "california", "ai_does"}
        # What was answered keeps its place; nothing is chosen for what nobody was asked.
        assert (sent["fact-base"], sent["fact-california"]) == (["eu"], ["no"])
        assert all(sent.get(f"fact-{name}", [""]) == [""] for name in SETTLED)

    def test_then_it_says_what_would_change_and_why(self, client: Client, case: Installation) -> None:
        page = self.looked(client, case, SETTLED)
        assert "What your scores would become" in page
        shown = preview_upgrade(case.run, case.new, NOW.date(), self.settled(case))
        again = [line.question.id for line in shown.look_again]
        assert f"{len(shown.carried)} answers stay as they are." in page
        assert f"{len(again)} questions changed and have to be looked at again." in page
        assert set(again) <= case.changed
        reasons = reasons_since_2026_1(edition_of(case.new))
        assert all(reasons[question] in page for question in again)
        assert "UK GDPR" not in page

    def test_a_fact_that_is_left_open_is_asked_for(self, client: Client, case: Installation) -> None:
        page = self.looked(client, case, {"country": "fr", "people": ""}, status=422)
        assert "Choose an answer" in page
        assert "What your scores would become" not in page

    def test_what_an_answer_makes_necessary_is_asked_next(self, client: Client, case: Installation) -> None:
        page = self.looked(client, case, {**SETTLED, "country": "de", "people": "to49"})
        assert "Do 20 or more people regularly work with personal data on a computer?" in page
        assert "What your scores would become" not in page

    def test_a_viewer_sees_it_with_what_is_known(self, client: Client, case: Installation) -> None:
        client.force_login(member(case.run.organisation, Role.VIEWER))
        page = by_id(parse(client.get(reverse("edition_upgrade", args=[case.run.pk]))), "main")
        assert "What your scores would become" in text_of(page)
        assert "Facts about your business to confirm" in text_of(page)
        assert not [control for control in controls(page) if control.kind == "radio"]

    def looked(self, client: Client, case: Installation, facts: Mapping[str, str], *, status: int = 200) -> str:
        """The page with these facts beside those that it shows; nothing is stored."""
        sent = sends(by_id(parse(client.get(reverse("edition_upgrade", args=[case.run.pk]))), "main"))
        data = {**sent, **{f"fact-{name}": [option] for name, option in facts.items()}, "do": ["look"]}
        answer = client.post(reverse("edition_upgrade", args=[case.run.pk]), data)
        case.run.refresh_from_db()
        assert (answer.status_code, case.run.edition) == (status, case.old)
        assert not EditionUpgradeDecision.objects.exists()
        return text_of(by_id(parse(answer), "main"))

    def settled(self, case: Installation) -> dict[str, FactAnswer]:
        return {name: fact(option) for name, option in SETTLED.items()}


class TestChoosing:
    def test_answers_carry_over_unless_the_question_means_something_else(
        self, client: Client, case: Installation
    ) -> None:
        before = {row.question: row.level for row in answers_of(case.run).values()}
        assert upgraded(client, case, **SETTLED) == reverse("assessment", args=[case.run.pk])
        rows = answers_of(case.run)
        assert case.run.edition == case.new
        assert {row.question: row.level for row in rows.values()} == before
        again = {row.question for row in rows.values() if row.given_under_id == case.old.pk}
        assert again == case.changed & before.keys()
        assert len(again) > 15

    def test_the_facts_are_stored_and_nothing_is_left_to_check(self, client: Client, case: Installation) -> None:
        upgraded(client, case, **SETTLED)
        facts = facts_from_json(case.run.facts)
        assert (facts["country"], facts["people"], facts["base"]) == (fact("fr"), fact("to9"), fact("eu"))
        assert case.run.provisional == []
        assert "gdpr" in case.run.tags
        assert "uk_gdpr" not in case.run.tags

    def test_without_them_the_wizard_asks_next(self, client: Client, case: Installation) -> None:
        assert upgraded(client, case) == reverse("scope", args=[case.run.pk])
        assert {"uk_gdpr", "in_uk"} <= set(case.run.provisional)
        first = client.get(reverse("scope", args=[case.run.pk]))
        assert first.headers["Location"] == reverse("scope_screen", args=[case.run.pk, "where"])

    def test_a_question_to_look_at_again_shows_the_earlier_answer_whole(
        self, client: Client, case: Installation
    ) -> None:
        upgraded(client, case, **SETTLED)
        page = parse(client.get(reverse("domain", args=[case.run.pk, "GOV"])))
        block = by_id(page, "GOV-01")
        assert "Your earlier answer was: “We checked where our customers and staff live" in text_of(block)
        assert not [control for control in controls(block) if control.kind == "radio" and control.checked]

    def test_staying_keeps_everything(self, client: Client, case: Installation) -> None:
        data = {"do": "stay", "offered": case.new.code}
        assert client.post(reverse("edition_upgrade", args=[case.run.pk]), data).status_code == 302
        case.run.refresh_from_db()
        assert case.run.edition == case.old
        assert not Answer.objects.filter(given_under__isnull=False).exists()
        assert "You stayed with your edition" in client.get(reverse("assessment", args=[case.run.pk])).content.decode()
