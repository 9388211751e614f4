"""A quick check from its start to its end, over the pages a guest sees."""

from datetime import timedelta

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.services.retention import delete_outlived
from assessments.guest.pages.check import questions_of
from assessments.guest.services import checks
from assessments.models import GuestCheck
from assessments.scoring.terms import PreparedQuestion
from assessments.scoring.types import ScoredAnswerKind
from tests.guest.guests import Guest
from tests.pages import by_id, of_class, parse, text_of
from tests.quick_checks import guest_facts

pytestmark = pytest.mark.django_db
SESSION = settings.SESSION_COOKIE_NAME


def test_the_start_says_what_it_is_and_sets_no_cookie(client: Client) -> None:
    answer = client.get("/check/")
    words = text_of(parse(answer))
    for promise in (
        "Five minutes",
        "No account, no e-mail address, no tracking",
        "deleted after 24 hours",
        "random key",
    ):
        assert promise in words
    assert not answer.cookies
    assert "no-store" in answer.headers["Cache-Control"]
    assert not GuestCheck.objects.exists()


def test_looking_at_the_first_screen_makes_no_check(client: Client) -> None:
    assert client.get("/check/about-you/1/").status_code == 200
    assert not GuestCheck.objects.exists()
    assert SESSION not in client.cookies


def test_the_first_facts_make_a_check_under_a_key_that_is_stored_nowhere(guest: Guest) -> None:
    guest.client.post("/check/about-you/1/", {"country": "us_tx", "people": "no"})
    (stored,) = GuestCheck.objects.all()
    assert stored.facts["country"] == {"options": ["us_tx"], "not_sure": False}
    key = guest.client.session["quick_check"]
    assert len(key) >= 43
    assert key not in str(GuestCheck.objects.values().get())
    assert 86_000 < guest.client.session.get_expiry_age() <= 86_400


def test_one_goes_from_facts_to_questions_to_an_insight_to_the_end(guest: Guest) -> None:
    assert guest.tell_facts().headers["Location"] == "/check/questions/1/"
    assert guest.answer(1, "3").headers["Location"] == "/check/questions/2/"
    assert guest.answer(2, "0").headers["Location"] == "/check/questions/3/"
    assert guest.answer(3, "unknown").headers["Location"] == "/check/so-far/"
    insight = parse(guest.client.get("/check/so-far/"))
    asked = [own.question for own in _asked(guest)]
    assert asked[0].levels[3] in text_of(insight)
    assert asked[1].gates[0].reason in text_of(of_class(insight, "notice--warning")[0])
    assert "One answer you do not know yet" in text_of(insight)
    for number in range(4, 8):
        assert guest.answer(number, "2").headers["Location"] == f"/check/questions/{number + 1}/"
    assert guest.answer(8, "2").headers["Location"] == "/check/result/"
    page = parse(guest.client.get("/check/result/"))
    assert len(of_class(by_id(page, "main"), "guest-steps")[0].findall("./li")) == 3
    assert "What was not looked at" in text_of(page)
    assert "Done when:" in text_of(page)


def test_no_page_names_a_level(guest: Guest) -> None:
    guest.answer_all(3, 0, None, 4)
    for path in ("/check/so-far/", "/check/result/"):
        page = text_of(by_id(parse(guest.client.get(path)), "main"))
        for label in guest.access.edition.labels:
            assert label.name not in page, path
        assert "out of 4" not in page


def test_what_is_missing_is_asked_next(guest: Guest) -> None:
    for path in ("/check/questions/1/", "/check/so-far/", "/check/result/", "/check/about-you/2/"):
        assert guest.client.get(path).headers["Location"] == "/check/", path
    guest.client.post("/check/about-you/1/", {"country": "es", "people": "to9"})
    assert guest.client.get("/check/result/").headers["Location"] == "/check/about-you/2/"
    guest.tell_facts()
    guest.answer(1, "2")
    assert guest.client.get("/check/result/").headers["Location"] == "/check/questions/2/"
    assert guest.client.get("/check/questions/99/").headers["Location"] == "/check/questions/2/"
    assert guest.client.get("/check/about-you/9/").headers["Location"] == "/check/"
    assert 'href="/check/questions/2/"' in guest.client.get("/check/").content.decode()


def test_an_answer_can_be_changed_and_is_marked(guest: Guest) -> None:
    guest.tell_facts()
    guest.answer(1, "2")
    page = parse(guest.client.get("/check/questions/1/"))
    (marked,) = [button for button in page.iter("button") if button.get("aria-current")]
    assert marked.get("value") == "2"
    guest.answer(1, "unknown")
    first = _asked(guest)[0].question.id
    assert guest.access.given.answers[first].kind is ScoredAnswerKind.UNKNOWN


def test_nothing_is_marked_before_it_is_chosen(guest: Guest) -> None:
    guest.tell_facts()
    page = parse(guest.client.get("/check/questions/1/"))
    assert [button for button in page.iter("button") if button.get("aria-current")] == []


def test_not_applicable_needs_a_reason_and_is_offered_only_where_it_may_be(guest: Guest) -> None:
    guest.tell_facts()
    asked = _asked(guest)
    offered = next(number for number, own in enumerate(asked, start=1) if own.may_be_left_out)
    without = next(number for number, own in enumerate(asked, start=1) if not own.may_be_left_out)
    refused = guest.answer(offered, "na", reason=" ")
    assert refused.status_code == 422
    assert "Say in a few words" in text_of(parse(refused))
    assert guest.answer(offered, "na", reason="we have none").status_code == 302
    assert guest.access.given.answers[asked[offered - 1].question.id].reason == "we have none"
    assert guest.answer(without, "na", reason="we have none").status_code == 422
    assert "It doesn’t apply" not in text_of(parse(guest.client.get(f"/check/questions/{without}/")))


