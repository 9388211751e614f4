"""The privacy notice says everything that is stored, and leaves out nothing."""

from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from accounts.people_data.kinds import DATA_KINDS
from accounts.people_data.terms import RETENTION
from assessments.models import EditionRow
from reports.operator import authorities
from reports.operator.details import Operator
from reports.people_data.fields import personal_fields
from tests.accounts.test_data_page import columns, not_personal
from tests.pages import by_id, links, of_class, parse, text_of
from tests.reports.operator.files import example, filled

pytestmark = pytest.mark.django_db
MARKED = "This is an example."


def notice(client: Client) -> str:
    answer = client.get(reverse("privacy"))
    assert answer.status_code == 200
    return text_of(parse(answer))


def test_every_stored_personal_column_is_on_the_page(client: Client, any_operator: Operator | None) -> None:
    """A new column first fails tests/accounts/test_data_page.py, which asks whether it is personal."""
    parts = of_class(parse(client.get(reverse("privacy"))), "kind")
    kinds = {kind.code: text_of(part) for kind, part in zip(DATA_KINDS, parts, strict=True)}
    said = {}
    for kind in DATA_KINDS:
        assert str(kind.what) in kinds[kind.code]
        assert str(kind.purpose) in kinds[kind.code]
        for column, words in personal_fields(kind.code):
            assert str(words) in kinds[kind.code], column
            said[column] = words
    assert said.keys() == columns() - set(not_personal())


def test_every_term_is_on_the_page_as_this_installation_has_it(client: Client, settings: LazySettings) -> None:
    settings.RETENTION_DAYS = {"RETENTION_TRAIL_DAYS": 91}
    page = parse(client.get("/privacy/"))
    rows = {text_of(next(row.iter("th"))): text_of(row) for row in page.iter("tr")}
    for term in RETENTION:
        row = rows[str(term.what)]
        assert str(term.why) in row
        if term.days is None:
            assert "as long as the organisation" in row
        elif term.days:
            days = {"trail": "91 days", "guest_checks": "1 day"}.get(term.code, f"{term.days} days")
            assert f"{days} after {term.since}, then {term.then}" in row
        else:
            assert f"{term.then} within the hour after {term.since}" in row
        assert ("an organisation may choose less" in row) == (term.shortest is not None)
    assert "91 days after the event, then emptied" in text_of(of_class(page, "kinds")[0])


def test_reasons_of_the_operator_take_the_place_of_the_proposals(client: Client, settings: LazySettings) -> None:
    settings.OPERATOR = filled()
    assert "; or legitimate interests" not in notice(client)
    assert "contract with you or with your business" in notice(client)
    settings.OPERATOR = None
    assert "contract with the person’s business; or legitimate interests" in notice(client)


def test_all_that_the_law_asks_for_is_there(client: Client, settings: LazySettings, edition_row: EditionRow) -> None:
    settings.OPERATOR = filled()
    said = notice(client)
    for words in (
        "Harbour Advice SARL",
        "3 quai du Port",
        "donnees@harbour.example",
        "Paul Renard, dpo@harbour.example",
        "Our representative in the United Kingdom: Harbour Advice UK Ltd",
        "in our own rooms in Marseille, France",
        "overwritten after 40 days",
        "Logs are kept for 10 days",
        "Courrier Exemple SAS",
        "data contract in place",
        "within one month",
        "answer within 12 days",
        "30 November 2026",
    ):
        assert words in said, words
    assert MARKED not in said
    for heading in ("who", "stored", "from", "long", "where", "sees", "companies", "cookies", "rights", "complain"):
        assert by_id(parse(client.get("/privacy/")), heading).tag == "h2"


def test_only_the_laws_that_the_operator_follows_are_told(client: Client, settings: LazySettings) -> None:
    settings.OPERATOR = filled()
    assert "law of California" not in notice(client)
    settings.OPERATOR = replace(filled(), privacy=replace(filled().privacy, laws=("ccpa",)))
    assert "If the law of California protects you" in notice(client)
    assert "within one month" not in notice(client)


def test_rights_lead_to_where_they_are_used(client: Client) -> None:
    found = links(parse(client.get(reverse("privacy"))))
    for text, name in (
        ("download everything about you", "own_data"),
        ("delete your account", "account_delete"),
        ("your name", "settings"),
        ("your e-mail address", "account_email"),
        ("where and when you signed in", "sign_in_activity"),
        ("terms for businesses", "processor_terms"),
    ):
        assert found[text] == reverse(name)


def test_authorities_are_those_of_country_and_laws(
    client: Client, settings: LazySettings, edition_row: EditionRow
) -> None:
    def found(**change: Any) -> list[str]:
        operator, privacy = filled(), filled().privacy
        country = change.pop("country", "FR")
        settings.OPERATOR = replace(
            operator, operator=replace(operator.operator, country=country), privacy=replace(privacy, **change)
        )
        page = parse(client.get(reverse("operator")))
        return [url for url in links(page).values() if url.startswith("https://")]

    assert found(laws=("gdpr",)) == ["https://www.cnil.fr"]
    assert found(laws=("gdpr", "uk_gdpr", "ccpa")) == [
        "https://www.cnil.fr",
        "https://ico.org.uk",
        "https://cppa.ca.gov",
    ]
    assert found(country="GB", laws=("gdpr", "uk_gdpr")) == ["https://ico.org.uk"]
    assert found(country="ZZ", laws=("gdpr",)) == []
    named = found(laws=("gdpr",), authority="Our own authority", authority_website="https://authority.example")
    assert named == ["https://authority.example"]


def test_without_a_question_bank_the_page_still_says_how_to_complain(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authorities, "newest_offered_or_none", lambda: None)
    settings.OPERATOR = filled()
    assert "You can also go to the authority" in notice(client)
    assert "Ours:" not in notice(client)


def test_example_and_gap_say_what_they_are(client: Client, settings: LazySettings) -> None:
    for name in ("privacy", "operator", "processor_terms"):
        settings.OPERATOR = example()
        assert MARKED in client.get(reverse(name)).content.decode()
        settings.OPERATOR = None
        assert "Not filled in yet." in client.get(reverse(name)).content.decode()
        settings.OPERATOR = filled()
        page = client.get(reverse(name)).content.decode()
        assert "Not filled in yet." not in page
        assert MARKED not in page


def test_what_the_operator_writes_is_text_not_markup(client: Client, settings: LazySettings) -> None:
    evil = "<script>alert(1)</script>"
    operator = filled()
    settings.OPERATOR = replace(
        operator,
        operator=replace(operator.operator, name=evil, register=evil),
        privacy=replace(operator.privacy, hosting=evil, more=f"{evil} **bold** [x](javascript:alert)", authority=evil),
        recipients=(replace(operator.recipients[0], name=evil, gets=evil),),
        own_terms=f"# Ours\n\n### Deeper\n\n{evil}",
    )
    for name in ("privacy", "operator", "processor_terms"):
        page = client.get(reverse(name)).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript' not in page
    assert "<strong>bold</strong>" in client.get(reverse("privacy")).content.decode()


def test_nobody_is_said_only_if_the_operator_says_so(client: Client, settings: LazySettings) -> None:
    settings.OPERATOR = replace(filled(), recipients=())
    assert "There are none: we run the machines" in notice(client)
    settings.OPERATOR = None
    assert "There are none" not in notice(client)
