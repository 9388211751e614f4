"""All data of a person or an organisation in one file: what is in it, what is not, and who gets it."""

import csv
import io
import json
import tempfile
from datetime import timedelta
from typing import Any
from zipfile import ZipFile

import pytest
from allauth.account.models import EmailAddress
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor, audit_trail_of
from accounts.models import AuditEvent, AuditKind, Role, User
from accounts.people_data.erasure import erase_person
from accounts.people_data.terms import kept_for
from accounts.sign_in.tokens import hash_token
from assessments.models import EditionRow, Result
from reports.data_exports import services
from reports.data_exports.making import assemble_export
from reports.data_exports.services import claim_export, delete_outlived_exports, request_export, sweep_exports
from reports.models import DataExport, ReportState
from tests.access.site import SHARED_KEY, ready_report, share
from tests.collaboration import colleague, commented
from tests.factories import InvitationFactory, OrganisationFactory, give_second_step, member
from tests.runs import answered_run, finish

pytestmark = pytest.mark.django_db


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    run = answered_run(OrganisationFactory.create(name="Boulangerie"))
    person = colleague(run, name="Ann Lee", email="ann@example.org")
    commented(run, "=Which phones?", author=person, in_report=True)
    return finish(run)


@pytest.fixture
def owner(result: Result) -> User:
    return result.finished_by


@pytest.fixture
def colleague_of(result: Result) -> User:
    return User.objects.get(email="ann@example.org")


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def made(export: DataExport) -> DataExport:
    held = claim_export(export_id=export.pk, now=timezone.now())
    assert held is not None
    assemble_export(held)
    export.refresh_from_db()
    return export


def asked(person: User, address: str) -> DataExport:
    client_of(person).post(address)
    return made(DataExport.objects.get(requested_by=person))


def inside(content: bytes) -> dict[str, Any]:
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def downloaded(person: User, export: DataExport) -> dict[str, Any]:
    response = client_of(person).get(reverse("data_export_download", args=[export.pk]))
    return inside(b"".join(response))


def test_an_organisation_gets_everything_in_two_forms_with_its_reports(result: Result, owner: User) -> None:
    share(ready_report(result), owner)
    organisation = result.assessment.organisation
    files = downloaded(owner, asked(owner, reverse("organisation_data", args=[organisation.pk])))
    [folder] = {name.rpartition("/")[0] for name in files if name.endswith("/answers.json")}
    answers = json.loads(files[f"{folder}/answers.json"])
    assert len(answers) == result.assessment.answers.count()
    rows = list(csv.DictReader(io.StringIO(files[f"{folder}/answers.csv"].decode("utf-8-sig"))))
    assert [row["question"] for row in rows] == [answer["question"] for answer in answers]
    assert b"'=Which phones?" in files[f"{folder}/comments.csv"]
    assert json.loads(files[f"{folder}/result.json"])[0]["outcome"] == result.outcome
    assert {row["user__email"] for row in json.loads(files["people.json"])} == {owner.email, "ann@example.org"}
    [link] = json.loads(files["share_links.json"])
    assert (link["label"], link["created_by__name"], link["views"]) == ("The bank", owner.name, 0)
    assert hash_token(SHARED_KEY).encode() not in b"".join(files.values())
    [report] = [name for name in files if "/reports/" in name]
    assert files[report].startswith(b"%PDF")
    assert {name.rpartition(".")[2] for name in files} == {"json", "csv", "pdf"}


def test_a_person_gets_what_is_theirs_and_no_secret(result: Result, colleague_of: User) -> None:
    give_second_step(colleague_of)
    files = downloaded(colleague_of, asked(colleague_of, reverse("own_data")))
    everything = b"".join(files.values())
    assert json.loads(files["account.json"])[0]["email"] == "ann@example.org"
    assert json.loads(files["written/comments.json"])[0]["text"] == "=Which phones?"
    assert json.loads(files["second_steps.json"])[0]["type"] == "totp"
    for secret in (colleague_of.password, colleague_of.authenticator_set.get().data["secret"]):  # type: ignore[attr-defined]
        assert secret.encode() not in everything
    others = result.finished_by
    assert others.email.encode() not in everything


def test_answers_say_for_whom_they_were_given(result: Result, owner: User) -> None:
    files = downloaded(owner, asked(owner, reverse("own_data")))
    answers = json.loads(files["written/answers.json"])
    assert {answer["answered_as"] for answer in answers} == {"business"}


def test_what_was_written_stays_where_the_person_is_no_longer_let_in(result: Result, colleague_of: User) -> None:
    colleague_of.memberships.all().delete()
    files = downloaded(colleague_of, asked(colleague_of, reverse("own_data")))
    assert json.loads(files["written/comments.json"]) == []


def test_only_who_asked_gets_the_file_and_only_while_they_own_the_organisation(result: Result, owner: User) -> None:
    organisation = result.assessment.organisation
    export = asked(owner, reverse("organisation_data", args=[organisation.pk]))
    second = member(organisation)
    addresses = [reverse(name, args=[export.pk]) for name in ("data_export", "data_export_download")]
    assert [client_of(second).get(each).status_code for each in addresses] == [404, 404]
    assert client_of(owner).get(addresses[0]).status_code == 200
    assert downloaded(owner, export)
    owner.memberships.update(role=Role.EDITOR)
    assert [client_of(owner).get(each).status_code for each in addresses] == [403, 403]
    owner.memberships.all().delete()
    assert [client_of(owner).get(each).status_code for each in addresses] == [404, 404]


