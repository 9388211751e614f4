"""What bank editors look up again."""

from dataclasses import replace
from datetime import date, timedelta

from assessments.bank.laws import Authority, Citation, KeyDate, Verification
from assessments.presentation.laws.upkeep import law_dates
from tests.bank.making import edition, law, question

TODAY = date(2026, 11, 30)
TEXT, MEMORY = Verification.TEXT, Verification.MEMORY


def test_a_law_is_stale_after_ninety_days_or_when_nobody_knows() -> None:
    laws = tuple(
        replace(law(code), looked_up=day)
        for code, day in [
            ("fresh", TODAY),
            ("due", TODAY - timedelta(days=90)),
            ("stale", TODAY - timedelta(days=91)),
            ("never", None),
        ]
    )
    found = law_dates(edition(question("DATA-01"), laws=laws), TODAY)
    assert [own.code for own in found.stale] == ["stale", "never"]


def test_what_is_known_from_memory_is_listed() -> None:
    laws = (replace(law("a"), verification=MEMORY), replace(law("b"), verification=TEXT), law("c"))
    citations = {name: Citation(name, "", "a", kind, "") for name, kind in [("Art. 1", TEXT), ("Art. 2", MEMORY)]}
    authorities = {name: Authority(name, name, "", kind) for name, kind in [("fr", TEXT), ("other", MEMORY)]}
    bank = edition(question("DATA-01"), laws=laws, citations=citations, authorities=authorities)
    found = law_dates(bank, TODAY)
    assert [own.code for own in found.fines_from_memory] == ["a"]
    assert [own.label for own in found.citations_from_memory] == ["Art. 2"]
    assert [own.code for own in found.authorities_from_memory] == ["other"]


def test_coming_days_begin_with_the_next_and_past_ones_with_the_latest() -> None:
    days = [TODAY + timedelta(days=n) for n in (5, -1, 0, -7, 1)]
    bank = edition(question("DATA-01"), dates=tuple(KeyDate(day, "gdpr", "") for day in days))
    found = law_dates(bank, TODAY)
    assert [((own.date.day - TODAY).days, own.place) for own in found.coming] == [(0, 3), (1, 5), (5, 1)]
    assert [((own.date.day - TODAY).days, own.place) for own in found.past] == [(-1, 2), (-7, 4)]
