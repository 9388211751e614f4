from typing import Any

from django import template
from django.template.context import Context

from accounts.models import User
from accounts.sign_in.kept_text import kept_text_key
from accounts.sign_in.sessions import timeouts_of

register = template.Library()


@register.inclusion_tag("accounts/_signed_out.html", takes_context=True)
def signed_out_notice(context: Context) -> dict[str, Any]:
    """What takes the place of a page once its session has ended, and what keeps text that is unsent then; nothing for
    a guest.
    """
    person = getattr(context.get("request"), "user", None)
    if not isinstance(person, User):
        return {}
    return {"person": person, "seconds": timeouts_of(person).idle, "key": kept_text_key(person)}
