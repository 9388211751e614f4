"""Place, people, trade; one page of assumptions; what is left: the short way to what applies."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role
from assessments.bank.types import Edition
from assessments.models import Assessment
from assessments.pages.scope import first_open_screen
from assessments.services.runs import restart_assessment, save_scope
from tests.factories import member
from tests.pages import controls, links, parse, sends, text_of
from tests.runs import NOW, finished_run
from tests.scope_facts import fact
from tests.trades import COPYWRITER, SHOP

pytestmark = pytest.mark.django_db
Stored = Callable[[], dict[str, list[str]]]


class Way:
    """One person's way through the pages, by what each page sends on."""

    def __init__(self, client: Client, run: Assessment) -> None:
        self._client, self._run = client, run
        self.response: Any = None
        self.get(f"/assessments/{run.pk}/scope/")

    def get(self, url: str) -> "Way":
        self.response = self._client.get(url, follow=True)
        return self

    def send(self, **changes: Any) -> "Way":
        url = self.response.request["PATH_INFO"]
        self.response = self._client.post(url, {**sends(parse(self.response)), **changes}, follow=True)
        return self

    @property
    def place(self) -> str:
        return str(self.response.request["PATH_INFO"]).removeprefix(f"/assessments/{self._run.pk}/")

    @property
    def text(self) -> str:
        return text_of(parse(self.response))


@pytest.fixture
def way(signed_in: Client, fresh: Assessment) -> Way:
    return Way(signed_in, fresh)


def texas(way: Way, trade: str = "copywriter") -> Way:
    return way.send(country="us_tx", people="no", trade=trade)


def test_a_new_run_begins_with_place_people_and_trade_and_nothing_chosen(way: Way) -> None:
    assert way.place == "trade/"
    assert {name for name in sends(parse(way.response)) if name != "version"} == {"country", "trade"}
    assert sends(parse(way.response))["country"] == sends(parse(way.response))["trade"] == [""]
    groups = [group.get("label") for group in parse(way.response).iter("optgroup")]
    assert groups[-2:] == ["Words and pictures", "Trade"]
    assert "Copywriter (texts, blogs, translations)" in way.text


def test_a_missing_trade_is_an_error_that_names_it(way: Way) -> None:
    way.send(country="us_tx", people="no")
    assert way.response.status_code == 422
    assert "Choose what your business does." in way.text


def test_nothing_that_is_assumed_is_a_fact_before_it_is_confirmed(way: Way, stored: Stored) -> None:
    texas(way)
    assert way.place == "assumptions/"
    assert stored() == {"country": ["us_tx"], "people": ["no"]}
    assert ": is that right?" in way.text


def test_at_most_ten_lines_each_with_a_way_to_change_it(way: Way) -> None:
    texas(way)
    page = parse(way.response)
    sections = [own for own in page.iter("section") if own.get("class") == "assumed"]
    assert 0 < len(sections) <= 10
    assert all(len(list(own.iter("details"))) == 1 and any(text_of(line) for line in own.iter("p")) for own in sections)
    assert "You have a website, an app or an online shop of your own." in way.text


def test_ai_is_asked_and_never_assumed(way: Way, stored: Stored) -> None:
    texas(way)
    assert not any(own.checked for own in controls(parse(way.response)) if own.name == "ai")
    way.send()
    assert way.response.status_code == 422
    assert stored().keys() == {"country", "people"}
    assert "If you use AI" in way.text


def test_what_was_confirmed_is_stored_and_what_is_left_is_asked_on_one_page(way: Way, stored: Stored) -> None:
    """A change makes more questions matter than the page could know."""
    texas(way).send(ai=["tools"], ai_data="no", ai_does=["media"], offers=["eu"])
    assert way.place == "assumptions/"
    assert stored()["setup"] == ["website"]
    assert stored()["ai_people"] == ["none"]
    way.send(abroad="yes")
    assert way.place == "scope/"
    assert "What applies to you" in way.text
    assert stored()["body"] == ["no"]


def test_what_ai_does_is_asked_on_the_same_page_and_only_of_those_who_use_it(way: Way, stored: Stored) -> None:
    texas(way).send(ai=["tools"])
    assert way.response.status_code == 422
    assert "Choose an answer to “Does information about people go into your AI?”" in way.text
    way.send(ai=["tools"], ai_data="no", ai_does=["media"])
    assert way.place == "scope/"
    assert stored()["ai_does"] == ["media"]


def test_without_ai_nothing_is_stored_about_it(way: Way, stored: Stored) -> None:
    texas(way).send(ai=["none"], ai_data="yes")
    assert way.place == "scope/"
    assert not {"ai_people", "ai_body", "ai_eu", "ai_data"} & stored().keys()


