"""Phrases that several kinds of statements share."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def joined(words: Sequence[str]) -> str:
    """ "a, b and c" """
    if len(words) < 2:
        return "".join(words)
    return _("%(several)s and %(last)s") % {"several": ", ".join(words[:-1]), "last": words[-1]}


def date_text(day: date) -> str:
    """ "21 November 2026" """
    return date_format(day, "j F Y")


def amount(part: int, whole: int) -> str:
    """Such as "3 of 7", in the active language."""
    return _("%(part)d of %(whole)d") % {"part": part, "whole": whole}


def check_mark(provisional: bool) -> str:
    """Marks what rests on a fact that nobody was sure of; empty for everything else."""
    return _("to be checked") if provisional else ""


def part_mark(in_part: bool) -> str:
    return _("met in part") if in_part else ""


def provisional_note() -> str:
    return _("To be checked: it rests on a fact about the business that nobody was sure of.")
