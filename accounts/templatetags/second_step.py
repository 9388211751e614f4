from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext

from accounts.models import User
from accounts.second_step import WANTED, concerns, has_second_step

register = template.Library()


@register.inclusion_tag("accounts/_second_step_notice.html", takes_context=True)
def second_step_notice(context: RequestContext) -> dict[str, Any]:
    """On the settings page: who has none is told what it is good for, and whether it will be asked for."""
    person: User = context["request"].user
    return {
        "shown": not has_second_step(person),
        "concerned": concerns(person),
        "required": settings.SECOND_STEP_REQUIRED,
    }


@register.inclusion_tag("accounts/_second_step_offer.html", takes_context=True)
def second_step_offer(context: RequestContext) -> dict[str, Any]:
    """On an owner's page, until they have one or say no."""
    request = context["request"]
    person: User = request.user
    return {
        "shown": person.declined_second_step_at is None and not has_second_step(person),
        "back": request.path,
        "csrf_token": context["csrf_token"],
    }


@register.inclusion_tag("accounts/_second_step_continue.html", takes_context=True)
def second_step_continue(context: RequestContext) -> dict[str, Any]:
    """Once it is set up: the way on for who was on the way to a page."""
    request = context["request"]
    return {"shown": WANTED in request.session and has_second_step(request.user)}
