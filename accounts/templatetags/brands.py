from typing import Any

from django import template

from accounts.branding.brands import brand_of_client
from accounts.models import Organisation

register = template.Library()


@register.inclusion_tag("accounts/_looked_after.html")
def looked_after(organisation: Organisation) -> dict[str, Any]:
    """Who looks after a client, in their own look; nothing where nobody has one."""
    return {"brand": brand_of_client(organisation)}
