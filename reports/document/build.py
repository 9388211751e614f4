"""From a frozen result to the document: a pure function of its arguments."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext

from accounts.models import Brand
from assessments.bank.types import Edition
from assessments.formatting.charts import domain_rows
from assessments.presentation.answer_record import RecordedAnswer
from assessments.presentation.placeholders import BusinessPlace, country_in
from assessments.presentation.since.statements import ToldSince
from assessments.presentation.told_result import tell_result
from assessments.scope_facts import facts_from_json
from assessments.scoring.plan import FigureBeforeAfter
from assessments.scoring.types import ScoredResult
from assessments.signed_assessment.lines import how_to_check
from assessments.wording.phrases import numbered_day
from assessments.wording.result import result_words, sums_in_words
from reports.document.advice import with_words
from reports.document.brand import brand_part
from reports.document.evidence import evidence_part
from reports.document.figures import Figures, domain_parts, lens_part, pillar_parts
from reports.document.held import held, says_something
from reports.document.owner_sections import duty_rows, limits, ninety_days, open_lists, plan_part
from reports.document.prose import one_line
from reports.document.scope import legal_changes, method, scope_part
from reports.document.since import since_part
from reports.document.summary import answer_facts, cover, document_title, left_out_part
from reports.document.types import ReportDocument, TakenOn
from reports.kinds.paper import paper_of
from reports.kinds.registry import WORKINGS, ReportKind
from reports.kinds.sections import ReportSection
from reports.kinds.text_places import ConsultantEntry


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made of. `facts` are the stored answers to the scope questions; `interim` as in ToldResult.

    `since` is what has changed since the last result that the organisation finished before, None for its first.
    `taken` is who does a step of the plan, by question; `entries` are the words of consultants.
    `place_in_day` tells apart results that the organisation reached on the same day. `site` is the address of the
    installation, where somebody checks the report; without one the report does not say how.
    """

    organisation: str
    finished_on: date
    language: str
    edition: Edition
    facts: Mapping[str, Any]
    outcome: ScoredResult
    first_gain: tuple[FigureBeforeAfter, ...]
    answers: Mapping[str, RecordedAnswer]
    brand: Brand | None = None
    since: ToldSince | None = None
    interim: bool = False
    taken: Mapping[str, TakenOn] = field(default_factory=dict)
    entries: tuple[ConsultantEntry, ...] = ()
    place_in_day: int = 1
    site: str = ""


def build(source: Source, kind: ReportKind = WORKINGS) -> ReportDocument:
    """The document of this kind, all that there is without one."""
    whole = with_words(_whole(source, kind), source.entries)
    return replace(held(whole), sections=tuple(each for each in kind.sections if says_something(each, whole)))


def _whole(source: Source, kind: ReportKind) -> ReportDocument:
    edition, outcome = source.edition, source.outcome
    facts = facts_from_json(dict(source.facts))
    place = BusinessPlace(country_in(facts), outcome.run.tags, source.finished_on)
    told = tell_result(
        edition, outcome, source.first_gain, source.answers, facts=facts, day=source.finished_on, interim=source.interim
    )
    words = result_words(told)
    figures = Figures(told, words, sums_in_words(told))
    reviewed = tuple(one_line(line) for line in words.reviews)
    day = numbered_day(source.finished_on, source.place_in_day)
    given = tuple(line.removesuffix(".") for line in (words.answered_by, words.taken_over) if line)
    domains = domain_parts(edition, outcome, figures, source.answers)
    return ReportDocument(
        language=source.language,
        title=document_title(one_line(source.organisation), kind, interim=source.interim),
        created=source.finished_on.isoformat(),
        disclaimer=edition.disclaimer,
        cover=cover(source.organisation, day, told, str(kind.label), (*given, *reviewed)),
        words=words,
        facts=answer_facts(words, (*given, *reviewed)),
        pillars=pillar_parts(figures),
        chart_rows=domain_rows(told),
        domains=domains,
        lens=lens_part(figures),
        left_out=tuple(left_out_part(item) for item in words.left_out),
        scope=scope_part(edition, facts, place),
        method=method(edition),
        changes=legal_changes(edition, place, outcome.run.provisional),
        brand=brand_part(source.brand) if source.brand else None,
        told=told,
        since=since_part(source.since) if source.since else None,
        plan=plan_part(words, source.taken),
        ninety_days=ninety_days(words, source.taken),
        duty_rows=duty_rows(words),
        open_lists=open_lists(words),
        evidence=evidence_part(domains),
        limits=_with_check(
            limits(edition.disclaimer, on_cover=ReportSection.COVER in kind.sections, reviewed=bool(told.reviews)),
            source.site,
        ),
        kind=kind,
        sections=kind.sections,
        paper=paper_of(facts),
    )


def _with_check(texts: tuple[str, ...], site: str) -> tuple[str, ...]:
    """How somebody checks the report ends the last text: a statement has no room for a paragraph more."""
    if not site or not texts:
        return texts
    return (*texts[:-1], f"{texts[-1]} {how_to_check(site, gettext)}")
