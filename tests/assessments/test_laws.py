"""The laws of an organisation, what of them changes soon, and what bank editors look up again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Organisation, Role, User
from assessments.bank.laws import KeyDate, Verification
from assessments.bank.types import Edition
from assessments.editions.frame import frame_of
from assessments.models import Assessment, Bank, EditionRow, EditionStatus
from assessments.services.runs import restart_assessment, save_scope, start_assessment
from assessments.templatetags import laws as tags
from assessments.wording.laws import days_left_text, how_known, how_known_short, known_mark
from tests.desk.clients import copy_of
from tests.factories import OrganisationFactory, UserFactory, member
from tests.pages import links, parse, tables, text_of
from tests.runs import NOW, finished_run, started_run
from tests.scope_facts import NOT_SURE, SHOP, facts_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days before the next bans of the AI Act, in three weeks nothing would be near."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


def laws_page(client: Client, organisation: Organisation) -> str:
    return text_of(parse(client.get(f"/organisations/{organisation.pk}/laws/")))


# The cards.


def test_each_law_says_why_and_where_it_stands_who_watches_fines_and_how_we_know(
    run: Assessment, signed_in: Client
) -> None:
    page = parse(signed_in.get(f"/organisations/{run.organisation_id}/laws/"))
    shown = text_of(page)
    assert "EU GDPR yes Because you said: Your business is in France." in shown
    assert "The data protection law of the EU" in shown
    assert "Who watches over it the CNIL" in shown
    assert links(page)["the CNIL"] == "https://www.cnil.fr"
    assert "In force, since 25 May 2018." in shown
    assert "Up to EUR 20 million or 4 % of yearly sales" in shown
    assert "Checked in the text of the law." in shown
    assert "Last looked up 30 November 2026" in shown
    assert "Not settled yet Records of what is done with data (Art. 30(5))" in shown
    assert "UK GDPR probably not Because you said:" in shown
    assert "What it asks of you:" in shown
    assert "Copyright, consumer, competition and labour law" in shown
    assert "{" not in shown


def test_it_is_no_legal_advice_and_says_so_once(run: Assessment, edition: Edition, signed_in: Client) -> None:
    page = parse(signed_in.get(f"/organisations/{run.organisation_id}/laws/"))
    assert text_of(page).count(edition.disclaimer) == 1


def test_a_law_to_be_checked_is_never_stated(run: Assessment, edition: Edition, signed_in: Client) -> None:
    facts = facts_of(edition, country="us_tx", california=NOT_SURE)
    save_scope(assessment=run, edition=edition, given=facts, seen_version=run.scope_version)
    page = parse(signed_in.get(f"/organisations/{run.organisation_id}/laws/"))
    shown = text_of(page)
    assert "For sure, none of the laws that Evenkeel knows." in shown
    assert "It may apply: if you hold data about people who live in California" in shown
    assert "Because you said: Do you have anything" not in shown
    settling = links(page)["Do you have anything to do with people in California?"]
    assert settling == f"/assessments/{run.pk}/scope/serve/#div_id_california"


def test_a_finished_assessment_gives_no_link_to_its_fixed_facts(edition_row: EditionRow, client: Client) -> None:
    result = finished_run(facts={**SHOP, "california": NOT_SURE})
    client.force_login(result.finished_by)
    page = parse(client.get(f"/organisations/{result.assessment.organisation_id}/laws/"))
    assert "Do you have anything to do with people in California?" in text_of(page)
    assert not any("/scope/serve/" in url for url in links(page).values())


def test_before_the_facts_are_known_there_are_no_laws(owner: User, edition: Edition, signed_in: Client) -> None:
    organisation = owner.memberships.get().organisation
    assert "We do not know yet" in laws_page(signed_in, organisation)
    run = started_run(organisation, by=owner)
    save_scope(assessment=run, edition=edition, given={"country": NOT_SURE}, seen_version=0)
    assert "We do not know yet" in laws_page(signed_in, organisation)


def test_the_newest_assessment_with_known_facts_counts(owner: User, edition: Edition, signed_in: Client) -> None:
    result = finished_run(owner.memberships.get().organisation, by=owner)
    organisation = result.assessment.organisation
    assert "the CNIL" in laws_page(signed_in, organisation)
    again = restart_assessment(finished=result.assessment, started_by=owner, now=NOW)
    save_scope(
        assessment=again,
        edition=edition,
        given=facts_of(edition, country="es"),
        seen_version=again.scope_version,
    )
    assert "Agencia Española" in laws_page(signed_in, organisation)
    Assessment.objects.filter(pk=again.pk).delete()
    start_assessment(organisation=organisation, started_by=owner)
    assert "the CNIL" in laws_page(signed_in, organisation)


def test_the_page_is_reached_from_home_overview_and_scope(run: Assessment, signed_in: Client) -> None:
    url = f"/organisations/{run.organisation_id}/laws/"
    for place in (f"/organisations/{run.organisation_id}/", f"/assessments/{run.pk}/", f"/assessments/{run.pk}/scope/"):
        assert url in links(parse(signed_in.get(place))).values(), place


# What changes soon.


def test_near_changes_stand_on_the_organisations_page_and_on_that_of_its_laws(
    run: Assessment, signed_in: Client
) -> None:
    for url in (f"/organisations/{run.organisation_id}/", f"/organisations/{run.organisation_id}/laws/"):
        shown = text_of(parse(signed_in.get(url)))
        assert "2 December 2026 in 2 days EU AI Act: Two more bans count" in shown
        assert "child abuse material. (from other sources)" in shown
        assert "From then on the law asks: EU AI Act: Do not use any AI" in shown
        assert "may concern you" not in shown


def test_what_hangs_on_an_open_fact_only_may_concern(run: Assessment, edition: Edition, signed_in: Client) -> None:
    facts = facts_of(edition, country="fr", ai=NOT_SURE)
    save_scope(assessment=run, edition=edition, given=facts, seen_version=run.scope_version)
    shown = text_of(parse(signed_in.get(f"/organisations/{run.organisation_id}/")))
    assert "child abuse material. may concern you" in shown
    assert "(AIUSE-01) may concern you" in shown


def test_where_nothing_changes_the_laws_say_so_and_home_says_nothing(
    run: Assessment, edition: Edition, signed_in: Client
) -> None:
    save_scope(
        assessment=run, edition=edition, given=facts_of(edition, country="us_tx"), seen_version=run.scope_version
    )
    assert "nothing changes for you within twelve months" in laws_page(signed_in, run.organisation)
    assert "What changes soon" not in text_of(parse(signed_in.get(f"/organisations/{run.organisation_id}/")))


def test_later_changes_are_folded_away(run: Assessment, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    far = replace(
        edition, dates=(KeyDate(TODAY + timedelta(days=200), "gdpr", "Far.", verification=Verification.MEMORY),)
    )
    monkeypatch.setattr(tags, "edition_of", lambda row: replace(far, questions=()))
    context = tags.changes_soon_box(run)
    assert not context["changes"].near
    assert [change.text for day in context["changes"].later for change in day.dates] == ["Far."]


def test_the_list_of_organisations_names_the_next_near_change(run: Assessment, owner: User, signed_in: Client) -> None:
    other = member(OrganisationFactory.create(name="No assessment"))
    owner.memberships.create(organisation=other.memberships.get().organisation, role=Role.VIEWER)
    page = parse(signed_in.get("/home/?all"))
    assert links(page)["A law changes in 2 days: Boulangerie Lumière"] == f"/organisations/{run.organisation_id}/laws/"
    assert text_of(page).count("A law changes") == 1


def test_the_list_does_not_state_what_only_may_concern(
    run: Assessment, edition: Edition, owner: User, signed_in: Client
) -> None:
    facts = facts_of(edition, country="fr", ai=NOT_SURE)
    save_scope(assessment=run, edition=edition, given=facts, seen_version=run.scope_version)
    shown = text_of(parse(signed_in.get("/home/?all")))
    assert "A law that may concern you changes in 2 days" in shown


# What bank editors look up again.


@pytest.fixture
def bank_editor(client: Client) -> Client:
    client.force_login(UserFactory.create(edits_bank=True))
    return client


def drafts(count: int, edition: Edition) -> None:
    for number in range(count):
        EditionRow.objects.create(
            bank=Bank.objects.get(),
            code=f"draft-{number}",
            title="A draft",
            language="en",
            law_status_as_of=TODAY,
            disclaimer="Not legal advice.",
            frame=frame_of(edition),
            status=EditionStatus.DRAFT,
        )


def test_dates_to_come_and_past_ones_are_told_apart(edition_row: EditionRow, bank_editor: Client) -> None:
    page = parse(bank_editor.get("/bank/law-dates/"))
    coming, past = tables(page)
    assert coming[0][:2] == ["2 December 2026", "eu_ai_act"]
    assert past[0][:2] == ["30 September 2026", "uk_gdpr"]
    assert past[-1][0] == "25 May 2018"
    assert "Laws last looked up more than 90 days ago None." in text_of(page)
    assert "other_dpa: the data protection authority of your country" in text_of(page)


def test_looked_up_more_than_90_days_ago_is_listed(
    edition_row: EditionRow, bank_editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY + timedelta(days=91))
    shown = text_of(parse(bank_editor.get("/bank/law-dates/")))
    assert "EU GDPR: 30 November 2026" in shown


def test_a_draft_has_its_own_dates(edition: Edition, edition_row: EditionRow, bank_editor: Client) -> None:
    drafts(1, replace(edition, dates=(KeyDate(TODAY, "gdpr", "Only here."),)))
    published = parse(bank_editor.get("/bank/law-dates/"))
    assert "Only here." not in text_of(published)
    url = next(url for text, url in links(published).items() if text.startswith("draft-0"))
    shown = text_of(parse(bank_editor.get("/bank/law-dates/" + url.removeprefix("/bank/law-dates/"))))
    assert "Only here." in shown
    assert "It no longer changes" not in shown


def test_an_unknown_edition_shows_the_newest(edition_row: EditionRow, bank_editor: Client) -> None:
    assert f"Edition {edition_row.code}" in text_of(parse(bank_editor.get("/bank/law-dates/?edition=nothing")))


def test_the_bank_leads_there(edition_row: EditionRow, bank_editor: Client) -> None:
    assert "/bank/law-dates/" in links(parse(bank_editor.get("/bank/"))).values()


# However much there is, a page takes the same number of queries.


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured.captured_queries)


def finished_before(owner: User, count: int) -> str:
    result = finished_run(owner.memberships.get().organisation, by=owner)
    run = result.assessment
    Assessment.objects.bulk_create(copy_of(run, run.organisation, owner) for _ in range(count - 1))
    return f"/organisations/{result.assessment.organisation_id}/laws/"


@pytest.mark.parametrize("kind", ["laws", "law_dates"])
def test_one_three_and_a_hundred_take_the_same_queries(
    kind: str, edition_row: EditionRow, edition: Edition, client: Client
) -> None:
    def laws(count: int) -> str:
        return finished_before(person, count)

    def law_dates(count: int) -> str:
        drafts(count, edition)
        return "/bank/law-dates/?edition=draft-0"

    build: Callable[[int], str] = {"laws": laws, "law_dates": law_dates}[kind]
    counts = []
    for size in (1, 3, 100):
        EditionRow.objects.filter(status=EditionStatus.DRAFT).delete()
        person = member(OrganisationFactory.create(), edits_bank=True)
        client.force_login(person)
        counts.append(queries(client, build(size)))
    assert len(set(counts)) == 1, counts


def test_what_is_said_about_how_something_is_known_and_how_many_days_are_left() -> None:
    assert [days_left_text(days) for days in (0, 1, 2, 90)] == ["today", "tomorrow", "in 2 days", "in 90 days"]
    assert known_mark(Verification.TEXT) == known_mark(None) == how_known(None) == ""
    assert known_mark(Verification.MEMORY) == how_known_short(Verification.MEMORY) == "from memory: check it"
    assert (how_known_short(Verification.TEXT), how_known_short(None)) == ("text of the law", "not noted")
    assert all(how_known(own) for own in Verification)
