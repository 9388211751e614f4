"""A domain on one page: what it shows, what its button saves, and where it leads."""

import re
from dataclasses import replace

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from assessments.access import assessment_read
from assessments.bank.steps import FindOutHint
from assessments.bank.types import Depth, Edition
from assessments.forms.question import QuestionForm
from assessments.models import Answer, AnswerKind, Assessment, EditionRow
from assessments.pages.answering.domain import domain_page
from assessments.services.runs import choose_depth
from tests.pages import buttons, by_id, controls, of_class, parse, sends, text_of
from tests.runs import asked_questions, finish, give
from tests.runs import scoped_run as scoped
from tests.scope_facts import SHOP, facts_of

pytestmark = pytest.mark.django_db

QUESTION = "ACCESS-02"


def stored(run: Assessment, question: str = QUESTION) -> Answer:
    return Answer.objects.get(assessment=run, question=question)


def domain_url(run: Assessment, code: str = "ACCESS") -> str:
    return f"/assessments/{run.pk}/domains/{code}/"


@pytest.fixture
def left_out(run: Assessment) -> str:
    """A question that this business may leave out."""
    tags = frozenset(run.tags)
    return next(q.id for q in asked_questions(run) if q.offers_not_applicable(tags))


@pytest.fixture
def standard(run: Assessment) -> Assessment:
    """Several questions in each domain; a quick run asks one."""
    return choose_depth(assessment=run, depth=Depth.STANDARD)


# The domain page.


def test_nothing_is_preselected(run: Assessment, signed_in: Client) -> None:
    for question in asked_questions(run):
        section = by_id(parse(signed_in.get(domain_url(run, question.domain))), question.id)
        assert not any(control.checked for control in controls(section))
        levels = [control for control in controls(section) if control.name == f"{question.id}-answer"]
        assert len(levels) >= 6


def test_each_question_is_a_fieldset_with_its_words(standard: Assessment, edition: Edition, signed_in: Client) -> None:
    page = parse(signed_in.get(domain_url(standard)))
    asked = [question for question in asked_questions(standard) if question.domain == "ACCESS"]
    assert len(list(page.iter("legend"))) == len(asked) > 1
    for question in asked:
        shown = text_of(by_id(page, question.id))
        assert all(text in shown for text in (question.text, *question.levels))


def test_the_first_button_is_not_one_that_settles_a_conflict(run: Assessment, signed_in: Client) -> None:
    """The Enter key in a text field presses a form's first button."""
    mine = sends(parse(signed_in.get(domain_url(run))))
    give(run, QUESTION, 2)
    page = parse(signed_in.post(domain_url(run), {**mine, f"{QUESTION}-answer": "3"}))
    form = next(form for form in page.iter("form") if "answers" in form.get("class", ""))
    assert [button.name for button in buttons(form)][:3] == ["", f"{QUESTION}-keep", f"{QUESTION}-keep"]


def test_the_button_saves_all_and_leads_on(run: Assessment, signed_in: Client) -> None:
    page = parse(signed_in.get(domain_url(run)))
    asked = [question.id for question in asked_questions(run) if question.domain == "ACCESS"]
    data = sends(page) | {f"{question}-answer": ["2"] for question in asked}
    response = signed_in.post(domain_url(run), data)
    assert response.status_code == 302
    assert re.fullmatch(rf"/assessments/{run.pk}/domains/(?!ACCESS)[A-Z]+/\?done=ACCESS", response["Location"])
    assert {answer.question: answer.level for answer in run.answers.all()} == dict.fromkeys(asked, 2)


def test_the_last_domain_leads_to_the_check(run: Assessment, signed_in: Client) -> None:
    last = asked_questions(run)[-1].domain
    page = parse(signed_in.get(domain_url(run, last)))
    response = signed_in.post(domain_url(run, last), sends(page))
    assert response["Location"] == f"/assessments/{run.pk}/check/?done={last}"


def test_one_error_keeps_everything_else_and_the_text(standard: Assessment, signed_in: Client) -> None:
    page = parse(signed_in.get(domain_url(standard)))
    first, second = [question.id for question in asked_questions(standard) if question.domain == "ACCESS"][:2]
    data = sends(page) | {f"{first}-answer": ["1"], f"{second}-answer": ["3"], f"{second}-note": ["y" * 4_001]}
    response = signed_in.post(domain_url(standard), data)
    assert response.status_code == 422
    assert {answer.question: answer.level for answer in standard.answers.all()} == {first: 1}
    shown = parse(response)
    assert sends(shown)[f"{second}-note"] == ["y" * 4_001]
    assert sends(shown)[f"{second}-answer"] == ["3"]
    assert sends(shown)[f"{first}-version"] == ["1"]
    summary = by_id(shown, "error-summary")
    assert "at most 4000 characters" in text_of(summary)
    targets = [link.get("href", "")[1:] for link in summary.iter("a")]
    assert all(by_id(shown, target) is not None for target in targets)
    mended = sends(shown) | {f"{second}-note": ["short"]}
    assert signed_in.post(domain_url(standard), mended).status_code == 302
    assert stored(standard, second).note == "short"


