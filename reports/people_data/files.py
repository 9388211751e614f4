"""Files made before a person was erased, with the name or the address in them."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from accounts.models import Organisation, User
from accounts.people_data.texts import Changed
from assessments.models import Assessment
from assessments.results.comparison import later_result
from reports import storage
from reports.models import Bundle, DataExport, PortfolioFile, PortfolioItem, Report, ReportState
from reports.queue import lifecycle

Delete = Callable[[str], None]
BANK = ("Row", "ChecklistItem")
"""How the models of an edition's texts end: every report prints some of them."""


def forget_files(person: User, changed: Changed, known_in: frozenset[UUID]) -> None:
    """Delete the files that say something which is now taken away; whoever asks for one gets it made again.

    A file goes before its row is stored: if the erasure fails, the file is made again just the same.
    """
    _delete_exports(Q(requested_by=person) | Q(organisation__in=known_in), storage.delete_file)
    _delete_portfolios(_portfolios_made_from(changed), storage.delete_file)
    reports = _made_from(changed)
    _forget(
        reports,
        Bundle.objects.filter(Q(items__report__in=reports) | Q(pk__in=_keys(changed, Bundle))),
        storage.delete_file,
    )


def forget_files_of(organisation: Organisation, assessment: UUID | None) -> None:
    """The same for what carries the name of an organisation that is renamed or deleted, or for one assessment.

    After commit: a file whose row is gone is found and deleted later, even if this process ends here.
    """
    _delete_exports(Q(organisation=organisation), _delete_after_commit)
    _delete_portfolios(_portfolios_about(organisation, assessment), _delete_after_commit)
    if assessment is not None:
        reports = _reports_about(organisation, assessment)
        _forget(reports, Bundle.objects.filter(items__report__in=reports), _delete_after_commit)
        return
    own = Q(result__assessment__organisation=organisation) | Q(brand__consultancy=organisation)
    bundles = Bundle.objects.filter(Q(items__client=organisation.pk) | Q(consultancy=organisation))
    _forget(Report.objects.filter(own), bundles, _delete_after_commit)


def _reports_about(organisation: Organisation, assessment: UUID) -> "QuerySet[Report]":
    """Those of its result, and those of the next one, which tell what has changed since."""
    later = later_result(Assessment(pk=assessment, organisation=organisation))
    return Report.objects.filter(Q(result__assessment=assessment) | Q(result=later.pk if later else None))


def _delete_exports(which: Q, delete: Delete) -> None:
    """All of an organisation stands in such a file."""
    exports = DataExport.objects.filter(which)
    for name in exports.exclude(file="").values_list("file", flat=True):
        delete(name)
    exports.delete()


def _portfolios_about(organisation: Organisation, assessment: UUID | None) -> Q:
    if assessment is not None:
        return Q(items__result__assessment=assessment)
    return Q(items__client=organisation.pk) | Q(consultancy=organisation)


def _portfolios_made_from(changed: Changed) -> Q:
    """Those that print one of the texts, or whose names stand in it."""
    if _prints_bank(changed):
        return Q()
    organisations = changed.get("accounts.Organisation", set())
    return (
        Q(pk__in=_keys(changed, PortfolioFile))
        | Q(items__in=_keys(changed, PortfolioItem))
        | Q(items__client__in=organisations)
        | Q(consultancy__in=organisations)
        | Q(brand__in=changed.get("accounts.Brand", set()))
        | Q(items__result__in=changed.get("assessments.Result", set()))
        | Q(items__result__assessment__in=changed.get("assessments.Assessment", set()))
    )


def _delete_portfolios(which: Q, delete: Delete) -> None:
    """Like bundles they are asked for again: their clients may have newer results by now."""
    portfolios = PortfolioFile.objects.filter(pk__in=PortfolioFile.objects.filter(which).order_by().values("pk"))
    for name in portfolios.exclude(file="").values_list("file", flat=True):
        delete(name)
    portfolios.delete()


def _forget(reports: "QuerySet[Report]", bundles: "QuerySet[Bundle]", delete: Delete) -> None:
    for bundle in bundles.distinct():
        if bundle.file:
            delete(bundle.file)
        bundle.delete()
    for name in reports.filter(state=ReportState.READY).values_list("file", flat=True):
        delete(name)
    # Nobody would miss them, and who asks gets one that says what is true now.
    Report.objects.filter(pk__in=reports.filter(requested_by=None).values("pk")).delete()
    lifecycle.start_over(rows=Report.objects.filter(pk__in=reports.values("pk")))


def _made_from(changed: Changed) -> "QuerySet[Report]":
    if _prints_bank(changed):
        return Report.objects.all()
    organisations = changed.get("accounts.Organisation", set())
    return Report.objects.filter(
        Q(pk__in=_keys(changed, Report))
        | Q(result__in=changed.get("assessments.Result", set()))
        | Q(result__assessment__in=changed.get("assessments.Assessment", set()))
        | Q(result__assessment__organisation__in=organisations)
        | Q(brand__in=changed.get("accounts.Brand", set()))
        | Q(brand__consultancy__in=organisations)
    )


def _prints_bank(changed: Changed) -> bool:
    return any(label.startswith("assessments.") and label.endswith(BANK) for label in changed)


def _keys(changed: Changed, model: type[Model]) -> set[object]:
    return changed.get(model._meta.label, set())


def _delete_after_commit(name: str) -> None:
    transaction.on_commit(partial(storage.delete_file, name))
