"""What the pages about two results, and about all of them, say."""

from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, User
from assessments.bank.types import Depth
from assessments.editions.stored import edition_of
from assessments.models import EditionRow, Result
from assessments.services.editions import load_published
from tests.bank.editions import edition_2026_1
from tests.factories import OrganisationFactory, member
from tests.pages import by_id, of_class, parse, text_of
from tests.reports.samples import mixed, stored_in_2026_1
from tests.reports.told_samples import frozen
from tests.runs import NOW, answered_run, finish, finished_run
from tests.since.running import finished_again

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(edition_row: EditionRow) -> User:
    return member(OrganisationFactory.create(name="Boulangerie Lumière"))


@pytest.fixture
def business(owner: User) -> Organisation:
    return owner.memberships.get().organisation


@pytest.fixture
def first(business: Organisation, owner: User) -> Result:
    return finish(answered_run(business, Depth.STANDARD, 1, by=owner))


@pytest.fixture
def second(first: Result) -> Result:
    return finished_again(first, 30, ACCESS_02=3, STORE_01=2, GOV_01=0)


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def since(client: Client, business: Organisation, query: str = "", status: int = 200) -> Element:
    answer = client.get(f"/organisations/{business.pk}/since/{query}")
    assert answer.status_code == status
    return by_id(parse(answer), "main")


def headings(main: Element, level: str = "h2") -> list[str]:
    return [text_of(each) for each in main.iter(level)]


def test_one_result_is_nothing_to_compare(signed_in: Client, business: Organisation, first: Result) -> None:
    for page in ("since", "trend"):
        main = by_id(parse(signed_in.get(f"/organisations/{business.pk}/{page}/")), "main")
        assert "needs two results" in text_of(main)


def test_praise_comes_first(signed_in: Client, business: Organisation, second: Result) -> None:
    main = since(signed_in, business)
    assert "1 urgent gap closed" in text_of(of_class(main, "lead")[0])
    assert headings(main)[:3] == ["What is better", "What to look at", "The levels"]
    assert "ACCESS-02" in text_of(main)
    assert "Level 3 on day 30." in text_of(main)


def test_the_earlier_one_is_before_whichever_was_chosen_first(
    signed_in: Client, business: Organisation, first: Result, second: Result
) -> None:
    forth = since(signed_in, business, f"?from={first.assessment_id}&to={second.assessment_id}")
    back = since(signed_in, business, f"?from={second.assessment_id}&to={first.assessment_id}")
    assert text_of(of_class(forth, "eyebrow")[0]) == "From 21 November 2026 to 21 December 2026"
    assert text_of(of_class(forth, "lead")[0]) == text_of(of_class(back, "lead")[0])


def test_results_of_one_day_differ_by_name(signed_in: Client, business: Organisation, first: Result) -> None:
    finished_again(first, 0.1, ACCESS_02=4)
    names = {text_of(option) for option in since(signed_in, business).iter("option")}
    assert {name.partition(" – ")[0] for name in names} == {"21 November 2026", "21 November 2026, second"}
    page = signed_in.get(reverse("organisation", args=[business.pk])).text
    assert "Result of 21 November 2026, second" in page, "as on every other page"


@pytest.mark.parametrize("query", ["?from=nothing", "?from=&to=", "?to=00000000-0000-0000-0000-000000000000"])
def test_a_choice_that_is_none(signed_in: Client, business: Organisation, second: Result, query: str) -> None:
    main = since(signed_in, business, query, 422)
    assert "What is better" not in headings(main)
    assert "Compare two others" in headings(main)


def test_the_same_result_twice(signed_in: Client, business: Organisation, second: Result) -> None:
    main = since(signed_in, business, f"?from={second.assessment_id}&to={second.assessment_id}", 422)
    assert "Choose two different results." in text_of(main)


def test_a_result_of_somebody_else_is_none_of_the_choices(
    signed_in: Client, business: Organisation, second: Result
) -> None:
    foreign = finished_run(levels=4)
    main = since(signed_in, business, f"?from={foreign.assessment_id}", 422)
    assert str(foreign.assessment_id) not in {option.get("value") for option in main.iter("option")}