def test_what_a_filter_hides_is_not_touched(standard: Assessment, signed_in: Client) -> None:
    first, second = [question.id for question in asked_questions(standard) if question.domain == "ACCESS"][:2]
    give(standard, first, 4, note="Keep me")
    page = parse(signed_in.get(domain_url(standard) + "?show=open"))
    assert f"{first}-version" not in sends(page)
    response = signed_in.post(domain_url(standard) + "?show=open", sends(page) | {f"{second}-answer": ["1"]})
    assert response.status_code == 302
    assert (stored(standard, first).level, stored(standard, first).note) == (4, "Keep me")


def test_the_filters_show_what_they_say(standard: Assessment, signed_in: Client) -> None:
    first, second, *rest = [question.id for question in asked_questions(standard) if question.domain == "ACCESS"]
    give(standard, first, 2)
    give(standard, second, kind=AnswerKind.UNKNOWN)

    def shown(show: str) -> list[str]:
        page = parse(signed_in.get(domain_url(standard) + show))
        return [section.get("id", "") for section in of_class(page, "question")]

    assert shown("") == shown("?show=all") == shown("?show=nonsense") == [first, second, *rest]
    assert shown("?show=open") == rest
    assert shown("?show=unknown") == [second]


@pytest.mark.parametrize("code", ["NOPE", "access", "0"])
def test_a_domain_that_is_not_there_is_missing(standard: Assessment, signed_in: Client, code: str) -> None:
    assert signed_in.get(domain_url(standard, code)).status_code == 404


def test_a_domain_in_which_nothing_is_asked_is_missing(
    edition_row: object, edition: Edition, signed_in: Client, owner: User
) -> None:
    run = scoped(owner.memberships.get().organisation, by=owner, facts={})
    asked = {question.domain for question in asked_questions(run)}
    for domain in edition.domains:
        expected = 200 if domain.code in asked else 404
        assert signed_in.get(domain_url(run, domain.code)).status_code == expected


def test_the_page_of_a_finished_run_leads_to_its_result(run: Assessment, signed_in: Client) -> None:
    finish(run)
    response = signed_in.get(domain_url(run))
    assert response["Location"] == f"/assessments/{run.pk}/result/"
    assert signed_in.post(domain_url(run), {}).status_code == 409


# Where one goes on.


def test_one_goes_on_where_one_left(run: Assessment, signed_in: Client) -> None:
    asked = asked_questions(run)
    give(run, asked[3].id, 2)
    page = signed_in.get(f"/assessments/{run.pk}/").content.decode()
    assert f"{domain_url(run, asked[4].domain)}#{asked[4].id}" in page


def test_deeper_questions_join_those_already_answered(run: Assessment, signed_in: Client) -> None:
    give(run, QUESTION, 2)
    choose_depth(assessment=run, depth=Depth.FULL)
    page = parse(signed_in.get(domain_url(run)))
    assert sends(page)[f"{QUESTION}-answer"] == ["2"]
    assert len(of_class(page, "question")) > 4


def test_the_check_page_says_what_was_given_and_what_is_open(run: Assessment, signed_in: Client, left_out: str) -> None:
    give(run, QUESTION, 3, note="The till\nhas none", evidence="A list")
    give(run, left_out, kind=AnswerKind.NOT_APPLICABLE, reason="Nobody does that")
    shown = text_of(parse(signed_in.get(f"/assessments/{run.pk}/check/")))
    asked = asked_questions(run)
    question = next(q for q in asked if q.id == QUESTION)
    assert all(part in shown for part in (question.levels[3], "The till has none", "A list", "Nobody does that"))
    assert f"{len(asked) - 2} questions are still open" in shown


def test_facts_of_the_shop_are_complete(edition: Edition) -> None:
    assert set(SHOP) <= facts_of(edition, **SHOP).keys()


@pytest.mark.parametrize("with_error", [False, True])
def test_a_help_text_names_the_authority_of_each_business(
    edition: Edition, with_error: bool, edition_row: EditionRow
) -> None:
    """One text laid out for France is not shown to a business in Spain."""
    asked = replace(
        edition.question[QUESTION],
        help="Ask {authority}.",
        find_out=FindOutHint("Or {cyber_agency}.", 5),
    )
    changed = replace(edition, questions=tuple(asked if q.id == QUESTION else q for q in edition.questions))
    texts = []
    for country in ("fr", "es"):
        run = scoped(facts={**SHOP, "country": country})
        access = replace(assessment_read(run.started_by, run.pk), edition=changed)
        form = QuestionForm(QueryDict(f"{QUESTION}-answer=wrong"), question=asked, offers_not_applicable=False)
        page = domain_page(
            access,
            edition.domain["ACCESS"],
            (asked,),
            {},
            day=edition.law_status_as_of,
            forms={QUESTION: form} if with_error else None,
        )
        texts.append(text_of(parse(page.blocks[0].html)))
    french, spanish = texts
    assert "Ask the CNIL." in french
    assert "Ask the Agencia Española de Protección de Datos (AEPD)." in spanish
    assert f"Or {edition.authorities['fr_cyber'].name}." in french
    assert f"Or {edition.authorities['es_cyber'].name}." in spanish
    assert "{" not in french + spanish