def test_downloading_is_in_the_trail(result: Result, owner: User, colleague_of: User) -> None:
    organisation = result.assessment.organisation
    downloaded(owner, asked(owner, reverse("organisation_data", args=[organisation.pk])))
    downloaded(colleague_of, asked(colleague_of, reverse("own_data")))
    assert [event.kind for event in audit_trail_of(organisation)] == [AuditKind.DATA_DOWNLOADED]
    own = AuditEvent.objects.get(kind=AuditKind.DATA_DOWNLOADED, organisation=None)
    assert own.actor_email == colleague_of.email


def test_it_needs_no_space_in_the_folder_for_temporary_files(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/dev/full")
    assert asked(owner, reverse("own_data")).state == ReportState.READY


def test_it_is_kept_for_some_days(owner: User) -> None:
    export = asked(owner, reverse("own_data"))
    term = kept_for("downloads")
    assert delete_outlived_exports(now=export.requested_at + term) == 0
    assert default_storage.exists(export.file)
    assert delete_outlived_exports(now=export.requested_at + term + timedelta(seconds=1)) == 1
    assert not default_storage.exists(export.file)
    assert not DataExport.objects.exists()


def test_one_that_is_being_made_is_not_begun_again(owner: User) -> None:
    first = request_export(organisation=None, requested_by=owner, now=timezone.now())
    assert request_export(organisation=None, requested_by=owner, now=timezone.now()) == first
    page = client_of(owner).get(reverse("data_export", args=[first.pk])).text
    assert "Your data waits for its turn" in page
    made(first)
    assert request_export(organisation=None, requested_by=owner, now=timezone.now()) != first


def test_a_file_that_is_gone_is_made_again_and_a_lost_message_is_sent_again(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = asked(owner, reverse("own_data"))
    default_storage.delete(export.file)
    client_of(owner).get(reverse("data_export_download", args=[export.pk]))
    assert DataExport.objects.get().state == ReportState.QUEUED
    DataExport.objects.update(notified_at=None)
    told: list[object] = []

    def tell(pk: object) -> bool:
        told.append(pk)
        return True

    monkeypatch.setattr(services, "notify_worker_of_export", tell)
    assert sweep_exports(now=timezone.now()) == 1
    assert told == [export.pk]


def test_it_goes_when_somebody_in_it_is_erased(result: Result, owner: User, colleague_of: User) -> None:
    theirs = asked(owner, reverse("organisation_data", args=[result.assessment.organisation_id]))
    own = asked(colleague_of, reverse("own_data"))
    elsewhere = member(OrganisationFactory.create())
    kept = asked(elsewhere, reverse("own_data"))
    erase_person(person=colleague_of, by=Actor(colleague_of))
    assert list(DataExport.objects.all()) == [kept]
    assert [default_storage.exists(each.file) for each in (theirs, own, kept)] == [False, False, True]


def test_a_file_with_an_organisation_that_is_out_of_reach_is_made_again(result: Result, colleague_of: User) -> None:
    """Whoever expects to be let go could otherwise ask first, and fetch the reports afterwards."""
    ready_report(result)
    export = asked(colleague_of, reverse("own_data"))
    assert downloaded(colleague_of, export)
    colleague_of.memberships.all().delete()
    address = reverse("data_export_download", args=[export.pk])
    assert client_of(colleague_of).get(address)["Location"] == reverse("data_export", args=[export.pk])
    made(DataExport.objects.get(pk=export.pk))
    assert not [name for name in downloaded(colleague_of, export) if name.startswith("reports/")]


def test_a_file_that_does_not_say_what_is_inside_is_made_again(colleague_of: User) -> None:
    export = asked(colleague_of, reverse("own_data"))
    DataExport.objects.update(inside=None)
    response = client_of(colleague_of).get(reverse("data_export_download", args=[export.pk]))
    assert response.status_code == 302
    assert DataExport.objects.get().state == ReportState.QUEUED


def test_so_many_files_are_made_in_a_day(colleague_of: User) -> None:
    address = reverse("own_data")
    for _ in range(services.MOST_IN_A_DAY):
        client_of(colleague_of).post(address)
        DataExport.objects.update(state=ReportState.FAILED, error="unexpected")
    refused = client_of(colleague_of).post(address)
    assert refused.status_code == 409
    assert "often enough today" in refused.content.decode()
    assert DataExport.objects.count() == services.MOST_IN_A_DAY
    DataExport.objects.update(requested_at=timezone.now() - timedelta(days=1, minutes=1))
    assert client_of(colleague_of).post(address).status_code == 302


def test_invitations_to_an_address_that_nobody_proved_are_not_the_persons(colleague_of: User, owner: User) -> None:
    other = OrganisationFactory.create(name="Elsewhere")
    InvitationFactory.create(organisation=other, email=colleague_of.email, invited_by=owner)
    unproven = asked(colleague_of, reverse("own_data"))
    assert b"Elsewhere" not in downloaded(colleague_of, unproven)["invitations.csv"]
    EmailAddress.objects.update_or_create(
        email=colleague_of.email, defaults={"user": colleague_of, "verified": True, "primary": True}
    )
    DataExport.objects.all().delete()
    assert b"Elsewhere" in downloaded(colleague_of, asked(colleague_of, reverse("own_data")))["invitations.csv"]
