from typing import Any

from django import template
from django.template.context import RequestContext

from accounts.models import Invitation, Organisation, User
from accounts.sign_in.mfa import WANTED_PAGE, has_mfa, is_privileged, requires_mfa, second_step_is_required

register = template.Library()


@register.inclusion_tag("accounts/_mfa_notice.html", takes_context=True)
def mfa_notice(context: RequestContext) -> dict[str, Any]:
    """On the settings page, for people without MFA: what it is good for, and whether it is required of them."""
    person: User = context["request"].user
    return {
        "shown": not has_mfa(person),
        "concerned": requires_mfa(person),
        "privileged": is_privileged(person),
        "required": second_step_is_required(),
    }


@register.inclusion_tag("accounts/_mfa_offer.html", takes_context=True)
def mfa_offer(context: RequestContext, organisation: Organisation, *, has_result: bool) -> dict[str, Any]:
    """On an owner's page, until MFA is set up or declined.

    Not before there is something to keep others out of: a result, or somebody who was invited to see the answers.
    """
    request = context["request"]
    person: User = request.user
    asked = person.mfa_declined_at is None and not has_mfa(person)
    return {
        "shown": asked and (has_result or Invitation.objects.filter(organisation=organisation).exists()),
        "back": request.path,
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("accounts/_mfa_continue.html", takes_context=True)
def mfa_continue(context: RequestContext) -> dict[str, Any]:
    """Once MFA is set up: a link to the page that the person wanted to open."""
    request = context["request"]
    return {"shown": WANTED_PAGE in request.session and has_mfa(request.user)}
