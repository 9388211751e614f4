"""Moments in time on a page: UTC in words, which static/js/page.js turns into the reader's own time."""

from datetime import UTC, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def moment(value: datetime) -> SafeString:
    """ "21 November 2026, 14:02 UTC" as a time element."""
    utc = value.astimezone(UTC)
    words = _("%(moment)s UTC") % {"moment": date_format(utc, "j F Y, H:i")}
    return format_html('<time datetime="{}" data-moment>{}</time>', utc.isoformat(timespec="seconds"), words)
