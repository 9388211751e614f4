"""Where a person starts: their organisations, and each one's runs."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.paging import ListPage, list_page, searched
from accounts.permissions import Capability
from accounts.queries import Standing, organisations_of, own_standings_of, standings_of
from assessments.action_queries import plan_dates
from assessments.editions.newest import newest_offered_or_none
from assessments.editions.stored import UNREAD, edition_of
from assessments.models import Assessment, AssessmentState, EditionRow
from assessments.pages.plan_glance import PlanGlance, plan_dates_text, plan_glance
from assessments.pages.scope import with_known_scope
from assessments.presentation.laws.changes import DayOfChanges, changes_soon
from assessments.queries import latest_per_organisation, load_scored_result, runs_of
from assessments.results.run_names import names_of_days, result_title
from assessments.scope_facts import business_place
from assessments.wording import FigureWords, pillar_figure_words

MOST_WITHOUT_SEARCH = 10
RESULTS_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """`change` is the next day on which a law changes for the organisation, if that is within 90 days."""

    organisation: Organisation
    latest: Assessment | None
    change: DayOfChanges | None
    plan: str


@dataclass(frozen=True, slots=True)
class HomePage:
    lines: tuple[OrganisationLine, ...]
    page: ListPage[UUID]
    wanted: str
    can_search: bool
    consultancies: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class FinishedLine:
    """`name` tells two results of one day apart."""

    assessment: Assessment
    name: str
    figures: tuple[tuple[str, FigureWords], ...]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """`newest_result` is the assessment behind it. `scoped_run` is the newest assessment that knows the facts of the
    business: which laws apply follows from it.
    """

    organisation: Organisation
    scoped_run: Assessment | None
    open_run: Assessment | None
    newest_result: Assessment | None
    finished: tuple[FinishedLine, ...]
    page: ListPage[UUID]
    newest: EditionRow | None
    can_start: bool
    can_answer: bool
    can_manage_people: bool
    can_see_clients: bool
    can_share: bool
    plan: PlanGlance


def start_of(person: User) -> str | None:
    """The URL where this person's work begins: their only organisation, or the desk of their only consultancy.

    None for everybody else.
    """
    own = own_standings_of(person)
    if len(own) == 1 and own[0].can(Capability.SEE_CLIENTS):
        return reverse("desk", args=[own[0].organisation.pk])
    visible = organisations_of(person).values_list("pk", flat=True).order_by()[:2]
    return reverse("organisation", args=[visible[0]]) if len(visible) == 1 else None


def home_page(person: User, *, query: QueryDict, day: date) -> HomePage:
    """One page of the organisations whose names contain the search text, each with its newest run."""
    wanted = searched(query, "name")
    names = list(organisations_of(person).order_by("name", "pk").values_list("pk", "name"))
    page = list_page([key for key, name in names if wanted.casefold() in name.casefold()], query)
    standings = {standing.organisation.pk: standing for standing in standings_of(person, page.rows)}
    runs = latest_per_organisation(standings).select_related("edition").defer(*UNREAD)
    latest = {run.organisation_id: run for run in runs}
    dates = plan_dates(page.rows)
    return HomePage(
        lines=tuple(
            OrganisationLine(
                organisation=standings[key].organisation,
                latest=latest.get(key),
                change=_next_change(latest.get(key), day),
                plan=plan_dates_text(dates.get(key)),
            )
            for key in page.rows
            if key in standings
        ),
        page=page,
        wanted=wanted,
        can_search=len(names) > MOST_WITHOUT_SEARCH,
        consultancies=tuple(each.organisation for each in own_standings_of(person) if each.can(Capability.SEE_CLIENTS)),
    )


def organisation_page(standing: Standing, query: QueryDict, *, day: date) -> OrganisationPage:
    """What is next in the plan, the open run, if any, and one page of finished ones, newest first."""
    newest_first = standing.organisation.assessments.order_by(F("finished_at").desc(nulls_first=True), "-started_at")
    ended = {
        key: moment if state == AssessmentState.FINISHED else None
        for key, state, moment in newest_first.values_list("pk", "state", "finished_at")
    }
    done = [key for key, moment in ended.items() if moment]
    finished: ListPage[UUID] = list_page(done, query, size=RESULTS_ON_A_PAGE)
    shown = {*finished.rows, *done[:1], *(ended.keys() - set(done))}
    runs = list(runs_of(standing.organisation).filter(pk__in=shown))
    in_turn = sorted([(moment, key) for key, moment in ended.items() if moment])
    names = names_of_days((key, timezone.localdate(moment)) for moment, key in in_turn)
    return OrganisationPage(
        organisation=standing.organisation,
        scoped_run=with_known_scope(runs),
        open_run=next((run for run in runs if not run.is_finished), None),
        newest_result=next((run for run in runs if run.is_finished), None),
        finished=tuple(_finished_line(run, names[run.pk]) for run in runs if run.pk in finished.rows),
        page=finished,
        newest=newest_offered_or_none(),
        can_start=standing.can(Capability.EDIT_SCOPE),
        can_answer=standing.can(Capability.ANSWER),
        can_manage_people=standing.can(Capability.MANAGE_PEOPLE),
        can_see_clients=standing.can(Capability.SEE_CLIENTS),
        can_share=standing.can(Capability.SHARE_REPORT),
        plan=plan_glance(
            standing.organisation,
            next((run for run in runs if run.is_finished), None),
            day,
            has_open=len(ended) > len(done),
        ),
    )


def _next_change(run: Assessment | None, day: date) -> DayOfChanges | None:
    if run is None or run.state == AssessmentState.SCOPING:
        return None
    found = changes_soon(edition_of(run.edition), business_place(run, day), frozenset(run.provisional))
    return next(iter(found.near), None)


def _finished_line(run: Assessment, day: str) -> FinishedLine:
    edition = edition_of(run.edition)
    names = {pillar.code: pillar.name for pillar in edition.pillars}
    return FinishedLine(
        assessment=run,
        name=result_title(day, interim=run.interim),
        figures=tuple(
            (names[pillar.code], pillar_figure_words(edition, pillar))
            for pillar in load_scored_result(edition, run.result).pillars
        ),
    )
