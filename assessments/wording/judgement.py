"""The one sentence that a result begins with, in words: what stands well comes before what is missing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.presentation.judgement import BeginWith, JudgementStatement
from assessments.wording.phrases import amount, joined, minutes_text


def judgement_sentence(judgement: JudgementStatement) -> str:
    """ "“Who gets in” and “People and habits” stand well; begin with “Safe storage and backup”, 15 minutes."

    Empty where there is nothing to judge.
    """
    if judgement.begin is None:
        return _without_plan(judgement)
    return _("%(stands)s; %(begin)s.") % {"stands": _stands(judgement), "begin": _begin(judgement.begin)}


def _without_plan(judgement: JudgementStatement) -> str:
    if judgement.unknown:
        return ngettext(
            "%(stands)s; next, find out what nobody could answer yet: %(count)d question.",
            "%(stands)s; next, find out what nobody could answer yet: %(count)d questions.",
            judgement.unknown,
        ) % {"stands": _stands(judgement), "count": judgement.unknown}
    if judgement.in_place < judgement.counted:
        return _("%(stands)s; next, settle the facts about the business that are still open.") % {
            "stands": _stands(judgement)
        }
    if not judgement.counted:
        return ""
    return _("Everything that counts for you is in place; what is left is to keep it so.")


def _stands(judgement: JudgementStatement) -> str:
    if judgement.strengths:
        names = [_("“%(name)s”") % {"name": name} for name in judgement.strengths]
        return ngettext("%(domains)s stands well", "%(domains)s stand well", len(names)) % {"domains": joined(names)}
    if judgement.in_place:
        return _("You have a base to build on, %(amount)s in place") % {
            "amount": amount(judgement.in_place, judgement.counted)
        }
    return _("Now you know where you stand")


def _begin(begin: BeginWith) -> str:
    if begin.minutes is None:
        return _("begin with “%(domain)s”") % {"domain": begin.domain}
    return _("begin with “%(domain)s”, %(time)s") % {"domain": begin.domain, "time": minutes_text(begin.minutes)}
