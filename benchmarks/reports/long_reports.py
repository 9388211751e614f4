"""Workings of any length: those of a short run, and after them every question of the bank, as often as it takes."""

from dataclasses import replace
from itertools import count, islice

from assessments.bank.types import Depth
from assessments.editions.shipped import shipped_editions
from benchmarks.reports.formats import full_source
from reports.document import ReportDocument, build
from reports.document.types import DomainPart
from reports.kinds.registry import WORKINGS
from tests.reports.samples import mixed

# How many domains follow the short run for about as many pages.
DOMAINS_FOR = {20: 0, 40: 9, 80: 28, 160: 67}


def long_report(pages: int, number: int = 0) -> ReportDocument:
    """`pages` is one of DOMAINS_FOR; `number` tells one business from another."""
    edition = shipped_editions()[-1]
    short = build(mixed(edition, depth=Depth.QUICK, organisation=f"Bakery {number}"), WORKINGS)
    full = build(full_source(edition, number), WORKINGS).domains
    again = (_named(domain, turn) for turn in count(1) for domain in full)
    return replace(short, domains=short.domains + tuple(islice(again, DOMAINS_FOR[pages])))


def _named(domain: DomainPart, turn: int) -> DomainPart:
    """No two places in a document may have the same name."""
    questions = tuple(replace(question, id=f"{question.id}-{turn}") for question in domain.questions)
    return replace(domain, anchor=f"{domain.anchor}-{turn}", questions=questions)
