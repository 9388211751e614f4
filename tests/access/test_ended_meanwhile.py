"""Access that ends while a request waits for a lock: nothing is stored for a person who has lost it by then."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Actor
from accounts.models import AccessLevel, Engagement, Invitation, Membership, Organisation, Role, User
from accounts.second_step.recovery_codes import make_recovery_codes
from accounts.services.engagements import change_access, end_access
from assessments.bank.merge.three_way import ChangeSource
from assessments.editions.stored import edition_of
from assessments.editor.files import FileRead
from assessments.editor.services.drafts import start_draft
from assessments.editor.services.imports import keep_import
from assessments.models import Answer, Assessment, Bank, Comment, DefaultBank, EditionRow
from launch.processes import wait_until
from tests.accounts.confirming import confirm_lately
from tests.factories import ConsultancyFactory, EngagementFactory, OrganisationFactory, UserFactory, member
from tests.runs import asked_questions, scoped_run

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class World:
    client: Organisation
    owner: User
    consultant: User
    engagement: Engagement

    def end(self) -> None:
        end_access(engagement=self.engagement, by=Actor(self.owner))

    def narrow(self) -> None:
        change_access(engagement=self.engagement, level=AccessLevel.READ, by=Actor(self.owner))


@pytest.fixture
def world(edition_row: EditionRow) -> World:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    engagement = EngagementFactory.create(consultancy=ConsultancyFactory.create(), client=OrganisationFactory.create())
    owner = member(engagement.client)
    return World(engagement.client, owner, member(engagement.consultancy, Role.EDITOR), engagement)


def waits() -> bool:
    with connection.cursor() as cursor:
        # Within a transaction PostgreSQL would show the sessions as they were when first asked for.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)"
            " WHERE NOT granted AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def sent_meanwhile(
    world: World, path: str, data: dict[str, str], hold: Callable[[], object], person: User | None = None
) -> int:
    """The status of a consultant's POST that waits for what `hold` locks, and continues once that is committed."""
    browser = Client()
    browser.force_login(person or world.consultant)
    confirm_lately(browser, person or world.consultant)

    def send() -> HttpResponse:
        try:
            return browser.post(path, data)  # type: ignore[return-value]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            hold()
            answer = other.submit(send)
            wait_until(waits, [], 30)
        return answer.result().status_code


def test_an_answer_that_waited_is_not_stored(world: World) -> None:
    run = scoped_run(world.client, by=world.owner)
    question = asked_questions(run)[0].id

    def hold() -> None:
        Assessment.objects.select_for_update().get(pk=run.pk)
        world.end()

    path = reverse("answer_save", args=[run.pk, question])
    assert sent_meanwhile(world, path, {f"{question}-version": "0", f"{question}-answer": "2"}, hold) == 404
    assert not Answer.objects.exists()


def test_the_same_answer_is_stored_where_access_went_on(world: World) -> None:
    run = scoped_run(world.client, by=world.owner)
    question = asked_questions(run)[0].id
    data = {f"{question}-version": "0", f"{question}-answer": "2"}
    path = reverse("answer_save", args=[run.pk, question])
    hold = Assessment.objects.select_for_update().get
    assert sent_meanwhile(world, path, data, lambda: hold(pk=run.pk)) in (200, 302)
    assert Answer.objects.get().saved_by == world.consultant


@pytest.mark.parametrize("how", [World.end, World.narrow])
def test_no_run_is_started(world: World, how: Callable[[World], None]) -> None:
    path = reverse("assessment_start", args=[world.client.pk])
    assert sent_meanwhile(world, path, {}, lambda: how(world)) == (404 if how is World.end else 403)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("how", [World.end, World.narrow])
def test_nor_from_the_desk(world: World, how: Callable[[World], None]) -> None:
    path = reverse("desk_start", args=[world.engagement.consultancy_id])
    assert sent_meanwhile(world, path, {"client": str(world.client.pk)}, lambda: how(world)) == 302
    assert not Assessment.objects.exists()


