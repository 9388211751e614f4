"""Writing: who may, what is kept, and what two people at once see."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client

from accounts.audit import Actor
from accounts.models import AccessLevel, Engagement, Organisation, Role, User
from assessments.errors import ChangeRefused
from assessments.models import Result
from reports.consultant_words import services
from reports.consultant_words.access import words_read, words_write
from reports.consultant_words.services import MOST_OWN_STEPS, WordsChanged
from reports.kinds.text_places import TextPlace
from reports.models import ConsultantText
from reports.models.consultant_text import DOMAIN_TEXT_LENGTH, STEP_TITLE_LENGTH, SUMMARY_LENGTH
from tests.collaboration import consultant
from tests.factories import EngagementFactory, OrganisationFactory, member
from tests.pages import parse, sends, text_of
from tests.reports.consultant_words.conftest import DOMAIN, Write, path
from tests.runs import NOW, finished_run

pytestmark = pytest.mark.django_db


def posted(client: Client, address: str, **typed: str) -> tuple[int, str]:
    """As a browser does: the form as it is, with what is typed. The status, and the words of the page."""
    form = {name: values[0] for name, values in sends(parse(client.get(address))).items()}
    answer = client.post(address, {**form, **typed})
    return answer.status_code, "" if answer.status_code == 302 else text_of(parse(answer))


def test_a_consultant_writes_a_summary_a_text_about_a_domain_and_a_step(
    desk: Client, result: Result, adviser: User
) -> None:
    assert posted(desk, path("consultant_summary", result), text="A tidy shop.\r\nGo on.")[0] == 302
    assert posted(desk, path("consultant_domain", result, DOMAIN), text="Keys first.")[0] == 302
    assert posted(desk, path("consultant_step_add", result), title="A  visit", text="")[0] == 302
    found = ConsultantText.objects.order_by("created_at").values_list("place", "domain", "title", "text")
    assert list(found) == [
        ("summary", "", "", "A tidy shop.\nGo on."),
        ("domain", DOMAIN, "", "Keys first."),
        ("step", "", "A  visit", ""),
    ]
    shown = text_of(parse(desk.get(path("consultant_words", result))))
    for text in ("A tidy shop.", "Keys first.", "A visit", "In the words of Noor Haddad, Haddad Advice"):
        assert text in " ".join(shown.split())


def test_the_clients_own_people_read_and_do_not_write(owner_desk: Client, result: Result, write: Write) -> None:
    write("A tidy shop.")
    page = owner_desk.get(path("consultant_words", result)).content.decode()
    assert "A tidy shop." in page
    assert path("consultant_summary", result) not in page
    assert owner_desk.post(path("consultant_summary", result), {"text": "Mine", "version": "1"}).status_code == 403
    assert ConsultantText.objects.get().text == "A tidy shop."


def test_the_result_leads_there_once_something_is_written(
    owner_desk: Client, desk: Client, result: Result, write: Write
) -> None:
    def leads(client: Client) -> bool:
        return path("consultant_words", result) in client.get(path("result", result)).content.decode()

    assert leads(desk)
    assert not leads(owner_desk)
    write("A tidy shop.")
    assert leads(owner_desk)
    write("")
    assert not leads(owner_desk)


def test_read_only_access_reads(result: Result, write: Write) -> None:
    write("A tidy shop.")
    reader = consultant(result.assessment, AccessLevel.READ)
    assert words_read(reader, result.assessment_id).consultancy is None
    with pytest.raises(PermissionDenied):
        words_write(reader, result.assessment_id)


def test_when_access_has_ended_nothing_is_read_or_written(
    desk: Client, result: Result, adviser: User, engagement: Engagement, write: Write
) -> None:
    write("A tidy shop.")
    engagement.ended_at = NOW
    engagement.save()
    for name in ("consultant_words", "consultant_summary", "consultant_step_add"):
        assert desk.get(path(name, result)).status_code == 404
    kept = desk.post(path("consultant_summary", result), {"text": "Typed for an hour", "version": "1"})
    assert (kept.status_code, "Typed for an hour" in kept.content.decode()) == (404, True), "to copy"
    with pytest.raises(PermissionDenied):
        write("Once more")
    assert words_read(result.finished_by, result.assessment_id).result == result, "the client still has it"
    assert ConsultantText.objects.get().text == "A tidy shop."


def test_access_that_ends_while_somebody_types_is_asked_again(
    result: Result, adviser: User, engagement: Engagement
) -> None:
    words_write(adviser, result.assessment_id)
    engagement.ended_at = NOW
    engagement.save()
    with pytest.raises(PermissionDenied):
        services.add_step(result=result, title="A visit", text="", by=Actor(adviser), now=NOW)


def test_a_consultancy_changes_its_own_alone(result: Result, step: ConsultantText) -> None:
    other = consultant(result.assessment, name="Other Person")
    client = Client()
    client.force_login(other)
    with pytest.raises(WordsChanged):
        services.change_step(step=step, title="Theirs", text="", seen_version=1, by=Actor(other), now=NOW)
    services.remove_step(step=step, by=Actor(other))
    step.refresh_from_db()
    assert step.title == "A visit"


def test_another_clients_step_is_not_found(desk: Client, consultancy: Organisation, adviser: User) -> None:
    elsewhere = finished_run(OrganisationFactory.create())
    EngagementFactory.create(
        consultancy=consultancy, client=elsewhere.assessment.organisation, level=AccessLevel.REVIEW
    )
    theirs = services.add_step(result=elsewhere, title="Theirs", text="", by=Actor(adviser), now=NOW)
    here = finished_run(OrganisationFactory.create())
    EngagementFactory.create(consultancy=consultancy, client=here.assessment.organisation, level=AccessLevel.REVIEW)
    assert desk.get(path("consultant_step", here, theirs.pk)).status_code == 404
    assert desk.get(path("consultant_domain", here, "NOWHERE")).status_code == 404


@pytest.mark.parametrize("length", [SUMMARY_LENGTH + 1, 5_000])
def test_a_text_that_is_too_long_is_said_and_kept(desk: Client, result: Result, length: int) -> None:
    status, shown = posted(desk, path("consultant_summary", result), text="w" * length)
    assert status == 422
    assert "w" * length in shown
    assert f"{SUMMARY_LENGTH}" in shown.replace(",", "")
    assert not ConsultantText.objects.exists()


@pytest.mark.parametrize(
    "text", ["w" * DOMAIN_TEXT_LENGTH, "👍🏽 fine", "שלום, מאפייה", "<b>&amp; “so”", "one\n\ntwo"], ids=range(5)
)
def test_any_text_comes_back_as_it_was_typed(desk: Client, result: Result, text: str) -> None:
    address = path("consultant_domain", result, DOMAIN)
    assert posted(desk, address, text=text)[0] == 302
    assert ConsultantText.objects.get().text == text
    assert sends(parse(desk.get(address)))["text"] == [text]


def test_a_blank_text_says_nothing_and_can_be_written_again(desk: Client, result: Result, write: Write) -> None:
    write("A tidy shop.")
    address = path("consultant_summary", result)
    assert posted(desk, address, text=" \n ")[0] == 302
    assert "A tidy shop." not in text_of(parse(desk.get(path("consultant_words", result))))
    assert posted(desk, address, text="Again.")[0] == 302
    assert ConsultantText.objects.get().version == 3


def test_a_step_needs_a_title(desk: Client, result: Result) -> None:
    status, shown = posted(desk, path("consultant_step_add", result), title=" ", text="Kept text")
    assert (status, "Say in a few words" in shown, "Kept text" in shown) == (422, True, True)
    status, shown = posted(desk, path("consultant_step_add", result), title="t" * (STEP_TITLE_LENGTH + 1))
    assert status == 422


def test_two_tabs_keep_both_texts(desk: Client, result: Result, write: Write) -> None:
    address = path("consultant_summary", result)
    form = {name: values[0] for name, values in sends(parse(desk.get(address))).items()}
    write("Saved in the other tab")
    answer = desk.post(address, {**form, "text": "Typed in this tab"})
    page = parse(answer)
    assert answer.status_code == 409
    assert "Saved in the other tab" in text_of(page)
    sent = {name: values[0] for name, values in sends(page).items()}
    assert sent["text"] == "Typed in this tab"
    assert ConsultantText.objects.get().text == "Saved in the other tab"
    assert desk.post(address, sent).status_code == 302
    assert ConsultantText.objects.get().text == "Typed in this tab"


def test_two_tabs_at_a_step(desk: Client, result: Result, adviser: User, step: ConsultantText) -> None:
    address = path("consultant_step", result, step.pk)
    form = {name: values[0] for name, values in sends(parse(desk.get(address))).items()}
    by = Actor(adviser)
    services.change_step(step=step, title="Their title", text="", seen_version=1, by=by, now=NOW)
    answer = desk.post(address, {**form, "title": "My title"})
    assert answer.status_code == 409
    assert "Their title" in text_of(parse(answer))
    assert sends(parse(answer))["title"] == ["My title"]


def test_a_step_that_is_gone_gives_its_text_back(desk: Client, result: Result, step: ConsultantText) -> None:
    desk.post(path("consultant_step_remove", result, step.pk))
    assert not ConsultantText.objects.exists()
    answer = desk.post(path("consultant_step", result, step.pk), {"title": "Typed", "text": "", "version": "1"})
    assert answer.status_code == 404


def test_saving_what_is_there_changes_nothing(result: Result, adviser: User, write: Write) -> None:
    write("A tidy shop.")
    colleague = member(adviser.memberships.get().organisation, Role.EDITOR)
    write("A tidy shop.", by=colleague, seen_version=0, now=NOW + timedelta(days=1))
    stored = ConsultantText.objects.get()
    assert (stored.version, stored.written_by, stored.written_at) == (1, adviser, NOW)


def test_a_colleague_who_changes_a_text_signs_it(result: Result, adviser: User, write: Write) -> None:
    write("A tidy shop.")
    colleague = member(adviser.memberships.get().organisation, Role.EDITOR, name="Ida Berg")
    write("A very tidy shop.", by=colleague)
    assert ConsultantText.objects.get().written_by == colleague


def test_steps_have_a_number_and_a_double_click_adds_one(result: Result, adviser: User) -> None:
    for number in range(MOST_OWN_STEPS):
        for _again in range(2):
            services.add_step(result=result, title=f"Step {number}", text="", by=Actor(adviser), now=NOW)
    assert ConsultantText.objects.count() == MOST_OWN_STEPS
    with pytest.raises(ChangeRefused):
        services.add_step(result=result, title="One more", text="", by=Actor(adviser), now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": TextPlace.SUMMARY, "title": "A title"},
        {"place": TextPlace.SUMMARY, "domain": DOMAIN},
        {"place": TextPlace.DOMAIN},
        {"place": TextPlace.STEP},
        {"place": "nowhere"},
        {"place": TextPlace.SUMMARY, "text": "w" * (DOMAIN_TEXT_LENGTH + 1)},
    ],
    ids=str,
)
def test_the_database_refuses_nonsense(
    result: Result, adviser: User, consultancy: Organisation, wrong: dict[str, str]
) -> None:
    fixed = {"result": result, "consultancy": consultancy, "written_by": adviser}
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultantText.objects.create(**fixed, written_at=NOW, created_at=NOW, **wrong)


def test_one_summary_of_a_consultancy(result: Result, adviser: User, consultancy: Organisation, write: Write) -> None:
    write("A tidy shop.")
    fixed = {"result": result, "consultancy": consultancy, "written_by": adviser, "place": TextPlace.SUMMARY}
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultantText.objects.create(**fixed, written_at=NOW, created_at=NOW)


def test_a_stranger_finds_nothing(result: Result) -> None:
    with pytest.raises(Http404):
        words_read(member(OrganisationFactory.create()), result.assessment_id)
