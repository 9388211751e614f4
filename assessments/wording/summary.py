"""How a result begins, what is in place, how much was answered and who reviewed it, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.presentation.counts import BeginWith, CountsStatement, JudgementStatement, StrengthStatement
from assessments.presentation.reviews import AnsweredByStatement, ReviewStatement, TakenOverStatement
from assessments.wording.phrases import amount, date_text, joined, minutes_text


@dataclass(frozen=True, slots=True)
class CountWords:
    """ "12 of 30", "in place" """

    amount: str
    name: str


@dataclass(frozen=True, slots=True)
class StrengthWords:
    """An answer that is in place, in its own words, with its domain and the id of its question."""

    domain: str
    question: str
    answer: str


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


def judgement_sentence(judgement: JudgementStatement) -> str:
    """ "“Who gets in” and “People and habits” stand well; begin with step 1, in “Safe storage” (15 minutes)."

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
        return _("begin with step 1, in “%(domain)s”") % {"domain": begin.domain}
    return _("begin with step 1, in “%(domain)s” (%(time)s)") % {
        "domain": begin.domain,
        "time": minutes_text(begin.minutes),
    }


def count_lines(counts: CountsStatement) -> tuple[CountWords, ...]:
    """What improvements move, and how much is still to find out."""
    return tuple(_lines(counts))


def _lines(counts: CountsStatement) -> Iterator[CountWords]:
    reached = counts.reached
    if reached:
        gaps = reached.urgent_gaps
        yield CountWords(amount(reached.in_place, reached.counted), _("in place"))
        yield CountWords(str(gaps), ngettext("urgent gap", "urgent gaps", gaps))
    yield CountWords(str(counts.open_duties), ngettext("open duty", "open duties", counts.open_duties))
    yield CountWords(str(counts.unknown), _("to find out"))


def strength_words(strength: StrengthStatement) -> StrengthWords:
    return StrengthWords(strength.domain, strength.question.id, strength.answer)


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


def answered_by_sentence(answered: AnsweredByStatement) -> str:
    """Who gave the answers, in counts: a review says more where somebody else gave them."""
    words = {"business": answered.business, "consultancy": answered.consultancy, "rest": answered.not_recorded}
    if not answered.consultancy and not answered.not_recorded:
        return _("The business itself gave all the answers.")
    if not answered.business and not answered.not_recorded:
        return _("Its consultancy gave all the answers.")
    if not answered.not_recorded:
        return _("Answers given by the business itself: %(business)d, by its consultancy: %(consultancy)d.") % words
    return (
        _(
            "Answers given by the business itself: %(business)d, by its consultancy: %(consultancy)d, not recorded by "
            "whom: %(rest)d."
        )
        % words
    )


def taken_over_sentence(taken_over: TakenOverStatement) -> str:
    """How many answers nobody looked at again, apart from the others."""
    words = {
        "count": taken_over.taken_over,
        "confirmed": taken_over.confirmed,
        "day": date_text(taken_over.oldest),
    }
    return (
        ngettext(
            "%(count)d answer was taken over from %(day)s and not looked at again. Given or confirmed for this result: "
            "%(confirmed)d.",
            "%(count)d answers were taken over and not looked at again, the oldest from %(day)s. Given or confirmed "
            "for this result: %(confirmed)d.",
            taken_over.taken_over,
        )
        % words
    )


def review_lines(reviews: Iterable[ReviewStatement], answered: AnsweredByStatement | None = None) -> tuple[str, ...]:
    """A line for each reviewer, or that nobody reviewed it: what a consultancy answered is no self-assessment."""
    alone = _("Not reviewed") if answered and answered.consultancy else _("Self-assessed")
    return tuple(_review(review) for review in reviews) or (alone,)


def _review(review: ReviewStatement) -> str:
    return _("Reviewed by %(who)s of %(consultancy)s on %(day)s: %(count)d of %(answered)d answers") % {
        "who": review.reviewer,
        "consultancy": review.consultancy,
        "day": date_text(review.latest),
        "count": review.reviewed,
        "answered": review.answered,
    }
