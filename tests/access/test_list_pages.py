"""No list page grows without limit: at most 100 kB of HTML for 1,000 rows, with as many statements as for one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import (
    AccessLevel,
    AuditEvent,
    AuditKind,
    Engagement,
    Invitation,
    InvitationKind,
    Membership,
    Organisation,
    OrganisationKind,
    Role,
    User,
)
from accounts.sign_in.tokens import hash_token, new_token
from assessments.models import (
    Assessment,
    Assignment,
    Bank,
    BankChange,
    ChangedThing,
    ChangeVerb,
    CheckLink,
    Comment,
    EditionRow,
    SharedCheck,
)
from assessments.services import result_limits
from assessments.services.runs import restart_assessment
from reports.models import Bundle, PortfolioFile, ShareLink, Snippet
from tests.access.site import ready_report
from tests.desk.clients import consultant, copy_of, many_clients
from tests.factories import ConsultancyFactory, OrganisationFactory, UserFactory, member
from tests.guest.guests import Guest
from tests.pages import parse, text_of
from tests.runs import NOW, asked_questions, finished_run, scoped_run

pytestmark = pytest.mark.django_db
MOST_BYTES = 100_000
SIZES = (1, 3, 100, 1_000)


@dataclass(frozen=True)
class Grown:
    """A list page and who opens it; `last` is the query of its last page."""

    by: User
    path: str
    last: str = "page=20"


def desk(size: int) -> Grown:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    many_clients(consultancy, size, finished_run(levels=0), by)
    return Grown(by, f"/consultancies/{consultancy.pk}/?sort=activity")


def clients(size: int) -> Grown:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    rows = Organisation.objects.bulk_create(
        Organisation(name=f"Client {number:04}", set_up_by=consultancy) for number in range(size)
    )
    Engagement.objects.bulk_create(
        Engagement(consultancy=consultancy, client=row, level=AccessLevel.ANSWER, granted_at=NOW) for row in rows
    )
    invitations(consultancy, by, size, kind=InvitationKind.CLIENT, level=AccessLevel.ANSWER)
    return Grown(by, f"/consultancies/{consultancy.pk}/clients/?q=", "page=20&invitations=20")


def former(size: int) -> Grown:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    rows = Organisation.objects.bulk_create(Organisation(name=f"Client {number:04}") for number in range(size))
    ended = timezone.now()
    Engagement.objects.bulk_create(
        Engagement(
            consultancy=consultancy,
            client=row,
            level=AccessLevel.READ,
            granted_at=NOW,
            ended_at=ended,
            client_name=row.name,
        )
        for row in rows
    )
    return Grown(by, f"/consultancies/{consultancy.pk}/clients/former/?q=")


def check_links(size: int) -> Grown:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    CheckLink.objects.bulk_create(
        CheckLink(consultancy=consultancy, name=f"Fair {number:04}", key=new_token(), created_by=by)
        for number in range(size)
    )
    return Grown(by, f"/consultancies/{consultancy.pk}/check-links/")


def shared_checks(size: int) -> Grown:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    check = Guest().answer_all().check
    SharedCheck.objects.bulk_create(
        SharedCheck(
            consultancy=consultancy,
            edition=check.edition,
            business=f"Bakery {number:04}",
            email=f"somebody{number}@client.example.org",
            facts=check.facts,
            answers=check.answers,
        )
        for number in range(size)
    )
    return Grown(by, f"/consultancies/{consultancy.pk}/shared-checks/", "page=50")


def invitations(organisation: Organisation, by: User, size: int, **more: object) -> None:
    Invitation.objects.bulk_create(
        Invitation(
            organisation=organisation,
            email=f"somebody.else{number}@client.example.org",
            token_hash=f"{organisation.pk.hex}{number:032x}",
            invited_by=by,
            created_at=timezone.now(),
            sent_at=timezone.now(),
            expires_at=timezone.now() + timedelta(days=7),
            **more,
        )
        for number in range(size)
    )


def home(size: int) -> Grown:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    many_clients(consultancy, size, finished_run(levels=0), by)
    return Grown(by, "/home/?all=1", "page=20")


def people(size: int) -> Grown:
    organisation = OrganisationFactory.create()
    owner = member(organisation)
    others = User.objects.bulk_create(
        User(email=f"colleague-{organisation.pk}-{number}@example.org", name=f"Colleague {number}")
        for number in range(size)
    )
    Membership.objects.bulk_create(
        Membership(user=each, organisation=organisation, role=Role.EDITOR) for each in others
    )
    advisers = Organisation.objects.bulk_create(
        Organisation(name=f"Adviser {number}", kind=OrganisationKind.CONSULTANCY) for number in range(size)
    )
    Engagement.objects.bulk_create(
        Engagement(consultancy=each, client=organisation, level=AccessLevel.REVIEW, granted_at=NOW) for each in advisers
    )
    invitations(organisation, owner, size, kind=InvitationKind.MEMBER, role=Role.EDITOR)
    return Grown(owner, f"/organisations/{organisation.pk}/people/", "page=20&consultancies=40&invitations=40")


def trail(size: int) -> Grown:
    organisation = OrganisationFactory.create()
    owner = member(organisation)
    AuditEvent.objects.bulk_create(
        AuditEvent(
            kind=AuditKind.ROLE_CHANGED,
            organisation=organisation.pk,
            organisation_name=organisation.name,
            actor=owner.pk,
            actor_email=owner.email,
            subject=f"colleague{number}@example.org",
            details={"before": "viewer", "after": "editor"},
            ip_address="192.0.2.1",
        )
        for number in range(size)
    )
    return Grown(owner, f"/organisations/{organisation.pk}/trail/?kind=")


def my_questions(size: int) -> Grown:
    """Each in an organisation of its own, because an organisation can have only one open run."""
    model = scoped_run()
    by, question = model.started_by, asked_questions(model)[0]
    organisations = Organisation.objects.bulk_create(Organisation(name=f"Client {n:04}") for n in range(size))
    Membership.objects.bulk_create(Membership(user=by, organisation=each, role=Role.OWNER) for each in organisations)
    runs = Assessment.objects.bulk_create(copy_of(model, each, by, open_again=True) for each in organisations)
    Assignment.objects.bulk_create(
        Assignment(assessment=run, domain=question.domain, assignee=by, assigned_by=by, assigned_at=NOW) for run in runs
    )
    Comment.objects.bulk_create(
        Comment(assessment=run, question=question.id, author=by, asked=by, text="Who knows? " * 40, created_at=NOW)
        for run in runs
    )
    return Grown(by, "/my-questions/", "page=20&asked=50")


def comments(size: int) -> Grown:
    run = scoped_run()
    codes = [question.id for question in asked_questions(run)]
    Comment.objects.bulk_create(
        Comment(
            assessment=run, question=codes[number % len(codes)], author=run.started_by, text="Ask Bo", created_at=NOW
        )
        for number in range(min(size, 10 * len(codes)))
    )
    return Grown(run.started_by, f"/assessments/{run.pk}/comments/", "page=2")


def bundles(size: int) -> Grown:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    Bundle.objects.bulk_create(
        Bundle(consultancy=consultancy, requested_by=by, requested_at=timezone.now()) for _ in range(size)
    )
    return Grown(by, f"/consultancies/{consultancy.pk}/bundles/")


def portfolios(size: int) -> Grown:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    PortfolioFile.objects.bulk_create(
        PortfolioFile(consultancy=consultancy, requested_by=by, requested_at=timezone.now(), day=NOW.date())
        for _ in range(size)
    )
    return Grown(by, f"/consultancies/{consultancy.pk}/portfolios/")


def settings(size: int) -> Grown:
    by = member(OrganisationFactory.create())
    rows = Organisation.objects.bulk_create(Organisation(name=f"Shop {number}") for number in range(size))
    Membership.objects.bulk_create(Membership(user=by, organisation=each, role=Role.OWNER) for each in rows)
    return Grown(by, "/settings/")


def history(size: int) -> Grown:
    by = UserFactory.create(edits_bank=True)
    draft = EditionRow.objects.create(
        bank=Bank.objects.get(),
        code=f"draft-{size}",
        title="Draft",
        language="en",
        law_status_as_of=NOW.date(),
        disclaimer="-",
        frame=EditionRow.objects.values_list("frame", flat=True)[0],
    )
    BankChange.objects.bulk_create(
        BankChange(
            edition=draft,
            edition_code=draft.code,
            what=ChangedThing.CHECKLIST,
            code=f"X{number}",
            verb=ChangeVerb.CHANGED,
            before={"text": "Before " * 20},
            after={"text": "After " * 20},
            by=by,
            at=NOW,
        )
        for number in range(size)
    )
    return Grown(by, f"/bank/{draft.code}/history/", "page=50")


def share_links(size: int) -> Grown:
    result = finished_run()
    report, by = ready_report(result), result.finished_by
    ShareLink.objects.bulk_create(
        ShareLink(
            report=report,
            label=f"Somebody at bank {number:04}",
            key_hash=hash_token(str(number) + str(report.pk)),
            created_by=by,
            created_at=NOW,
            expires_at=NOW + timedelta(days=30),
        )
        for number in range(size)
    )
    return Grown(by, f"/organisations/{result.assessment.organisation_id}/links/", "page=50")


def snippets(size: int) -> Grown:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    Snippet.objects.bulk_create(
        Snippet(
            consultancy=consultancy,
            bank=Bank.objects.get(),
            question="DATA-01",
            level=2,
            text="Begin with a list. " * 100,
            written_by=by,
            written_at=NOW,
        )
        for _ in range(size)
    )
    return Grown(by, f"/consultancies/{consultancy.pk}/snippets/", "page=50")


LISTS: dict[str, Callable[[int], Grown]] = {
    each.__name__: each
    for each in (
        *(desk, clients, former, home, people, trail, my_questions, comments, bundles, settings, history),
        *(check_links, shared_checks, share_links, snippets, portfolios),
    )
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_stays_small_and_costs_the_same(edition_row: EditionRow, client: Client, name: str) -> None:
    costs = []
    for size in SIZES:
        grown = LISTS[name](size)
        client.force_login(grown.by)
        client.get(grown.path)
        mark = "&" if "?" in grown.path else "?"
        for path in (grown.path, f"{grown.path}{mark}{grown.last}"):
            with CaptureQueriesContext(connection) as captured:
                response = client.get(path)
            assert response.status_code == 200
            assert len(response.content) <= MOST_BYTES, f"{len(response.content)} bytes at {size} rows: {path}"
            costs.append(len(captured))
    assert len(set(costs)) == 1, costs


@pytest.mark.parametrize("page", ["questions/", "citations/", "checklist/"])
def test_lists_of_an_edition(edition_row: EditionRow, client: Client, page: str) -> None:
    client.force_login(UserFactory.create(edits_bank=True))
    path = f"/bank/{edition_row.code}/{page}"
    first, second = client.get(path), client.get(f"{path}?page=2")
    assert len(first.content) <= MOST_BYTES
    assert len(second.content) <= MOST_BYTES
    assert "Page 1 of" in text_of(parse(first))
    assert "Page 2 of" in text_of(parse(second))


def test_a_business_with_many_results(edition_row: EditionRow, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    # It takes them weeks.
    monkeypatch.setattr(result_limits, "MOST_IN_A_DAY", 100)
    result = finished_run()
    client.force_login(result.assessment.started_by)
    path = f"/organisations/{result.assessment.organisation_id}/"
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    restart_assessment(finished=result.assessment, started_by=result.assessment.started_by, now=NOW)
    for _ in range(25):
        finished_run(result.assessment.organisation, by=result.assessment.started_by)
    with CaptureQueriesContext(connection) as many:
        response = client.get(path)
    assert len(one) == len(many)
    assert text_of(parse(response)).count("Delete “Result of 21 November 2026") == 20
    assert text_of(parse(client.get(f"{path}?page=2"))).count("Delete “Result of 21 November 2026") == 6


def links(page: Element) -> list[tuple[str, str | None]]:
    found = page.find(".//nav[@class='pages']")
    assert found is not None
    return [(text_of(link), link.get("href")) for link in found.iter("a")]


def test_links_keep_what_was_searched_for(edition_row: EditionRow, client: Client) -> None:
    grown = clients(180)
    client.force_login(grown.by)
    path = grown.path.split("?", maxsplit=1)[0]
    page = parse(client.get(f"{path}?q=CLIENT+01&invitations=2"))
    assert "80 clients" in text_of(page)
    assert links(page) == [
        ("Page 2", "?q=CLIENT+01&invitations=2&page=2"),
        ("Next page", "?q=CLIENT+01&invitations=2&page=2"),
    ]
    assert "letters" in text_of(parse(client.get(f"{path}?q=nobody")))
    assert client.get(f"{path}?q=%01&page=x&invitations=999").status_code == 200


def test_an_invitation_is_found_by_its_address(client: Client) -> None:
    consultancy = ConsultancyFactory.create()
    by = consultant(consultancy)
    invitations(consultancy, by, 60, kind=InvitationKind.CLIENT, level=AccessLevel.ANSWER)
    record(by=Actor(by), kind=AuditKind.INVITED, organisation=consultancy)
    client.force_login(by)
    page = text_of(parse(client.get(f"/consultancies/{consultancy.pk}/clients/?q=else59@")))
    assert "somebody.else59@client.example.org" in page
    assert "somebody.else58@client.example.org" not in page
