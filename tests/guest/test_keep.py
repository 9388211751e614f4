"""A quick check becomes the beginning of an assessment, whichever way its guest gets an account."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Organisation, Role, User
from assessments.models import AnswerKind, Assessment, AssessmentState, EditionRow, GuestCheck
from assessments.scope_facts import facts_from_json
from assessments.scoring.scope import FactAnswer
from tests.factories import PASSWORD, OrganisationFactory, UserFactory, member
from tests.guest.guests import Guest
from tests.pages import parse, text_of
from tests.quick_checks import guest_facts
from tests.runs import asked_questions, started_run

pytestmark = pytest.mark.django_db
SIGN_UP = {"email": "ann@example.org", "password1": PASSWORD, "organisation_name": "Bakery by the Quay"}
UNSURE = {**guest_facts("es"), "people": FactAnswer(frozenset(), not_sure=True)}


def signed_in(guest: Guest, person: User) -> Guest:
    """Signs in as a browser does: what the session has stays in it."""
    guest.client.force_login(person)
    return guest


def keep(guest: Guest, organisation: Organisation, depth: str = "quick") -> Assessment:
    answer = guest.client.post("/check/keep/", {"organisation": str(organisation.pk), "depth": depth})
    assert answer.status_code == 302, text_of(parse(answer))
    return Assessment.objects.get(organisation=organisation)


def test_facts_and_answers_are_carried_over_as_given_by_this_person_now(guest: Guest, edition_row: EditionRow) -> None:
    owner = member(OrganisationFactory.create())
    signed_in(guest.answer_all(3, 0, None, facts=UNSURE), owner)
    given, before = guest.access.given, timezone.now()
    run = keep(guest, owner.memberships.get().organisation, "standard")
    assert (run.state, run.depth, run.edition) == (AssessmentState.ANSWERING, "standard", edition_row)
    assert facts_from_json(run.facts) == UNSURE
    assert run.facts["people"] == {"options": [], "not_sure": True}
    assert set(run.provisional) <= set(run.tags)
    rows = {row.question: row for row in run.answers.all()}
    assert rows.keys() == given.answers.keys()
    for question, row in rows.items():
        own = given.answers[question]
        assert (row.kind, row.level) == (own.kind.value, own.level)
        assert (row.saved_by, row.answered_as, row.taken_over_from) == (owner, "business", None)
        assert row.saved_at >= before
    assert AnswerKind.UNKNOWN in {row.kind for row in rows.values()}
    assert not GuestCheck.objects.exists()
    assert not guest.has_key


def test_one_goes_on_with_what_is_not_known_about_the_business(guest: Guest) -> None:
    owner = member(OrganisationFactory.create())
    signed_in(guest.answer_all(), owner)
    data = {"organisation": str(owner.memberships.get().organisation_id), "depth": "quick"}
    page = guest.client.post("/check/keep/", data, follow=True)
    run = Assessment.objects.get()
    assert page.redirect_chain[-1][0] == reverse("scope_start", args=[run.pk])
    assert "Your quick check is kept." in text_of(parse(page))


def test_answering_goes_on_at_the_first_question_that_the_check_left_open(guest: Guest) -> None:
    """Not after the last one that it asked: what stands before would be left out."""
    owner = member(OrganisationFactory.create())
    run = keep(signed_in(guest.answer_all(), owner), owner.memberships.get().organisation)
    answered = set(run.answers.values_list("question", flat=True))
    first = next(question for question in asked_questions(run) if question.id not in answered)
    page = guest.client.get(reverse("assessment", args=[run.pk]))
    assert f'href="{reverse("domain", args=[run.pk, first.domain])}#{first.id}"' in page.content.decode()


def test_an_open_assessment_is_never_written_into(guest: Guest) -> None:
    owner = member(OrganisationFactory.create(name="Busy"))
    busy = owner.memberships.get().organisation
    run = started_run(busy, by=owner)
    signed_in(guest.answer_all(), owner)
    page = guest.client.get("/check/keep/")
    assert reverse("assessment", args=[run.pk]) in page.content.decode()
    refused = guest.client.post("/check/keep/", {"organisation": str(busy.pk), "depth": "quick"})
    assert refused.status_code == 422
    run.refresh_from_db()
    assert (run.facts, run.answers.count()) == ({}, 0)
    assert guest.check
    assert f"{reverse('organisation_add')}?next=" in page.content.decode()


def test_one_that_was_started_meanwhile_is_not_written_into_either(
    guest: Guest, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessments.guest.pages.keep import PlacesToKeep
    from assessments.guest.views import after

    owner = member(OrganisationFactory.create())
    place = owner.memberships.get().organisation
    run = started_run(place, by=owner)
    signed_in(guest.answer_all(), owner)
    monkeypatch.setattr(after, "places_to_keep", lambda person: PlacesToKeep(free=(place,), busy=()))
    refused = guest.client.post("/check/keep/", {"organisation": str(place.pk), "depth": "quick"})
    assert refused.status_code == 422
    assert "has an assessment in progress" in text_of(parse(refused))
    assert list(Assessment.objects.all()) == [run]
    assert guest.check


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.VIEWER])
def test_only_who_may_begin_an_assessment_keeps_it_there(guest: Guest, role: Role) -> None:
    person = member(OrganisationFactory.create(), role)
    place = person.memberships.get().organisation
    signed_in(guest.answer_all(), person)
    answer = guest.client.post("/check/keep/", {"organisation": str(place.pk), "depth": "quick"})
    assert answer.status_code == (422 if role == Role.VIEWER else 302)
    assert Assessment.objects.exists() == (role != Role.VIEWER)


def test_not_in_somebody_elses_organisation(guest: Guest) -> None:
    foreign = OrganisationFactory.create()
    signed_in(guest.answer_all(), member(OrganisationFactory.create()))
    for wanted in (str(foreign.pk), "no-key", ""):
        assert guest.client.post("/check/keep/", {"organisation": wanted, "depth": "quick"}).status_code == 422
    assert not Assessment.objects.exists()


def test_of_several_organisations_one_is_chosen(guest: Guest) -> None:
    person = member(OrganisationFactory.create(name="First"))
    second = OrganisationFactory.create(name="Second")
    second.memberships.create(user=person, role=Role.OWNER)
    signed_in(guest.answer_all(), person)
    assert guest.client.post("/check/keep/", {"depth": "quick"}).status_code == 422
    assert keep(guest, second).organisation == second


def test_without_a_check_there_is_nothing_to_keep(client: Client) -> None:
    client.force_login(member(OrganisationFactory.create()))
    page = client.get("/check/keep/", follow=True)
    assert "There is no quick check in this browser" in text_of(parse(page))


def test_a_withdrawn_edition_is_left_for_the_newest(
    guest: Guest, edition_row: EditionRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assessments.guest.services import keeping

    upgraded: list[EditionRow] = []
    monkeypatch.setattr(keeping, "hold_while_offered", lambda key: False)
    monkeypatch.setattr(keeping, "upgrade_edition", lambda *, assessment, new, by, now: upgraded.append(new))
    owner = member(OrganisationFactory.create())
    keep(signed_in(guest.answer_all(), owner), owner.memberships.get().organisation)
    assert upgraded == [edition_row]


def test_signing_up_without_mail_leads_straight_to_keeping(guest: Guest) -> None:
    guest.answer_all()
    link = re.search(r'href="(/account/sign-up/\?next=[^"]+)"', guest.client.get("/check/result/").content.decode())
    assert link
    after = guest.client.post(link[1], {**SIGN_UP, "next": "/check/keep/"})
    assert after.headers["Location"] == "/check/keep/"
    assert keep(guest, Organisation.objects.get()).answers.count() == 8


def test_signing_up_with_mail_keeps_it_in_the_same_browser(guest: Guest, with_mail: None) -> None:
    guest.answer_all()
    guest.client.post("/account/sign-up/?next=/check/keep/", {**SIGN_UP, "next": "/check/keep/"})
    assert guest.has_key
    confirm = re.search(r"/account/email/confirm/[^\s]+", str(mail.outbox[-1].body))
    assert confirm
    after = guest.client.post(confirm[0])
    assert after.headers["Location"] == "/check/keep/"
    assert keep(guest, Organisation.objects.get()).answers.count() == 8


def test_the_link_of_the_mail_in_another_browser_carries_nothing(guest: Guest, with_mail: None) -> None:
    guest.answer_all()
    guest.client.post("/account/sign-up/?next=/check/keep/", {**SIGN_UP, "next": "/check/keep/"})
    confirm = re.search(r"/account/email/confirm/[^\s]+", str(mail.outbox[-1].body))
    assert confirm
    other = Client()
    other.post(confirm[0], {"password1": PASSWORD, "organisation_name": "Bakery"})
    page = other.get("/check/keep/", follow=True)
    assert "There is no quick check in this browser" in text_of(parse(page))
    assert not Assessment.objects.exists()


def test_signing_up_with_a_passkey_leads_on_to_keeping(guest: Guest) -> None:
    guest.answer_all()
    data = {**SIGN_UP, "password1": "", "passkey": "1", "next": "/check/keep/"}
    assert guest.client.post("/account/sign-up/", data).headers["Location"] == reverse("account_signup_passkey")
    after = guest.client.post(reverse("account_signup_passkey"), {"password1": PASSWORD})
    assert after.headers["Location"] == "/check/keep/"
    assert guest.has_key


def test_signing_in_keeps_it(guest: Guest) -> None:
    person = member(OrganisationFactory.create())
    guest.answer_all()
    data = {"login": person.email, "password": PASSWORD, "next": "/check/keep/"}
    assert guest.client.post("/account/sign-in/", data).headers["Location"] == "/check/keep/"
    assert keep(guest, person.memberships.get().organisation).answers.count() == 8


def test_signing_out_forgets_the_key(guest: Guest) -> None:
    signed_in(guest.answer_all(), UserFactory.create())
    guest.client.post("/account/sign-out/")
    assert not guest.has_key


def test_keeping_asks_to_sign_in(guest: Guest) -> None:
    guest.answer_all()
    assert guest.client.get("/check/keep/").headers["Location"] == "/account/sign-in/?next=/check/keep/"