def suspend(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def take_second_step(person: User) -> None:
    Authenticator.objects.filter(user=person).delete()


def end_membership(person: User) -> None:
    Membership.objects.filter(user=person).delete()


def make_viewer(person: User) -> None:
    Membership.objects.filter(user=person).update(role=Role.VIEWER)


LOSSES = (suspend, take_second_step, end_membership, make_viewer)


@pytest.mark.parametrize("lose", LOSSES)
def test_no_comment_is_written_whatever_was_lost(world: World, lose: Callable[[User], None]) -> None:
    run = scoped_run(world.client, by=world.owner)
    path = reverse("comment_add", args=[run.pk, asked_questions(run)[0].id])

    def hold() -> None:
        Assessment.objects.select_for_update().get(pk=run.pk)
        lose(world.consultant)

    assert sent_meanwhile(world, path, {"text": "Too late."}, hold) in (403, 404)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("lose", LOSSES)
def test_no_invitation_is_sent_whatever_was_lost(world: World, lose: Callable[[User], None]) -> None:
    path = reverse("client_ask", args=[world.engagement.consultancy_id])

    def hold() -> None:
        Organisation.objects.select_for_update().get(pk=world.engagement.consultancy_id)
        lose(world.consultant)

    assert sent_meanwhile(world, path, {"email": "new@example.org", "level": "read"}, hold) in (403, 404)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("lose", LOSSES)
def test_no_run_is_started_from_the_desk_whatever_was_lost(world: World, lose: Callable[[User], None]) -> None:
    path = reverse("desk_start", args=[world.engagement.consultancy_id])

    def hold() -> None:
        Organisation.objects.select_for_update().get(pk=world.engagement.consultancy_id)
        lose(world.consultant)

    assert sent_meanwhile(world, path, {"client": str(world.client.pk)}, hold) in (403, 404)
    assert not Assessment.objects.exists()


def test_an_owner_who_is_suspended_meanwhile_changes_no_role(world: World) -> None:
    colleague = member(world.client, Role.VIEWER)
    path = reverse("member_edit", args=[world.client.pk, colleague.memberships.get().pk])

    def hold() -> None:
        Organisation.objects.select_for_update().get(pk=world.client.pk)
        suspend(world.owner)

    assert sent_meanwhile(world, path, {"role": "editor"}, hold, world.owner) == 403
    assert colleague.memberships.get().role == Role.VIEWER


def stop_editing(person: User) -> None:
    User.objects.filter(pk=person.pk).update(edits_bank=False)


@pytest.mark.parametrize("lose", [suspend, take_second_step, stop_editing])
def test_the_draft_stays_as_it_was(world: World, edition_row: EditionRow, lose: Callable[[User], None]) -> None:
    editor = UserFactory.create(edits_bank=True)
    draft = start_draft(source=edition_row, code="draft", by=editor, now=timezone.now())
    path = reverse("bank_discard", args=[draft.code])

    def hold() -> None:
        EditionRow.objects.select_for_update().get(pk=draft.pk)
        lose(editor)

    assert sent_meanwhile(world, path, {}, hold, editor) == 403
    assert EditionRow.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("lose", [suspend, take_second_step, stop_editing])
def test_an_edition_stays_offered(world: World, edition_row: EditionRow, lose: Callable[[User], None]) -> None:
    editor = UserFactory.create(edits_bank=True)

    def hold() -> None:
        Bank.objects.select_for_update().get(pk=edition_row.bank_id)
        lose(editor)

    path = reverse("bank_withdraw", args=[edition_row.code])
    assert sent_meanwhile(world, path, {"reason": "Too late."}, hold, editor) == 403
    edition_row.refresh_from_db()
    assert edition_row.offered_at


@pytest.mark.parametrize("lose", [suspend, take_second_step, stop_editing])
def test_a_file_keeps_the_ticks_it_had(world: World, edition_row: EditionRow, lose: Callable[[User], None]) -> None:
    editor, now = UserFactory.create(edits_bank=True), timezone.now()
    draft = start_draft(source=edition_row, code="draft", by=editor, now=now)
    read = FileRead(edition_of(edition_row))
    kept = keep_import(draft=draft, read=read, file_name="bank.yaml", by=editor, now=now)

    def hold() -> None:
        EditionRow.objects.select_for_update().get(pk=draft.pk)
        lose(editor)

    path = reverse("bank_dry_run", args=[draft.code, kept.pk])
    data = {"do": f"untick:{ChangeSource.FILE}"}
    assert sent_meanwhile(world, path, data, hold, editor) == 403
    kept.refresh_from_db()
    assert kept.choices == {}


def stop_administering(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_superuser=False)


@pytest.mark.parametrize("lose", [suspend, take_second_step, stop_administering])
@pytest.mark.parametrize("deletes", [True, False])
def test_an_administrator_who_is_none_any_more_changes_nothing(
    world: World, lose: Callable[[User], None], deletes: bool
) -> None:
    boss = UserFactory.create(is_staff=True, is_superuser=True)
    row = member(world.client, Role.EDITOR).memberships.get()
    page, data = ("accounts_organisation_delete", {"post": "yes"}) if deletes else ("accounts_membership_change", {})
    path = reverse(f"admin:{page}", args=[world.client.pk if deletes else row.pk])

    def hold() -> None:
        Organisation.objects.select_for_update().get(pk=world.client.pk)
        lose(boss)

    assert sent_meanwhile(world, path, data or {"role": "viewer"}, hold, boss) == 403
    row.refresh_from_db()
    assert row.role == Role.EDITOR


@pytest.mark.parametrize("lose", [suspend, take_second_step, stop_administering])
def test_the_default_bank_stays(world: World, edition_row: EditionRow, lose: Callable[[User], None]) -> None:
    boss = UserFactory.create(is_staff=True, is_superuser=True)
    before = DefaultBank.objects.count()

    def hold() -> None:
        Bank.objects.select_for_update().get(pk=edition_row.bank_id)
        lose(boss)

    path = reverse("bank_default_change", args=[edition_row.bank.slug])
    data = {"name": edition_row.bank.slug, "seen": str(edition_row.bank_id)}
    assert sent_meanwhile(world, path, data, hold, boss) == 403
    assert DefaultBank.objects.count() == before


def test_no_recovery_codes_for_who_is_suspended_meanwhile(world: World) -> None:
    before = Authenticator.objects.count()

    def hold() -> None:
        User.objects.select_for_update().get(pk=world.consultant.pk)
        suspend(world.consultant)

    def make() -> None:
        try:
            make_recovery_codes(person=world.consultant, instead_of=0)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            hold()
            made = other.submit(make)
            wait_until(waits, [], 30)
        with pytest.raises(PermissionDenied):
            made.result()
    assert Authenticator.objects.count() == before
