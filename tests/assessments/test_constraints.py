"""Every CHECK and UNIQUE refuses its wrong state. A constraint without a row here fails the last test."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from accounts.models import ClientNotes
from assessments.models import (
    Answer,
    AnswerReview,
    Assessment,
    Assignment,
    Bank,
    BankChange,
    ChecklistItem,
    CitationRow,
    ClientTag,
    Comment,
    CoverageRow,
    DomainRow,
    DutyRow,
    EditionRow,
    EditionUpgradeDecision,
    GateRow,
    LevelRow,
    PublishRequest,
    QuestionCitationRow,
    QuestionRow,
    ResultSummary,
    StandingAnswer,
)
from assessments.services.editions import store_draft
from tests.actions.wrong_states import WRONG as OF_ACTIONS
from tests.bank.making import duty, gate, question
from tests.bank.making import edition as bank
from tests.factories import ConsultancyFactory, UserFactory, member
from tests.guest.wrong_states import WRONG as OF_QUICK_CHECKS
from tests.runs import NOW, answer_again, asked_questions, finished_run, scoped_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rows(edition_row: EditionRow) -> None:
    """A draft with two of everything, and an open run with one answer."""
    gates, duties = (gate(), gate()), (duty(), duty())
    questions = (question("DATA-01", gates=gates, duties=duties), question("DATA-02"), question("ACCESS-01"))
    store_draft(edition=bank(*questions))
    run = scoped_run()
    draft = EditionRow.objects.get(status="draft")
    BankChange.objects.create(
        edition=draft, edition_code=draft.code, what="question", code="DATA-01", verb="added", by=run.started_by, at=NOW
    )
    Answer.objects.create(assessment=run, question="A-1", kind="level", level=2, saved_by=run.started_by, saved_at=NOW)
    by: dict[str, Any] = {"assessment": run, "question": "A-1"}
    Comment.objects.create(**by, author=run.started_by, text="?", created_at=NOW)
    consultancy = ConsultancyFactory.create()
    AnswerReview.objects.create(
        **by, verdict="agrees", answer_version=1, by=member(consultancy), consultancy=consultancy, at=NOW
    )
    Assignment.objects.create(
        assessment=run, domain="A", assignee=run.started_by, assigned_by=run.started_by, assigned_at=NOW
    )
    notes = ClientNotes.objects.create(consultancy=consultancy, client=run.organisation)
    ClientTag.objects.create(notes=notes, name="retail")


def changed(model: type[Model], **values: Any) -> Callable[[], Model]:
    """The last row of the draft with these values; callables are called first."""

    def build() -> Model:
        row = _row(model)
        for name, value in values.items():
            setattr(row, name, value() if callable(value) else value)
        return row

    return build


def again(model: type[Model], **values: Any) -> Callable[[], Model]:
    """The same row once more."""

    def build() -> Model:
        row = changed(model, **values)()
        row.pk = None
        row._state.adding = True
        return row

    return build


def _row(model: type[Model]) -> Model:
    rows = model._default_manager.order_by("pk")
    if model is EditionRow:
        rows = rows.filter(status="draft")
    found = rows.last()
    assert found is not None
    return found


def _second_run() -> Assessment:
    run = Assessment.objects.get()
    return Assessment(organisation=run.organisation, edition=run.edition, started_by=run.started_by)


def _choice(*, again: bool = False, **values: Any) -> EditionUpgradeDecision:
    run = Assessment.objects.get()
    between = {"was_on": run.edition, "offered": _row(EditionRow), "choice": "stayed", "by": run.started_by, "at": NOW}
    if again:
        EditionUpgradeDecision.objects.create(assessment=run, **between)
    return EditionUpgradeDecision(assessment=run, **{**between, **values})


def _published(**values: Any) -> EditionRow:
    """The edition that is offered."""
    row = EditionRow.objects.exclude(status="draft").get()
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _request(**values: Any) -> PublishRequest:
    """By who declines it, if nobody else is named."""
    asker = UserFactory.create()
    if "declined_reason" in values and "declined_at" in values:
        values["declined_by"] = asker
    return PublishRequest(
        edition=EditionRow.objects.get(status="draft"), fingerprint="x", asked_by=asker, asked_at=NOW, **values
    )


def _summary(**values: Any) -> ResultSummary:
    summary = ResultSummary.objects.get(result=finished_run())
    for name, value in values.items():
        setattr(summary, name, value)
    return summary


def _interim(*, twice: bool = False, **values: Any) -> Assessment:
    run = Assessment.objects.get()
    about = {"organisation": run.organisation, "edition": run.edition, "started_by": run.started_by, "interim": True}
    if twice:
        Assessment.objects.create(**about, state="answering", depth="quick")
    return Assessment(**about, **{"state": "answering", "depth": "quick", **values})


def _standing(*, again: bool = False, **values: Any) -> StandingAnswer:
    result = finished_run()
    row = answer_again(result.assessment, asked_questions(result.assessment)[0].id, 2, by=result.finished_by)
    for name, value in values.items():
        setattr(row, name, value)
    if again:
        row.pk = None
        row._state.adding = True
    return row


GATE = {"kind": "harm", "min_level": 2, "cap_domain": 1, "cap_pillar": None}
REFUSED: dict[str, Callable[[], Model]] = {
    "edition_status_known": changed(EditionRow, status="secret", published_at=NOW),
    "edition_draft_has_no_publishing_time": changed(EditionRow, published_at=NOW),
    "edition_draft_has_no_publisher": changed(EditionRow, published_by=UserFactory.create),
    "edition_drafted_by_someone_at_a_time": changed(EditionRow, drafted_at=NOW),
    "edition_approved_by_another_person": changed(EditionRow, approved_by=UserFactory.create),
    "edition_is_not_its_own_predecessor": changed(EditionRow, predecessor=lambda: _row(EditionRow)),
    "edition_code_once_per_bank": again(EditionRow, code="TEST"),
    "edition_offered_is_published": changed(EditionRow, offered_at=NOW),
    "edition_withdrawn_was_published": changed(EditionRow, withdrawn_at=NOW, withdrawn_reason="Wrong."),
    "edition_withdrawn_for_a_reason": lambda: _published(withdrawn_reason="Wrong."),
    "bank_slug_is_small_letters": lambda: Bank(slug="Evenkeel", name="Evenkeel", language="en"),
    "publish_request_declined_for_a_reason": lambda: _request(declined_by=UserFactory.create(), declined_at=NOW),
    "publish_request_declined_by_another_person": lambda: _request(declined_at=NOW, declined_reason="No."),
    "domain_code_once_per_edition": again(DomainRow, order=77),
    "domain_order_once_per_edition": again(DomainRow, code="OTHER"),
    "domain_pillar_known": changed(DomainRow, pillar="luck"),
    "citation_label_once_per_edition": again(CitationRow),
    "citation_law_known": changed(CitationRow, law="roman"),
    "citation_verification_known": changed(CitationRow, verification="rumour"),
    "checklist_code_once_per_edition": again(ChecklistItem),
    "question_code_once_per_domain": again(QuestionRow, order=77),
    "question_order_once_per_domain": again(QuestionRow, code="OTHER-01"),
    "question_weight_1_to_3": changed(QuestionRow, weight=4),
    "question_depth_known": changed(QuestionRow, depth="endless"),
    "question_effort_known": changed(QuestionRow, effort="X"),
    "question_first_step_has_an_effort": changed(QuestionRow, first_step=""),
    "question_usual_level_0_to_4": changed(QuestionRow, usual=5),
    "question_not_applicable_known": changed(QuestionRow, not_applicable="sometimes"),
    "question_meaning_known": changed(QuestionRow, meaning="odd"),
    "level_once_per_question": again(LevelRow),
    "level_0_to_4": changed(LevelRow, number=5),
    "gate_order_once_per_question": again(GateRow),
    "gate_kind_known": changed(GateRow, **{**GATE, "kind": "fence"}),
    "gate_min_level_1_to_4": changed(GateRow, **{**GATE, "min_level": 5}),
    "gate_caps_below_min_level": changed(GateRow, **{**GATE, "cap_domain": 2}),
    "gate_severity_1_to_3": changed(GateRow, severity=4),
    "gate_legal_stop_caps_at_zero": changed(GateRow, kind="legal_stop", min_level=2, cap_domain=0, cap_pillar=None),
    "duty_order_once_per_question": again(DutyRow),
    "duty_level_1_to_4": changed(DutyRow, level=0),
    "duty_law_known": changed(DutyRow, law="roman"),
    "duty_finding_known": changed(DutyRow, finding="never"),
    "citation_once_per_question": again(QuestionCitationRow),
    "item_once_per_question": again(CoverageRow),
    "edition_choice_known": lambda: _choice(choice="perhaps"),
    "one_choice_per_offer": lambda: _choice(again=True),
    "edition_choice_between_two": lambda: _choice(offered=_row(Assessment).edition),  # type: ignore[attr-defined]
    "change_thing_known": again(BankChange, what="weather"),
    "change_verb_known": again(BankChange, verb="lost"),
    "change_meaning_known": again(BankChange, meaning="odd"),
    "assessment_state_known": changed(Assessment, state="lost"),
    "assessment_depth_known_after_scope": changed(Assessment, depth=""),
    "assessment_finished_has_time": changed(Assessment, state="finished"),
    "one_open_assessment_per_organisation": _second_run,
    "one_interim_result_in_the_making": lambda: _interim(twice=True),
    "assessment_interim_is_never_scoped": lambda: _interim(state="scoping"),
    "one_answer_per_question": again(Answer),
    "answer_taken_over_counts": changed(Answer, kind="open", level=None, taken_over_from=NOW),
    "answer_kind_known": changed(Answer, kind="maybe", level=None),
    "answer_level_exactly_for_levels": changed(Answer, kind="unknown"),
    "answer_reason_exactly_for_not_applicable": changed(Answer, kind="not_applicable", level=None),
    "answer_texts_within_length": changed(Answer, note="x" * 4_001),
    "one_assignee_per_domain": again(Assignment),
    "comment_text_within_length": changed(Comment, text="x" * 4_001),
    "comment_resolved_by_someone": changed(Comment, resolved_at=NOW),
    "answer_answered_as_known": changed(Answer, answered_as="guest"),
    "review_verdict_known": changed(AnswerReview, verdict="shrugs"),
    "review_question_has_note": changed(AnswerReview, verdict="questions"),
    "review_note_within_length": changed(AnswerReview, note="x" * 2_001),
    "client_tag_once": again(ClientTag),
    "client_tag_lower_case": changed(ClientTag, name="Retail"),
    "summary_lowest_is_a_figure": lambda: _summary(lowest=41),
    "summary_since_whole_or_not_at_all": lambda: _summary(better=1),
    "one_standing_answer_per_question": lambda: _standing(again=True),
    "answer_kept_reason_within_length": changed(Answer, kept_reason="x" * 501),
    "standing_answer_kind_known": lambda: _standing(kind="open", level=None),
    "standing_answer_answered_as_known": lambda: _standing(answered_as="guest"),
    "standing_answer_level_exactly_for_levels": lambda: _standing(kind="unknown"),
    "standing_answer_reason_exactly_for_not_applicable": lambda: _standing(kind="not_applicable", level=None),
    "standing_answer_texts_within_length": lambda: _standing(note="x" * 4_001),
}
# More wrong states of constraints that have several.
ALSO_REFUSED: list[tuple[str, Callable[[], Model]]] = [
    ("edition_withdrawn_was_published", lambda: _published(withdrawn_at=NOW, withdrawn_reason="Wrong.")),
    ("bank_slug_is_small_letters", lambda: Bank(slug="", name="None", language="en")),
    ("publish_request_declined_for_a_reason", lambda: _request(declined_reason="No.")),
    ("edition_draft_has_no_publishing_time", changed(EditionRow, status="published")),
    ("edition_drafted_by_someone_at_a_time", changed(EditionRow, drafted_by=UserFactory.create)),
    ("question_weight_1_to_3", changed(QuestionRow, weight=0)),
    ("question_first_step_has_an_effort", changed(QuestionRow, effort="")),
    ("gate_severity_1_to_3", changed(GateRow, severity=0)),
    ("gate_caps_below_min_level", changed(GateRow, **{**GATE, "cap_pillar": 2})),
    ("gate_legal_stop_caps_at_zero", changed(GateRow, kind="legal_stop", min_level=2, cap_domain=1, cap_pillar=0)),
    ("gate_legal_stop_caps_at_zero", changed(GateRow, kind="legal_stop", min_level=2, cap_domain=0, cap_pillar=1)),
    ("duty_level_1_to_4", changed(DutyRow, level=5)),
    ("assessment_depth_known_after_scope", changed(Assessment, depth="endless")),
    ("assessment_finished_has_time", changed(Assessment, finished_at=NOW)),
    ("answer_level_exactly_for_levels", changed(Answer, level=None)),
    ("answer_taken_over_counts", changed(Answer, taken_over_from=NOW + timedelta(days=1))),
    ("answer_taken_over_counts", changed(Answer, taken_over_from=NOW, given_under=lambda: _row(EditionRow))),
    ("standing_answer_level_exactly_for_levels", lambda: _standing(level=5)),
    ("standing_answer_level_exactly_for_levels", lambda: _standing(level=None)),
    ("standing_answer_reason_exactly_for_not_applicable", lambda: _standing(reason="we have none")),
    ("standing_answer_texts_within_length", lambda: _standing(evidence="x" * 501)),
    ("standing_answer_answered_as_known", lambda: _standing(answered_as="")),
    ("answer_level_exactly_for_levels", changed(Answer, level=5)),
    ("answer_level_exactly_for_levels", changed(Answer, kind="open")),
    ("answer_reason_exactly_for_not_applicable", changed(Answer, reason="we have none")),
    ("answer_texts_within_length", changed(Answer, evidence="x" * 501)),
    ("answer_texts_within_length", changed(Answer, kind="not_applicable", level=None, reason="x" * 501)),
    ("comment_text_within_length", changed(Comment, text="")),
    ("client_tag_lower_case", changed(ClientTag, name="")),
    ("comment_resolved_by_someone", changed(Comment, resolved_by=UserFactory.create)),
]
EVERY_WRONG_STATE = [*REFUSED.items(), *ALSO_REFUSED, *OF_QUICK_CHECKS]


@pytest.mark.parametrize(("name", "build"), EVERY_WRONG_STATE, ids=[name for name, _ in EVERY_WRONG_STATE])
def test_the_database_refuses_it(name: str, build: Callable[[], Model]) -> None:
    row = build()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        row.save()
    assert name in str(refusal.value) or "UNIQUE constraint failed" in str(refusal.value)


@pytest.mark.parametrize(("name", "build"), EVERY_WRONG_STATE, ids=[name for name, _ in EVERY_WRONG_STATE])
def test_validation_refuses_it_before(name: str, build: Callable[[], Model]) -> None:
    with pytest.raises(ValidationError):
        build().full_clean()


def test_what_the_rows_start_from_is_right() -> None:
    for model in apps.get_app_config("assessments").get_models():
        for row in model._default_manager.order_by("-pk")[:3]:
            row.full_clean()


def test_every_constraint_has_a_row() -> None:
    models = apps.get_app_config("assessments").get_models()
    found = {constraint.name for model in models for constraint in model._meta.constraints}
    assert found == REFUSED.keys() | {name for name, _build in (*OF_ACTIONS, *OF_QUICK_CHECKS)}
