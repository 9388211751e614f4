"""Laws, authorities, dates, labels of results, and the answer "I don't know": lists, and one small form each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from assessments.editions.stored import edition_of
from assessments.editor.access import bank_editor, draft_open, edition_seen
from assessments.editor.pages.frame import FRAME_PAGES, frame_item_page, frame_list_page, frame_new_page
from assessments.editor.services.frame import add_frame_item, remove_frame_item, save_frame_item
from assessments.editor.views.simple_forms import refuse_if_changed, save_form, show_form, version_sent


@require_safe
@bank_editor
def frame_list(request: SignedInRequest, edition: str, kind: str) -> HttpResponse:
    """`kind` is a key of FRAME_PAGES, in these views from the URL's own settings."""
    row = edition_seen(edition)
    page = frame_list_page(row, edition_of(row), FRAME_PAGES[kind], request.GET)
    return render(request, "editor/frame_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def frame_item(request: SignedInRequest, edition: str, kind: str, key: str | int) -> HttpResponse:
    row = draft_open(edition) if request.method == "POST" else edition_seen(edition)
    chosen, bank, name = FRAME_PAGES[kind], edition_of(row), str(key)
    page = frame_item_page(row, bank, chosen, name)
    if request.method != "POST":
        return show_form(request, page)
    form = chosen.form(request.POST, edition=bank, stored=chosen.part.items(bank)[name])
    return save_form(
        request,
        page,
        form,
        lambda valid: valid.value(),
        lambda mine: save_frame_item(
            part=chosen.part,
            draft=row,
            key=name,
            value=mine,
            seen_version=form.seen_version,
            by=request.user,
            now=timezone.now(),
        ),
        page.back.url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def frame_add(request: SignedInRequest, edition: str, kind: str) -> HttpResponse:
    row = draft_open(edition)
    chosen, bank = FRAME_PAGES[kind], edition_of(row)
    page = frame_new_page(row, bank, chosen)
    if request.method != "POST" or chosen.new_form is None:
        return show_form(request, page)
    form = chosen.new_form(request.POST, edition=bank)
    return save_form(
        request,
        page,
        form,
        lambda valid: valid.value(),
        lambda mine: add_frame_item(
            part=chosen.part, draft=row, key=form.key(), value=mine, by=request.user, now=timezone.now()
        ),
        page.back.url,
    )


@require_POST
@bank_editor
def frame_remove(request: SignedInRequest, edition: str, kind: str, key: str | int) -> HttpResponse:
    row = draft_open(edition)
    chosen = FRAME_PAGES[kind]
    with refuse_if_changed(_("this entry")):
        remove_frame_item(
            part=chosen.part,
            draft=row,
            key=str(key),
            seen_version=version_sent(request),
            by=request.user,
            now=timezone.now(),
        )
    messages.success(request, _("Removed."))
    return redirect(chosen.list_url, edition=row.code)
