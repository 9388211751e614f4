"""From a frozen result to the document: a pure function of what is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Brand
from assessments.bank.types import Edition
from assessments.pages.computed import worked_figures
from assessments.results.recorded_answers import RecordedAnswer
from assessments.reviewed import reviewed_lines
from assessments.scope_facts import facts_from_json
from assessments.scoring.plan import FIRST_STEPS, FigureBeforeAfter
from assessments.scoring.types import ScoredResult
from reports.document.brand import brand_part
from reports.document.figures import bar_chart, cover, domain_parts, lens_part, pillar_parts, radar_chart, summary
from reports.document.lists import find_out_parts, fix_parts, law_parts, left_out_parts, plan_steps
from reports.document.prose import one_line
from reports.document.scope import method, scope_part
from reports.document.types import ReportDocument


@dataclass(frozen=True, slots=True)
class Source:
    """What a report is made of. `facts` are the stored answers to the scope questions."""

    organisation: str
    finished_on: date
    language: str
    edition: Edition
    facts: Mapping[str, Any]
    outcome: ScoredResult
    first_gain: tuple[FigureBeforeAfter, ...]
    answers: Mapping[str, RecordedAnswer]
    brand: Brand | None = None


def build(source: Source) -> ReportDocument:
    edition, outcome = source.edition, source.outcome
    worked = worked_figures(edition, outcome)
    plan = plan_steps(edition, outcome)
    reviewed = tuple(one_line(line) for line in reviewed_lines(outcome, source.answers))
    return ReportDocument(
        language=source.language,
        title=_("Privacy and security self-assessment of %(organisation)s")
        % {"organisation": one_line(source.organisation)},
        created=source.finished_on.isoformat(),
        disclaimer=edition.disclaimer,
        cover=cover(source.organisation, source.finished_on, edition, outcome, reviewed),
        summary=summary(edition, outcome, plan[:FIRST_STEPS], source.first_gain, reviewed),
        pillars=pillar_parts(edition, outcome, worked.pillars),
        radar=radar_chart(edition, outcome),
        bars=bar_chart(edition, outcome),
        domains=domain_parts(edition, outcome, worked.domains, source.answers),
        lens=lens_part(edition, outcome, worked.lens),
        plan=plan,
        must_fix=fix_parts(edition, outcome),
        laws=law_parts(edition, outcome),
        find_out=find_out_parts(edition, outcome),
        left_out=left_out_parts(outcome),
        scope=scope_part(edition, facts_from_json(dict(source.facts))),
        method=method(edition, outcome.run),
        brand=brand_part(source.brand) if source.brand else None,
    )
