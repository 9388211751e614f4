"""Page and PDF print every statement of a result, in the same words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.utils import timezone

from assessments.bank.types import Edition
from assessments.models import EditionRow
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.told_result import ToldResult
from assessments.wording.figures import DomainWords, PillarWords
from assessments.wording.result import ResultWords, SumsInWords, result_words, sums_in_words
from assessments.wording.sums import SumWords
from reports import services
from reports.document import Source
from reports.formats import pdf
from reports.worker.rendering import document_of
from tests.pages import by_id, of_class, parse, text_of
from tests.reports.samples import level, mixed, source, stress
from tests.reports.told_samples import frozen, told

pytestmark = pytest.mark.django_db

SAMPLES: dict[str, Callable[[Edition], Source]] = {
    "stress": stress,
    "mixed": mixed,
    "perfect": lambda edition: source(edition, otherwise=level(4, evidence="Yes")),
    "worst": lambda edition: source(edition, otherwise=level(0)),
    "empty": source,
}


@dataclass(frozen=True)
class Printed:
    """One result as values and in words, and the two prints of it."""

    told: ToldResult
    words: ResultWords
    sums: SumsInWords
    page: Element
    computed: Element
    paper: Element


@pytest.fixture(params=list(SAMPLES))
def printed(request: pytest.FixtureRequest, edition: Edition, edition_row: EditionRow, client: Client) -> Printed:
    return printed_from(SAMPLES[request.param](edition), edition_row, client)


def printed_from(given: Source, row: EditionRow, client: Client) -> Printed:
    result = frozen(given, row)
    client.force_login(result.finished_by)
    url = f"/assessments/{result.assessment_id}/result/"
    report = services.request_report(
        result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now()
    )
    statements = told(given)
    return Printed(
        told=statements,
        words=result_words(statements),
        sums=sums_in_words(statements),
        page=parse(client.get(url)),
        computed=parse(client.get(f"{url}computed/")),
        paper=parse(pdf.html_of(document_of(report))),
    )


def said(value: Any) -> list[str]:
    """Every text in the words of a statement but codes, which are for URLs."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple):
        return [text for item in value for text in said(item)]
    if is_dataclass(value):
        return [text for field in fields(value) if field.name != "code" for text in said(getattr(value, field.name))]
    return []


def unsaid(texts: Iterable[str], *elements: Element) -> list[str]:
    """Those of the texts that these elements do not have, whatever lies between two words and however it begins."""
    read = plain(" ".join(text_of(element) for element in elements))
    return [text for text in texts if plain(text) not in read]


