"""The scope wizard: facts in, laws and questions out, each with its reason."""

from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from accounts.models import Role, User
from assessments.bank.types import Depth, Edition
from assessments.errors import AssessmentFinished, ScopeChanged
from assessments.models import Assessment
from assessments.pages.scope import first_open_screen, screen_page
from assessments.queries import answers_of, run_of, scored_answers
from assessments.scope_facts import facts_from_json, facts_to_json
from assessments.scoring.engine import score
from assessments.scoring.scope import FactAnswer
from assessments.services.runs import choose_depth, save_scope
from tests.factories import member
from tests.pages import by_id, controls, links, parse, sends, text_of
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
    save(run, edition, country=fact("gb_eng"), offers=fact("uk"))
    stored = Assessment.objects.get(pk=run.pk)
    assert stored.facts["country"] == {"options": ["gb_eng"], "not_sure": False}
    assert "uk_gdpr" in stored.tags
    assert "gdpr" not in stored.tags
    assert stored.scope_version == run.scope_version == 2


def test_saving_the_same_again_changes_nothing_even_from_an_old_page(run: Assessment, edition: Edition) -> None:
    given = {"country": fact("fr")}
    save_scope(assessment=run, edition=edition, given=given, seen_version=0)
    assert run.scope_version == 1


def test_a_page_made_before_a_colleagues_change_is_refused(run: Assessment, edition: Edition) -> None:
    save(run, edition, country=fact("gb_eng"))
    with pytest.raises(ScopeChanged):
        save_scope(assessment=run, edition=edition, given={"country": fact("us_ca")}, seen_version=1)
    assert Assessment.objects.get(pk=run.pk).facts["country"]["options"] == ["gb_eng"]


def test_not_sure_sets_the_tag_on_and_marks_it_to_check(run: Assessment, edition: Edition) -> None:
    save(run, edition, country=NOT_SURE, offers=NOT_SURE, follows=NOT_SURE)
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
        save(run, edition, country=fact("gb_eng"))
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


def test_a_screen_may_hang_on_tags_of_earlier_screens(run: Assessment, edition: Edition) -> None:
    """NIS2 is asked of a business of ten in the EU, whether it is there itself or has a branch."""
    for facts, asked in [
        ({"country": "fr", "people": "to19"}, True),
        ({"country": "us_tx", "base": "eu", "people": "to19"}, True),
        ({"country": "us_tx", "people": "to19"}, False),
        ({"country": "fr", "people": "to9"}, False),
    ]:
        save(run, edition, **facts_of(edition, **facts))
        assert (screen_page(edition, run, "size") is not None) is asked, facts


def test_screens_that_have_nothing_to_ask_are_not_shown(run: Assessment, edition: Edition) -> None:
    save(run, edition, ai=fact("none"))
    assert screen_page(edition, run, "ai_work") is None
    shown = screen_page(edition, run, "ai")
    assert shown is not None
    assert shown.after == "data"
    save(run, edition, ai=NOT_SURE)
    assert screen_page(edition, run, "ai_work") is not None


def test_no_business_needs_more_than_nine_screens(run: Assessment, edition: Edition) -> None:
    everything = {q.id: NOT_SURE for screen in edition.scope.screens for q in screen.questions}
    save(run, edition, **everything)
    first = screen_page(edition, run, edition.scope.screens[0].id)
    assert first is not None
    assert first.total <= 9
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
        given = facts_from_json(Assessment.objects.get(pk=fresh.pk).facts)
        assert {control.name for control in controls(form) if control.checked} <= given.keys()
        data = {"trade": "-", **{name: sorted(facts[name].options) for name in names}}
        url = signed_in.post(url, {**sends(form), **data})["Location"]
    assert visited == ["trade", "where", "serve", "business", "ai", "ai_work", "data", "choice"]
    assert facts_from_json(Assessment.objects.get(pk=fresh.pk).facts) == facts
    assert f"/assessments/{fresh.pk}/depth/" in links(parse(response)).values()


def summary(run: Assessment, signed_in: Client) -> Element:
    return parse(signed_in.get(f"/assessments/{run.pk}/scope/"))


