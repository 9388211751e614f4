"""The scope wizard: facts in, laws and questions out, each with its reason."""

import pytest
from django.test import Client

from accounts.models import User
from assessments.bank.types import Depth, Edition
from assessments.errors import AssessmentFinished, ScopeChanged
from assessments.models import Assessment
from assessments.pages.scope import first_open_screen, screen_page
from assessments.queries import answers_of, run_of, scored_answers
from assessments.scope_facts import facts_from_json, facts_to_json
from assessments.scoring.engine import score
from assessments.scoring.scope import FactAnswer
from assessments.services.runs import choose_depth, save_scope
from tests.pages import controls, links, parse, sends, text_of
from tests.runs import NOW, answered_run, asked_questions, finish, give, started_run
from tests.scope_facts import NOT_SURE, SHOP, fact, facts_of

pytestmark = pytest.mark.django_db


def save(run: Assessment, edition: Edition, **facts: FactAnswer) -> Assessment:
    return save_scope(assessment=run, edition=edition, given=facts, seen_version=run.scope_version)


@pytest.fixture
def fresh(owner: User) -> Assessment:
    """A run that was only started."""
    return started_run(owner.memberships.get().organisation, by=owner)


def test_facts_come_back_from_storage_as_they_were(edition: Edition) -> None:
    facts = facts_of(edition, base=fact("eu", "uk"), ai=NOT_SURE, setup=FactAnswer(frozenset({"website"}), True))
    assert facts_from_json(facts_to_json(facts)) == facts


def test_saving_a_screen_stores_facts_tags_and_version(run: Assessment, edition: Edition) -> None:
    save(run, edition, base=fact("uk"), offers=fact("uk"))
    stored = Assessment.objects.get(pk=run.pk)
    assert stored.facts["base"] == {"options": ["uk"], "not_sure": False}
    assert "uk_gdpr" in stored.tags
    assert "gdpr" not in stored.tags
    assert stored.scope_version == run.scope_version == 2


def test_saving_the_same_again_changes_nothing_even_from_an_old_page(run: Assessment, edition: Edition) -> None:
    given = {"base": fact("eu")}
    save_scope(assessment=run, edition=edition, given=given, seen_version=0)
    assert run.scope_version == 1


def test_a_page_made_before_a_colleagues_change_is_refused(run: Assessment, edition: Edition) -> None:
    save(run, edition, base=fact("uk"))
    with pytest.raises(ScopeChanged):
        save_scope(assessment=run, edition=edition, given={"base": fact("california")}, seen_version=1)
    assert Assessment.objects.get(pk=run.pk).facts["base"]["options"] == ["uk"]


def test_not_sure_sets_the_tag_on_and_marks_it_to_check(run: Assessment, edition: Edition) -> None:
    save(run, edition, base=NOT_SURE, offers=NOT_SURE, follows=NOT_SURE)
    assert {"gdpr", "uk_gdpr"} <= set(run.tags)
    assert {"gdpr", "uk_gdpr"} <= set(run.provisional)


def test_a_fact_that_follows_from_a_hidden_question_falls_with_it(run: Assessment, edition: Edition) -> None:
    save(run, edition, ai=fact("tools"), ai_data=fact("yes"))
    with_ai = set(run.tags)
    save(run, edition, ai=fact("none"))
    assert {"uses_ai"} <= with_ai - set(run.tags)
    save(run, edition, ai=fact("tools"))
    assert set(run.tags) == with_ai


def test_a_finished_run_keeps_its_scope(edition_row: object, edition: Edition) -> None:
    run = answered_run()
    finish(run)
    with pytest.raises(AssessmentFinished):
        save(run, edition, base=fact("uk"))
    with pytest.raises(AssessmentFinished):
        choose_depth(assessment=run, depth=Depth.FULL)


