"""A quick check from its start to its end."""

from allauth.core import ratelimit
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.people_data.terms import kept_for
from accounts.views.form_pages import form_methods
from assessments.bank.types import Edition
from assessments.forms.errors import error_links
from assessments.forms.scope import ScopeForm
from assessments.guest.access import CHECK_KEY, CheckAccess, check_of_session, link_with_key, logo_behind
from assessments.guest.forms import CheckAnswerForm
from assessments.guest.pages.check import (
    CheckQuestionPage,
    FactScreen,
    check_question_page,
    check_url_after,
    fact_screen,
    has_insight,
    next_url,
    offered_by,
)
from assessments.guest.pages.told import check_words, insight_words
from assessments.guest.queries import offered_check
from assessments.guest.services.checks import (
    TooManyChecks,
    delete_check,
    save_check_answer,
    save_facts,
    start_check,
)
from assessments.guest.views import open_to_guests
from assessments.models import CheckLink
from assessments.presentation.quick_check.asked import first_open_fact_screen
from assessments.presentation.quick_check.telling import tell_check, tell_insight


@open_to_guests
@require_safe
def quick_check(request: HttpRequest) -> HttpResponse:
    """What it is. Sets no cookie: a check begins with its first screen."""
    return _start_page(request, None)


@open_to_guests
@require_safe
def quick_check_with(request: HttpRequest, key: str) -> HttpResponse:
    """The same by the link of a consultancy, which every screen then names."""
    link = link_with_key(key, timezone.localdate())
    if link is None:
        return render(request, "guest/link_gone.html", status=404)
    return _start_page(request, link)


@open_to_guests
@require_safe
def quick_check_logo(request: HttpRequest, key: str) -> HttpResponse:
    """Of the consultancy behind a live link."""
    return HttpResponse(bytes(logo_behind(key, timezone.localdate()).logo), content_type="image/png")


@open_to_guests
@form_methods
@transaction.atomic
def quick_check_facts(request: HttpRequest, number: int) -> HttpResponse:
    """A screen about the business. The first one that is sent makes the check."""
    access = _check(request)
    screen = _fact_screen(access, number)
    if screen is None:
        return redirect("quick_check")
    link = _link_in(request) or (access.link if access else None)
    form = ScopeForm(
        request.POST if request.method == "POST" else None, questions=screen.questions, initial=screen.initial
    )
    if not form.is_valid():
        context = {
            "form": form,
            "errors": error_links(form),
            "number": number,
            "total": screen.total,
            "link_key": link.key if link else "",
            "offered": offered_by(link),
            "begins": access is None,
            "going_on": _where_one_left_off(request, access),
        }
        return render(request, "guest/facts.html", context, status=422 if form.errors else 200)
    if access:
        save_facts(check=access.check, facts=form.given(), link=link)
    elif not _begin(request, form, link):
        return render(request, "guest/busy.html", status=429)
    return _go_on(request)


@open_to_guests
@form_methods
@transaction.atomic
def quick_check_question(request: HttpRequest, number: int) -> HttpResponse:
    """One question; the button that is pressed is the answer."""
    access, today = _check(request), timezone.localdate()
    page = check_question_page(access, number, today) if access else None
    if access is None or page is None:
        return _go_on(request)
    if request.method != "POST":
        return _show_question(request, access, page, CheckAnswerForm(asked=page.asked))
    form = CheckAnswerForm(request.POST, asked=page.asked)
    if not form.is_valid():
        return _show_question(request, access, page, form)
    save_check_answer(check=access.check, question=page.question.id, answer=form.answer())
    after = _check(request)
    return redirect(check_url_after(after, number, today)) if after else redirect("quick_check")


