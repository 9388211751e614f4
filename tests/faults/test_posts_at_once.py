"""Every form that makes something, sent twice at once over two connections: what comes of it is one thing."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, OperatorRecord, Organisation
from assessments.models import (
    Action,
    ActionEvent,
    Assessment,
    CitationRow,
    Comment,
    DomainRow,
    EditionRow,
)
from launch.processes import wait_until
from reports.models import Bundle, DataExport, Report
from tests.access.keys import (
    Kwargs,
    nothing,
    of_action,
    of_business,
    of_consultancy,
    of_draft,
    of_published,
    of_question,
    of_step,
)
from tests.access.site import Site, make_site
from tests.accounts.confirming import confirm_lately
from tests.personas import ADMINISTRATOR, BANK_EDITOR, CONSULTANT_ANSWER, EDITOR, OWNER
from tests.runs import asked_questions

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Making:
    """A form that makes a row of `model`."""

    name: str
    kwargs: Kwargs
    persona: str
    model: type[Model]
    data: Callable[[Site], Mapping[str, object]] = field(default=lambda site: {})


def comment(site: Site) -> Mapping[str, object]:
    return {f"comment-{asked_questions(site.run)[0].id}-text": "Which phones?"}


def clients(site: Site) -> Mapping[str, object]:
    return {"client": str(site.business.pk)}


def a_domain(site: Site) -> Mapping[str, object]:
    pillar = site.draft.domains.all()[0].pillar
    return {"code": "TWICE", "title": "Twice", "pillar": pillar, "promise": "All is well", "who_knows": "You"}


def a_citation(site: Site) -> Mapping[str, object]:
    return {"label": "GDPR Art. 9", "says": "So.", "law": "gdpr", "verification": "memory", "source": "read"}


def same(**data: object) -> Callable[[Site], Mapping[str, object]]:
    return lambda site: data


def today(site: Site) -> Mapping[str, object]:
    return {"kind": "restore_test", "day": str(timezone.localdate()), "note": "Twenty minutes"}


def of_interim(site: Site) -> Mapping[str, object]:
    """The one made a moment ago: the other result has its report already."""
    return {"pk": Assessment.objects.get(organisation=site.business, interim=True).pk}


MAKINGS = (
    Making("organisation_add", nothing, OWNER, Organisation, same(organisation_name="A second shop")),
    Making("client_add", of_consultancy, CONSULTANT_ANSWER, Organisation, same(client_name="New client")),
    Making("client_ask", of_consultancy, CONSULTANT_ANSWER, Invitation, same(email="a@example.org", level="read")),
    Making("invite_colleague", of_business, OWNER, Invitation, same(email="b@example.org", role="viewer")),
    Making("invite_consultancy", of_business, OWNER, Invitation, same(email="c@example.org", level="read")),
    Making("comment_add", of_question, EDITOR, Comment, comment),
    Making("action_add", of_business, EDITOR, Action, same(title="Ask the bank")),
    Making("action_take", of_step, EDITOR, Action, same(do="take")),
    Making("action_comment", of_action, EDITOR, ActionEvent, same(text="Start with the till")),
    Making("bundle_request", of_consultancy, CONSULTANT_ANSWER, Bundle, clients),
    Making("own_data", nothing, OWNER, DataExport),
    Making("organisation_data", of_business, OWNER, DataExport),
    Making("interim_result", of_business, OWNER, Assessment),
    Making("report_request", of_interim, OWNER, Report),
    Making("our_rules_in_full", nothing, ADMINISTRATOR, OperatorRecord, today),
    Making("bank_copy", of_published, BANK_EDITOR, EditionRow, same(code="copied")),
    Making("bank_domain_add", of_draft, BANK_EDITOR, DomainRow, a_domain),
    Making("bank_citation_add", of_draft, BANK_EDITOR, CitationRow, a_citation),
)


@pytest.fixture
def site(edition_row: EditionRow, settings: LazySettings) -> Site:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    settings.ACCOUNT_RATE_LIMITS = False
    site = make_site()
    # The same reports by the same person are the same bundle.
    Bundle.objects.all().delete()
    return site


def send(site: Site, making: Making) -> int:
    browser, person = Client(), site.person(making.persona)
    browser.force_login(person)
    confirm_lately(browser, person)
    try:
        path = reverse(making.name, kwargs=dict(making.kwargs(site)))
        return browser.post(path, dict(making.data(site))).status_code
    finally:
        connection.close()


def sent_twice(site: Site, making: Making) -> list[int]:
    """Both wait for the table, each at the first statement that would write to it or lock in it."""
    with ThreadPoolExecutor(2) as others:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {making.model._meta.db_table} IN EXCLUSIVE MODE")
            answers = [others.submit(send, site, making) for _ in range(2)]
            wait_until(lambda: waiting() == 2 or all(answer.done() for answer in answers), [], 60)
        return [answer.result() for answer in answers]


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def test_two_posts_at_once_make_one(site: Site) -> None:
    wrong = []
    for making in MAKINGS:
        before = making.model._default_manager.count()
        answers = sent_twice(site, making)
        made = making.model._default_manager.count() - before
        if made != 1 or not all(answer < 500 for answer in answers):
            wrong.append((making.name, made, answers))
    assert not wrong, f"(form, how many it made, answers): {wrong}"