def plain(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()


def section(page: Element, name: str) -> Element:
    """The section with this heading; an empty one where there is none."""
    return next((each for each in page.iter("section") if each.get("aria-labelledby") == name), Element("section"))


def part(paper: Element, name: str) -> Element:
    """The chapter of the PDF with this heading."""
    found = (each for each in of_class(paper, "part") if any(h.get("id") == name for h in each.iter("h1")))
    return next(found, Element("div"))


def items(root: Element, *classes: str) -> list[Element]:
    return [item for name in classes for each in of_class(root, name) for item in each.findall("li")]


def assert_in_turn(statements: Iterable[Any], *prints: list[Element]) -> None:
    """Each print has one element for each statement, in the same order, and each says all of its statement."""
    expected = [said(statement) for statement in statements]
    for elements in prints:
        assert len(elements) == len(expected)
        assert [unsaid(texts, element) for texts, element in zip(expected, elements, strict=True)] == [[]] * len(
            expected
        )


def test_the_samples_hold_every_kind(edition: Edition) -> None:
    found = [kinds_in(told(sample(edition))) for sample in (stress, mixed)]
    assert set().union(*found) == set(StatementKind)
    words = result_words(told(stress(edition)))
    duties = [duty for law in words.laws for duty in law.duties]
    steps = (*words.first, *words.later)
    assert {bool(duty.part) for duty in duties} == {bool(duty.mark) for duty in duties} == {True, False}
    assert any(duty.starts for duty in duties)
    assert {item.in_part for item in words.must_fix} == {bool(item.mark) for item in words.must_fix} == {True, False}
    assert {bool(step.mark) for step in steps} == {bool(step.gate) for step in steps} == {True, False}
    assert {bool(domain.heavy) for domain in words.domains} == {True, False}
    assert {bool(domain.figure.up_to) for domain in words.domains} == {True, False}
    assert any(domain.figure.capped for domain in words.domains)
    assert any(pillar.figure.capped for pillar in words.pillars)


def kinds_in(value: Any) -> set[StatementKind]:
    if isinstance(value, tuple):
        return {kind for item in value for kind in kinds_in(item)}
    if not is_dataclass(value):
        return set()
    own = {value.kind} if hasattr(value, "kind") else set()
    return own | {kind for field in fields(value) for kind in kinds_in(getattr(value, field.name))}


def test_overall_counts_and_reviews(printed: Printed) -> None:
    words = printed.words
    texts = [words.overall, *words.counts, words.untouched, *words.reviews]
    assert unsaid(texts, by_id(printed.page, "main")) == []
    assert unsaid(texts, part(printed.paper, "summary")) == []


def test_pillars(printed: Printed) -> None:
    assessed = [pillar for pillar in printed.words.pillars if pillar.figure.assessed]
    cards = of_class(printed.page, "pillar")
    assert len(cards) == len(assessed)
    for pillar, card in zip(assessed, cards, strict=True):
        assert unsaid(of_pillar(pillar), card) == []
    for pillar, card in zip(printed.words.pillars, of_class(printed.paper, "card"), strict=True):
        figure = pillar.figure
        assert unsaid([pillar.name, figure.name, figure.number, figure.range, figure.capped], card) == []
    for pillar in assessed:
        assert unsaid(of_pillar(pillar), part(printed.paper, "summary"), part(printed.paper, "scores")) == []


def of_pillar(pillar: PillarWords) -> list[str]:
    figure = pillar.figure
    return [
        pillar.name,
        pillar.says,
        figure.name,
        figure.number,
        figure.says,
        figure.range,
        figure.proven,
        figure.capped,
    ]


def test_domains_and_the_ai_lens(printed: Printed) -> None:
    lens = (printed.words.lens,) if printed.words.lens else ()
    domains = (*printed.words.domains, *lens)
    rows = list(next(section(printed.page, "domains").iter("tbody")))
    on_paper = list(list(part(printed.paper, "scores").iter("tbody"))[1])
    assert len(rows) == len(on_paper) == len(domains)
    for domain, row, line in zip(domains, rows, on_paper, strict=True):
        assert unsaid([*in_numbers(domain), domain.figure.capped, domain.heavy], row) == []
        assert unsaid(in_numbers(domain), line) == []
    for domain, chapter in zip(printed.words.domains, of_class(printed.paper, "domain"), strict=True):
        texts = [domain.title, domain.promise, domain.pillar, domain.figure.full, domain.figure.capped, domain.heavy]
        assert unsaid(texts, chapter) == []
    for each in lens:
        assert unsaid([each.figure.capped, each.heavy], part(printed.paper, "scores")) == []


def in_numbers(domain: DomainWords) -> list[str]:
    figure = domain.figure
    return [domain.title, figure.name, figure.number, figure.up_to, figure.proven, domain.counted]


def test_what_the_first_steps_change(printed: Printed) -> None:
    expected = said(printed.words.changes)
    assert unsaid(expected, section(printed.page, "first")) == []
    assert unsaid(expected, part(printed.paper, "summary")) == []


def test_every_step_of_the_plan(printed: Printed) -> None:
    assert_in_turn(
        (*printed.words.first, *printed.words.later),
        items(printed.page, "steps"),
        items(part(printed.paper, "plan"), "plan"),
    )
    first = [[step.step, step.change, step.effort, step.who, step.gate, step.mark] for step in printed.words.first]
    shown = items(part(printed.paper, "summary"), "first")
    assert [unsaid(texts, item) for texts, item in zip(first, shown, strict=True)] == [[]] * len(first)


def test_what_must_be_fixed(printed: Printed) -> None:
    assert_in_turn(
        printed.words.must_fix,
        items(section(printed.page, "fix"), "duty-list"),
        items(part(printed.paper, "plan"), "fixes"),
    )


def test_duties_of_every_law(printed: Printed) -> None:
    laws = printed.words.laws
    assert_in_turn(
        [duty for law in laws for duty in law.duties],
        items(section(printed.page, "duties"), "duty-list"),
        items(part(printed.paper, "duties"), "duties"),
    )
    texts = [text for law in laws for text in (law.name, law.says, law.note, law.nothing_open)]
    assert unsaid(texts, section(printed.page, "duties")) == []
    assert unsaid(texts, part(printed.paper, "duties")) == []
    nothing_open = [law for law in laws if law.nothing_open]
    for text in {law.nothing_open for law in nothing_open}:
        for prints in (section(printed.page, "duties"), part(printed.paper, "duties")):
            assert sum(text_of(line) == text for line in prints.iter("p")) == len(nothing_open)


def test_what_to_find_out(printed: Printed) -> None:
    assert_in_turn(
        printed.words.find_out,
        items(section(printed.page, "find"), "duty-list"),
        items(part(printed.paper, "find-out"), "asks"),
    )


def test_what_was_left_out(printed: Printed) -> None:
    assert_in_turn(
        printed.words.left_out,
        items(section(printed.page, "left"), "duty-list"),
        items(part(printed.paper, "scope"), "asks"),
    )


def test_every_worked_sum(printed: Printed) -> None:
    """A question's part in the sums stands with its answer in the PDF."""
    sums = printed.sums
    every = [*sums.pillars, *sums.domains, *([sums.lens] if sums.lens else [])]
    assert len(every) == len(printed.told.sums)
    answers = {str(next(q.iter("h2")).get("id")): q for q in of_class(printed.paper, "q")}
    for each in every:
        shown = section(printed.computed, f"worked-{each.code}")
        assert unsaid(said(each), shown) == [], each.code
        on_paper = by_id(printed.paper, f"worked-{each.code}")
        assert unsaid(without_title(each), on_paper) == [], each.code
        for row in each.questions:
            assert unsaid(said(row), answers[row.question]) == [], row.question


def without_title(worked: SumWords) -> list[str]:
    made_of = (worked.other_sums, worked.shares, worked.stops, worked.domains)
    return [worked.arithmetic, worked.unit, worked.uncapped, *said(made_of)]


def test_headings_and_leads(printed: Printed) -> None:
    words, headings = printed.words, printed.words.headings
    there = [headings.domains, headings.laws]
    there += [headings.first] if words.first else []
    there += [headings.must_fix] if words.must_fix else []
    there += [headings.find_out] if words.find_out else []
    there += [headings.left_out] if words.left_out else []
    texts = [each.lead for each in there]
    titles = [each.title for each in there if each is not headings.domains]
    assert unsaid([*titles, *texts], by_id(printed.page, "main")) == []
    assert unsaid([*titles, *texts], printed.paper) == []
