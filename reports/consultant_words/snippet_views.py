"""The snippets of a consultancy."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.requests import SignedInRequest, actor_of
from accounts.views.form_pages import FormPage, confirm_page, form_methods
from assessments.editions.newest import newest_in, newest_offered_or_none, published
from assessments.editions.stored import edition_of
from assessments.errors import NothingOffered
from assessments.forms.errors import error_links
from reports.consultant_words.access import snippet_of, snippets_of
from reports.consultant_words.forms import DONT_KNOW, SnippetForm
from reports.consultant_words.pages import snippets_page
from reports.consultant_words.snippets import SnippetChanged, add_snippet, change_snippet, remove_snippet
from reports.models import Snippet


@require_safe
def snippets(request: SignedInRequest, pk: UUID) -> HttpResponse:
    standing = snippets_of(request.user, pk, Capability.SEE_CLIENTS)
    row = newest_offered_or_none()
    context = {
        "organisation": standing.organisation,
        "snippets": snippets_page(standing.organisation, edition_of(row) if row else None, request.GET),
        "can_change": standing.can(Capability.LOOK_AFTER_CLIENTS),
    }
    return render(request, "consultant_words/snippets.html", context)


@form_methods
def snippet_add(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """For a question of the bank on which assessments start."""
    consultancy = snippets_of(request.user, pk).organisation
    row = newest_offered_or_none()
    if row is None:
        raise NothingOffered
    form = SnippetForm(request.POST if request.method == "POST" else None, edition=edition_of(row))
    if not form.is_valid():
        return _show(request, consultancy, form)
    add_snippet(consultancy=consultancy, bank=row.bank, terms=form.terms, by=actor_of(request), now=timezone.now())
    return _saved(request, pk)


@form_methods
def snippet_edit(request: SignedInRequest, pk: UUID, snippet: UUID) -> HttpResponse:
    found = snippet_of(request.user, pk, snippet)
    form = _form(request, found)
    if not form.is_valid():
        return _show(request, found.consultancy, form, found)
    version = form.cleaned_data["version"]
    try:
        change_snippet(snippet=found, terms=form.terms, seen_version=version, by=actor_of(request), now=timezone.now())
    except SnippetChanged as conflict:
        return _conflict(request, found, form, conflict)
    return _saved(request, pk)


@form_methods
def snippet_remove(request: SignedInRequest, pk: UUID, snippet: UUID) -> HttpResponse:
    """Asks before a snippet is removed."""
    found = snippet_of(request.user, pk, snippet)
    if request.method == "POST":
        remove_snippet(snippet=found, by=actor_of(request))
        messages.success(request, _("The snippet is removed. What was written from it stays."))
        return redirect("snippets", pk=pk)
    page = FormPage(
        title=_("Remove this snippet?"),
        text=found.text,
        button=_("Remove the snippet"),
        back=reverse("snippets", args=[pk]),
        organisation=found.consultancy,
        danger=True,
    )
    return confirm_page(request, page)


def _form(request: SignedInRequest, snippet: Snippet) -> SnippetForm:
    row = newest_in(snippet.bank_id, published())
    if row is None:
        raise NothingOffered
    level = DONT_KNOW if snippet.level is None else str(snippet.level)
    initial = {"question": snippet.question, "level": level, "text": snippet.text, "version": snippet.version}
    data = request.POST if request.method == "POST" else None
    return SnippetForm(data, edition=edition_of(row), kept=snippet.question, initial=initial)


def _conflict(request: SignedInRequest, found: Snippet, form: SnippetForm, conflict: SnippetChanged) -> HttpResponse:
    """What was typed stays in the form; sent again, it goes over what the page now shows."""
    version = str(conflict.stored.version) if conflict.stored else "0"
    form.data = {**{name: form.data.get(name) for name in form.data}, "version": version}
    return _show(request, found.consultancy, form, conflict.stored, conflict=True)


def _show(
    request: SignedInRequest,
    consultancy: Organisation,
    form: SnippetForm,
    snippet: Snippet | None = None,
    *,
    conflict: bool = False,
) -> HttpResponse:
    errors = error_links(form)
    context: dict[str, Any] = {
        "organisation": consultancy,
        "form": form,
        "snippet": snippet,
        "conflict": conflict,
        "errors": errors,
    }
    return render(request, "consultant_words/snippet.html", context, status=409 if conflict else 422 if errors else 200)


def _saved(request: SignedInRequest, pk: UUID) -> HttpResponse:
    messages.success(request, _("Saved. It is offered wherever a client gives this answer."))
    return redirect("snippets", pk=pk)