@open_to_guests
@require_safe
def quick_check_insight(request: HttpRequest) -> HttpResponse:
    """What the first answers say already."""
    access, today = _check(request), timezone.localdate()
    if access is None or not has_insight(access, today):
        return _go_on(request)
    told = tell_insight(access.edition, access.given, today)
    context = {
        "told": told,
        "words": insight_words(told),
        "next": next_url(access, today),
        "offered": offered_by(access.link),
    }
    return render(request, "guest/insight.html", context)


@open_to_guests
@require_safe
def quick_check_result(request: HttpRequest) -> HttpResponse:
    """What the check says, once all is answered."""
    access, today = _check(request), timezone.localdate()
    if access is None or next_url(access, today) != request.path:
        return _go_on(request)
    context = {
        "words": check_words(tell_check(access.edition, access.given, today)),
        "disclaimer": access.edition.disclaimer,
        "offered": offered_by(access.link),
        "shared": access.check.shared_id is not None,
        "until": access.check.started_at + kept_for("guest_checks"),
    }
    return render(request, "guest/result.html", context)


@open_to_guests
@require_POST
@transaction.atomic
def quick_check_delete(request: HttpRequest) -> HttpResponse:
    """Deletes it now. What was shared stays with the consultancy, and the page before this button says so."""
    access = _check(request)
    if access:
        delete_check(check=access.check)
    request.session.pop(CHECK_KEY, None)
    return render(request, "guest/deleted.html")


def _start_page(request: HttpRequest, link: CheckLink | None) -> HttpResponse:
    access, today = check_of_session(request.session, timezone.now()), timezone.localdate()
    if access is None:
        _offered()
    context = {
        "link_key": link.key if link else "",
        "offered": offered_by(link or (access.link if access else None)),
        "next": next_url(access, today) if access else "",
    }
    return render(request, "guest/start.html", context)


def _offered() -> Edition:
    """404 while the newest edition has no quick check."""
    found = offered_check()
    if found is None:
        raise Http404
    return found[1]


def _fact_screen(access: CheckAccess | None, number: int) -> FactScreen | None:
    """None for a screen that there is not; before a check has begun there is only the first."""
    edition = access.edition if access else _offered()
    screen = fact_screen(edition, access.given.facts if access else {}, number)
    return screen if access or number == 1 else None


def _where_one_left_off(request: HttpRequest, access: CheckAccess | None) -> str:
    """For who comes in again by the first page with more answered than this screen; "" where this is the place."""
    if access is None or request.method == "POST" or first_open_fact_screen(access.edition, access.given.facts):
        return ""
    return next_url(access, timezone.localdate())


def _check(request: HttpRequest) -> CheckAccess | None:
    return check_of_session(request.session, timezone.now(), lock=request.method == "POST")


def _link_in(request: HttpRequest) -> CheckLink | None:
    """The link that the start page came by."""
    key = request.POST.get("with", "") or request.GET.get("with", "")
    return link_with_key(key, timezone.localdate()) if key and "\0" not in key else None


def _begin(request: HttpRequest, form: ScopeForm, link: CheckLink | None) -> bool:
    """Whether a check was made: not for who made many lately, nor while the site has as many as it takes."""
    found = offered_check()
    if found is None:
        raise Http404
    if not ratelimit.consume(request, action="quick_check"):
        return False
    try:
        _made, key = start_check(edition=found[0], facts=form.given(), link=link, now=timezone.now())
    except TooManyChecks:
        return False
    request.session[CHECK_KEY] = key
    if not request.user.is_authenticated:
        request.session.set_expiry(kept_for("guest_checks"))
    return True


def _go_on(request: HttpRequest) -> HttpResponse:
    access = _check(request)
    return redirect(next_url(access, timezone.localdate())) if access else redirect("quick_check")


def _show_question(
    request: HttpRequest, access: CheckAccess, page: CheckQuestionPage, form: CheckAnswerForm
) -> HttpResponse:
    context = {"page": page, "form": form, "errors": error_links(form), "offered": offered_by(access.link)}
    return render(request, "guest/question.html", context, status=422 if form.errors else 200)
