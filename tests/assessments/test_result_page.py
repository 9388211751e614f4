"""The result page says what scoring found, and every figure can be checked by hand from "how was this computed"."""

from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from accounts.models import Role, User
from assessments.bank.types import Edition
from assessments.models import Answer, AnswerKind, Assessment, Result
from assessments.pages.result import FROZEN_HTML
from assessments.presentation.figures import cap_value
from assessments.queries import load_scored_result, run_of, scored_answers
from assessments.scoring.engine import score
from assessments.scoring.steps import todo_steps
from assessments.wording import cap_sentence
from tests.assessments import recounting
from tests.assessments.recounting import LABELS
from tests.factories import OrganisationFactory, member
from tests.pages import by_id, parse, tables, text_of
from tests.runs import NOW, answered_run, finish, finished_run, give, scoped_run
from tests.scope_facts import NOT_SURE, SHOP

pytestmark = pytest.mark.django_db


def result_of(client: Client, result: Result) -> Element:
    return parse(client.get(f"/assessments/{result.assessment_id}/result/"))


def computed_of(client: Client, result: Result) -> Element:
    return parse(client.get(f"/assessments/{result.assessment_id}/result/computed/"))


def section(page: Element, heading: str) -> str:
    """The text of the section with this heading; empty when there is none."""
    found = [each for each in page.iter("section") if each.get("aria-labelledby") == heading]
    return text_of(found[0]) if found else ""


def test_the_stored_outcome_is_what_scoring_gives(mixed: Result, edition: Edition) -> None:
    answers = scored_answers(Answer.objects.filter(assessment=mixed.assessment))
    assert load_scored_result(edition, mixed) == score(edition, run_of(mixed.assessment), answers, NOW.date())


def test_the_headlines_are_those_of_scoring(mixed: Result, edition: Edition, signed_in: Client) -> None:
    page, outcome = result_of(signed_in, mixed), load_scored_result(edition, mixed)
    for pillar in outcome.pillars:
        assert pillar.low is not None
        assert pillar.high is not None
        assert pillar.proven is not None
        shown = section(page, f"pillar-{pillar.code}")
        assert f"{edition.labels[pillar.low.figure.label].name} {pillar.low.figure}" in shown
        assert (f"ould be up to {pillar.high.figure}" in shown) == (pillar.high.figure != pillar.low.figure)
        assert (f"{pillar.proven.figure}" in shown) or pillar.proven.figure == pillar.low.figure
        assert cap_sentence([cap_value(edition, cap) for cap in pillar.low.caps]) in shown
        assert ("apped by" in shown) == bool(pillar.low.caps)


def test_the_table_of_domains_is_that_of_scoring(mixed: Result, edition: Edition, signed_in: Client) -> None:
    shown = {row[0]: row[1] for table in tables(result_of(signed_in, mixed)) for row in table}
    for domain in load_scored_result(edition, mixed).domains:
        if domain.low:
            name = edition.labels[domain.low.figure.label].name
            assert shown[edition.domain[domain.code].title].startswith(f"{name} {domain.low.figure}")


def test_every_list_of_scoring_is_on_the_page(mixed: Result, edition: Edition, signed_in: Client) -> None:
    page, outcome = result_of(signed_in, mixed), load_scored_result(edition, mixed)
    assert outcome.must_fix
    assert outcome.open_duties
    assert outcome.find_out
    assert outcome.left_out
    assert all(item.question.text in section(page, "fix") for item in outcome.must_fix)
    for duty in outcome.open_duties:
        assert " ".join(duty.duty.says.split()) in section(page, "duties")
        assert all(citation.label in section(page, "duties") for citation in duty.citations)
    for item in outcome.find_out:
        assert item.question.text in section(page, "find")
        assert item.who_knows in section(page, "find")
    for left in outcome.left_out:
        assert left.question.text in section(page, "left")
        assert left.reason in section(page, "left")
    first, later = section(page, "first"), section(page, "later")
    texts = {
        where: [step.text for todo in outcome.todo[part] for step in todo_steps(todo) if "{" not in step.text]
        for where, part in ((first, slice(3)), (later, slice(3, 5)))
    }
    assert all(texts.values())
    assert [text for where, own in texts.items() for text in own if text not in where] == []
    assert len(outcome.todo) > 5
    assert all(f"({todo.question.id})" in later for todo in outcome.todo[5:])


