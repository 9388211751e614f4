from typing import Any

from django import template

from assessments.models import Result
from reports.consultant_words.queries import texts_about

register = template.Library()


@register.inclusion_tag("consultant_words/_link.html")
def consultant_words_link(result: Result, can_write: bool) -> dict[str, Any]:
    """The way to the words of consultants, for who may write some, and for everybody once there are any."""
    return {"shown": can_write or texts_about(result).exists(), "can_write": can_write, "result": result}
