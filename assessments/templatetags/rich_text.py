from django import template
from django.utils.safestring import SafeString

from assessments.formatting import rich_text as markdown

register = template.Library()


@register.filter
def rich_text(text: str) -> SafeString:
    """A help text as HTML."""
    return markdown.render_rich_text(text)