def test_what_is_not_there_has_no_heading(edition_row: object, client: Client) -> None:
    result = finished_run(levels=4)
    client.force_login(result.assessment.started_by)
    page = result_of(client, result)
    assert [name for name in ("fix", "find", "left", "first", "later") if section(page, name)] == []
    assert "Nothing open among the questions asked." in section(page, "duties")


def test_an_owner_who_knows_nothing_yet_sees_the_whole_range(edition_row: object, client: Client) -> None:
    result = finish(scoped_run())
    client.force_login(result.assessment.started_by)
    shown = section(result_of(client, result), "pillar-security")
    assert "Much still open 0.0" in shown
    assert "up to 4.0 Well kept" in shown


def test_what_rests_on_an_unsure_fact_says_so(edition_row: object, client: Client) -> None:
    result = finished_run(levels=0, facts={**SHOP, "special": NOT_SURE})
    client.force_login(result.assessment.started_by)
    page = result_of(client, result)
    assert "Settled by: “" in section(page, "check")
    assert "DATA-10" in section(page, "check")
    assert "DATA-10" not in section(page, "fix") + section(page, "duties")


def test_every_figure_can_be_recounted_from_the_computed_page(
    mixed: Result, edition: Edition, signed_in: Client
) -> None:
    worked = recounting.sections(computed_of(signed_in, mixed))
    titles = {domain.title for domain in edition.domains} & worked.keys()
    lines = {title: recounting.lines_of(worked[title]) for title in titles}
    for title in titles:
        figures = [recounting.domain_figure(lines[title], which) for which in range(3)]
        assert tuple(figure.number for figure in figures) == recounting.numbers_shown(worked[title]), title
        assert LABELS[figures[0].label] == recounting.label_shown(worked[title])
    for pillar in edition.pillars:
        own = recounting.domains_of(worked[pillar.name])
        found = [recounting.pillar_number(pillar.name, lines, own, which) for which in range(3)]
        assert tuple(number for _, number in found) == recounting.numbers_shown(worked[pillar.name]), pillar.name
        assert LABELS[found[0][0]] == recounting.label_shown(worked[pillar.name])


def test_the_recounted_figures_are_those_of_the_result_page(mixed: Result, edition: Edition, signed_in: Client) -> None:
    worked, page = recounting.sections(computed_of(signed_in, mixed)), result_of(signed_in, mixed)
    for pillar in edition.pillars:
        low, high, proven = recounting.numbers_shown(worked[pillar.name])
        card = section(page, f"pillar-{pillar.code}")
        assert f"{recounting.label_shown(worked[pillar.name])} {low}" in card
        assert high in card
        assert proven in card
    shown = {row[0]: row[1] for table in tables(page) for row in table}
    for domain in edition.domains:
        if domain.title in worked:
            assert recounting.numbers_shown(worked[domain.title])[0] in shown[domain.title]


def test_the_shares_on_the_page_are_sums_of_its_questions(mixed: Result, edition: Edition, signed_in: Client) -> None:
    worked = recounting.sections(computed_of(signed_in, mixed))
    for domain in edition.domains:
        if domain.title in worked:
            figure = recounting.domain_figure(recounting.lines_of(worked[domain.title]), 0)
            shares = tables(worked[domain.title])[0]
            named_weights = [(name, weight) for name, weight, _ in shares]
            assert named_weights == [(LABELS[n], f"{figure.parts[n]} of {figure.whole}") for n in range(1, 5)]
            for (_, _, verdict), part in zip(shares, figure.parts[1:], strict=True):
                enough = "enough" if 5 * part >= 4 * figure.whole else "not enough"
                assert verdict == f"{100 * part // figure.whole} %, {enough}"


