"""Editions of ten questions or fewer, in one bank or another, and what bank editors do with them."""

from dataclasses import replace
from datetime import date, datetime

from accounts.models import User
from assessments.bank.types import SHIPPED_BANK, Edition
from assessments.editor.services.offers import offer_edition, offer_fingerprint, withdraw_edition
from assessments.models import EditionRow
from assessments.services.editions import publish_edition, store_draft
from tests.bank.making import edition as bank
from tests.bank.making import question
from tests.editor.changes import LATER
from tests.runs import NOW

TWO_QUESTIONS = """
urn: urn:x:risk:library:ecole
ref_id: ecole
name: Checklist of a school
locale: en
objects:
  framework:
    requirement_nodes:
      - {urn: "urn:x:a", ref_id: A, name: Rules, assessable: false}
      - {urn: "urn:x:a1", parent_urn: "urn:x:a", ref_id: A.1, name: Rules are written down, assessable: true}
      - {urn: "urn:x:a2", parent_urn: "urn:x:a", ref_id: A.2, name: Rules are known, assessable: true}
"""
MANY = tuple(f"DATA-{number:02}" for number in range(1, 11))


def of(*ids: str, name: str, own_bank: str = SHIPPED_BANK, law: date = date(2026, 11, 1)) -> Edition:
    return replace(bank(*(question(each) for each in ids), id=name), bank=own_bank, law_status_as_of=law)


def published(edition: Edition, now: datetime = NOW) -> EditionRow:
    row = store_draft(edition=edition)
    publish_edition(edition_row=row, now=now)
    return row


def offer(row: EditionRow, by: User, *, needs: bool = False) -> EditionRow:
    return offer_edition(row=row, seen=offer_fingerprint(row), needs_second_person=needs, by=by, now=LATER)


def withdraw(row: EditionRow, by: User, reason: str = "A question is wrong.") -> EditionRow:
    return withdraw_edition(row=row, reason=reason, by=by, now=LATER)