@pytest.mark.parametrize("chosen", ["", "5", "-1", "two", "1\0"])
def test_what_is_no_answer_is_refused(guest: Guest, chosen: str) -> None:
    guest.tell_facts()
    refused = guest.answer(1, chosen)
    assert refused.status_code == 422
    assert "Choose one of the answers." in text_of(parse(refused))
    assert not guest.access.given.answers


def test_a_business_without_ai_is_asked_nothing_about_it(guest: Guest) -> None:
    guest.tell_facts(guest_facts("es", "no", "none"))
    assert "DATA-03" not in [own.question.id for own in _asked(guest)]


def test_another_browser_sees_nothing_of_it(guest: Guest) -> None:
    guest.answer_all()
    other = Guest()
    other.tell_facts(guest_facts("es"))
    assert other.check != guest.check
    assert not other.access.given.answers
    assert Client().get("/check/result/").headers["Location"] == "/check/"


def test_a_made_up_key_opens_nothing(client: Client) -> None:
    for key in ("", "x", None, 7, ["a"]):
        session = client.session
        session["quick_check"] = key
        session.save()
        client.cookies[SESSION] = session.session_key or ""
        assert client.get("/check/result/").headers["Location"] == "/check/"


def test_it_is_over_a_day_after_it_began(guest: Guest) -> None:
    guest.answer_all()
    GuestCheck.objects.update(started_at=timezone.now() - timedelta(hours=24))
    assert guest.client.get("/check/result/").headers["Location"] == "/check/"
    other = Guest().answer_all()
    delete_outlived(now=timezone.now())
    assert list(GuestCheck.objects.all()) == [other.check]


def test_it_is_deleted_now(guest: Guest) -> None:
    guest.answer_all()
    assert "Deleted" in text_of(parse(guest.client.post("/check/delete/")))
    assert not GuestCheck.objects.exists()
    assert not guest.has_key
    assert guest.client.post("/check/delete/").status_code == 200


def test_no_page_of_it_is_cached(guest: Guest) -> None:
    guest.answer_all()
    for path in ("/check/", "/check/about-you/1/", "/check/questions/1/", "/check/so-far/", "/check/result/"):
        assert "no-store" in guest.client.get(path).headers["Cache-Control"], path


def test_a_flood_from_one_address_is_told_to_wait(settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "quick_check": "2/m/ip"}
    statuses = [Guest().client.post("/check/about-you/1/", {"country": "es", "people": "no"}) for _ in range(3)]
    assert [answer.status_code for answer in statuses] == [302, 302, 429]
    assert "Many checks at once" in text_of(parse(statuses[2]))
    assert GuestCheck.objects.count() == 2


def test_a_check_under_way_is_not_slowed_down(guest: Guest, settings: LazySettings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "quick_check": "1/m/ip"}
    guest.answer_all()
    assert guest.client.get("/check/result/").status_code == 200


def test_the_site_takes_so_many_at_once(guest: Guest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MOST_CHECKS", 1)
    guest.tell_facts()
    full = Guest().client.post("/check/about-you/1/", {"country": "es", "people": "no"})
    assert full.status_code == 429
    assert GuestCheck.objects.count() == 1
    assert guest.answer(1, "1").status_code == 302


def test_a_full_site_gives_up_what_nobody_answered_in(guest: Guest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever fills the site closes it for an hour, not for a day."""
    monkeypatch.setattr(checks, "MOST_CHECKS", 2)
    guest.tell_facts()
    assert guest.answer(1, "1").status_code == 302
    unused = Guest()
    unused.tell_facts()
    given = {"country": "es", "people": "no"}
    assert Guest().client.post("/check/about-you/1/", given).status_code == 429
    GuestCheck.objects.update(started_at=timezone.now() - checks.UNUSED_AFTER - timedelta(minutes=1))
    before = set(GuestCheck.objects.filter(answers={}).values_list("pk", flat=True))
    assert Guest().client.post("/check/about-you/1/", given).status_code == 302
    assert not GuestCheck.objects.filter(pk__in=before).exists()
    assert guest.answer(2, "1").status_code == 302
    assert Guest().client.post("/check/about-you/1/", given).status_code == 429


def test_without_a_quick_check_in_the_newest_edition_there_is_none(
    guest: Guest, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest.answer_all()
    monkeypatch.setattr("assessments.guest.views.check.offered_check", lambda: None)
    assert client.get("/check/").status_code == 404
    assert client.get("/check/about-you/1/").status_code == 404
    assert client.post("/check/about-you/1/", {"country": "es", "people": "no"}).status_code == 404
    # What has begun goes on.
    assert guest.client.get("/check/result/").status_code == 200


def test_the_queries_of_a_question(guest: Guest, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Session and check; the rest is the edition, which is read once."""
    guest.answer_all()
    guest.client.get("/check/questions/2/")
    # The page that takes an answer is in a transaction: two statements more in a test.
    for path, statements in (("/check/questions/2/", 4), ("/check/so-far/", 2), ("/check/result/", 2)):
        with django_assert_num_queries(statements):
            guest.client.get(path)


def _asked(guest: Guest) -> tuple[PreparedQuestion, ...]:
    return questions_of(guest.access, timezone.localdate())
