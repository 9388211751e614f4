"""What has changed since the last result, on one page."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from assessments.formatting.trend_charts import change_rows
from assessments.presentation.since.statements import ToldSince
from assessments.wording.over_time.since import FindingSinceWords, QuestionSinceWords, since_words
from reports.document.types import SinceItem, SinceList, SincePart

MOST_LISTED = 2
"""Of each list, so that all of them fit on one page: the web page has the rest."""


def since_part(told: ToldSince) -> SincePart:
    """The most important things of each kind; what nobody has to act on is left to the web page."""
    words = since_words(told)
    better = _lists(
        (_("Urgent gaps that are gone"), _of_findings(words.gaps_closed)),
        (_("Duties that are no longer open"), _of_duties(words.duties_met)),
        (_("Answers at a higher level"), _of_questions(words.better)),
    )
    look = _lists(
        (_("New urgent gaps"), _of_findings(words.gaps_new)),
        (_("Duties that are open now"), _of_duties(words.duties_new)),
        (_("Answers at a lower level"), _of_questions(words.worse)),
    )
    is_cut = any(each.count > MOST_LISTED for each in (*better, *look))
    return SincePart(
        lead=words.lead,
        hints=words.hints,
        counts=words.counts,
        better=better,
        look=look,
        more=_("Of longer lists these are the first. The page “What has changed” has all of them.") if is_cut else "",
        rows=change_rows(told.pillars),
        figures=(*words.pillars, *words.domains),
    )


def _lists(*given: tuple[str, Iterator[SinceItem]]) -> tuple[SinceList, ...]:
    every = ((title, tuple(items)) for title, items in given)
    return tuple(SinceList(title, len(items), items[:MOST_LISTED]) for title, items in every if items)


def _of_findings(findings: Iterable[FindingSinceWords]) -> Iterator[SinceItem]:
    for each in findings:
        yield SinceItem(each.question, " ".join(part for part in (each.asks, each.why) if part))


def _of_duties(duties: Iterable[FindingSinceWords]) -> Iterator[SinceItem]:
    """In the words of the law: one question can stand for several duties."""
    for each in duties:
        yield SinceItem(each.question, " ".join(part for part in (each.text, each.why) if part))


def _of_questions(questions: Iterable[QuestionSinceWords]) -> Iterator[SinceItem]:
    for each in questions:
        yield SinceItem(each.question, f"{each.asks} {each.change}.")
