"""Publishing: what it would do, asking a second person, doing it."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from assessments.editions.losses import check_offer
from assessments.editor.access import bank_editor, draft_open, edition_seen
from assessments.editor.forms.offers import DeclineForm
from assessments.editor.forms.publishing import PublishForm
from assessments.editor.pages.preview import preview_page
from assessments.editor.services.publishing import ask_to_publish, publish_draft
from assessments.forms.errors import error_links
from assessments.models import EditionRow, EditionStatus

ASK = "ask"


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def publish_page(request: SignedInRequest, edition: str) -> HttpResponse:
    if request.method == "POST":
        return _publish(request, draft_open(edition))
    row = edition_seen(edition)
    if row.status != EditionStatus.DRAFT:
        return render(request, "editor/published.html", {"edition": row})
    return _preview(request, row)


def _publish(request: SignedInRequest, draft: EditionRow) -> HttpResponse:
    form = PublishForm(request.POST, code=draft.code, many_gone=check_offer(draft).is_grave)
    if not form.is_valid():
        return _preview(request, draft, form, status=422)
    seen, now = form.cleaned_data["seen"], timezone.now()
    if request.POST.get("do") == ASK:
        ask_to_publish(draft=draft, seen=seen, by=request.user, now=now)
        messages.success(request, _("Publication requested. Another bank editor can now publish it from this page."))
    else:
        needs_second = settings.BANK_NEEDS_SECOND_PERSON
        publish_draft(draft=draft, seen=seen, needs_second_person=needs_second, by=request.user, now=now)
    return redirect("bank_publish", edition=draft.code)


def _preview(
    request: SignedInRequest, draft: EditionRow, sent: PublishForm | None = None, status: int = 200
) -> HttpResponse:
    page = preview_page(draft, timezone.now())
    form = sent or PublishForm(code=draft.code, many_gone=page.check.is_grave)
    context = {
        "page": page,
        "form": form,
        "decline_form": DeclineForm(),
        "errors": error_links(form),
        "needs_second_person": settings.BANK_NEEDS_SECOND_PERSON,
        "asked_by_me": bool(page.request and page.request.asked_by == request.user),
    }
    return render(request, "editor/publish.html", context, status=status)
