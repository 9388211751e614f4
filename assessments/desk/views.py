"""The consultants' desk: all clients at a glance, and what is done for several of them at once."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.access import client_at, clients_at, organisation_for
from accounts.models import Engagement, Organisation
from accounts.paging import address_again
from accounts.permissions import Capability
from accounts.queries import ended_by_clients
from accounts.requests import SignedInRequest, actor_of
from accounts.sign_in.rate_limits import one_at_a_time
from accounts.views.form_pages import FormPage, form_methods, form_of, form_page
from assessments.desk.asking import answer_requests, send_answer_requests
from assessments.desk.client_html import client_rows, filter_html
from assessments.desk.export import as_xlsx, lines_of, table
from assessments.desk.forms import FilterForm, NotesForm
from assessments.desk.portfolio import portfolio
from assessments.desk.queries import NotesAbout, client_tags, filter_clients, notes_about
from assessments.desk.services import StartedRuns, keep_notes, record_export, start_assessments
from assessments.formatting.spreadsheets import CSV, XLSX, as_csv

ENDED_LATELY, MOST_ENDED = timedelta(days=14), 10
"""For so long, and of so many, the desk says that a client has ended the access."""


@require_safe
def desk(request: SignedInRequest, pk: UUID) -> HttpResponse:
    standing = organisation_for(request.user, pk, Capability.SEE_CLIENTS)
    consultancy, today = standing.organisation, timezone.localdate()
    tags = client_tags(consultancy, request.GET.get("tag", ""))
    form = FilterForm(request.GET, tags=tags)
    page = portfolio(consultancy, form.wanted(today), query=request.GET, today=today)
    can_work, back = standing.can(Capability.LOOK_AFTER_CLIENTS), request.GET.urlencode()
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "organisation": consultancy,
        "page": page,
        "ended": ended_by_clients(consultancy, timezone.now() - ENDED_LATELY)[:MOST_ENDED],
        "rows": client_rows(page.lines, consultancy=consultancy.pk, can_work=can_work, back=back),
        "filters": filter_html(tags, consultancy=consultancy.pk, query=kept.urlencode()),
        "query": kept.urlencode(),
        "back": back,
        "can_work": can_work,
        "can_brand": standing.can(Capability.MANAGE_BRAND),
    }
    return render(request, "desk/portfolio.html", context)


@form_methods
def client_notes(request: SignedInRequest, pk: UUID, client: UUID) -> HttpResponse:
    consultancy = _at_work(request, pk)
    engagement = client_at(consultancy, client)
    names = {"client": engagement.client}
    notes = notes_about([engagement]).get(client, NotesAbout())
    form = form_of(request, NotesForm, tags=", ".join(notes.tags), next_review_on=notes.next_review_on)
    if form.is_valid():
        keep_notes(engagement=engagement, **form.cleaned_data)
        messages.success(request, _("Your notes about %(client)s are saved.") % names)
        return redirect(_desk_again(pk, request.GET.get("back", ""), engagement))
    return form_page(
        request,
        form,
        FormPage(
            title=_("Your notes about %(client)s") % names,
            text=_("Only you and your colleagues can see these."),
            button=_("Save"),
            back=_desk_again(pk, request.GET.get("back", ""), engagement),
            organisation=consultancy,
        ),
    )


@require_POST
def start_several(request: SignedInRequest, pk: UUID) -> HttpResponse:
    engagements = clients_at(_at_work(request, pk), request.POST.getlist("client"))
    if not engagements:
        return _nobody_ticked(request, pk)
    _tell_started(request, start_assessments(engagements=engagements, by=request.user))
    return redirect(_desk_again(pk, request.POST.get("back", ""), engagements[0]))


@require_POST
def ask_several(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """By mail where mail is set up; otherwise a page with links for the consultant to send."""
    consultancy = _at_work(request, pk)
    engagements = clients_at(consultancy, request.POST.getlist("client"))
    if not engagements:
        return _nobody_ticked(request, pk)
    requests = answer_requests(engagements)
    back = _desk_again(pk, request.POST.get("back", ""), engagements[0])
    context = {"organisation": consultancy, "requests": requests, "back": back}
    if not settings.MAIL_CONFIGURED:
        return render(request, "desk/links.html", context)
    asked = send_answer_requests(requests=requests, consultancy=consultancy, by=request.user)
    return render(request, "desk/asked.html", {**context, "asked": asked})


@require_safe
@one_at_a_time
def export_scores(request: SignedInRequest, pk: UUID, kind: str) -> HttpResponse:
    """The clients that match the filter, as a file."""
    consultancy = organisation_for(request.user, pk, Capability.SEE_CLIENTS).organisation
    today = timezone.localdate()
    wanted = FilterForm.at(consultancy, request.GET).wanted(today)
    found = list(filter_clients(consultancy, wanted))
    rows = table(lines_of(found, today))
    if kind == "csv":
        response = HttpResponse(as_csv(rows), content_type=CSV)
    else:
        response = HttpResponse(as_xlsx(rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="evenkeel-clients-{today:%Y-%m-%d}.{kind}"'
    if request.method == "GET":
        record_export(consultancy=consultancy, clients=[each.client for each in found], kind=kind, by=actor_of(request))
    return response


def _at_work(request: SignedInRequest, pk: UUID) -> Organisation:
    return organisation_for(request.user, pk, Capability.LOOK_AFTER_CLIENTS).organisation


def _nobody_ticked(request: SignedInRequest, pk: UUID) -> HttpResponse:
    messages.warning(request, _("Select at least one client first."))
    return redirect(_desk_again(pk, request.POST.get("back", "")))


def _desk_again(pk: UUID, kept: str, at: Engagement | None = None) -> str:
    """The list with the same filter and page, at the client's row."""
    return address_again(reverse("desk", args=[pk]), kept, f"c{at.pk}" if at else "")


def _tell_started(request: SignedInRequest, outcome: StartedRuns) -> None:
    if outcome.started:
        count = len(outcome.started)
        messages.success(
            request,
            ngettext("Started %(count)d assessment.", "Started %(count)d assessments.", count) % {"count": count},
        )
    if outcome.already:
        names = ", ".join(map(str, outcome.already))
        messages.info(request, _("Already in progress: %(names)s.") % {"names": names})
    if outcome.not_allowed:
        names = ", ".join(map(str, outcome.not_allowed))
        messages.warning(request, _("These clients let you read or review, not answer: %(names)s.") % {"names": names})
