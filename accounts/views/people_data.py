"""What people can do with their own data: delete the account, rename or delete an organisation."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import date as in_words
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.access import organisation_for, organisation_read, require
from accounts.forms.people_data import DeleteAccountForm, RenameForm, TypedNameForm
from accounts.models import Organisation
from accounts.people_data.erasure import sole_ownerships
from accounts.people_data.erasure_orders import order_erasure
from accounts.people_data.organisations import (
    TIME_TO_UNDO,
    WrongName,
    ask_deletion,
    may_delete,
    rename_organisation,
    undo_deletion,
)
from accounts.permissions import Capability
from accounts.queries import clients_reached_through
from accounts.requests import SignedInRequest, actor_of
from accounts.views.form_pages import FormPage, form_methods, form_of, form_page

MOST_NAMED = 10


@form_methods
@reauthentication_required  # type: ignore[untyped-decorator]
def account_delete(request: SignedInRequest) -> HttpResponse:
    """Ends the person's own account at once, after the password and the typed address; the queue deletes it."""
    alone = sole_ownerships(request.user)
    form = DeleteAccountForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid() and not alone:
        order_erasure(person=request.user, by=actor_of(request), now=timezone.now())
        request.session.flush()
        request.user = AnonymousUser()  # type: ignore[assignment]
        return redirect("account_being_deleted")
    status = 422 if form.errors else 409 if request.method == "POST" else 200
    return render(request, "accounts/account_delete.html", {"form": form, "alone": alone}, status=status)


@require_safe
@login_not_required
def account_being_deleted(request: HttpRequest) -> HttpResponse:
    """What happens now, for somebody who is signed out for good; it says nothing about anybody."""
    if request.user.is_authenticated:
        return redirect("settings")
    return render(request, "accounts/account_being_deleted.html")


@form_methods
def organisation_rename(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """For owners."""
    organisation = organisation_for(request.user, pk, Capability.MANAGE_ORGANISATION).organisation
    form = form_of(request, RenameForm, name=organisation.name)
    if form.is_valid():
        name = form.cleaned_data["name"]
        renamed = rename_organisation(organisation=organisation, name=name, by=actor_of(request))
        messages.success(request, _("The organisation is now called %(name)s.") % {"name": renamed.name})
        return redirect("organisation", pk=pk)
    page = FormPage(
        title=_("Rename %(organisation)s") % {"organisation": organisation},
        text=_("Reports are made again with the new name when somebody asks for them."),
        button=_("Save the name"),
        back=reverse("people", args=[pk]),
        organisation=organisation,
    )
    return form_page(request, form, page)


@form_methods
def organisation_delete(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """An owner asks to delete the organisation, and types its name."""
    organisation = organisation_for(request.user, pk, Capability.MANAGE_ORGANISATION).organisation
    form = form_of(request, TypedNameForm)
    if form.is_valid():
        try:
            due = ask_deletion(
                organisation=organisation, typed=form.cleaned_data["name"], by=actor_of(request), now=timezone.now()
            )
        except WrongName as refused:
            form.add_error("name", refused.message)
        else:
            names = {"organisation": organisation, "day": in_words(timezone.localtime(due), "j F Y")}
            messages.success(request, _("%(organisation)s will be deleted on %(day)s. You can undo this.") % names)
            return redirect("organisation_keep", pk=pk)
    page = FormPage(
        title=_("Delete %(organisation)s?") % {"organisation": organisation},
        text=" ".join((_WHAT_GOES % {"days": TIME_TO_UNDO.days}, _clients_that_go(organisation))).strip(),
        button=_("Delete it in %(days)d days") % {"days": TIME_TO_UNDO.days},
        back=reverse("people", args=[pk]),
        organisation=organisation,
        danger=True,
    )
    return form_page(request, form, page)


@form_methods
def organisation_keep(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """When the organisation will be deleted, for everybody who sees it; its owners keep it here."""
    standing = organisation_read(request.user, pk)
    may_keep = may_delete(request.user, standing.organisation)
    if request.method == "POST":
        organisation = (
            standing.organisation if may_keep else require(standing, Capability.MANAGE_ORGANISATION).organisation
        )
        undo_deletion(organisation=organisation, by=actor_of(request))
        messages.success(request, _("%(organisation)s stays.") % {"organisation": organisation})
        return redirect("organisation", pk=pk)
    context = {"organisation": standing.organisation, "may_keep": may_keep}
    return render(request, "accounts/organisation_keep.html", context)


_WHAT_GOES = _lazy(
    "After %(days)d days everything in it is deleted for everybody: assessments, answers, results, reports. "
    "Until then every owner can undo this."
)


def _clients_that_go(organisation: Organisation) -> str:
    """Those of a consultancy that have no owner yet: without it nobody could reach them."""
    names = list(clients_reached_through(organisation).values_list("name", flat=True))
    if not names:
        return ""
    told = ", ".join([*names[:MOST_NAMED], *(["…"] if len(names) > MOST_NAMED else [])])
    return ngettext(
        "With it goes %(count)d client that has no owner yet: %(names)s. Hand it over first if it should stay.",
        "With it go %(count)d clients that have no owner yet: %(names)s. Hand over first those that should stay.",
        len(names),
    ) % {"count": len(names), "names": told}
