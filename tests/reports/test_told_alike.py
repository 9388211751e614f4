"""Page and PDF print every statement of a result, in the same words."""

from collections.abc import Callable
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
from assessments.services.editions import load_published
from assessments.wording.figures import DomainWords, PillarWords
from assessments.wording.result import ResultWords, SumsInWords, result_words, sums_in_words
from assessments.wording.sums import SumWords
from reports import services
from reports.document import Source
from reports.formats import pdf
from reports.kinds.registry import WORKINGS
from reports.worker.rendering import document_of
from tests.bank.editions import edition_2026_1
from tests.pages import by_id, of_class, parse, text_of
from tests.reports.samples import coming, level, mixed, quickly_done, source, stored_in_2026_1, stress
from tests.reports.told_prints import assert_in_turn, items, part, said, section, unsaid
from tests.reports.told_samples import frozen, told

pytestmark = pytest.mark.django_db

SAMPLES: dict[str, Callable[[Edition], Source]] = {
    "stress": stress,
    "coming": coming,
    "mixed": mixed,
    "quickly done": quickly_done,
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


OLDER = "2026.1"
"""A result in the first format of stored results, with the edition that came before."""


ALREADY: dict[str, Printed] = {}
"""The prints are only read, and take two seconds each."""


@pytest.fixture(params=[*SAMPLES, OLDER])
def printed(request: pytest.FixtureRequest, edition: Edition, edition_row: EditionRow, client: Client) -> Printed:
    if request.param not in ALREADY:
        if request.param == OLDER:
            ALREADY[OLDER] = printed_from(stored_in_2026_1(), older_row(), client)
        else:
            ALREADY[request.param] = printed_from(SAMPLES[request.param](edition), edition_row, client)
    return ALREADY[request.param]


def older_row() -> EditionRow:
    load_published(edition=edition_2026_1(), now=timezone.now())
    return EditionRow.objects.get(code=OLDER)


def printed_from(given: Source, row: EditionRow, client: Client) -> Printed:
    result = frozen(given, row)
    client.force_login(result.finished_by)
    url = f"/assessments/{result.assessment_id}/result/"
    report = services.request_report(
        result=result, requested_by=result.finished_by, language="en-gb", now=timezone.now(), kind=WORKINGS
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


def test_the_samples_hold_every_kind(edition: Edition) -> None:
    found = [kinds_in(told(sample(edition))) for sample in SAMPLES.values()]
    assert set().union(*found) == set(StatementKind)
    words = result_words(told(stress(edition)))
    duties = [duty for law in words.laws for duty in law.duties]
    assert {bool(duty.part) for duty in duties} == {True, False}
    assert any(duty.starts for duty in duties)
    assert {bool(law.mark) for law in words.laws} == {True, False}
    assert {item.in_part for item in words.must_fix} == {True, False}
    assert {bool(item.reason) for item in words.on_the_day} == {True, False}
    assert any(step.gate for step in words.first)
    assert any(step.then for step in words.first)
    assert any(not step.then for step in result_words(told(mixed(edition))).first)
    assert any(part.links for step in words.first for part in (step.step, *step.then))
    assert {bool(step.more) for step in words.later} == {True, False}
    assert {bool(domain.heavy) for domain in words.domains} == {True, False}
    assert {bool(domain.figure.up_to) for domain in words.domains} == {True, False}
    assert any(domain.figure.capped for domain in words.domains)
    assert any(pillar.figure.capped for pillar in words.pillars)
    assert all(item.settle for item in words.to_check)


def kinds_in(value: Any) -> set[StatementKind]:
    if isinstance(value, tuple):
        return {kind for item in value for kind in kinds_in(item)}
    if not is_dataclass(value):
        return set()
    own = {value.kind} if hasattr(value, "kind") else set()
    return own | {kind for field in fields(value) for kind in kinds_in(getattr(value, field.name))}


def test_overall_counts_and_reviews(printed: Printed) -> None:
    words = printed.words
    texts = [words.in_short, words.overall, *words.counts, words.untouched, *words.reviews, *said(words.numbers)]
    texts += [words.answered_by, words.taken_over]
    assert unsaid(texts, by_id(printed.page, "main")) == []
    assert unsaid(texts, part(printed.paper, "summary")) == []


def test_one_sentence_and_the_counts_come_before_everything_else(printed: Printed) -> None:
    """On a phone the three cards follow at once, then what is in place."""
    main = by_id(printed.page, "main")
    headings = [text_of(each) for each in main.iter("h2")]
    words = printed.words
    assert not words.first or headings[0] == words.headings.first.title
    shown = text_of(main)
    assert shown.index(words.in_short) < shown.index(words.numbers[0].amount) < shown.index(headings[0])


def test_strengths(printed: Printed) -> None:
    assert_in_turn(
        printed.words.strengths, items(printed.page, "strengths"), items(part(printed.paper, "summary"), "strengths")
    )


def test_pillars(printed: Printed) -> None:
    shown = [pillar for pillar in printed.words.pillars if pillar.shown]
    cards = of_class(printed.page, "pillar")
    assert len(cards) == len(shown)
    for pillar, card in zip(shown, cards, strict=True):
        assert unsaid(of_pillar(pillar), card) == []
    for pillar, card in zip(printed.words.pillars, of_class(printed.paper, "card"), strict=True):
        figure = pillar.figure
        assert unsaid([pillar.name, figure.name, figure.number, figure.range, *pillar.counts], card) == []
    for pillar in shown:
        assert unsaid(of_pillar(pillar), part(printed.paper, "summary"), part(printed.paper, "scores")) == []


def of_pillar(pillar: PillarWords) -> list[str]:
    figure = pillar.figure
    return [
        pillar.name,
        pillar.says,
        *pillar.counts,
        figure.name,
        figure.number,
        figure.says,
        figure.there,
        figure.missing,
        figure.range,
        figure.proven,
        figure.capped,
    ]


def test_what_stands_between_the_business_and_its_next_labels(printed: Printed) -> None:
    pillars = [pillar for pillar in printed.words.pillars if pillar.next]
    rises = [rise for pillar in pillars if pillar.next for rise in pillar.next.rises]
    levels, page = section(printed.page, "levels"), section(printed.page, "next")
    paper = part(printed.paper, "next")
    of_domains = [domain for domain in printed.words.domains if domain.next]
    in_domains = [rise for domain in of_domains if domain.next for rise in domain.next.rises]
    assert_in_turn(rises, items(levels, "rises"))
    assert_in_turn(in_domains, items(page, "rises"))
    assert_in_turn(rises, items(paper, "rises"))
    leads = [pillar.next.lead for pillar in pillars if pillar.next]
    assert unsaid(leads, levels) == unsaid(leads, paper) == []
    for domain, chapter in zip(printed.words.domains, of_class(printed.paper, "domain"), strict=True):
        assert unsaid([domain.next.short] if domain.next else [], chapter) == []


def test_where_a_less_deep_run_would_say_something_else(printed: Printed) -> None:
    page, paper = section(printed.page, "domains"), part(printed.paper, "scores")
    assert_in_turn(printed.words.depth_differences, items(page, "depths"), items(paper, "depths"))


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
        figure = domain.figure
        texts = [domain.title, domain.promise, domain.pillar, figure.full, domain.in_place, figure.capped, domain.heavy]
        assert unsaid(texts, chapter) == []
    for each in lens:
        assert unsaid([each.figure.capped, each.heavy], part(printed.paper, "scores")) == []


def in_numbers(domain: DomainWords) -> list[str]:
    figure = domain.figure
    return [domain.title, figure.name, figure.number, figure.up_to, figure.proven, domain.in_place, domain.counted]


def test_what_the_first_steps_move_and_change(printed: Printed) -> None:
    expected = [printed.words.promise, *printed.words.to_go, *said(printed.words.changes)]
    assert unsaid(expected, section(printed.page, "first")) == []
    assert unsaid(expected, part(printed.paper, "summary")) == []


def test_how_firm_the_beginning_of_the_plan_is(printed: Printed) -> None:
    texts = [printed.words.firmness] if printed.words.firmness else []
    assert unsaid(texts, section(printed.page, "later")) == []
    assert unsaid(texts, part(printed.paper, "plan")) == []


def test_every_step_of_the_plan(printed: Printed) -> None:
    page = [item for item in items(printed.page, "steps") if "step" in item.get("class", "").split()]
    paper = items(part(printed.paper, "plan"), "plan")
    assert_in_turn((*printed.words.first, *printed.words.later), page, paper)
    shown = items(part(printed.paper, "summary"), "first")
    expected = [[step.step.text, step.step.facts, step.promise, step.mark] for step in printed.words.first]
    assert [unsaid(texts, item) for texts, item in zip(expected, shown, strict=True)] == [[]] * len(expected)


def test_links_of_steps_lead_where_they_say(printed: Printed) -> None:
    """A `code` is an address, printed as a link."""
    parts = [each for step in printed.words.first for each in (step.step, *step.then)]
    expected = {link.code for each in parts for link in each.links if link.code}
    for prints in (by_id(printed.page, "main"), part(printed.paper, "plan")):
        assert {str(link.get("href")) for link in prints.iter("a")} >= expected


def test_a_step_stands_once_on_the_page_and_other_lists_refer_to_it(printed: Printed) -> None:
    """Duties are met by steps as well: every reference leads to a card that is there."""
    words, main = printed.words, by_id(printed.page, "main")
    anchors = {str(each.get("id")) for each in main.iter("li")}
    referring: list[Any] = [*words.must_fix, *words.on_the_day, *(duty for law in words.laws for duty in law.duties)]
    assert {item.code for item in referring if item.code} <= anchors
    for step in words.first:
        headings = [each for each in main.iter("h3") if text_of(each) == " ".join(step.step.text.split())]
        assert len(headings) == 1
    shown = text_of(section(printed.page, "fix")) + text_of(section(printed.page, "duties"))
    assert [step.step.text for step in words.first if step.step.text in shown] == []


def test_what_is_unlawful_now(printed: Printed) -> None:
    assert_in_turn(
        printed.words.must_fix,
        items(section(printed.page, "fix"), "duty-list"),
        items(part(printed.paper, "fix"), "fixes"),
    )


def test_what_would_be_missed_on_the_day(printed: Printed) -> None:
    assert_in_turn(
        printed.words.on_the_day,
        items(section(printed.page, "day"), "duty-list"),
        items(part(printed.paper, "day"), "fixes"),
    )


def test_what_starts_soon(printed: Printed) -> None:
    assert_in_turn(
        printed.words.starting_soon,
        items(section(printed.page, "soon"), "duty-list"),
        items(part(printed.paper, "duties"), "soon"),
    )


def test_duties_of_every_law(printed: Printed) -> None:
    laws = printed.words.laws
    assert_in_turn(
        [duty for law in laws for duty in law.duties],
        items(section(printed.page, "duties"), "duty-list"),
        items(part(printed.paper, "duties"), "duties"),
    )
    own = ((law.name, law.mark, law.says, law.note, *law.facts, *law.unsettled, law.nothing_open) for law in laws)
    texts = [printed.words.partial_list, *(text for of_law in own for text in of_law)] if laws else []
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


def test_what_nobody_looked_at_and_what_is_to_be_checked(printed: Printed) -> None:
    for statements, name, kind in (
        (printed.words.not_looked_at, "looked", "looks"),
        (printed.words.to_check, "check", "checks"),
    ):
        shown = items(section(printed.page, name), "duty-list")
        assert_in_turn(statements, shown, items(part(printed.paper, "find-out"), kind))


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
    return [worked.arithmetic, worked.unit, worked.uncapped, worked.set_aside, *said(made_of)]


def test_headings_and_leads(printed: Printed) -> None:
    words, headings = printed.words, printed.words.headings
    given = (
        (words.strengths, headings.strengths),
        (words.first, headings.first),
        (words.must_fix, headings.must_fix),
        (words.laws, headings.laws),
        (words.starting_soon, headings.starting_soon),
        (words.on_the_day, headings.on_the_day),
        (words.find_out, headings.find_out),
        (words.not_looked_at, headings.not_looked_at),
        (words.to_check, headings.to_check),
        (words.left_out, headings.left_out),
        (words.pillars, headings.pillars),
    )
    there = [heading for statements, heading in given if statements]
    texts = [text for heading in there for text in (heading.title, heading.lead)]
    texts.append(headings.domains.lead)
    assert unsaid(texts, by_id(printed.page, "main")) == []
    assert unsaid(texts, printed.paper) == []


def test_no_level_on_page_or_paper_begins_with_as_before(printed: Printed) -> None:
    for prints in (printed.page, printed.computed, printed.paper):
        assert "As before" not in text_of(prints)


def test_only_what_is_unlawful_now_is_called_so(printed: Printed) -> None:
    kinds = {kind for item in printed.words.must_fix if not item.in_part for kind in [item.kind]}
    names = {words.headings.must_fix.title for words in [printed.words]} | kinds
    for prints in (section(printed.page, name) for name in ("day", "find", "looked", "check", "soon")):
        assert [name for name in names if name in text_of(prints)] == []
