"""Small parts of working together: what forms take, what counts as reviewed, what the domain page keeps."""

import pytest
from django.http import QueryDict
from django.test import Client

from accounts.models import User
from assessments.bank.types import Depth, Edition
from assessments.collaboration import ReviewCounts, count_reviews, has_been_discussed, latest_reviews, reviews_of
from assessments.forms.collaboration import AssignForm, CommentForm, ReviewForm, seen_versions
from assessments.models import Answer, AnswerReview, Assessment
from assessments.queries import answers_of, run_of, scored_answers
from assessments.scoring.progress import first_unanswered_in, next_unanswered
from assessments.scoring.types import Run
from assessments.services.runs import choose_depth
from tests.collaboration import QUESTION, assigned, colleague, commented, consultant
from tests.collaboration import reviewed as review
from tests.pages import by_id, controls, of_class, parse, sends, text_of
from tests.runs import asked_questions, finish, give

BO, KIM = User(pk=7, name="Bo"), User(pk=8, name="Kim")
DOMAINS = {"ACCESS": "Who gets in", "GOV": "Rules"}


def form_of(data: str, **answers_now: User) -> AssignForm:
    return AssignForm(QueryDict(data), domains=DOMAINS, people=[BO, KIM], answers_now=answers_now)


@pytest.mark.parametrize(
    ("data", "chosen"),
    [
        ("who-ACCESS=7&was-ACCESS=", {"ACCESS": BO}),
        ("who-ACCESS=8&was-ACCESS=7&who-GOV=7&was-GOV=7", {"ACCESS": KIM}),
        ("who-ACCESS=&was-ACCESS=7&who-GOV=&was-GOV=", {"ACCESS": None}),
        ("who-ACCESS=7&was-ACCESS=7", {}),
        ("was-ACCESS=7&who-OTHER=8", {}),
        ("", {}),
    ],
)
def test_what_a_person_changed_of_who_answers_what(data: str, chosen: dict[str, User | None]) -> None:
    form = form_of(data, ACCESS=BO)
    assert form.is_valid()
    assert form.chosen() == chosen


@pytest.mark.parametrize("key", ["9", "x", "7 ", "07", "-7", "None"])
def test_only_people_shown_are_taken(key: str) -> None:
    form = form_of(f"who-ACCESS={key}&was-ACCESS=")
    assert list(form.errors) == ["who-ACCESS"]
    comment = CommentForm(QueryDict(f"comment-A-1-text=Hi&comment-A-1-asked={key}"), question="A-1", people=[BO])
    assert list(comment.errors) == ["asked"]


def test_lines_of_a_comment_are_one_character_apart() -> None:
    form = CommentForm(QueryDict("comment-A-1-text=%20one%0D%0Atwo%0Dthree%20"), question="A-1", people=[])
    assert form.is_valid()
    assert (form.cleaned_data["text"], form.asked_person) == ("one\ntwo\nthree", None)


@pytest.mark.parametrize(
    ("data", "valid"),
    [
        ({"verdict": "agrees", "version": "1"}, True),
        ({"verdict": "questions", "version": "1", "note": "Why?"}, True),
        ({"verdict": "questions", "version": "1"}, False),
        ({"verdict": "questions", "version": "1", "note": " \n "}, False),
        ({"verdict": "agrees"}, False),
        ({"verdict": "agrees", "version": "0"}, False),
        ({"version": "1", "note": "Why?"}, False),
        ({"verdict": "agrees", "version": "1", "note": "x" * 2_001}, False),
    ],
)
def test_what_a_review_needs(data: dict[str, str], valid: bool) -> None:
    sent = QueryDict(mutable=True)
    sent.update({f"review-A-1-{name}": value for name, value in data.items()})
    assert ReviewForm(sent, question="A-1").is_valid() == valid


