"""The operator's pages are found from everywhere, and cost the same for everybody."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.invitations.mail import deliver_invitation
from assessments.models import EditionRow
from reports.operator.details import Operator
from tests.accounts.inviting import invited
from tests.factories import OrganisationFactory, member
from tests.pages import by_id, links, parse, text_of
from tests.reports.operator.files import filled

pytestmark = pytest.mark.django_db
CountQueries = Callable[..., Any]
PAGES = ("privacy", "operator", "processor_terms")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_one_statement_at_most(
    client: Client,
    any_operator: Operator | None,
    edition_row: EditionRow,
    name: str,
    django_assert_max_num_queries: CountQueries,
) -> None:
    client.get(reverse(name))
    with django_assert_max_num_queries(1):  # which edition is the newest
        assert client.get(reverse(name)).status_code == 200


def test_pages_for_everybody_set_no_cookie(client: Client, edition_row: EditionRow) -> None:
    for name in (*PAGES, "security_txt", "landing", "coverage"):
        assert not client.get(reverse(name)).cookies, name


def test_every_page_links_the_notice(client: Client, edition_row: EditionRow) -> None:
    bakery = OrganisationFactory.create()
    wanted = {reverse(name) for name in PAGES}
    for path in ("/", "/coverage/", "/account/sign-in/", "/nothing/here/"):
        assert wanted <= set(links(parse(client.get(path))).values()), path
    client.force_login(member(bakery))
    for path in ("/home/", "/settings/", f"/organisations/{bakery.pk}/"):
        assert wanted <= set(links(parse(client.get(path, follow=True))).values()), path


def test_who_signs_up_is_shown_the_notice_before_the_form(client: Client) -> None:
    page = client.get(reverse("account_signup")).content.decode()
    main = page[page.index("<main") :]
    assert 0 < main.index(f'href="{reverse("privacy")}"') < main.index("<form")


def test_invitations_say_where_the_notice_is(settings: LazySettings) -> None:
    """Whoever is invited gave their address to nobody here."""
    settings.SITE_URL = "https://check.example.org"
    owner = member(OrganisationFactory.create())
    assert deliver_invitation(invited(owner.memberships.get().organisation, owner))
    assert "https://check.example.org/privacy/" in str(mail.outbox[-1].body)


def test_terms_of_ones_own_take_the_place_of_the_model(client: Client, settings: LazySettings) -> None:
    terms = replace(filled().processor_terms, file="ours.md", version="7")
    settings.OPERATOR = replace(
        filled(), processor_terms=terms, own_terms="# Scope\n\n## Who\n\nUs.\n\n### How\n\n1. So"
    )
    page = parse(client.get(reverse("processor_terms")))
    said = text_of(page)
    assert "Version 7." in said
    assert "Model, version" not in said
    assert "Only as you say" not in said
    assert [text_of(each) for each in page.iter("h2")][:2] == ["Scope", "Annex 1: how the data is protected"]
    assert next(text_of(each) for each in page.iter("h3")) == "Who"
    assert [text_of(each) for each in page.iter("h4")] == ["How"]


def test_the_model_has_every_point_of_the_law(client: Client, settings: LazySettings) -> None:
    settings.OPERATOR = filled()
    page = parse(client.get(reverse("processor_terms")))
    for point in ("instructions", "secrecy", "protection", "others", "people", "breach", "end", "proof", "california"):
        assert text_of(by_id(page, point)), point
    said = text_of(page)
    for words in ("Harbour Advice SARL", "at least 45 days", "overwritten after 40 days", "All disks are encrypted."):
        assert words in said, words
    assert "It is not legal advice." in said
    assert "Courrier Exemple SAS" in said


def test_measures_are_those_of_this_installation(client: Client, settings: LazySettings) -> None:
    def measures() -> str:
        return text_of(parse(client.get(reverse("processor_terms"))))

    settings.MFA_REQUIRED, settings.MAIL_CONFIGURED = "privileged", True
    assert "cannot go on without a second step" in measures()
    assert "Forms do not tell who has an account." in measures()
    settings.MFA_REQUIRED, settings.MAIL_CONFIGURED = "nobody", False
    assert "cannot go on without a second step" not in measures()
    assert "Forms do not tell who has an account." not in measures()
