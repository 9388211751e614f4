"""Since the newest result, on pages about an organisation."""

from typing import Any

from django import template
from django.utils import timezone

from assessments.models import Assessment
from assessments.pages.asked_again import again_box

register = template.Library()


@register.inclusion_tag("assessments/again/_box.html")
def answered_again_box(basis: Assessment, *, can_answer: bool) -> dict[str, Any]:
    """What was answered again since `basis` was finished, the newest, and what is due; nothing if there is neither."""
    return {"box": again_box(basis, timezone.localdate()), "can_answer": can_answer}
