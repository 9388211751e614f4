"""From the first page to the report: each step by what a person reads on the page, with JavaScript or without."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.factories import PASSWORD
from tests.scope_facts import SHOP

EMAIL, ORGANISATION = "camille@example.org", "Boulangerie du Quai"
# The trade: a journey goes through every screen.
SOMETHING_ELSE = "-"
NOTE = "The mailbox has it.\nThe till does not."
UNKNOWN = "I don't know, or nobody has looked"
# What is chosen question by question, in turn: a level's place among the lines, or None for "I don't know".
IN_TURN = (2, 3, 1, 2, 4, 3, 2, None, 1)
REPORT_PATIENCE_MILLISECONDS = 60_000


@dataclass(frozen=True)
class Chosen:
    question: str
    words: str


Visit = Callable[[Page], None]


def nothing_more(page: Page) -> None:
    """For journeys that look at nothing besides the steps themselves."""


def leave(page: Page, click: Locator) -> None:
    """Click and wait for the next page: each page of the journey has its own heading."""
    heading = page.locator("h1").inner_text()
    click.click()
    expect(page.locator("h1")).not_to_have_text(heading)


def sign_up(page: Page, visit: Visit = nothing_more) -> None:
    page.goto("/")
    visit(page)
    leave(page, page.get_by_role("main").get_by_role("link", name="Create an account", exact=True).first)
    visit(page)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Name of your business").fill(ORGANISATION)
    leave(page, page.get_by_role("button", name="Create my account"))
    expect(page.locator("h1")).to_have_text(ORGANISATION)


def tell_scope(page: Page, visit: Visit = nothing_more) -> None:
    """Nothing is chosen for anybody, but what the first page was told stands where it is asked again."""
    visit(page)
    leave(page, page.get_by_role("button", name="Start the assessment"))
    told: dict[str, str] = {}
    while page.locator("form.scope-form").count():
        visit(page)
        for chosen in page.locator(".scope-question select").all():
            name = chosen.get_attribute("name") or ""
            expect(chosen).to_have_value(told.get(name, ""))
            told[name] = SHOP.get(name, SOMETHING_ELSE)
            chosen.select_option(told[name])
        for group in page.locator("fieldset.scope-question").all():
            answer = fact(group)
            name = answer.get_attribute("name") or ""
            expect(group.locator("input:checked")).to_have_count(int(name in told))
            told[name] = answer.get_attribute("value") or ""
            answer.check()
        leave(page, page.get_by_role("button", name="Continue"))
    expect(page.locator("h1")).to_have_text("What applies to you")


def fact(group: Locator) -> Locator:
    """The choice of tests.runs.SHOP for a scope question; else "none of these" or "no"."""
    name = group.locator("input").first.get_attribute("name") or ""
    if name in SHOP:
        return group.locator(f'input[value="{SHOP[name]}"]')
    usual = group.locator('input[value="none"], input[value="no"]')
    return usual.first if usual.count() else group.locator('input:not([value="not_sure"])').last


def choose_quick(page: Page, visit: Visit = nothing_more) -> None:
    visit(page)
    leave(page, page.get_by_role("link", name="Continue", exact=True))
    visit(page)
    expect(page.locator("input:checked")).to_have_count(0)
    page.get_by_role("radio", name=re.compile("^Quick")).check()
    leave(page, page.get_by_role("button", name="Continue"))
    expect(page.locator("h1")).to_have_text("Your assessment")


def answer_everything(page: Page, visit: Visit = nothing_more, *, autosaves: bool = True) -> list[Chosen]:
    visit(page)
    leave(page, page.get_by_role("link", name="Start answering"))
    chosen: list[Chosen] = []
    while page.locator("form.answers").count():
        visit(page)
        for question in page.locator("section.question").all():
            if not question.is_visible():  # A phone shows one at a time.
                page.get_by_role("button", name="Next question").click()
                expect(question).to_be_visible()
            chosen.append(answer(question, IN_TURN[len(chosen) % len(IN_TURN)], first=not chosen))
            if autosaves:
                expect(question.locator(".saved")).to_be_visible()
        leave(page, page.locator("main").get_by_role("button", name=re.compile("^Save and")))
    expect(page.locator("h1")).to_have_text("Check your answers")
    return chosen


def answer(question: Locator, level: int | None, *, first: bool) -> Chosen:
    radio = question.locator(f'input[type=radio][value="{"unknown" if level is None else level}"]')
    radio.check()
    if first:
        open_add(question)
        question.get_by_label("Note for yourself").fill(NOTE)
        question.get_by_label("Note for yourself").blur()
    words = radio.locator("xpath=following-sibling::label").inner_text()
    return Chosen(question.get_attribute("id") or "", words)


def open_add(question: Locator) -> None:
    """Proof, note and comments stand behind one disclosure, open where there is something in it.

    What is answered is one line, which opens first.
    """
    folded = question.locator(".question__folded:not([open]) > summary")
    if folded.count():
        folded.click()
    add = question.locator(".question__add")
    if add.get_attribute("open") is None:
        add.locator("summary").click()


def finish(page: Page, visit: Visit = nothing_more) -> list[str]:
    """The headline levels that the result page shows, as the report's table has them: "Privacy 1.9 On the way"."""
    visit(page)
    leave(page, page.get_by_role("button", name="Finish and see the result"))
    expect(page.locator("h1")).to_have_text("Where you stand")
    visit(page)
    return [headline(card) for card in page.locator(".pillar").all()]


def headline(card: Locator) -> str:
    """A first indication has no number."""
    shown = card.locator(".pillar__number")
    number = shown.inner_text() if shown.count() else ""
    label = card.locator(".pillar__label").inner_text().removesuffix(number).strip()
    return " ".join([card.locator("h3").inner_text(), *number.split()[:1], label])


def report(page: Page, visit: Visit = nothing_more) -> str:
    """The text of the PDF that a worker made."""
    return pdf_text(report_file(page, visit))


def report_file(page: Page, visit: Visit = nothing_more) -> bytes:
    """The workings: of all kinds the one that says every answer."""
    page.get_by_role("radio", name="Workings").check()
    leave(page, page.get_by_role("button", name="Make the report"))
    link = page.get_by_role("link", name="Download the report")
    expect(link).to_be_visible(timeout=REPORT_PATIENCE_MILLISECONDS)
    visit(page)
    with page.expect_download() as download:
        link.click()
    assert re.fullmatch(r"Boulangerie-du-Quai-workings-.*\.pdf", download.value.suggested_filename)
    return Path(download.value.path()).read_bytes()


def pdf_text(content: bytes) -> str:
    return without_spaces("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def without_spaces(text: str) -> str:
    """Where a line breaks says nothing: texts are compared without."""
    return "".join(text.split())


def missing_from(report_text: str, chosen: list[Chosen], figures: list[str]) -> Iterator[str]:
    """What a person gave or saw and the report does not say."""
    expected = [ORGANISATION, *NOTE.splitlines()]
    expected += [each.words for each in chosen if each.words != UNKNOWN]
    for words in (*expected, *figures):
        if without_spaces(words) not in report_text:
            yield words