def test_answers_that_no_longer_apply_are_kept_uncounted_and_come_back(edition_row: object, edition: Edition) -> None:
    run = answered_run(levels=3)

    def scoring() -> object:
        return score(edition, run_of(run), scored_answers(answers_of(run).values()), NOW.date())

    before, asked, stored = scoring(), asked_questions(run), answers_of(run).keys()
    save(run, edition, ai=fact("none"))
    about_ai = {question.id for question in asked} - {question.id for question in asked_questions(run)}
    assert about_ai
    without = score(edition, run_of(run), scored_answers(answers_of(run).values()), NOW.date())
    assert answers_of(run).keys() == stored
    counted = {trace.question.id for domain in without.domains for trace in domain.traces}
    assert counted.isdisjoint(about_ai)
    assert without.asked == without.answered == len(asked_questions(run)) < len(asked)
    save(run, edition, ai=fact("tools"))
    assert scoring() == before


def test_going_deeper_keeps_every_answer_and_going_back_too(edition_row: object) -> None:
    run = answered_run(levels=1)
    quick = answers_of(run).keys()
    choose_depth(assessment=run, depth=Depth.FULL)
    deeper = [question for question in asked_questions(run) if question.id not in quick]
    assert deeper
    give(run, deeper[0].id, 4)
    choose_depth(assessment=run, depth=Depth.QUICK)
    assert deeper[0] not in asked_questions(run)
    assert answers_of(run).keys() == quick | {deeper[0].id}


def test_screens_that_have_nothing_to_ask_are_not_shown(run: Assessment, edition: Edition) -> None:
    save(run, edition, ai=fact("none"))
    assert screen_page(edition, run, "ai_work") is None
    shown = screen_page(edition, run, "ai")
    assert shown is not None
    assert shown.after == "data"
    save(run, edition, ai=NOT_SURE)
    assert screen_page(edition, run, "ai_work") is not None


def test_no_business_needs_more_than_six_screens(run: Assessment, edition: Edition) -> None:
    everything = {q.id: NOT_SURE for screen in edition.scope.screens for q in screen.questions}
    save(run, edition, **everything)
    first = screen_page(edition, run, edition.scope.screens[0].id)
    assert first is not None
    assert first.total <= 6
    assert first_open_screen(edition, run) is None


# The pages.


def test_the_wizard_leads_from_the_first_screen_to_the_summary(
    fresh: Assessment, edition: Edition, signed_in: Client
) -> None:
    facts = facts_of(edition, **SHOP)
    url, visited = f"/assessments/{fresh.pk}/scope/", []
    for _ in range(10):
        response = signed_in.get(url, follow=True)
        url = response.request["PATH_INFO"]
        if url.endswith("/scope/"):
            break
        visited.append(url.rsplit("/", 2)[-2])
        form = parse(response)
        names = {control.name for control in controls(form)} & facts.keys()
        assert not any(control.checked for control in controls(form))
        data = {name: sorted(facts[name].options) for name in names}
        url = signed_in.post(url, {**sends(form), **data})["Location"]
    assert visited == ["where", "business", "ai", "ai_work", "data", "choice"]
    assert facts_from_json(Assessment.objects.get(pk=fresh.pk).facts) == facts
    assert f"/assessments/{fresh.pk}/depth/" in links(parse(response)).values()


def test_the_summary_says_why_each_law_applies_and_why_not(run: Assessment, signed_in: Client) -> None:
    shown = text_of(parse(signed_in.get(f"/assessments/{run.pk}/scope/")))
    assert "because you have an office, a branch or staff in the EU" in shown
    assert "You said that you hold no data about people who live in California." in shown
    assert "not legal advice" in shown


def test_what_nobody_was_sure_of_is_shown_as_to_be_checked(
    run: Assessment, edition: Edition, signed_in: Client
) -> None:
    save(run, edition, **facts_of(edition, base=NOT_SURE, large=NOT_SURE))
    shown = text_of(parse(signed_in.get(f"/assessments/{run.pk}/scope/"))).lower()
    assert "eu gdpr to be checked" in shown


def test_a_screen_shows_what_was_chosen(run: Assessment, edition: Edition, signed_in: Client) -> None:
    save(run, edition, base=FactAnswer(frozenset({"eu"}), not_sure=True))
    page = parse(signed_in.get(f"/assessments/{run.pk}/scope/where/"))
    assert sorted(sends(page)["base"]) == ["eu", "not_sure"]
    assert sends(page)["version"] == ["2"]