def test_the_summary_says_why_each_law_applies_and_why_not(run: Assessment, signed_in: Client) -> None:
    shown = text_of(summary(run, signed_in))
    assert "From what you told us: 2 laws probably apply, 3 probably do not." in shown
    assert "Because you said: Your business is in France." in shown
    assert "Who watches over it the CNIL" in shown
    assert "Other Californian law probably not Because you said:" in shown
    assert "not legal advice" in shown
    assert "may apply" not in shown


def test_no_reason_offers_two_explanations(run: Assessment, edition: Edition, signed_in: Client) -> None:
    save(run, edition, **facts_of(edition, country="us_tx", ai="tools", ai_data="yes"))
    shown = text_of(summary(run, signed_in))
    assert "You said that you use no AI at all." not in shown
    assert ", or you have no office" not in shown


def test_what_nobody_was_sure_of_is_a_condition_with_the_question_that_settles_it(
    run: Assessment, edition: Edition, signed_in: Client
) -> None:
    save(run, edition, **facts_of(edition, country="us_tx", california=NOT_SURE, large=NOT_SURE))
    page = summary(run, signed_in)
    shown = text_of(page)
    assert "For sure, none of the laws that Evenkeel knows." in shown
    assert "Other Californian law to be checked" in shown
    assert "It may apply: if you hold data about people who live in California" in shown
    assert "because you hold data about people who live in California" not in shown
    url = links(page)["Do you have anything to do with people in California?"]
    assert url == f"/assessments/{run.pk}/scope/serve/#div_id_california"
    assert by_id(parse(signed_in.get(url)), "div_id_california") is not None


def test_who_may_not_change_the_facts_reads_the_question_without_a_link(
    run: Assessment, edition: Edition, client: Client
) -> None:
    save(run, edition, **facts_of(edition, country="us_tx", california=NOT_SURE))
    client.force_login(member(run.organisation, Role.VIEWER))
    page = summary(run, client)
    assert "Do you have anything to do with people in California?" in text_of(page)
    assert not any("/scope/serve/" in url for url in links(page).values())


def test_the_authority_of_what_is_out_of_view_is_named(run: Assessment, edition: Edition, signed_in: Client) -> None:
    save(run, edition, **facts_of(edition, country="no", ai="tools"))
    shown = text_of(summary(run, signed_in))
    assert "please ask Datatilsynet" in shown
    assert "{" not in shown


def test_a_screen_shows_what_was_chosen(run: Assessment, edition: Edition, signed_in: Client) -> None:
    save(run, edition, country=fact("gb_sct"), base=NOT_SURE)
    page = parse(signed_in.get(f"/assessments/{run.pk}/scope/where/"))
    assert sends(page) == {"country": ["gb_sct"], "base": ["not_sure"], "version": ["2"]}


def test_countries_are_a_list_under_headings_with_nothing_chosen(fresh: Assessment, signed_in: Client) -> None:
    page = parse(signed_in.get(f"/assessments/{fresh.pk}/scope/where/"))
    country = by_id(page, "id_country")
    assert sends(page)["country"] == [""]
    groups = [group.get("label") for group in country.iter("optgroup")]
    assert groups == [
        "European Union",
        "Norway, Iceland, Liechtenstein",
        "United Kingdom",
        "United States",
        "Elsewhere",
    ]
    assert [text_of(option) for option in country.findall("option")] == ["Choose one", "Not sure"]
    assert len(list(country.iter("option"))) == 2 + 27 + 3 + 4 + 4 + 1
    [label] = [own for own in page.iter("label") if own.get("for") == "id_country"]
    assert text_of(label) == "Where is your business?"
    described = country.get("aria-describedby", "").split()
    assert [text_of(by_id(page, name))[:12] for name in described] == ["The place yo"]


def test_not_sure_of_the_country_is_a_fact_like_any_other(fresh: Assessment, signed_in: Client) -> None:
    signed_in.post(f"/assessments/{fresh.pk}/scope/where/", {"country": "not_sure", "base": "none", "version": "0"})
    assert facts_from_json(Assessment.objects.get(pk=fresh.pk).facts)["country"] == NOT_SURE


