"""Deleting an account, renaming and deleting an organisation, and all data in one file, as people see them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Organisation, Role, User
from reports.models import DataExport, ReportState
from tests.accounts.erasing import carry_out_orders
from tests.browser.accessibility import check_looks
from tests.factories import PASSWORD, OrganisationFactory, member

SignIn = Callable[[Page, User], None]
LONG_NAME = "Physiotherapie- und Rehabilitationsgemeinschaft Oberes Tal GmbH & Co. KG"


@pytest.fixture
def owner(transactional_db: None) -> User:
    return member(OrganisationFactory.create(name=LONG_NAME), name="Amélie", email="amelie@example.org")


@pytest.fixture
def bakery(owner: User) -> Organisation:
    return owner.memberships.get().organisation


def ready_export(owner: User) -> DataExport:
    name = default_storage.save("exports/a.zip", ContentFile(b"PK"))
    now = timezone.now()
    ready = {"state": ReportState.READY, "file": name, "file_name": "a.zip", "sha256": "a" * 64, "size": 2}
    return DataExport.objects.create(requested_by=owner, requested_at=now, ready_at=now, progress=100, **ready)


def confirm_password(page: Page) -> None:
    asked = page.url
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page).not_to_have_url(asked)


def test_every_page_about_ones_data_is_accessible(
    page: Page, owner: User, bakery: Organisation, sign_in: SignIn
) -> None:
    sign_in(page, owner)
    paths = [
        *(reverse(name) for name in ("settings", "own_data")),
        *(
            reverse(name, args=[bakery.pk])
            for name in ("organisation_data", "organisation_rename", "organisation_terms")
        ),
        *(reverse(name, args=[bakery.pk]) for name in ("organisation_delete", "organisation_keep", "people")),
        reverse("data_export", args=[ready_export(owner).pk]),
    ]
    for path in paths:
        page.goto(path)
        check_looks(page)
    bakery.deletion_due_at = timezone.now() + timedelta(days=7)
    bakery.save()
    for path in (reverse("organisation", args=[bakery.pk]), reverse("organisation_keep", args=[bakery.pk])):
        page.goto(path)
        expect(page.get_by_text("This organisation will be deleted on")).to_be_visible()
        check_looks(page)


def test_an_owner_chooses_how_long_things_are_kept(
    page: Page, owner: User, bakery: Organisation, sign_in: SignIn
) -> None:
    sign_in(page, owner)
    page.goto(reverse("organisation_terms", args=[bakery.pk]))
    page.get_by_label("Finished results").select_option("3 years")
    page.get_by_role("button", name="See what this deletes").click()
    expect(page.get_by_role("heading", name="Before you save")).to_be_visible()
    check_looks(page)
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_label("Finished results")).to_have_value("1095")
    page.get_by_role("button", name="See what this deletes").click()
    page.get_by_role("button", name="Save these times").click()
    expect(page.get_by_text("The times below take effect on")).to_be_visible()
    check_looks(page)
    Organisation.objects.update(newest_result_until=timezone.now() + timedelta(days=30))
    page.goto(reverse("organisation", args=[bakery.pk]))
    expect(page.get_by_text("The newest result is kept until")).to_be_visible()
    check_looks(page)


def test_the_only_owner_is_led_through_it_and_then_deletes_the_account(
    page: Page, owner: User, bakery: Organisation, sign_in: SignIn
) -> None:
    sign_in(page, owner)
    page.goto(reverse("settings"))
    page.get_by_role("link", name="Delete my account").click()
    confirm_password(page)
    expect(page.get_by_role("heading", name="First hand over what only you own")).to_be_visible()
    check_looks(page)
    page.get_by_role("link", name="Delete it").click()
    page.get_by_label("Name of the organisation").fill("Something else")
    page.get_by_role("button", name="Delete it in 7 days").click()
    expect(page.get_by_role("alert")).to_contain_text("not the name of the organisation")
    check_looks(page)
    page.get_by_label("Name of the organisation").fill(LONG_NAME)
    page.get_by_role("button", name="Delete it in 7 days").click()
    expect(page.get_by_role("heading", name="This organisation will be deleted")).to_be_visible()
    page.goto(reverse("account_delete"))
    page.get_by_label("Your e-mail address").fill("somebody@example.org")
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("alert")).to_contain_text("not the address of your account")
    check_looks(page)
    page.get_by_label("Your e-mail address").fill(owner.email)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_role("heading", name="Your account is being deleted")).to_be_visible()
    check_looks(page)
    carry_out_orders()
    assert User.objects.get(pk=owner.pk).erased_at


def test_a_colleague_asks_for_all_data(page: Page, bakery: Organisation, sign_in: SignIn) -> None:
    colleague = member(bakery, Role.EDITOR)
    sign_in(page, colleague)
    page.goto(reverse("settings"))
    page.get_by_role("link", name="Download everything about you").click()
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_role("heading", name="Your data waits for its turn")).to_be_visible()
    check_looks(page)
