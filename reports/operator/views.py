"""Pages for everybody; they say the same to everyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.operator.authorities import watching_authorities
from reports.operator.notice import current_operator, privacy_notice
from reports.operator.security_txt import security_txt
from reports.operator.terms import processor_terms_page


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "operator/privacy.html", {"page": privacy_notice(current_operator())})


@login_not_required
@require_safe
def who_runs_this(request: HttpRequest) -> HttpResponse:
    operator = current_operator()
    authorities = watching_authorities(operator) if operator else ()
    return render(request, "operator/operator.html", {"operator": operator, "authorities": authorities})


@login_not_required
@require_safe
def processor_terms(request: HttpRequest) -> HttpResponse:
    return render(request, "operator/processor_terms.html", {"page": processor_terms_page(current_operator())})


@login_not_required
@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    text = security_txt(current_operator())
    if text is None:
        raise Http404
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
