"""Reading and writing the words of consultants about a result."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest, actor_of
from accounts.views.form_pages import FormPage, confirm_page, form_methods
from assessments.bank.types import Domain
from assessments.forms.errors import error_links
from assessments.results.run_names import result_title, run_name
from reports.consultant_words.access import WordsAccess, domain_of_words, own_step_of, words_read, words_write
from reports.consultant_words.forms import OwnStepForm, PlaceTextForm
from reports.consultant_words.pages import snippets_for_domain, words_page, written_text
from reports.consultant_words.queries import text_in_place
from reports.consultant_words.services import WordsChanged, add_step, change_step, remove_step, write_text
from reports.kinds.text_places import TextPlace
from reports.models import ConsultantText


@require_safe
def consultant_words(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Every place of the report with what was written there. `pk` is the assessment's."""
    words = words_read(request.user, pk)
    return render(request, "consultant_words/words.html", {**_context(words), "page": words_page(words)})


@form_methods
def consultant_summary(request: SignedInRequest, pk: UUID) -> HttpResponse:
    return _text_page(request, words_write(request.user, pk), None)


@form_methods
def consultant_domain(request: SignedInRequest, pk: UUID, code: str) -> HttpResponse:
    """The text about a domain, with the snippets that fit its answers."""
    words = words_write(request.user, pk)
    return _text_page(request, words, domain_of_words(words, code))


@form_methods
def consultant_step_add(request: SignedInRequest, pk: UUID) -> HttpResponse:
    words = words_write(request.user, pk)
    form = OwnStepForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _step_page(request, words, form)
    title, text = form.cleaned_data["title"], form.cleaned_data["text"]
    add_step(result=words.result, title=title, text=text, by=actor_of(request), now=timezone.now())
    return _saved(request, pk)


@form_methods
def consultant_step(request: SignedInRequest, pk: UUID, step: UUID) -> HttpResponse:
    words = words_write(request.user, pk)
    found = own_step_of(words, step)
    initial = {"title": found.title, "text": found.text, "version": found.version}
    form = OwnStepForm(request.POST if request.method == "POST" else None, initial=initial)
    if not form.is_valid():
        return _step_page(request, words, form, found)
    given = form.cleaned_data
    try:
        change_step(
            step=found,
            title=given["title"],
            text=given["text"],
            seen_version=given["version"],
            by=actor_of(request),
            now=timezone.now(),
        )
    except WordsChanged as conflict:
        return _step_page(request, words, _again(form, conflict), conflict.stored, conflict=conflict)
    return _saved(request, pk)


@form_methods
def consultant_step_remove(request: SignedInRequest, pk: UUID, step: UUID) -> HttpResponse:
    """Asks before a step is removed."""
    words = words_write(request.user, pk)
    found = own_step_of(words, step)
    if request.method == "POST":
        remove_step(step=found, by=actor_of(request))
        messages.success(request, _("The step is removed. Reports that were asked for before keep it."))
        return redirect("consultant_words", pk=pk)
    page = FormPage(
        title=_("Remove this step?"),
        text=found.title,
        button=_("Remove the step"),
        back=reverse("consultant_words", args=[pk]),
        organisation=words.access.assessment.organisation,
        danger=True,
    )
    return confirm_page(request, page)


def _text_page(request: SignedInRequest, words: WordsAccess, domain: Domain | None) -> HttpResponse:
    """One text: the page, or what was typed saved, below it the snippet whose button was pressed."""
    place, code = (TextPlace.DOMAIN, domain.code) if domain else (TextPlace.SUMMARY, "")
    stored = text_in_place(words.result, words.writer, place, code)
    initial = {"text": stored.text if stored else "", "version": stored.version if stored else 0}
    form = PlaceTextForm(_typed(request, words, domain), place=place, initial=initial)
    if not form.is_valid():
        return _show_text(request, words, domain, form)
    given = form.cleaned_data
    try:
        write_text(
            result=words.result,
            place=place,
            domain=code,
            text=given["text"],
            seen_version=given["version"],
            by=actor_of(request),
            now=timezone.now(),
        )
    except WordsChanged as conflict:
        return _show_text(request, words, domain, _again(form, conflict), conflict=conflict)
    if "snippet" in request.POST:
        messages.success(request, _("The snippet is in your text, and saved. Change it as you like."))
        return redirect(request.path)
    return _saved(request, words.access.assessment.pk)


def _typed(request: SignedInRequest, words: WordsAccess, domain: Domain | None) -> QueryDict | None:
    """What was sent, with the snippet below the text; without it if it is not offered here."""
    if request.method != "POST":
        return None
    typed = request.POST.copy()
    offered = {str(each.pk): each.text for each in snippets_for_domain(words, domain)} if domain else {}
    parts = (typed.get("text", "").rstrip(), offered.get(typed.get("snippet", ""), ""))
    typed["text"] = "\n\n".join(part for part in parts if part)
    return typed


def _show_text(
    request: SignedInRequest,
    words: WordsAccess,
    domain: Domain | None,
    form: PlaceTextForm,
    *,
    conflict: WordsChanged | None = None,
) -> HttpResponse:
    offered = snippets_for_domain(words, domain) if domain else ()
    more = {"domain": domain, "form": form, "snippets": offered}
    return _form_response(request, "consultant_words/text.html", words, form, conflict, more)


def _step_page(
    request: SignedInRequest,
    words: WordsAccess,
    form: OwnStepForm,
    step: ConsultantText | None = None,
    conflict: WordsChanged | None = None,
) -> HttpResponse:
    return _form_response(request, "consultant_words/step.html", words, form, conflict, {"form": form, "step": step})


def _form_response(
    request: SignedInRequest,
    template: str,
    words: WordsAccess,
    form: PlaceTextForm | OwnStepForm,
    conflict: WordsChanged | None,
    more: dict[str, Any],
) -> HttpResponse:
    errors = error_links(form)
    stored = conflict.stored if conflict else None
    context = {
        **_context(words),
        **more,
        "errors": errors,
        "conflict": conflict is not None,
        "stored": written_text(stored, words.consultancy) if stored else None,
    }
    return render(request, template, context, status=409 if conflict else 422 if errors else 200)


def _again(form: Any, conflict: WordsChanged) -> Any:
    """The form as it was sent, made from the row as it is now: sent again, it goes over what the page then shows."""
    version = str(conflict.stored.version) if conflict.stored else "0"
    form.data = {**{name: form.data.get(name) for name in form.data}, "version": version}
    return form


def _context(words: WordsAccess) -> dict[str, Any]:
    run = words.access.assessment
    return {
        "assessment": run,
        "organisation": run.organisation,
        "name": result_title(run_name(run), interim=run.interim),
    }


def _saved(request: SignedInRequest, pk: UUID) -> HttpResponse:
    messages.success(request, _("Saved. Reports that are asked for from now on have it."))
    return redirect("consultant_words", pk=pk)
