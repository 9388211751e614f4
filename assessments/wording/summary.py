"""How much was answered and who reviewed it, in sentences."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.presentation.counts import CountsStatement
from assessments.presentation.reviews import ReviewStatement
from assessments.wording.phrases import date_text


def counts_sentences(counts: CountsStatement) -> tuple[str, ...]:
    return tuple(_counts(counts))


def _counts(counts: CountsStatement) -> Iterator[str]:
    words = {"answered": counts.answered, "asked": counts.asked}
    yield _("%(answered)d of %(asked)d questions answered.") % words
    if counts.unknown:
        yield ngettext(
            "%(count)d has no known answer yet: it counts as missing until you find out.",
            "%(count)d have no known answer yet: they count as missing until you find out.",
            counts.unknown,
        ) % {"count": counts.unknown}
    yield ngettext("%(count)d legal duty is open.", "%(count)d legal duties are open.", counts.open_duties) % {
        "count": counts.open_duties
    }


def untouched_sentence(counts: CountsStatement) -> str:
    """A warning that part of the questions was not answered at all; empty where all were."""
    if not counts.untouched:
        return ""
    return ngettext(
        "%(count)d question was left open. It counts as “don’t know”: the first figure takes it as missing, "
        "“could be up to” as done.",
        "%(count)d questions were left open. They count as “don’t know”: the first figure takes them as missing, "
        "“could be up to” as done.",
        counts.untouched,
    ) % {"count": counts.untouched}


def review_lines(reviews: Iterable[ReviewStatement]) -> tuple[str, ...]:
    """A line for each reviewer, or that nobody reviewed it."""
    return tuple(_review(review) for review in reviews) or (_("Self-assessed"),)


def _review(review: ReviewStatement) -> str:
    return _("Reviewed by %(who)s of %(consultancy)s on %(day)s: %(count)d of %(answered)d answers") % {
        "who": review.reviewer,
        "consultancy": review.consultancy,
        "day": date_text(review.latest),
        "count": review.reviewed,
        "answered": review.answered,
    }