def test_not_sure_of_ai_leaves_what_hangs_on_it_to_be_asked(way: Way, stored: Stored) -> None:
    texas(way).send(ai=["not_sure"])
    assert way.place == "scope-questions/"
    assert not {"ai_people", "ai_body"} & stored().keys()
    assert {"ai_people", "ai_body", "ai_does"} <= {own.name for own in controls(parse(way.response))}


def test_a_change_counts_instead_and_what_it_makes_necessary_follows(way: Way, stored: Stored) -> None:
    texas(way).send(ai=["none"], california="business")
    assert stored()["california"] == ["business"]
    assert way.place == "scope-questions/"
    assert {"ccpa_size", "ccpa_extra"} <= {own.name for own in controls(parse(way.response))}


def test_contradictions_are_refused_and_their_line_stands_open(way: Way, stored: Stored) -> None:
    texas(way).send(ai=["none"], habits=["none", "not_sure"])
    assert way.response.status_code == 422
    assert "At “Which of these happen in your business?”" in way.text
    opened = [own for own in parse(way.response).iter("details") if "open" in own.attrib]
    assert any("habits" in str(box.get("name")) for own in opened for box in own.iter("input"))
    assert stored().keys() == {"country", "people"}


def test_another_trade_takes_back_what_was_only_assumed(way: Way, fresh: Assessment, stored: Stored) -> None:
    texas(way).send(ai=["none"], habits=["records"])
    way.get(f"/assessments/{fresh.pk}/trade/").send(trade="online_shop")
    assert way.place == "assumptions/"
    assert stored()["habits"] == ["records"]
    assert stored()["ai"] == ["none"]
    assert "base" not in stored()
    assert Assessment.objects.get(pk=fresh.pk).preset == SHOP.id


def test_something_else_leads_to_the_screens(way: Way, fresh: Assessment) -> None:
    texas(way, "-")
    assert way.place == "scope/where/"
    assert Assessment.objects.get(pk=fresh.pk).preset == ""


def test_the_same_trade_again_changes_nothing(way: Way, fresh: Assessment) -> None:
    texas(way)
    way.get(f"/assessments/{fresh.pk}/trade/")
    assert sends(parse(way.response))["trade"] == ["copywriter"]
    way.send()
    assert Assessment.objects.get(pk=fresh.pk).scope_version == 1


@pytest.mark.parametrize("page", ["trade", "assumptions", "scope-questions"])
def test_a_page_made_before_a_colleagues_change_is_refused(
    way: Way, fresh: Assessment, trades: Edition, page: str
) -> None:
    if page != "trade":
        texas(way)
    if page == "scope-questions":
        way.send(ai=["not_sure"])
    assert way.place == f"{page}/"
    run = Assessment.objects.get(pk=fresh.pk)
    save_scope(assessment=run, edition=trades, given={"large": fact("yes")}, seen_version=run.scope_version)
    more = {"country": "us_tx", "people": "no", "trade": "copywriter", "ai": ["none"], "ai_data": "no"}
    way.send(**more, ai_does=["none"], ai_last_word="person")
    assert way.response.status_code == 409
    assert Assessment.objects.get(pk=fresh.pk).scope_version == run.scope_version


def test_a_finished_scope_leads_on(way: Way, fresh: Assessment) -> None:
    texas(way).send(ai=["none"])
    for page in ("assumptions", "scope-questions"):
        assert way.get(f"/assessments/{fresh.pk}/{page}/").place == "scope/"


def test_a_viewer_sees_none_of_it(fresh: Assessment, client: Client) -> None:
    client.force_login(member(fresh.organisation, Role.VIEWER))
    assert client.get(f"/assessments/{fresh.pk}/trade/").status_code == 403


def test_an_edition_without_trades_begins_with_the_screens(
    signed_in: Client, fresh: Assessment, trades: Edition, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessments.access.edition_of", lambda row: replace(edition, presets=()))
    assert Way(signed_in, fresh).place == "scope/where/"


def test_the_trade_stays_when_a_run_starts_again(owner: Any, edition: Edition) -> None:
    result = finished_run(owner.memberships.get().organisation, by=owner)
    Assessment.objects.filter(pk=result.assessment_id).update(preset=COPYWRITER.id)
    result.assessment.refresh_from_db()
    again = restart_assessment(finished=result.assessment, started_by=owner, now=NOW)
    assert again.preset == COPYWRITER.id
    assert first_open_screen(edition, again) is None


def test_the_way_back_leads_to_the_trade(way: Way, fresh: Assessment) -> None:
    texas(way)
    assert links(parse(way.response))["Back to place and trade"] == f"/assessments/{fresh.pk}/trade/"