def test_an_open_question_is_an_error_in_words_and_nothing_is_stored(fresh: Assessment, signed_in: Client) -> None:
    response = signed_in.post(f"/assessments/{fresh.pk}/scope/where/", {"version": "0"})
    assert response.status_code == 422
    page = parse(response)
    assert "There is a problem" in text_of(page)
    assert "“Not sure” is fine" in text_of(page)
    jumps = {text: url for text, url in links(page).items() if url.startswith("#id_")}
    assert sorted(jumps.values()) == ["#id_base_0", "#id_country"]
    assert any("Where is your business?" in text for text in jumps)
    assert by_id(page, "id_country").get("aria-describedby") == "id_country_helptext id_country_error"
    assert Assessment.objects.get(pk=fresh.pk).facts == {}


@pytest.mark.parametrize(
    ("offers", "alone"),
    [(["eu", "none"], "None of these"), (["eu", "not_sure"], "Not sure"), (["none", "not_sure"], "None of these")],
)
def test_none_and_not_sure_exclude_the_others(
    fresh: Assessment, signed_in: Client, offers: list[str], alone: str
) -> None:
    data = {"offers": offers, "follows": ["none"], "california": "no", "version": "0"}
    response = signed_in.post(f"/assessments/{fresh.pk}/scope/serve/", data)
    assert response.status_code == 422
    page = parse(response)
    assert f"“{alone}” and another answer cannot both be true" in text_of(page)
    assert sorted(sends(page)["offers"]) == sorted(offers)
    assert Assessment.objects.get(pk=fresh.pk).facts == {}


def test_the_choices_that_exclude_others_are_marked_for_the_script(fresh: Assessment, signed_in: Client) -> None:
    page = parse(signed_in.get(f"/assessments/{fresh.pk}/scope/serve/"))
    boxes = [box for box in page.iter("input") if box.get("name") == "offers"]
    assert [box.get("value") for box in boxes if "data-exclusive" in box.attrib] == ["none", "not_sure"]


def test_facts_of_an_older_run_that_contradict_each_other_are_shown_and_asked_again(
    run: Assessment, edition: Edition, signed_in: Client
) -> None:
    save(run, edition, offers=FactAnswer(frozenset({"eu"}), not_sure=True))
    url = f"/assessments/{run.pk}/scope/serve/"
    sent = sends(parse(signed_in.get(url)))
    assert sorted(sent["offers"]) == ["eu", "not_sure"]
    assert signed_in.post(url, sent).status_code == 422


@pytest.mark.parametrize("value", ["mars", "", "\x00", "fr' OR 1=1"])
def test_a_made_up_option_is_refused(fresh: Assessment, signed_in: Client, value: str) -> None:
    data = {"country": value, "base": "none", "version": "0"}
    assert signed_in.post(f"/assessments/{fresh.pk}/scope/where/", data).status_code == 422
    boxes = {"country": "fr", "base": value, "version": "0"}
    assert signed_in.post(f"/assessments/{fresh.pk}/scope/where/", boxes).status_code == 422


def test_two_people_on_one_screen_the_second_sees_the_latest(
    run: Assessment, edition: Edition, signed_in: Client
) -> None:
    url = f"/assessments/{run.pk}/scope/where/"
    mine = sends(parse(signed_in.get(url)))
    save(run, edition, country=fact("gb_eng"))
    response = signed_in.post(url, {**mine, "country": ["us_ca"]})
    assert response.status_code == 409
    page = parse(response)
    assert "Someone else changed the scope" in text_of(page)
    assert sends(page)["country"] == ["gb_eng"]
    again = signed_in.post(url, {**sends(page), "country": ["us_ca"]})
    assert again.status_code == 302
    assert Assessment.objects.get(pk=run.pk).facts["country"]["options"] == ["us_ca"]


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
    assert Assessment.objects.get(pk=run.pk).depth == "standard"


def test_choosing_a_depth_opens_the_questions(fresh: Assessment, edition: Edition, signed_in: Client) -> None:
    save(fresh, edition, **facts_of(edition, **SHOP))
    response = signed_in.post(f"/assessments/{fresh.pk}/depth/", {"depth": "standard"})
    assert response["Location"] == f"/assessments/{fresh.pk}/"
    stored = Assessment.objects.get(pk=fresh.pk)
    assert (stored.state, stored.depth) == ("answering", "standard")