def test_versions_that_a_page_showed_are_read_with_care() -> None:
    data = QueryDict("seen=A-1:3&seen=A-2:&seen=A-3:x&seen=B-1:1&seen=&seen=A-4:-1&seen=A-5:1:2&seen=A-6:0001")
    assert seen_versions(data, ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"]) == {"A-1": 3, "A-6": 1}


def test_what_counts_as_reviewed() -> None:
    rows = {f"A-{n}": Answer(question=f"A-{n}", kind="level", level=2, version=n) for n in range(1, 5)}
    rows["A-5"] = Answer(question="A-5", kind="open", note="later", version=1)
    found = {
        "A-1": AnswerReview(question="A-1", verdict="agrees", answer_version=1),
        "A-2": AnswerReview(question="A-2", verdict="questions", answer_version=2),
        "A-3": AnswerReview(question="A-3", verdict="questions", answer_version=1),
        "A-5": AnswerReview(question="A-5", verdict="agrees", answer_version=1),
    }
    assert count_reviews([*rows, "A-6"], rows, found) == ReviewCounts(answered=4, current=2, questioned=1, earlier=1)
    assert count_reviews(["A-1"], rows, {}) == ReviewCounts(answered=1, current=0, questioned=0, earlier=0)


@pytest.mark.django_db
def test_the_first_open_question_of_a_domain(run: Assessment, edition: Edition) -> None:
    choose_depth(assessment=run, depth=Depth.FULL)
    asked = [question for question in asked_questions(run) if question.domain == "ACCESS"]
    give(run, asked[0].id, 2)
    give(run, asked[1].id, note="only a note")
    fixed, answers = run_of(run), scored_answers(answers_of(run).values())
    assert first_unanswered_in(edition, fixed, answers, "ACCESS") == asked[1]
    assert next_unanswered(edition, fixed, answers) != asked[1]
    for question in asked[1:]:
        give(run, question.id, 2)
    assert first_unanswered_in(edition, fixed, scored_answers(answers_of(run).values()), "ACCESS") is None
    assert first_unanswered_in(edition, Run(Depth.FULL, frozenset(), frozenset()), {}, "NEVER") is None


@pytest.mark.django_db
def test_a_page_with_an_invalid_answer_keeps_the_side_panel(run: Assessment, signed_in: Client) -> None:
    give(run, QUESTION, 3)
    commented(run, "Still here")
    review(run, consultant(run), note="Really?")
    url = f"/assessments/{run.pk}/domains/ACCESS/"
    sent = {name: value for name, value in sends(parse(signed_in.get(url))).items() if name.startswith(QUESTION)}
    response = signed_in.post(url, sent | {f"{QUESTION}-answer": ["9"]})
    assert response.status_code == 422
    shown = text_of(by_id(parse(response), f"review-{QUESTION}"))
    assert "Still here" in shown
    assert "Really?" in shown


@pytest.mark.django_db
def test_names_and_texts_are_never_read_as_html(run: Assessment, signed_in: Client) -> None:
    bad = "<img src=x onerror=alert(1)>"
    bo = colleague(run, bad)
    give(run, QUESTION, 3)
    assigned(run, bo, "ACCESS")
    commented(run, bad, author=bo, asked=bo)
    review(run, consultant(run, name=bad), note=bad)
    for path in ("", f"domains/ACCESS/?talk={QUESTION}", "comments/", "check/"):
        assert bad not in signed_in.get(f"/assessments/{run.pk}/{path}").content.decode(), path
    client = Client()
    client.force_login(bo)
    assert bad not in client.get("/my-questions/").content.decode()
    finish(run)
    assert bad not in signed_in.get(f"/assessments/{run.pk}/result/").content.decode()


@pytest.mark.django_db
def test_filters_leave_out_what_stands_beside_hidden_questions(run: Assessment, signed_in: Client) -> None:
    give(run, QUESTION, 3)
    commented(run, "Hidden with its question")
    page = parse(signed_in.get(f"/assessments/{run.pk}/domains/ACCESS/?show=open"))
    shown = [section.get("id") for section in of_class(page, "question")]
    assert QUESTION not in shown
    assert "Hidden with its question" not in text_of(page)
    forms = [form.get("id", "") for form in page.iter("form") if form.get("id", "").startswith("comment-form-")]
    assert forms == [f"comment-form-{question}" for question in shown]


@pytest.mark.django_db
def test_one_word_is_enough_to_be_discussed(run: Assessment) -> None:
    assert not has_been_discussed(run)
    give(run, QUESTION, 3)
    review(run, consultant(run))
    assert has_been_discussed(run)
    assert set(latest_reviews(reviews_of(run))) == {QUESTION}


@pytest.mark.django_db
def test_before_the_depth_is_chosen_nothing_can_be_said(run: Assessment, signed_in: Client) -> None:
    Assessment.objects.filter(pk=run.pk).update(state="scoping", depth="")
    data = {f"comment-{QUESTION}-text": "Too early"}
    assert signed_in.post(f"/assessments/{run.pk}/comments/{QUESTION}/", data).status_code == 404
    assert controls(parse(signed_in.get(f"/assessments/{run.pk}/comments/"))) != []
