from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext

from accounts.models import User
from accounts.sign_in.mfa import WANTED_PAGE, has_mfa, requires_mfa

register = template.Library()


@register.inclusion_tag("accounts/_mfa_notice.html", takes_context=True)
def mfa_notice(context: RequestContext) -> dict[str, Any]:
    """On the settings page, for people without MFA: what it is good for, and whether it is required of them."""
    person: User = context["request"].user
    return {
        "shown": not has_mfa(person),
        "concerned": requires_mfa(person),
        "required": settings.MFA_REQUIRED,
    }


@register.inclusion_tag("accounts/_mfa_offer.html", takes_context=True)
def mfa_offer(context: RequestContext) -> dict[str, Any]:
    """On an owner's page, until MFA is set up or declined."""
    request = context["request"]
    person: User = request.user
    return {
        "shown": person.mfa_declined_at is None and not has_mfa(person),
        "back": request.path,
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("accounts/_mfa_continue.html", takes_context=True)
def mfa_continue(context: RequestContext) -> dict[str, Any]:
    """Once MFA is set up: a link to the page that the person wanted to open."""
    request = context["request"]
    return {"shown": WANTED_PAGE in request.session and has_mfa(request.user)}
