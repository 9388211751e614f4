"""What is stored about one person. What they wrote for an organisation they may no longer see stays there."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q

from accounts.models import AuditEvent, Invitation, Membership, NamePeriod, OperatorRecord, SignInEvent, User
from accounts.queries import organisation_ids_of
from accounts.sign_up.unconfirmed import has_confirmed_address
from assessments.models import (
    Action,
    ActionEvent,
    ActionReminder,
    Answer,
    AnswerReview,
    Assignment,
    Comment,
    ReminderChoice,
    StandingAnswer,
)
from reports.data_exports.tables import DataTable, table_of
from reports.models import ConsultantText, Report, ReportState, ShareLink, Snippet

RUN = "assessment__organisation__name", "assessment__started_at"


def tables_about(person: User) -> Iterator[DataTable]:
    """Without secrets: hashes of passwords and keys of authenticators are no use to anybody but an attacker."""
    own = User.objects.filter(pk=person.pk)
    account = ("email", "name", "date_joined", "last_login", "is_staff", "is_superuser", "edits_bank")
    yield table_of("account", own, *account)
    yield table_of("names", NamePeriod.objects.filter(person=person), "name", "since", "until")
    mine = {"user": person}
    yield table_of("addresses", EmailAddress.objects.filter(**mine), "email", "verified", "primary")
    yield table_of("second_steps", Authenticator.objects.filter(**mine), "type", "created_at", "last_used_at")
    yield table_of("sessions", UserSession.objects.filter(**mine), "created_at", "last_seen_at", "ip", "user_agent")
    yield table_of(
        "sign_ins",
        SignInEvent.objects.filter(**mine),
        "at",
        "kind",
        "browser",
        "ip_address",
        "first_step",
        "second_step",
    )
    memberships = Membership.objects.filter(**mine)
    yield table_of("organisations", memberships, "organisation__name", "role", "created_at")
    # Where no mail proved it, the address may be somebody else's, and so may the invitations to it.
    to_person = Q(email=person.email) if has_confirmed_address(person) else Q(accepted_by=person)
    invited = Invitation.objects.filter(to_person)
    yield table_of("invitations", invited, "organisation__name", "kind", "role", "level", "sent_at", "accepted_at")
    events = AuditEvent.objects.filter(actor=person.pk)
    yield table_of("trail", events, "at", "kind", "organisation_name", "subject", "details", "ip_address")
    kept = OperatorRecord.objects.filter(recorded_by=person)
    yield table_of("written/records", kept, "kind", "happened_at", "note", "recorded_at", "withdrawn_at")
    yield from _written(person)


def reports_of_person(person: User) -> Iterator[tuple[str, Report]]:
    """Those that the person asked for, where they may still see the organisation."""
    rows = Report.objects.filter(requested_by=person, state=ReportState.READY)
    seen = rows.filter(result__assessment__organisation__in=organisation_ids_of(person))
    for report in seen.defer("result__outcome", "result__answers"):
        yield f"reports/{report.pk.hex[:8]}-{report.file_name}", report


def _written(person: User) -> Iterator[DataTable]:
    seen = {"assessment__organisation__in": organisation_ids_of(person)}
    answers = Answer.objects.filter(saved_by=person, **seen)
    given = ("question", "kind", "level", "reason", "note", "note_left_out", "evidence", "saved_at", "answered_as")
    yield table_of("written/answers", answers, *RUN, *given, "kept_reason")
    again = StandingAnswer.objects.filter(saved_by=person, **seen)
    yield table_of("written/answered_again", again, *RUN, *given)
    comments = Comment.objects.filter(author=person, **seen)
    yield table_of("written/comments", comments, *RUN, "question", "text", "created_at", "resolved_at")
    reviews = AnswerReview.objects.filter(by=person, **seen)
    yield table_of("written/reviews", reviews, *RUN, "question", "verdict", "note", "at")
    links = ShareLink.objects.filter(
        created_by=person, report__result__assessment__organisation__in=organisation_ids_of(person)
    )
    of_link = ("label", "report__result__assessment__organisation__name", "created_at", "expires_at", "revoked_at")
    yield table_of("written/share_links", links, *of_link)
    yield from _as_consultant(person)
    yield from _in_plans(person)
    assigned = Assignment.objects.filter(assignee=person, **seen)
    yield table_of("written/assigned", assigned, *RUN, "domain", "assigned_at")


def _as_consultant(person: User) -> Iterator[DataTable]:
    """What they wrote for reports of clients that they may still see, and the snippets of their consultancies."""
    seen = organisation_ids_of(person)
    words = ConsultantText.objects.filter(written_by=person, result__assessment__organisation__in=seen)
    of_words = ("result__assessment__organisation__name", "place", "domain", "title", "text", "written_at")
    yield table_of("written/consultants_words", words.order_by("created_at", "pk"), *of_words)
    snippets = Snippet.objects.filter(written_by=person, consultancy__in=seen)
    of_snippet = ("consultancy__name", "question", "level", "text", "written_at")
    yield table_of("written/snippets", snippets.order_by("question", "level", "pk"), *of_snippet)


def _in_plans(person: User) -> Iterator[DataTable]:
    """What they have taken on and written in plans that they may still see, and how they are reminded."""
    seen = organisation_ids_of(person)
    actions = Action.objects.filter(assignee=person, organisation__in=seen)
    of_action = ("organisation__name", "title", "state", "due", "note", "proof", "created_at", "finished_at")
    yield table_of("plan/actions", actions, *of_action)
    events = ActionEvent.objects.filter(by=person, action__organisation__in=seen)
    of_event = ("action__organisation__name", "action__title", "at", "kind", "changes", "text")
    yield table_of("plan/history", events, *of_event)
    of_choice = ("time_zone", "stopped_at", "asked_again_at")
    yield table_of("plan/reminders", ReminderChoice.objects.filter(person=person), *of_choice)
    reminded = ActionReminder.objects.filter(person=person, action__organisation__in=seen)
    yield table_of("plan/reminded", reminded, "action__title", "due", "kind", "sent_at")
