"""A run from start to frozen result: start, scope, depth, finish, restart, delete."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import Organisation, User
from assessments.bank.types import Depth, Edition
from assessments.collaboration import can_be_reviewed, comments_of, latest_reviews, reviews_of
from assessments.editions.newest import newest_in, newest_offered_or_none, offered
from assessments.errors import NothingOffered, ScopeChanged, must_be_open
from assessments.models import Answer, Assessment, AssessmentState, EditionRow, ReminderChoice, Result
from assessments.queries import answers_of, given_at, open_runs, run_of, scored_answers
from assessments.results.finishing import tell_finished
from assessments.results.plan_gain import dump_plan_gain
from assessments.results.recorded_answers import record_answers
from assessments.results.summaries import store_summary
from assessments.scope_facts import facts_from_json, facts_to_json
from assessments.scoring.engine import score
from assessments.scoring.scope import FactAnswer, ScopeFacts, find_tags
from assessments.scoring.stored import dump_result
from assessments.services.assignments import carry_assignments
from assessments.services.banks import hold_while_offered
from assessments.services.edition_upgrades import upgrade_edition
from assessments.services.result_limits import refuse_too_many_results
from assessments.services.standing_answers import carry_standing_answers
from assessments.standing_answers import newest_finished, on_top, standing_answers_of


@transaction.atomic
def start_assessment(*, organisation: Organisation, started_by: User) -> Assessment:
    """The organisation's open run, or a new one on the newest edition that the default bank offers.

    A second click, or a colleague's, gets the same run: the database allows one open run each.
    Raises NothingOffered.
    """
    opened = _open_run(organisation)
    if opened:
        return opened
    edition = newest_offered_or_none()
    while edition and not hold_while_offered(edition.pk):
        edition = newest_offered_or_none()
    if edition is None:
        raise NothingOffered
    return _create(Assessment(organisation=organisation, edition=edition, started_by=started_by))


def restart_assessment(*, finished: Assessment, started_by: User, now: datetime) -> Assessment:
    """A new run that starts from the finished one's scope, answers and assignments, on the same edition.

    Answers given again since then are on top. Each answer is taken over: it counts, and says from when it is until
    somebody confirms it or gives another.
    If that was withdrawn from new assessments, the run is upgraded to the newest that its bank offers. Comments and
    reviews stay with the finished run. Raises NothingOffered.
    """
    opened = _open_run(finished.organisation)
    if opened:
        return opened
    instead = _instead_of(finished.edition_id)
    mine = Assessment(
        organisation=finished.organisation,
        edition_id=finished.edition_id,
        state=AssessmentState.ANSWERING,
        depth=finished.depth,
        facts=finished.facts,
        tags=finished.tags,
        provisional=finished.provisional,
        preset=finished.preset,
        started_by=started_by,
        previous=finished,
    )
    with transaction.atomic():
        run = _create(mine)
        if run is mine:
            take_over_answers(finished=finished, run=run)
            carry_assignments(finished=finished, run=run)
            if instead:
                upgrade_edition(assessment=run, new=instead, by=started_by, now=now)
    return run


def _instead_of(edition: int) -> EditionRow | None:
    """The edition that a run goes on with where its own was withdrawn."""
    withdrawn = EditionRow.objects.filter(pk=edition, withdrawn_at__isnull=False).only("bank").first()
    if withdrawn is None:
        return None
    instead = newest_in(withdrawn.bank_id, offered())
    if instead is None:
        raise NothingOffered
    return instead


def save_scope(
    *, assessment: Assessment, edition: Edition, given: dict[str, FactAnswer], seen_version: int
) -> Assessment:
    """Store the facts of one screen and everything that follows from them.

    Answers to questions that no longer apply stay stored but are not counted.
    Raises ScopeChanged when someone saved the scope after the page was made, AssessmentFinished when finished.
    """
    must_be_open(assessment)
    facts = facts_from_json(assessment.facts)
    if all(facts.get(key) == value for key, value in given.items()):
        return assessment
    if assessment.scope_version != seen_version:
        raise ScopeChanged
    return store_facts(assessment=assessment, edition=edition, facts={**facts, **given})


def store_facts(*, assessment: Assessment, edition: Edition, facts: ScopeFacts) -> Assessment:
    """Replace all facts, with what follows from them; the trade is stored as it stands. The caller has made sure that
    the assessment is open and that nobody changed its scope meanwhile.
    """
    finding = find_tags(edition.scope, facts)
    assessment.facts = facts_to_json(facts)
    assessment.tags = sorted(finding.on)
    assessment.provisional = sorted(finding.provisional)
    assessment.scope_version += 1
    assessment.save(update_fields=["facts", "tags", "provisional", "scope_version", "preset"])
    return assessment


def choose_depth(*, assessment: Assessment, depth: Depth) -> Assessment:
    """Set how deep to go and open the questions. Going shallower keeps the deeper answers, uncounted."""
    must_be_open(assessment)
    assessment.depth = depth.value
    assessment.state = AssessmentState.ANSWERING
    assessment.save(update_fields=["depth", "state"])
    return assessment


def finish_assessment(*, assessment: Assessment, edition: Edition, finished_by: User, now: datetime) -> Result:
    """Freeze the result of the run as it stands. Finishing it again returns the same result. Raises TooManyResults."""
    if assessment.is_finished:
        return Result.objects.get(assessment=assessment)
    refuse_too_many_results(organisation=assessment.organisation, by=finished_by, now=now)
    with transaction.atomic():
        rows = answers_of(assessment)
        answers, today = scored_answers(rows.values()), now.date()
        outcome = score(edition, run_of(assessment), answers, today)
        result = Result.objects.create(
            assessment=assessment,
            outcome={**dump_result(outcome), **dump_plan_gain(edition, outcome, answers, today=today)},
            answers=record_answers(
                rows, latest_reviews(reviews_of(assessment)), comments_of(assessment).filter(in_report=True)
            ),
            finished_at=now,
            finished_by=finished_by,
        )
        store_summary(result=result, outcome=outcome)
        # From now on they may be told when these answers are worth another look.
        ReminderChoice.objects.get_or_create(person=finished_by)
        assessment.state = AssessmentState.FINISHED
        assessment.finished_at = now
        before = newest_finished(assessment.organisation)
        assessment.save(update_fields=["state", "finished_at"])
        if before:
            carry_standing_answers(before=before, finished=assessment, answers=rows)
        tell_finished(result)
    return result


def delete_assessment(*, assessment: Assessment) -> None:
    """Delete an open run with its answers. Finished runs stay."""
    must_be_open(assessment)
    assessment.delete()


def _open_run(organisation: Organisation) -> Assessment | None:
    return open_runs(Assessment.objects.filter(organisation=organisation)).first()


def _create(run: Assessment) -> Assessment:
    """Insert the run; if another request was faster, return its run."""
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        opened = _open_run(run.organisation)
        if opened is None:
            raise
        return opened
    return run


def take_over_answers(*, finished: Assessment, run: Assessment, anew: Collection[str] = ()) -> None:
    """Copy into `run` what holds now: the answers of `finished` with those given again since on top.

    All of them are taken over, except those to the questions in `anew`, which were given for this.
    """
    rows = on_top(answers_of(finished), standing_answers_of(finished))
    Answer.objects.bulk_create(_copy_of(row, run, anew=row.question in anew) for row in rows.values())


def _copy_of(row: Answer, run: Assessment, *, anew: bool) -> Answer:
    return Answer(
        assessment=run,
        question=row.question,
        kind=row.kind,
        level=row.level,
        reason=row.reason,
        note=row.note,
        evidence=row.evidence,
        kept_reason=row.kept_reason,
        note_left_out=row.note_left_out,
        given_under_id=row.given_under_id,
        taken_over_from=given_at(row) if can_be_reviewed(row) and not anew else None,
        saved_by_id=row.saved_by_id,
        saved_at=row.saved_at,
        answered_as=row.answered_as,
    )
