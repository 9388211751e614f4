"""Where a person starts: their organisations, and each one's runs."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Organisation
from accounts.permissions import Capability
from accounts.queries import Standing
from assessments.editions.stored import edition_of, newest_published_or_none
from assessments.models import Assessment, AssessmentState, EditionRow
from assessments.queries import latest_per_organisation, load_scored_result, runs_of
from assessments.wording import FigureWords, figure_words

MOST_WITHOUT_SEARCH = 10


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    organisation: Organisation
    standing: Standing
    latest: Assessment | None


@dataclass(frozen=True, slots=True)
class HomePage:
    lines: tuple[OrganisationLine, ...]
    wanted: str
    belongs: bool
    can_search: bool
    consultancies: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class FinishedLine:
    assessment: Assessment
    figures: tuple[tuple[str, FigureWords], ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    organisation: Organisation
    open_run: Assessment | None
    finished: tuple[FinishedLine, ...]
    newest: EditionRow | None
    can_start: bool
    can_manage_people: bool
    can_see_clients: bool


def start_of(standings: Sequence[Standing]) -> str | None:
    """Where this person's work begins: the one organisation there is, or the desk of one's only consultancy."""
    own = [standing for standing in standings if standing.role]
    if len(own) == 1 and own[0].can(Capability.SEE_CLIENTS):
        return reverse("desk", args=[own[0].organisation.pk])
    if len(standings) == 1:
        return reverse("organisation", args=[standings[0].organisation.pk])
    return None


def home_page(standings: Sequence[Standing], *, wanted: str = "") -> HomePage:
    """Every organisation whose name has what was searched for, with its newest run; one query however many."""
    found = [each for each in standings if wanted.strip().casefold() in each.organisation.name.casefold()]
    runs = latest_per_organisation(standing.organisation.pk for standing in found)
    latest = {run.organisation_id: run for run in runs}
    return HomePage(
        lines=tuple(
            OrganisationLine(standing.organisation, standing, latest.get(standing.organisation.pk))
            for standing in found
        ),
        wanted=wanted,
        belongs=bool(standings),
        can_search=len(standings) > MOST_WITHOUT_SEARCH,
        consultancies=tuple(each.organisation for each in standings if each.can(Capability.SEE_CLIENTS)),
    )


def organisation_page(standing: Standing) -> OrganisationPage:
    runs = list(runs_of(standing.organisation))
    return OrganisationPage(
        organisation=standing.organisation,
        open_run=next((run for run in runs if run.state != AssessmentState.FINISHED), None),
        finished=tuple(_finished_line(run) for run in runs if run.state == AssessmentState.FINISHED),
        newest=newest_published_or_none(),
        can_start=standing.can(Capability.EDIT_SCOPE),
        can_manage_people=standing.can(Capability.MANAGE_PEOPLE),
        can_see_clients=standing.can(Capability.SEE_CLIENTS),
    )


def _finished_line(run: Assessment) -> FinishedLine:
    edition = edition_of(run.edition)
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    return FinishedLine(
        assessment=run,
        figures=tuple(
            (names[pillar.code], figure_words(edition, pillar.low, pillar.high))
            for pillar in load_scored_result(edition, run.result).pillars
        ),
    )
