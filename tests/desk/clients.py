"""Consultancies with clients in every state, made cheaply."""

from datetime import date, timedelta

from accounts.models import AccessLevel, ClientNotes, Engagement, Organisation, User
from assessments.desk.queries import NotesAbout, notes_about
from assessments.models import Answer, Assessment, AssessmentState, ClientTag, NewestResult, Result, ResultSummary
from tests.factories import EngagementFactory, OrganisationFactory, member
from tests.runs import NOW


def client_of(
    consultancy: Organisation, name: str, level: AccessLevel = AccessLevel.ANSWER, **more: object
) -> Engagement:
    return EngagementFactory.create(
        consultancy=consultancy, client=OrganisationFactory.create(name=name), level=level, **more
    )


def noted(engagement: Engagement, *tags: str, on: date | None = None) -> Engagement:
    """With these tags and this review date among the consultancy's notes."""
    notes, _made = ClientNotes.objects.update_or_create(
        consultancy=engagement.consultancy, client=engagement.client, defaults={"next_review_on": on}
    )
    ClientTag.objects.bulk_create(ClientTag(notes=notes, name=tag) for tag in tags)
    return engagement


def tags_at(engagement: Engagement) -> tuple[str, ...]:
    return notes_about([engagement]).get(engagement.client_id, NotesAbout()).tags


def many_clients(consultancy: Organisation, count: int, model: Result, by: User) -> None:
    """Each with one finished run and one under way, both copies of the model's; seven statements, however many."""
    run = model.assessment
    clients = Organisation.objects.bulk_create(Organisation(name=f"Client {number:04}") for number in range(count))
    Engagement.objects.bulk_create(
        Engagement(consultancy=consultancy, client=client, level=AccessLevel.ANSWER, granted_at=NOW)
        for client in clients
    )
    finished = [copy_of(run, client, by) for client in clients]
    under_way = [copy_of(run, client, by, open_again=True) for client in clients]
    Assessment.objects.bulk_create([*finished, *under_way])
    rows = list(run.answers.all())
    Answer.objects.bulk_create((_answer(row, opened) for opened in under_way for row in rows), batch_size=2_000)
    results = Result.objects.bulk_create(
        Result(assessment=each, outcome=model.outcome, answers=model.answers, finished_at=NOW, finished_by=by)
        for each in finished
    )
    summary = ResultSummary.objects.get(result=model)
    summaries = ResultSummary.objects.bulk_create(
        ResultSummary(result=each, figures=summary.figures, lowest=summary.lowest, closed_gates=summary.closed_gates)
        for each in results
    )
    NewestResult.objects.bulk_create(
        NewestResult(
            organisation=client,
            summary=each,
            lowest=each.lowest,
            closed_gates=each.closed_gates,
            finished_at=NOW - timedelta(days=1),
        )
        for client, each in zip(clients, summaries, strict=True)
    )


def copy_of(run: Assessment, client: Organisation, by: User, *, open_again: bool = False) -> Assessment:
    return Assessment(
        organisation=client,
        edition=run.edition,
        state=AssessmentState.ANSWERING if open_again else AssessmentState.FINISHED,
        depth=run.depth,
        facts=run.facts,
        tags=run.tags,
        provisional=run.provisional,
        started_by=by,
        finished_at=None if open_again else NOW - timedelta(days=1),
    )


def _answer(row: Answer, run: Assessment) -> Answer:
    return Answer(
        assessment=run, question=row.question, kind=row.kind, level=row.level, saved_by_id=row.saved_by_id, saved_at=NOW
    )


def consultant(consultancy: Organisation, **more: object) -> User:
    return member(consultancy, second_step=True, **more)  # type: ignore[arg-type]
