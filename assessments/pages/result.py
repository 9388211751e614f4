"""The result page: what is in place, what to do first, where the business stands, what is open.

A frozen result never changes and its edition neither, so each process caches the HTML: for some minutes, because an
erasure takes the person's name out of it all the same. What depends on the reader or on the day is not in here: the
view adds it around these parts.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from accounts.permissions import Capability
from assessments.access import AssessmentAccess
from assessments.bank.types import Edition
from assessments.collaboration import has_been_discussed
from assessments.formatting.charts import domain_rows
from assessments.models import Assessment, Result
from assessments.pages.html_cache import HtmlCache
from assessments.results.summaries import is_newest
from assessments.scoring.plan import FIRST_STEPS
from assessments.told_results import read_told_result
from assessments.wording.figures import PillarWords
from assessments.wording.messages import step_message
from assessments.wording.plan import PlanStepWords
from assessments.wording.result import result_words

FROZEN_HTML = HtmlCache(most_bytes=26 * 2**20, most_seconds=15 * 60)
"""Of some 1,000 results, whose pages at full depth take 24 kB each."""
# Between the parts of a page. No bank and no answer holds a NUL character: the databases and the forms refuse it.
BREAK = "\0"


@dataclass(frozen=True, slots=True)
class PillarCard:
    words: PillarWords

    @property
    def steps(self) -> tuple[bool, ...]:
        """One mark for each label, filled up to the one reached."""
        return tuple(self.words.label is not None and step <= self.words.label for step in range(5))


@dataclass(frozen=True, slots=True)
class StepCard:
    """An entry of the plan with all its steps, and its next step as a message to somebody else."""

    words: PlanStepWords

    @property
    def message(self) -> str:
        return step_message(self.words)

    @property
    def message_lines(self) -> int:
        """Enough to show the message whole on a wide screen."""
        return sum(1 + len(line) // 70 for line in self.message.split("\n"))


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The parts of the page as HTML, in order: where the business stands, and the lists below."""

    standing: SafeString
    lists: SafeString


@dataclass(frozen=True, slots=True)
class FrozenPage:
    """Everything that the HTML of a frozen result depends on, and nothing else."""

    result_id: UUID
    assessment_id: UUID
    organisation_id: UUID
    edition: Edition
    language: str | None


def step_cards(steps: Iterable[PlanStepWords]) -> tuple[StepCard, ...]:
    """One for each of these entries of the plan, in their order."""
    return tuple(StepCard(step) for step in steps)


def can_take_steps(access: AssessmentAccess, result: Result) -> bool:
    """Whether the cards lead to the plan, which is that of the newest result."""
    return access.can(Capability.ANSWER) and is_newest(result)


def result_page(access: AssessmentAccess, result: Result) -> ResultPage:
    """The parts of the page, from the cache if this process has rendered them before."""
    standing, lists = frozen_html(access, result, _lay_out).split(BREAK)
    return ResultPage(mark_safe(standing), mark_safe(lists))  # noqa: S308 (laid out by templates)


def frozen_page(access: AssessmentAccess, result: Result) -> FrozenPage:
    """In the language of the reader."""
    run = access.assessment
    return FrozenPage(result.pk, run.pk, run.organisation_id, access.edition, get_language())


def frozen_html(access: AssessmentAccess, result: Result, lay_out: Callable[..., str], *arguments: Hashable) -> str:
    """What `lay_out` renders for the result and these arguments, cached; not under DEBUG, where templates change."""
    page = frozen_page(access, result)
    if settings.DEBUG:
        return lay_out(page, *arguments)
    key = (lay_out, page.result_id, page.edition.id, page.language, arguments)
    return FROZEN_HTML.get_or_set(key, lambda: lay_out(page, *arguments))


def _lay_out(page: FrozenPage) -> str:
    """Comments are as fixed as answers once the assessment is finished."""
    told = read_told_result(page.result_id, page.edition, sums=False)
    words = result_words(told)
    context = {
        "assessment_id": page.assessment_id,
        "organisation_id": page.organisation_id,
        "words": words,
        "first": step_cards(words.first[:FIRST_STEPS]),
        "then": step_cards(words.first[FIRST_STEPS:]),
        "cards": tuple(PillarCard(pillar) for pillar in words.pillars if pillar.shown),
        "domains_to_next": tuple(domain for domain in words.domains if domain.next),
        "rows": domain_rows(told),
        "has_comments": has_been_discussed(Assessment(pk=page.assessment_id)),
    }
    parts = ("assessments/told/standing.html", "assessments/told/lists.html")
    return BREAK.join([render_to_string(part, context) for part in parts])
