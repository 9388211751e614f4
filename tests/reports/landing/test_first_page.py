"""The first page says what it costs, how long it takes and who runs it, and shows what a result says."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.bank.types import Depth, Edition
from assessments.editions.samples import SAMPLES, sample_tags
from assessments.models import EditionRow
from assessments.presentation.told_result import tell_result
from assessments.scope_facts import facts_from_json
from assessments.scoring.progress import questions_at
from assessments.scoring.time_needed import time_needed
from assessments.wording.result import ResultWords, result_words
from reports.landing import page as landing_pages
from reports.sample.result import sample_day, sample_source
from tests.pages import links, of_class, parse, text_of
from tests.reports.operator.files import example, filled

pytestmark = pytest.mark.django_db
Element = Any


@pytest.fixture
def page(client: Client, edition_row: EditionRow) -> Element:
    return parse(client.get("/"))


def words_of_sample(edition: Edition) -> ResultWords:
    day = sample_day(edition, timezone.now().date())
    source = sample_source(edition, day, settings.LANGUAGE_CODE)
    assert source is not None
    facts = facts_from_json(dict(source.facts))
    told = tell_result(edition, source.outcome, source.first_gain, source.answers, facts=facts, day=day)
    return result_words(told)


def test_the_sample_says_what_its_result_says(page: Element, edition: Edition) -> None:
    words, card = words_of_sample(edition), text_of(of_class(page, "specimen")[0])
    assert [f"{count.amount} {count.name}" for count in words.numbers] == [
        text_of(line) for line in of_class(page, "numbers")[0]
    ]
    assert words.first[0].step.text in card
    assert words.first[0].promise in card
    levels = [text_of(line) for line in of_class(page, "specimen__pillars")[0]]
    assert levels == [f"{own.name} {own.figure.name} {own.figure.number} of 4" for own in words.pillars if own.shown]


def test_praise_comes_before_gaps(page: Element, edition: Edition) -> None:
    words, card = words_of_sample(edition), text_of(of_class(page, "specimen")[0])
    assert 0 < card.index(words.strengths[0].answer) < card.index(words.first[0].step.text)
    whole = text_of(page)
    assert whole.index("what you already do well") < whole.index("what to do first")


def test_the_quick_check_is_what_stands_out(page: Element) -> None:
    (button,) = of_class(page, "btn-primary")
    assert (text_of(button), button.get("href")) == ("Check in five minutes", reverse("quick_check_facts", args=[1]))
    assert links(page)["Create an account"] == reverse("account_signup")
    assert "The check: five minutes." in text_of(page)


def test_without_one_in_the_bank_an_account_is(
    client: Client, edition_row: EditionRow, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landing_pages, "edition_of", lambda row: replace(edition, quick_check=None))
    page = parse(client.get("/"))
    assert [text_of(link) for link in of_class(page, "btn-primary")] == ["Create an account"]


def test_times_reach_from_the_shortest_run_to_the_longest_looked_up(page: Element, edition: Edition) -> None:
    said = text_of(page)
    for depth, name in ((Depth.QUICK, "quick"), (Depth.STANDARD, "standard")):
        times = [time_needed(questions_at(edition, depth, sample_tags(edition.scope, own))) for own in SAMPLES]
        least, most = (
            words + landing_pages.MINUTES_FOR_FACTS
            for words in (min(time.low for time in times), max(time.high for time in times))
        )
        assert f"A {name} run: {least} to {most} minutes" in said


@pytest.mark.parametrize(
    ("operator", "said"),
    [(filled(), filled().operator.name), (example(), "trial installation"), (None, "Nobody has put in a name yet")],
    ids=["filled", "example", "none"],
)
def test_it_says_who_runs_it(
    client: Client, edition_row: EditionRow, settings: LazySettings, operator: Any, said: str
) -> None:
    settings.OPERATOR = operator
    page = parse(client.get("/"))
    assert said in text_of(of_class(page, "plain-facts")[0])
    if operator is None or operator.example:
        assert example().operator.name not in text_of(page)


def test_it_links_notice_operator_and_sample(page: Element) -> None:
    there = set(links(page).values())
    assert {reverse(name) for name in ("privacy", "operator", "sample_report", "coverage")} <= there


def test_names_of_levels_and_laws_are_those_of_the_bank(page: Element, edition: Edition) -> None:
    said = text_of(page)
    assert [label.name for label in edition.labels if label.name not in said] == []
    assert [law.name for law in edition.laws if law.name not in said] == []


def test_before_a_bank_is_published_it_claims_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landing_pages, "newest_offered_or_none", lambda: None)
    page = parse(client.get("/"))
    assert not of_class(page, "specimen")
    assert "A quick run" not in text_of(page)
    assert [text_of(link) for link in of_class(page, "btn-primary")] == ["Create an account"]


def test_it_costs_one_statement(
    client: Client, edition_row: EditionRow, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client.get("/")
    with django_assert_num_queries(1):  # which edition is the newest
        client.get("/")
