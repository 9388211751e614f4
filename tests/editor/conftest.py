"""A small published edition and a draft of the next one, with one person who edits."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from assessments.bank.laws import Authority, Citation, KeyDate, Verification
from assessments.bank.scope_types import Preset, PresetFact
from assessments.bank.types import Depth, Edition, GateKind, QuestionCitation
from assessments.editor.services.drafts import start_draft
from assessments.models import EditionRow
from assessments.services.editions import publish_edition, store_draft
from tests.bank.making import checklist, duty, edition, gate, question, when
from tests.editor.editing import Editing
from tests.editor.offering import MANY, of
from tests.editor.offering import published as published_now
from tests.factories import UserFactory
from tests.published_bank import without_stored_bank
from tests.runs import NOW

KIOSK = Preset("kiosk", "Kiosk", (PresetFact("base", ("eu",), when("ai.tools")),), "newsagent", "Shops")


def small_bank() -> Edition:
    """Two domains, three questions in the first, a gate that caps the pillar, a duty; two of most other things."""
    gated = question(
        "DATA-01",
        3,
        gates=(gate(GateKind.LEGAL, caps_pillar=True, on=when("gdpr")),),
        duties=(duty(),),
        applies_when=when("uses_ai"),
    )
    plain = question("DATA-02", citations=(QuestionCitation("NIST 1", when("ccpa")),), checklist=("S0-1", "S0-2"))
    return edition(
        gated,
        plain,
        question("DATA-04", depth=Depth.FULL),
        question("ACCESS-01"),
        id="1.0",
        citations={
            "GDPR Art. 1": Citation("GDPR Art. 1", "Says so.", "gdpr", Verification.TEXT, "read"),
            "NIST 1": Citation("NIST 1", "Suggests so.", "standard", Verification.MEMORY, "from memory"),
        },
        checklist=checklist("The first item.", "The second item."),
        dates=(KeyDate(date(2026, 8, 2), "gdpr", "Something begins.", when("gdpr"), Verification.TEXT),),
        authorities={"ie": Authority("ie", "the Data Protection Commission", "DPC", Verification.TEXT, "gdpr")},
    )


@pytest.fixture
def editor(db: None) -> User:
    return UserFactory.create(email="edda@example.org", name="Edda", edits_bank=True)


@pytest.fixture
def published(db: None) -> EditionRow:
    without_stored_bank()
    row = store_draft(edition=small_bank())
    publish_edition(edition_row=row, now=NOW)
    return row


@pytest.fixture
def draft(published: EditionRow, editor: User) -> EditionRow:
    return start_draft(source=published, code="1.1", by=editor, now=NOW)


@pytest.fixture
def editing(client: Client, editor: User, draft: EditionRow) -> Editing:
    client.force_login(editor)
    return Editing(client, draft)


@pytest.fixture
def second(db: None) -> User:
    return UserFactory.create(name="Sam", edits_bank=True)


@pytest.fixture
def home(db: None) -> EditionRow:
    """An edition of ten questions that new assessments start on."""
    without_stored_bank()
    return published_now(of(*MANY, name="1.0"))


@pytest.fixture
def cut(home: EditionRow) -> EditionRow:
    """A newer edition with two of the ten questions, published and not offered."""
    return published_now(of(*MANY[:2], name="2.0"))