def test_without_named_proof_levels_3_and_4_count_as_2(edition_row: object, client: Client) -> None:
    run = answered_run(levels=4)
    client.force_login(run.started_by)
    result = finish(run)
    assert "Counting only what you named proof for: 2.0 Basics in place" in section(
        result_of(client, result), "pillar-security"
    )


def test_one_weak_gate_caps_the_headline_by_name(edition_row: object, client: Client, edition: Edition) -> None:
    run = answered_run(levels=4)
    give(run, "ACCESS-02", 1)
    client.force_login(run.started_by)
    shown = section(result_of(client, finish(run)), "pillar-security")
    assert "On the way 1.8" in shown
    assert "Capped by ACCESS-02: One stolen password" in shown


def test_there_is_no_result_before_the_end(run: Assessment, signed_in: Client) -> None:
    assert signed_in.get(f"/assessments/{run.pk}/result/").status_code == 404
    assert signed_in.get(f"/assessments/{run.pk}/result/computed/").status_code == 404


def test_reasons_are_text(owner: User, signed_in: Client) -> None:
    run = answered_run(owner.memberships.get().organisation, by=owner, levels={})
    give(run, "ACCESS-03", kind=AnswerKind.NOT_APPLICABLE, reason="<script>alert(1)</script>")
    result = finish(run)
    for page in ("", "computed/"):
        html = signed_in.get(f"/assessments/{result.assessment_id}/result/{page}").content
        assert b"<script>alert" not in html


def test_the_charts_say_the_same_in_words(mixed: Result, edition: Edition, signed_in: Client) -> None:
    page = result_of(signed_in, mixed)
    drawn = " ".join(text_of(svg) for svg in page.iter("{http://www.w3.org/2000/svg}svg"))
    for domain in load_scored_result(edition, mixed).domains:
        if domain.low:
            assert edition.domain[domain.code].title in drawn
            assert str(domain.low.figure) in drawn


def test_the_page_names_the_law_date_and_what_it_is_not(mixed: Result, signed_in: Client) -> None:
    shown = text_of(by_id(result_of(signed_in, mixed), "main"))
    assert "law as of" in shown
    assert "not legal advice" in shown


@pytest.mark.parametrize("first", [Role.OWNER, Role.VIEWER])
def test_a_cached_page_gives_nobody_more_rights(mixed: Result, first: Role) -> None:
    """Whoever had it rendered first: an owner sees the button, a viewer does not, a stranger sees nothing."""
    again = "Go through it again"
    clients = {role: Client() for role in Role}
    for role, client in clients.items():
        client.force_login(member(mixed.assessment.organisation, role))
    FROZEN_HTML.clear()
    result_of(clients[first], mixed)
    computed_of(clients[first], mixed)
    owner, viewer = (result_of(clients[role], mixed) for role in (Role.OWNER, Role.VIEWER))
    assert (again in text_of(owner), again in text_of(viewer)) == (True, False)
    assert section(owner, "duties") == section(viewer, "duties") != ""
    stranger = Client()
    stranger.force_login(member(OrganisationFactory.create()))
    url = f"/assessments/{mixed.assessment_id}/result/"
    assert [stranger.get(f"{url}{page}").status_code for page in ("", "computed/")] == [404, 404]


@pytest.mark.parametrize("page", ["", "computed/"])
def test_what_was_frozen_is_read_once(mixed: Result, signed_in: Client, page: str) -> None:
    def reads() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(f"/assessments/{mixed.assessment_id}/result/{page}").status_code == 200
        return sum('"assessments_result"."outcome"' in query["sql"] for query in queries.captured_queries)

    assert [reads(), reads(), reads()] == [1, 0, 0]


def test_a_developer_sees_a_changed_template_at_once(mixed: Result, signed_in: Client) -> None:
    before = text_of(result_of(signed_in, mixed))
    with override_settings(DEBUG=True), CaptureQueriesContext(connection) as queries:
        assert text_of(result_of(signed_in, mixed)) == before
    assert any('"assessments_result"."outcome"' in query["sql"] for query in queries.captured_queries)
