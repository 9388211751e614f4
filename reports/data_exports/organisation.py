"""What is stored about one organisation, for its owners."""

from collections.abc import Iterator

from accounts.audit import audit_trail_of
from accounts.models import Organisation
from assessments.models import (
    Action,
    ActionEvent,
    Answer,
    AnswerReview,
    Assessment,
    Assignment,
    Comment,
    Result,
    StandingAnswer,
)
from reports.data_exports.tables import DataTable, table_of
from reports.models import ConsultantText, Report, ReportState, ShareLink, Snippet


def tables_of_organisation(organisation: Organisation) -> Iterator[DataTable]:
    own_terms = ("terms__results_days", "terms__trail_days", "terms__downloads_days", "terms__takes_effect_at")
    own = Organisation.objects.filter(pk=organisation.pk)
    yield table_of("organisation", own, "name", "kind", "created_at", *own_terms)
    members = organisation.memberships.order_by("pk")
    yield table_of("people", members, "user__email", "user__name", "role", "created_at")
    invited = organisation.invitations.order_by("created_at")
    yield table_of("invitations", invited, "email", "kind", "role", "level", "sent_at", "accepted_at", "withdrawn_at")
    for name, side, rows in (
        ("consultancies", "consultancy__name", organisation.engagements_as_client),
        ("clients", "client__name", organisation.engagements_as_consultancy),
    ):
        yield table_of(name, rows.order_by("pk"), side, "level", "granted_at", "ended_at")
    notes = organisation.notes_about_clients.order_by("pk")
    yield table_of("notes_about_clients", notes, "client__name", "next_review_on", "tags__name")
    looks = organisation.brands.order_by("made_at")
    yield table_of("looks", looks, "colour", "contact", "closing", "made_at")
    snippets = Snippet.objects.filter(consultancy=organisation).order_by("question", "level", "pk")
    yield table_of("snippets", snippets, "question", "level", "text", "written_by__name", "written_at")
    links = organisation.check_links.order_by("created_at", "pk")
    yield table_of("quick_checks/links", links, "name", "key", "ends_on", "created_at", "revoked_at")
    shared = organisation.shared_checks.order_by("shared_at", "pk")
    yield table_of("quick_checks/shared", shared, "shared_at", "business", "email", "phone", "facts", "answers")
    handed_out = ShareLink.objects.filter(report__result__assessment__organisation=organisation)
    of_link = ("label", "report__kind", "report__result__finished_at", "created_at", "created_by__name")
    used = ("expires_at", "revoked_at", "views", "downloads")
    yield table_of("share_links", handed_out.order_by("created_at", "pk"), *of_link, *used)
    trail = audit_trail_of(organisation)
    yield table_of("trail", trail, "at", "kind", "actor_email", "subject", "details", "ip_address")
    yield from _plan(organisation)
    for run in organisation.assessments.order_by("started_at", "pk"):
        yield from _assessment(run)


def reports_of_organisation(organisation: Organisation) -> Iterator[tuple[str, Report]]:
    """Those that are ready, each in the folder of its assessment."""
    rows = Report.objects.filter(result__assessment__organisation=organisation, state=ReportState.READY)
    for report in rows.select_related("result__assessment").defer("result__outcome", "result__answers"):
        yield f"{_folder(report.result.assessment)}/reports/{report.pk.hex[:8]}-{report.file_name}", report


def _plan(organisation: Organisation) -> Iterator[DataTable]:
    told = ("question", "level", "title", "state", "dropped_reason", "due", "note", "proof")
    when = ("created_at", "created_by__name", "finished_at")
    actions = Action.objects.filter(organisation=organisation).order_by("created_at", "pk")
    yield table_of("plan/actions", actions, *told, "assignee__name", "assignee_name", *when)
    events = ActionEvent.objects.filter(action__organisation=organisation).order_by("at", "pk")
    yield table_of("plan/history", events, "action__title", "at", "by__name", "kind", "changes", "text")


def _assessment(run: Assessment) -> Iterator[DataTable]:
    at = _folder(run)
    own = Assessment.objects.filter(pk=run.pk)
    what = ("edition__code", "depth", "state", "interim", "started_at", "finished_at", "facts", "preset")
    yield table_of(f"{at}/assessment", own, *what)
    answers = Answer.objects.filter(assessment=run)
    texts = ("reason", "note", "note_left_out", "evidence")
    given = ("question", "kind", "level", *texts, "saved_at", "saved_by__name", "answered_as")
    yield table_of(f"{at}/answers", answers, *given, "kept_reason", "taken_over_from")
    yield table_of(f"{at}/answered_again", StandingAnswer.objects.filter(assessment=run), *given)
    said = ("question", "author__name", "text", "in_report", "created_at", "resolved_at")
    yield table_of(f"{at}/comments", Comment.objects.filter(assessment=run), *said)
    reviews = AnswerReview.objects.filter(assessment=run)
    yield table_of(f"{at}/reviews", reviews, "question", "verdict", "note", "by__name", "consultancy__name", "at")
    assigned = Assignment.objects.filter(assessment=run)
    yield table_of(f"{at}/assigned", assigned, "domain", "assignee__name", "assigned_at")
    words = ConsultantText.objects.filter(result__assessment=run).order_by("created_at", "pk")
    of_words = ("consultancy__name", "place", "domain", "title", "text", "written_by__name", "written_at")
    yield table_of(f"{at}/consultants_words", words, *of_words)
    yield table_of(f"{at}/result", Result.objects.filter(assessment=run), "finished_at", "outcome", "answers")


def _folder(run: Assessment) -> str:
    return f"assessments/{run.started_at:%Y-%m-%d}-{run.pk.hex[:8]}"
