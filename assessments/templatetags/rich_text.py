from django import template
from django.utils.safestring import SafeString

from assessments import rich_text as markdown

register = template.Library()


@register.filter
def rich_text(text: str) -> SafeString:
    """A help text with its marks laid out."""
    return markdown.rich_text(text)
