from typing import Any

from django import template

from accounts.branding.brands import brand_of_client
from accounts.models import Organisation

register = template.Library()


@register.inclusion_tag("accounts/_consultancy_card.html")
def consultancy_card(organisation: Organisation) -> dict[str, Any]:
    """Who advises a client, with the consultancy's brand; nothing if no consultancy has one."""
    return {"brand": brand_of_client(organisation)}
