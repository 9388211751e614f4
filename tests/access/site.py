"""The world of the access matrix, with something behind every page: `business` has runs, a report and more."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from accounts.audit import Actor
from accounts.models import RecordKind, User
from accounts.operations.records import write_record
from accounts.services.organisations import set_up_client
from accounts.sign_in.tokens import hash_token
from assessments.editor.files import FileRead
from assessments.editor.services.drafts import start_draft
from assessments.editor.services.imports import keep_import
from assessments.guest.services.sharing import SharedBy, share_check
from assessments.models import Action, Assessment, BankImport, Comment, EditionRow, Result
from assessments.services.comments import add_comment
from assessments.services.editions import publish_edition, store_draft
from reports.bundles import services as bundles
from reports.bundles.making import assemble_bundle
from reports.consultant_words.services import add_step, write_text
from reports.consultant_words.snippets import SnippetTerms, add_snippet
from reports.formats.registry import JSON_DATA
from reports.kinds.text_places import TextPlace
from reports.models import Bundle, ConsultantText, PortfolioFile, Report, ShareLink, Snippet
from reports.portfolio.making import make_portfolio_file
from reports.portfolio.services import claim_portfolio, request_portfolio
from reports.queue.lifecycle import start_over
from reports.services import claim, finish, request_report
from reports.share_links.services import make_share_link
from reports.storage import store
from tests.actions.plans import taken
from tests.editor.conftest import KIOSK, small_bank
from tests.factories import BrandFactory, InvitationFactory, OrganisationFactory, member
from tests.guest.guests import Guest, check_link
from tests.personas import ADMINISTRATOR, BANK_EDITOR, CONSULTANT_ANSWER, EDITOR, OWNER, World, make_world
from tests.runs import answer_again, asked_questions, finished_run, scoped_run

OPEN_INVITATION = "the-token-of-an-open-invitation"
SHARED_KEY = "the-key-of-a-link-to-a-report"


@dataclass(frozen=True)
class Site(World):
    run: Assessment
    finished: Assessment
    report: Report
    draft: EditionRow
    kept: BankImport
    comment: Comment
    bundle: Bundle
    portfolio: PortfolioFile
    action: Action
    share_link: ShareLink
    own_step: ConsultantText
    snippet: Snippet


def make_site() -> Site:
    """Everything that the access table's URLs name. The bank must be published."""
    world = make_world()
    owner = world.person(OWNER)
    result = finished_run(world.business, by=owner)
    run = scoped_run(world.business, by=owner)
    now, bank_editor = timezone.now(), world.person(BANK_EDITOR)
    draft = small_draft(bank_editor)
    kept = keep_import(draft=draft, read=FileRead(small_bank()), file_name="bank.yaml", by=bank_editor, now=now)
    report = ready_report(result)
    answer_again(result.assessment, asked_questions(result.assessment)[0].id, 3, by=owner)
    BrandFactory.create(consultancy=world.consultancy)
    make_shared_check(world)
    make_invitations(world)
    write_record(kind=RecordKind.BACKUP, happened_at=now, by=world.person(ADMINISTRATOR), note="to the vault")
    first = asked_questions(run)[0].id
    comment = add_comment(assessment=run, question=first, author=owner, text="Ask Bo", now=now)
    return Site(
        world.business,
        world.elsewhere,
        world.people,
        run,
        result.assessment,
        report,
        draft,
        kept,
        comment,
        ready_bundle(world, result),
        ready_portfolio(world),
        taken(result, assignee=owner),
        share(report, world.person(EDITOR)),
        own_step(world, result),
        snippet(world, result),
    )


def share(report: Report, by: User) -> ShareLink:
    """By a link with SHARED_KEY."""
    return make_share_link(report=report, key=SHARED_KEY, days=30, label="The bank", by=Actor(by), now=timezone.now())


def own_step(world: World, result: Result) -> ConsultantText:
    """Of the consultancy, which also wrote a summary."""
    by, now = Actor(world.person(CONSULTANT_ANSWER)), timezone.now()
    place = TextPlace.SUMMARY
    write_text(result=result, place=place, domain="", text="A tidy shop.", seen_version=0, by=by, now=now)
    return add_step(result=result, title="A visit in January", text="Half a day.", by=by, now=now)


