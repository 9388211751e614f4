"""Erasing a person: nothing that says who it was is left, and what they wrote stays for the organisation."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.account.signals import email_changed
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor, record
from accounts.models import (
    AuditEvent,
    AuditKind,
    ClientNotes,
    Membership,
    Organisation,
    Role,
    SignInEvent,
    User,
)
from accounts.people_data.erasure import SoleOwner, erase_person
from accounts.people_data.without_text import FORMER_MEMBER
from accounts.services.administrators import LastAdministrator
from accounts.services.names import rename_person
from accounts.sign_in.links import create_sign_in_link
from accounts.wording import audit_trail_lines
from assessments.models import (
    Answer,
    AnswerReview,
    Assessment,
    Assignment,
    BankSnapshot,
    ClientTag,
    Comment,
    EditionRow,
    EditionStatus,
    PublishRequest,
    QuestionRow,
    Result,
)
from assessments.models.collaboration import COMMENT_LENGTH
from reports.models import Bundle, DataExport, PortfolioFile, Report, ReportState
from reports.services import claim, request_report
from reports.services import finish as finish_report
from reports.storage import store
from tests.access.site import Site, make_site, ready_report
from tests.accounts.canaries import EMAIL, NAME, found, plant
from tests.accounts.known import called, here_for
from tests.accounts.test_sign_in import sign_in
from tests.collaboration import assigned, colleague, commented
from tests.factories import (
    PASSWORD,
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    give_second_step,
    member,
)
from tests.personas import ADMINISTRATOR, OWNER, STRANGER
from tests.runs import NOW, answered_run, asked_questions, finish, finished_run, give

pytestmark = pytest.mark.django_db

# They hold no text of this kind: a CHECK limits them, or the model has no rows in any world.
CANNOT_HOLD: set[str] = {"assessments.ReminderChoice.time_zone"}


@pytest.fixture
def site(edition_row: object) -> Site:
    return make_site()


def leaver(organisation: Organisation, role: Role = Role.EDITOR) -> User:
    person = member(organisation, role, name=NAME, email=EMAIL, edits_bank=True)
    EmailAddress.objects.create(user=person, email=EMAIL, primary=True, verified=True)
    return here_for(person)


def erase(person: User) -> None:
    erase_person(person=person, by=Actor(person, "192.0.2.7"))


def make_the_rest(site: Site, person: User) -> None:
    """Rows of the kinds that no page of the site shows."""
    notes = ClientNotes.objects.create(consultancy=site.consultancy, client=site.business)
    ClientTag.objects.create(notes=notes, name="to call")
    first = site.run.answers.first() or give_an_answer(site.run)
    AnswerReview.objects.create(
        assessment=site.run,
        question=first.question,
        verdict="agrees",
        answer_version=1,
        by=person,
        consultancy=site.consultancy,
        at=NOW,
    )
    draft = EditionRow.objects.filter(status=EditionStatus.DRAFT)[0]
    declined = {"declined_by": site.person(OWNER), "declined_at": NOW, "declined_reason": "Not yet."}
    PublishRequest.objects.create(edition=draft, fingerprint="f" * 64, asked_by=person, asked_at=NOW, **declined)
    BankSnapshot.objects.create(fingerprint="f" * 64, edition_code="draft", document={}, last_exported_at=NOW)
    EmailConfirmation.objects.create(email_address=EmailAddress.objects.get(user=person), key="k" * 64)
    Group.objects.create(name="Group")
    UserSession.objects.create(user=person, ip="198.51.100.7", session_key="s" * 32, user_agent="a", last_seen_at=NOW)
    DataExport.objects.create(organisation=site.business, requested_by=site.person(OWNER), requested_at=NOW)
    SignInEvent.objects.create(user=person, kind="signed_in", ip_address="198.51.100.7")
    LogEntry.objects.create(user=person, action_flag=CHANGE, object_repr="them")
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=site.person(OWNER), action_flag=CHANGE, content_type=about, object_id=str(person.pk), object_repr="them"
    )


def give_an_answer(run: Assessment) -> Answer:
    give(run, asked_questions(run)[0].id, 2)
    return run.answers.get()


def test_nothing_that_anybody_typed_about_the_person_is_left(site: Site) -> None:
    person = leaver(site.business, Role.OWNER)
    # Both are called like their owner.
    Membership.objects.create(user=person, organisation=site.consultancy, role=Role.OWNER)
    here_for(person)
    give_second_step(person)
    MembershipFactory.create(organisation=site.consultancy)
    make_the_rest(site, person)
    sign_in(Client(headers={"user-agent": NAME}), EMAIL)
    create_sign_in_link(user=person, lifetime=timedelta(hours=1))
    record(by=Actor(person, "198.51.100.7"), kind=AuditKind.LEFT, organisation=site.business, subject=EMAIL)
    planted, refused = plant([site.business, site.consultancy])
    assert len(planted) > 60
    assert refused == CANNOT_HOLD
    InvitationFactory.create(organisation=site.elsewhere, email=EMAIL)
    default_storage.delete(site.report.file)
    default_storage.save(site.report.file, ContentFile(TEXT_IN_A_FILE))
    assert len(found(EMAIL)) > len(planted)
    erase(person)
    assert found(EMAIL, NAME, "198.51.100.7") == []


def test_the_row_stays_without_a_name_and_nobody_signs_in_with_it(site: Site) -> None:
    person = leaver(site.business)
    give_second_step(person)
    answered = answered_run(OrganisationFactory.create(), by=person)
    client = Client()
    client.force_login(person)
    erase(person)
    row = User.objects.get(pk=person.pk)
    assert (str(row), row.is_active, row.check_password(PASSWORD)) == (FORMER_MEMBER, False, False)
    assert answered.answers.filter(saved_by=row).exists()
    assert not Authenticator.objects.filter(user=row).exists()
    assert not Membership.objects.filter(user=row).exists()
    assert client.get("/settings/").status_code == 302
    assert not sign_in(Client(), EMAIL).wsgi_request.user.is_authenticated
    UserFactory.create(email=EMAIL)


def test_another_person_of_the_same_name_keeps_it(site: Site) -> None:
    other = member(site.elsewhere, name=NAME, email=f"not.{EMAIL}")
    elsewhere = commented(answered_run(site.elsewhere, by=site.person(STRANGER)), f"Ask {NAME}")
    here = commented(site.run, f"Ask {NAME}, {EMAIL} or not.{EMAIL}, not {NAME}berg.")
    erase(leaver(site.business))
    other.refresh_from_db()
    assert (other.name, other.email) == (NAME, f"not.{EMAIL}")
    assert Comment.objects.get(pk=elsewhere.pk).text == f"Ask {NAME}"
    kept = f"Ask {FORMER_MEMBER}, {FORMER_MEMBER} or not.{EMAIL}, not {NAME}berg."
    assert Comment.objects.get(pk=here.pk).text == kept


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_nobody_takes_words_that_are_no_name_of_theirs_with_them(site: Site, role: Role) -> None:
    """Whoever calls themselves like the organisation, or in words of the bank, would take these from everybody."""
    words = asked_questions(site.run)[0].text.rstrip("?.")
    said = commented(site.run, f"{words}. Boulangerie Lumière, said Eve Adams.")
    person = member(site.business, role, name="Eve Adams")
    called(person, words[:120], "boulangerie  LUMIÈRE", "Eve Adams B.")
    erase(person)
    assert Comment.objects.get(pk=said.pk).text == f"{words}. Boulangerie Lumière, said {FORMER_MEMBER}."
    assert Organisation.objects.get(pk=site.business.pk).name == "Boulangerie Lumière"


def test_who_chooses_about_reminders_is_no_bank_editor(site: Site, client: Client) -> None:
    """A choice about mails belongs to no organisation, like the bank, and says nothing about the bank."""
    words = asked_questions(site.run)[0].text.rstrip("?.")[:120]
    person = called(member(site.business, Role.VIEWER, name="Eve Adams"), words)
    client.force_login(person)
    assert client.post(reverse("plan_reminders"), {"wanted": "on", "time_zone": ""}).status_code == 302
    erase(person)
    assert asked_questions(site.run)[0].text.startswith(words)
    assert QuestionRow.objects.filter(text__startswith=words).exists()


def test_a_consultant_takes_no_clients_name_with_them(site: Site) -> None:
    person = member(site.consultancy, Role.VIEWER, name=site.business.name)
    here_for(person)
    record(
        by=Actor(site.person(OWNER)), kind=AuditKind.JOINED, organisation=site.consultancy, subject=site.business.name
    )
    erase(person)
    assert Organisation.objects.get(pk=site.business.pk).name == site.business.name
    assert AuditEvent.objects.filter(organisation=site.consultancy.pk, subject=site.business.name).exists()


def test_a_text_that_grows_is_cut_off_where_its_column_ends(site: Site) -> None:
    person = here_for(member(site.business, Role.EDITOR, name="A B", email=EMAIL))
    comment = commented(site.run, "A B " * 1000)
    finish_with(site)
    erase(person)
    text = Comment.objects.get(pk=comment.pk).text
    assert len(text) == COMMENT_LENGTH
    assert text.startswith(f"{FORMER_MEMBER} {FORMER_MEMBER}")


def finish_with(site: Site) -> None:
    finish(site.run)


@pytest.mark.parametrize("name", ["Zoë", "Zoë O'Quartz"])
def test_the_frozen_result_shows_a_former_member_and_keeps_everything_else(edition_row: object, name: str) -> None:
    run = answered_run()
    person = colleague(run, name=name)
    commented(run, "Which phones?", author=person, in_report=True)
    result = finish(run)
    before = Result.objects.values().get(pk=result.pk)
    assert name in json.dumps(before["answers"], ensure_ascii=False)
    erase(person)
    after = Result.objects.values().get(pk=result.pk)
    assert json.dumps(after["answers"]) == json.dumps(before["answers"]).replace(json.dumps(name)[1:-1], FORMER_MEMBER)
    assert {**after, "answers": None} == {**before, "answers": None}


def test_former_names_and_addresses_are_found_too(edition_row: object) -> None:
    run = answered_run()
    person = colleague(run, name="Ann Lee", email="ann@example.org")
    commented(run, "Ask ann@example.org", author=person, in_report=True)
    result = finish(run)
    rename_person(user=person, name="Ann Smith")
    rename_person(user=person, name="Ann Berg")
    User.objects.filter(pk=person.pk).update(email="berg@example.org")
    before = EmailAddress.objects.create(user=person, email="ann@example.org", verified=True)
    email_changed.send(User, request=None, user=person, from_email_address=before, to_email_address=before)
    before.delete()
    assert {"Ann Lee", "Ann Smith", "ann@example.org"} == set(User.objects.get(pk=person.pk).former_names)
    erase(User.objects.get(pk=person.pk))
    assert found("Ann Lee", "ann@example.org", "Ann Smith") == []
    assert Result.objects.filter(pk=result.pk).exists()


def test_files_with_the_name_are_deleted_and_made_again_when_somebody_asks(site: Site) -> None:
    person = leaver(site.business, Role.OWNER)
    other = ready_report(finished_run(site.elsewhere, by=site.person(STRANGER)))
    Organisation.objects.filter(pk=site.business.pk).update(name=f"{NAME} & Sons")
    erase(person)
    assert not default_storage.exists(site.report.file)
    assert default_storage.exists(other.file)
    assert not Bundle.objects.filter(pk=site.bundle.pk).exists()
    assert not default_storage.exists(site.bundle.file or "none")
    assert not PortfolioFile.objects.filter(pk=site.portfolio.pk).exists()
    client = Client()
    client.force_login(site.person(OWNER))
    client.get(f"/reports/{site.report.pk}/download/", follow=True)
    assert Report.objects.get(pk=site.report.pk).state != ReportState.READY


def test_a_worker_that_is_making_one_works_in_vain(site: Site) -> None:
    person, own = leaver(site.business), OrganisationFactory.create(name=f"{NAME} Ltd")
    member(own)
    Membership.objects.create(user=person, organisation=own, role=Role.OWNER)
    here_for(person)
    report = request_report(
        result=finished_run(own, by=person),
        requested_by=person,
        language="en-gb",
        now=timezone.now(),
    )
    held = claim(report_id=report.pk, now=timezone.now())
    erase(person)
    assert held is not None
    stored = store(content=b"%PDF", token=held.token, file_name="a.pdf")
    assert not finish_report(claim=held, stored=stored, pages=1, now=timezone.now())
    assert Report.objects.get(pk=report.pk).state == ReportState.QUEUED


def test_the_only_owner_is_told_what_to_do_first(site: Site) -> None:
    mine, ours = OrganisationFactory.create(name="Mine"), OrganisationFactory.create(name="Ours")
    person = member(mine)
    Membership.objects.create(user=person, organisation=ours, role=Role.OWNER)
    member(ours)
    with pytest.raises(SoleOwner, match=r"only owner of Mine\. Hand it over"):
        erase(person)
    assert User.objects.get(pk=person.pk).erased_at is None
    Organisation.objects.filter(pk=mine.pk).update(deletion_due_at=timezone.now())
    erase(person)
    assert User.objects.get(pk=person.pk).erased_at


def test_the_trail_says_that_somebody_left_and_not_who(site: Site) -> None:
    person = leaver(site.business)
    erase(person)
    event = AuditEvent.objects.get(kind=AuditKind.PERSON_ERASED, organisation=site.business.pk)
    assert (event.actor, event.actor_email, event.subject) == (person.pk, FORMER_MEMBER, "")
    [line] = audit_trail_lines([event])
    assert line.who == "former member"


def test_the_last_administrator_stays(site: Site) -> None:
    administrator = site.person(ADMINISTRATOR)
    User.objects.filter(is_superuser=True).exclude(pk=administrator.pk).update(is_active=False)
    with pytest.raises(LastAdministrator, match="Make somebody else one first"):
        erase(administrator)


def test_erasing_twice_changes_nothing(site: Site) -> None:
    person = leaver(site.business)
    erase(person)
    before = User.objects.values().get(pk=person.pk)
    erase(person)
    assert User.objects.values().get(pk=person.pk) == before
    assert AuditEvent.objects.filter(kind=AuditKind.PERSON_ERASED, organisation=None).count() == 1


def test_assignments_to_the_person_end(edition_row: object) -> None:
    run = answered_run()
    person = colleague(run)
    assigned(run, person)
    finish(run)
    erase(person)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("change", [{"name": "Zoë"}, {"password": "x"}, {"is_active": True}, {"is_staff": True}])
def test_the_database_gives_an_erased_person_nothing_back(site: Site, change: dict[str, object]) -> None:
    person = leaver(site.business)
    erase(person)
    with pytest.raises(IntegrityError, match="user_erased_keeps_nothing"), transaction.atomic():
        User.objects.filter(pk=person.pk).update(**change)


TEXT_IN_A_FILE = f"%PDF {EMAIL}".encode()