def test_an_open_question_is_an_error_in_words_and_nothing_is_stored(fresh: Assessment, signed_in: Client) -> None:
    response = signed_in.post(f"/assessments/{fresh.pk}/scope/where/", {"base": "eu", "version": "0"})
    assert response.status_code == 422
    shown = text_of(parse(response))
    assert "There is a problem" in shown
    assert "“Not sure” is fine" in shown
    assert Assessment.objects.get(pk=fresh.pk).facts == {}


def test_none_of_these_excludes_the_others(fresh: Assessment, signed_in: Client) -> None:
    data = {"base": ["eu"], "offers": ["eu", "none"], "follows": ["none"], "california": "no", "version": "0"}
    response = signed_in.post(f"/assessments/{fresh.pk}/scope/where/", data)
    assert response.status_code == 422
    assert "cannot both be true" in text_of(parse(response))


@pytest.mark.parametrize("value", ["mars", "", "\x00", "eu' OR 1=1"])
def test_a_made_up_option_is_refused(fresh: Assessment, signed_in: Client, value: str) -> None:
    data = {"base": value, "offers": "none", "follows": "none", "california": "no", "version": "0"}
    assert signed_in.post(f"/assessments/{fresh.pk}/scope/where/", data).status_code == 422


def test_two_people_on_one_screen_the_second_sees_the_latest(
    run: Assessment, edition: Edition, signed_in: Client
) -> None:
    url = f"/assessments/{run.pk}/scope/where/"
    mine = sends(parse(signed_in.get(url)))
    save(run, edition, base=fact("uk"))
    response = signed_in.post(url, {**mine, "base": ["california"]})
    assert response.status_code == 409
    page = parse(response)
    assert "Someone else changed the scope" in text_of(page)
    assert sends(page)["base"] == ["uk"]
    again = signed_in.post(url, {**sends(page), "base": ["california"]})
    assert again.status_code == 302
    assert Assessment.objects.get(pk=run.pk).facts["base"]["options"] == ["california"]


@pytest.mark.parametrize("screen", ["nowhere", "ai_work"])
def test_a_screen_that_is_not_shown_is_missing(
    run: Assessment, edition: Edition, signed_in: Client, screen: str
) -> None:
    save(run, edition, ai=fact("none"))
    assert signed_in.get(f"/assessments/{run.pk}/scope/{screen}/").status_code == 404


def test_the_depth_page_counts_questions_for_this_business(
    run: Assessment, edition: Edition, signed_in: Client
) -> None:
    url = f"/assessments/{run.pk}/depth/"
    shown = text_of(parse(signed_in.get(url)))
    sizes = []
    for depth in Depth:
        choose_depth(assessment=run, depth=depth)
        sizes.append(len(asked_questions(run)))
    assert sizes == sorted(set(sizes))
    assert all(f"{size} questions" in shown for size in sizes)
    save(run, edition, ai=fact("none"))
    assert f"{sizes[-1]} questions" not in text_of(parse(signed_in.get(url)))


def test_the_depth_is_not_asked_before_the_scope_is_known(fresh: Assessment, signed_in: Client) -> None:
    response = signed_in.get(f"/assessments/{fresh.pk}/depth/")
    assert (response.status_code, response["Location"]) == (302, f"/assessments/{fresh.pk}/scope/")


@pytest.mark.parametrize("depth", ["", "endless", "QUICK"])
def test_no_depth_or_a_made_up_one_is_an_error(run: Assessment, signed_in: Client, depth: str) -> None:
    response = signed_in.post(f"/assessments/{run.pk}/depth/", {"depth": depth})
    assert response.status_code == 422
    assert Assessment.objects.get(pk=run.pk).depth == "quick"


def test_choosing_a_depth_opens_the_questions(fresh: Assessment, edition: Edition, signed_in: Client) -> None:
    save(fresh, edition, **facts_of(edition, **SHOP))
    response = signed_in.post(f"/assessments/{fresh.pk}/depth/", {"depth": "standard"})
    assert response["Location"] == f"/assessments/{fresh.pk}/"
    stored = Assessment.objects.get(pk=fresh.pk)
    assert (stored.state, stored.depth) == ("answering", "standard")