def snippet(world: World, result: Result) -> Snippet:
    """For the first question and its answer in the result."""
    question = asked_questions(result.assessment)[0].id
    return add_snippet(
        consultancy=world.consultancy,
        bank=result.assessment.edition.bank,
        terms=SnippetTerms(question, 2, "Begin with a list."),
        by=Actor(world.person(CONSULTANT_ANSWER)),
        now=timezone.now(),
    )


def make_shared_check(world: World) -> None:
    """By a link of the consultancy. It names the business, so that a leak shows."""
    link = check_link(world.consultancy, world.person(CONSULTANT_ANSWER))
    check = Guest().answer_all(link=link).check
    share_check(check=check, link=link, by=SharedBy(world.business.name), now=timezone.now())


def small_draft(bank_editor: User) -> EditionRow:
    """A draft of a small bank with something of everything: reading the shipped one for each request takes long.

    It is of an older state of the law, so that runs stay on the shipped one.
    """
    source = store_draft(edition=replace(small_bank(), law_status_as_of=date(2020, 1, 1), presets=(KIOSK,)))
    publish_edition(edition_row=source, now=timezone.now())
    return start_draft(source=source, code="draft", by=bank_editor, now=timezone.now())


def make_invitations(world: World) -> None:
    """One to join the business, one from elsewhere for its editor; and a client that the consultancy set up."""
    owner, consultant = world.person(OWNER), world.person(CONSULTANT_ANSWER)
    InvitationFactory.create(organisation=world.business, invited_by=owner)
    set_up_client(consultancy=world.consultancy, name="Set up for its owner", by=Actor(consultant))
    guest_house = OrganisationFactory.create(name="Guest House")
    InvitationFactory.create(
        organisation=guest_house,
        invited_by=member(guest_house),
        email=world.person(EDITOR).email,
        token_hash=hash_token(OPEN_INVITATION),
    )


def ready_report(result: Result) -> Report:
    """Its file names the organisation, so that a leak shows in its bytes."""
    now = timezone.now()
    report = request_report(result=result, requested_by=result.finished_by, language="en-gb", now=now)
    make_ready(report)
    report.refresh_from_db()
    return report


def make_ready(report: Report) -> None:
    now = timezone.now()
    # A worker that runs for other tests may have begun it.
    start_over(rows=Report.objects.filter(pk=report.pk))
    held = claim(report_id=report.pk, now=now)
    assert held is not None
    content = f"%PDF-1.7 {report.result.assessment.organisation.name}".encode()
    assert finish(claim=held, stored=store(content=content, token=held.token, file_name="a.pdf"), pages=1, now=now)


def ready_bundle(world: World, result: Result) -> Bundle:
    """With the report of the business in it; the PDF is the same stand-in."""
    now = timezone.now()
    bundle = bundles.request_bundle(
        consultancy=world.consultancy,
        results=[result],
        requested_by=world.person(CONSULTANT_ANSWER),
        language="en-gb",
        now=now,
    )
    for item in bundle.items.all():
        assert item.report is not None
        make_ready(item.report)
    held = bundles.claim_bundle(bundle_id=bundle.pk, now=now)
    assert held is not None
    assemble_bundle(held)
    return bundle


def ready_portfolio(world: World) -> PortfolioFile:
    """As JSON, which is quickly made; it names the business."""
    now = timezone.now()
    portfolio = request_portfolio(
        consultancy=world.consultancy,
        clients={world.business.pk: world.business.name},
        requested_by=world.person(CONSULTANT_ANSWER),
        language="en-gb",
        day=now.date(),
        now=now,
        report_format=JSON_DATA,
    )
    start_over(rows=PortfolioFile.objects.filter(pk=portfolio.pk))
    held = claim_portfolio(portfolio_id=portfolio.pk, now=now)
    assert held is not None
    make_portfolio_file(held)
    return portfolio
