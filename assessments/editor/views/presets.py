"""One preset, and what it assumes, fact by fact."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from assessments.bank.scope_types import Preset
from assessments.editions.stored import edition_of
from assessments.editor.access import bank_editor, draft_open, edition_seen
from assessments.editor.forms.presets import PresetFactForm, PresetForm
from assessments.editor.pages.presets.page import (
    fact_new_page,
    fact_of,
    fact_page,
    preset_in,
    preset_page,
    question_to_assume,
)
from assessments.editor.pages.simple_form import SimpleFormPage
from assessments.editor.services.frame import save_frame_item
from assessments.editor.services.presets import PRESETS, with_fact, with_other_fact, without_fact
from assessments.editor.views.simple_forms import refuse_if_changed, save_form, show_form, version_sent
from assessments.models import EditionRow


def _show(request: SignedInRequest, page: SimpleFormPage, status: int = 200) -> HttpResponse:
    return render(request, "editor/preset.html", {"page": page}, status=status)


def _store(request: SignedInRequest, row: EditionRow, preset: Preset, seen_version: int) -> None:
    save_frame_item(
        part=PRESETS,
        draft=row,
        key=preset.id,
        value=preset,
        seen_version=seen_version,
        by=request.user,
        now=timezone.now(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def preset(request: SignedInRequest, edition: str, key: str) -> HttpResponse:
    row = draft_open(edition) if request.method == "POST" else edition_seen(edition)
    bank = edition_of(row)
    page = preset_page(row, bank, key)
    if request.method != "POST":
        return _show(request, page)
    form = PresetForm(request.POST, edition=bank, stored=preset_in(bank, key))
    return save_form(
        request,
        page,
        form,
        lambda valid: valid.value(),
        lambda mine: _store(request, row, mine, form.seen_version),
        page.back.url,
        _show,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def preset_fact(request: SignedInRequest, edition: str, key: str, place: int) -> HttpResponse:
    row = draft_open(edition) if request.method == "POST" else edition_seen(edition)
    bank = edition_of(row)
    stored = preset_in(bank, key)
    page = fact_page(row, bank, stored, place)
    if request.method != "POST":
        return show_form(request, page)
    fact = fact_of(stored, place)
    form = PresetFactForm(request.POST, scope=bank.scope, question=question_to_assume(bank, fact.question), fact=fact)
    return save_form(
        request,
        page,
        form,
        lambda valid: with_other_fact(stored, place, valid.fact()),
        lambda mine: _store(request, row, mine, form.seen_version),
        page.back.url,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@bank_editor
def preset_fact_add(request: SignedInRequest, edition: str, key: str, question: str) -> HttpResponse:
    row = draft_open(edition)
    bank = edition_of(row)
    stored, asked = preset_in(bank, key), question_to_assume(bank, question)
    page = fact_new_page(row, bank, stored, asked)
    if request.method != "POST":
        return show_form(request, page)
    form = PresetFactForm(request.POST, scope=bank.scope, question=asked)
    return save_form(
        request,
        page,
        form,
        lambda valid: with_fact(stored, valid.fact(), bank.scope),
        lambda mine: _store(request, row, mine, form.seen_version),
        page.back.url,
    )


@require_POST
@bank_editor
def preset_fact_remove(request: SignedInRequest, edition: str, key: str, place: int) -> HttpResponse:
    row = draft_open(edition)
    stored = preset_in(edition_of(row), key)
    fact_of(stored, place)
    with refuse_if_changed(_("this preset")):
        _store(request, row, without_fact(stored, place), version_sent(request))
    messages.success(request, _("Removed."))
    return redirect("bank_preset", edition=row.code, key=key)
