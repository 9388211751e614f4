"""Which bank a document is of, also one made before there were several; and what an edition loses."""

from dataclasses import replace

import pytest

from assessments.bank.ciso.text import bank_slug
from assessments.bank.document.json_document import read_json, write_json
from assessments.bank.document.reader import read_edition
from assessments.bank.document.writer import write_edition
from assessments.bank.errors import DocumentError
from assessments.bank.loss import Loss, loss_between
from assessments.bank.sheets.reader import read_sheets
from assessments.bank.sheets.writer import write_sheets
from assessments.bank.types import SHIPPED_BANK
from tests.bank.making import edition, question

ECOLE = replace(edition(question("DATA-01")), bank="ecole-2")
TEXT = write_edition(ECOLE)


def test_every_format_says_which_bank_it_is_of() -> None:
    assert read_edition({"a.yaml": TEXT}) == ECOLE
    assert read_json(write_json(ECOLE)) == ECOLE
    assert read_sheets(write_sheets(ECOLE)) == ECOLE


def test_what_names_no_bank_is_of_the_shipped_one() -> None:
    assert read_edition({"a.yaml": TEXT.replace("bank: ecole-2\n", "")}) == replace(ECOLE, bank=SHIPPED_BANK)
    first, *others = write_sheets(ECOLE)
    old = replace(first, rows=tuple(row for row in first.rows if row[0] != "bank"))
    assert read_sheets((old, *others)) == replace(ECOLE, bank=SHIPPED_BANK)


@pytest.mark.parametrize("slug", ["École", "a b", "-a", "a-", "a--b", "A", "a/b", "x" * 41, "''"])
def test_a_name_that_cannot_stand_in_an_address_is_refused_with_its_line(slug: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_edition({"a.yaml": TEXT.replace("bank: ecole-2", f"bank: {slug}")})
    assert [problem.line for problem in refused.value.problems] == [2]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("ISO 27001:2022", "iso-27001-2022"),
        ("Évenkeel", "venkeel"),
        ("Evenkeel", "evenkeel-library"),
        ("学", "library"),
    ],
)
def test_a_library_has_a_bank_of_its_own(name: str, slug: str) -> None:
    assert bank_slug(name, SHIPPED_BANK) == slug
    long = bank_slug(name * 40, SHIPPED_BANK)
    assert read_edition({"a.yaml": write_edition(replace(ECOLE, bank=long))}).bank == long


def privacy(count: int, start: int = 0) -> dict[str, str]:
    return {f"DATA-{number}": "privacy" for number in range(start, start + count)}


@pytest.mark.parametrize(
    ("before", "after", "gone", "is_grave"),
    [
        (privacy(10), privacy(10), 0, False),
        (privacy(10), privacy(7), 3, False),
        (privacy(10), privacy(6), 4, True),
        (privacy(10), privacy(20), 0, False),
        # As many as before, but others.
        (privacy(10), privacy(10, 4), 4, True),
        (privacy(10), {}, 10, True),
        ({}, privacy(2), 0, False),
        ({}, {}, 0, False),
    ],
)
def test_more_than_thirty_per_cent_gone_is_grave(
    before: dict[str, str], after: dict[str, str], gone: int, is_grave: bool
) -> None:
    loss = loss_between(before, after)
    assert (loss.before, loss.after, loss.gone, loss.is_grave) == (len(before), len(after), gone, is_grave)


def test_a_pillar_that_loses_its_last_question_is_grave_however_few_go() -> None:
    before = {**privacy(20), "AIUSE-01": "responsible_ai", "ACCESS-01": "security"}
    assert loss_between(before, {**privacy(20), "ACCESS-01": "security"}) == Loss(22, 21, 1, ("responsible_ai",))
    assert loss_between(before, {**privacy(20), "ACCESS-01": "security"}).is_grave
    moved = {**before, "AIUSE-01": "security"}
    assert loss_between(before, moved).pillars == ("responsible_ai",)
    assert not loss_between(before, {**before, "ACCESS-02": "security"}).is_grave