def older_row() -> EditionRow:
    load_published(edition=edition_2026_1(), now=timezone.now())
    return EditionRow.objects.get(code="2026.1")


def test_across_editions_it_says_that_the_old_answers_are_scored_in_the_new_one(
    signed_in: Client, business: Organisation, edition_row: EditionRow
) -> None:
    """The older result is one in the first format, of a release before there were counts."""
    old = frozen(stored_in_2026_1(), older_row(), business)
    new = frozen(mixed(edition_of(edition_row), depth=Depth.STANDARD), edition_row, business)
    main = since(signed_in, business, f"?from={old.assessment_id}&to={new.assessment_id}")
    assert "was reached under edition 2026.1" in text_of(main)
    assert "Only in one of the results" in headings(main)


def test_notes_are_text_whatever_is_in_them(signed_in: Client, business: Organisation, first: Result) -> None:
    finished_again(first, 10, note="<b>Bo</b> & مريم\n", ACCESS_02=3)
    notes = of_class(since(signed_in, business), "user-text")
    assert [text_of(note) for note in notes] == ["<b>Bo</b> & مريم"]


def test_the_trend_has_charts_and_tables_of_the_same(signed_in: Client, business: Organisation, second: Result) -> None:
    main = by_id(parse(signed_in.get(f"/organisations/{business.pk}/trend/")), "main")
    assert headings(main) == ["Pillars", "Counts", "Domains"]
    charts = [each for each in main.iter() if each.get("class") == "chart chart--trend"]
    columns = sum(len(next(iter(table.iter("thead")))[0]) - 1 for table in main.iter("table"))
    assert len(charts) == columns > 6
    assert {len(list(next(iter(table.iter("tbody"))))) for table in main.iter("table")} == {2}


def test_the_trend_marks_where_the_questions_were_others(
    signed_in: Client, business: Organisation, second: Result, owner: User
) -> None:
    finished_again(second, 60, ACCESS_02=4)
    finish(answered_run(business, Depth.FULL, 2, by=owner))
    main = by_id(parse(signed_in.get(f"/organisations/{business.pk}/trend/")), "main")
    assert "Full depth" in text_of(of_class(main, "notice")[0])
    assert of_class(main, "chart-mark")
    assert "asked otherwise" in text_of(main)


def test_a_line_on_the_result_page_leads_there(
    signed_in: Client, business: Organisation, first: Result, second: Result
) -> None:
    newest = parse(signed_in.get(f"/assessments/{second.assessment_id}/result/"))
    line = of_class(newest, "since-line")[0]
    assert text_of(line) == "Since your result of 21 November 2026: 2 better, 1 worse, 1 urgent gap closed"
    link = next(line.iter("a")).get("href")
    assert link
    assert signed_in.get(link).status_code == 200
    assert not of_class(parse(signed_in.get(f"/assessments/{first.assessment_id}/result/")), "since-line")


def test_the_organisation_page_leads_there_once_there_are_two(
    signed_in: Client, business: Organisation, first: Result
) -> None:
    url = f"/organisations/{business.pk}/since/"
    page = f"/organisations/{business.pk}/"
    assert url not in signed_in.get(page).content.decode()
    finished_again(first, 30, ACCESS_02=3)
    assert url in signed_in.get(page).content.decode()


def test_the_same_number_of_queries_for_two_results_and_for_many(
    signed_in: Client, business: Organisation, first: Result, second: Result
) -> None:
    pages = (f"/organisations/{business.pk}/since/", f"/organisations/{business.pk}/trend/")

    def counts() -> list[int]:
        found = []
        for page in pages:
            signed_in.get(page)
            with CaptureQueriesContext(connection) as queries:
                signed_in.get(page)
            found.append(len(queries))
        return found

    few = counts()
    latest = second
    for days in range(60, 360, 30):
        latest = finished_again(latest, days, ACCESS_02=days // 30 % 5)
    assert counts() == few
    assert max(few) <= 8
    assert NOW + timedelta(days=330) == latest.finished_at
