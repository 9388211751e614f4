"""How many reviews a question and a run may have, and how many of them a page reads."""

import pytest

from accounts.models import User
from accounts.queries import consultancy_behind
from assessments.collaboration import discussion_of, latest_reviews, reviews_of
from assessments.models import AnswerReview, Assessment
from assessments.queries import answers_of
from assessments.services import reviews
from assessments.services.reviews import TooManyReviews, agree_with_all
from tests.collaboration import QUESTION, consultant, reviewed
from tests.runs import NOW, give

pytestmark = pytest.mark.django_db

OTHER = "ACCESS-03"


def agree_with_both(run: Assessment, by: User) -> None:
    consultancy = consultancy_behind(by, run.organisation)
    assert consultancy is not None
    agree_with_all(
        assessment=run,
        answers=answers_of(run),
        reviews=latest_reviews(reviews_of(run)),
        seen_versions={OTHER: 1, "GOV-01": 1},
        by=by,
        consultancy=consultancy,
        now=NOW,
    )


def test_only_the_latest_review_of_a_question_is_read(run: Assessment) -> None:
    give(run, QUESTION, 3)
    give(run, OTHER, 3)
    noor = consultant(run)
    for note in ("One", "Two", "Three"):
        reviewed(run, noor, note=note)
    reviewed(run, noor, OTHER, note="Another question")
    reviewed(run, noor, note="Four")
    assert [row.note for row in reviews_of(run)] == ["Another question", "Four"]
    assert [row.note for row in discussion_of(run, [QUESTION])[1]] == ["Four"]


def test_reviews_have_a_number(run: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviews, "MOST_OF_A_QUESTION", 2)
    for question in (QUESTION, OTHER, "GOV-01"):
        give(run, question, 3)
    noor = consultant(run)
    first, latest = (reviewed(run, noor, note=note) for note in ("One", "Two"))
    with pytest.raises(TooManyReviews, match="2 reviews already"):
        reviewed(run, noor, note="Three")
    assert reviewed(run, noor, note="Two") == latest, "the same sent again is no new one"
    assert set(AnswerReview.objects.all()) == {first, latest}
    monkeypatch.setattr(reviews, "MOST_OF_A_RUN", 3)
    with pytest.raises(TooManyReviews, match="3 reviews already"):
        agree_with_both(run, noor)
    assert AnswerReview.objects.count() == 2
    reviewed(run, noor, OTHER)
    with pytest.raises(TooManyReviews):
        reviewed(run, noor, "GOV-01")
