"""Every figure counted again from what "how was this computed" shows, by the rules as a reader would apply them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from xml.etree.ElementTree import Element

from tests.pages import of_class, tables, text_of

LABELS = ("Much still open", "On the way", "Basics in place", "Solid", "Well kept")
PASSES = ("", "Could be up to", "Counting only what has proof")
GATE = re.compile(r"Below level (\d) it holds this domain at “([^”]+)”\.(?: It also holds (.+?) at “([^”]+)”\.)?")
# In a domain of fewer counted questions, one light question without a gate costs at most one label.
FEW_QUESTIONS = 6
LEVEL = re.compile(r"(\d)(?: could be up to (\d))?(?: with proof (\d))?$")
NUMBER = re.compile(r"(\d\.\d)$")


@dataclass(frozen=True)
class Line:
    """A question as the page shows it, with its level in each of the three figures."""

    weight: int
    levels: tuple[int, int, int]
    gated: bool
    min_level: int
    cap: int
    pillars: tuple[str, ...]
    pillar_cap: int


@dataclass(frozen=True)
class Figure:
    label: int
    parts: tuple[int, ...]
    whole: int

    @property
    def share(self) -> Fraction:
        """Of the next label; nothing is above the last."""
        return Fraction(self.parts[self.label + 1], self.whole) if self.label < 4 else Fraction()

    @property
    def number(self) -> str:
        return number(self.label, self.share)


def number(label: int, share: Fraction) -> str:
    return f"{label}.{min(9, int(10 * share))}"


def sections(page: Element) -> dict[str, Element]:
    """Each worked figure by its title."""
    return {text_of(_heading(section)).rpartition(": ")[0]: section for section in of_class(page, "worked")}


def label_shown(section: Element) -> str:
    return text_of(_heading(section)).rpartition(": ")[2]


def numbers_shown(section: Element) -> tuple[str, ...]:
    """As answered, up to, with proof. What is not shown is the same as the first."""
    first, *others = [text_of(line) for line in section.iter("p") if NUMBER.search(text_of(line))]
    by_name = {line.rpartition(": ")[0]: line for line in others}
    return tuple(_number(by_name.get(name, first)) for name in PASSES)


def lines_of(section: Element) -> list[Line]:
    return [line for line in (_line(*row) for row in _table(section, 3, "question")) if line]


def domains_of(section: Element) -> list[str]:
    return [row[0] for row in _table(section, 3, "domain")]


def domain_figure(lines: Iterable[Line], which: int) -> Figure:
    counted = [(line.weight, line.levels[which], line) for line in lines]
    whole = sum(weight for weight, _, _ in counted)
    parts = tuple(sum(weight for weight, level, _ in counted if level >= label) for label in range(5))
    heavy = min((level for weight, level, _ in counted if weight == 3), default=4)
    cap = min((line.cap for _, level, line in counted if level < line.min_level), default=4)
    label = _label(parts, whole, heavy, 4)
    if 1 < len(counted) < FEW_QUESTIONS:
        light = [(weight, level) for weight, level, line in counted if weight < 3 and not line.gated]
        rests = [tuple(part - weight * (level >= at) for at, part in enumerate(parts)) for weight, level in light]
        label = max([label, *(_label(rest, rest[0], heavy, 4) - 1 for rest in rests)])
    return Figure(min(label, cap), parts, whole)


def pillar_number(name: str, domains: Mapping[str, list[Line]], own: Iterable[str], which: int) -> tuple[int, str]:
    """`domains` are all of the page: a gate may act on another pillar than its domain's."""
    figures = [domain_figure(domains[title], which) for title in own]
    labels = [figure.label for figure in figures]
    parts = tuple(sum(label >= wanted for label in labels) for wanted in range(5))
    closed = [line for lines in domains.values() for line in lines if line.levels[which] < line.min_level]
    cap = min((line.pillar_cap for line in closed if name in line.pillars), default=4)
    label = _label(parts, len(labels), min(labels), cap)
    shares = [Fraction(f.parts[label + 1], f.whole) if label < 4 else Fraction() for f in figures]
    return label, number(label, sum(shares, Fraction()) / len(shares))


def _label(parts: tuple[int, ...], whole: int, lowest_heavy: int, cap: int) -> int:
    return max(
        label
        for label in range(5)
        if label == 0 or (5 * parts[label] >= 4 * whole and lowest_heavy >= label - 1 and label <= cap)
    )


def _line(text: str, weight: str, level: str) -> Line | None:
    found = LEVEL.match(level)
    if not found:
        return None
    low = int(found[1])
    levels = (low, int(found[2] or low), int(found[3] or low))
    gate = GATE.search(text)
    if not gate:
        return Line(int(weight), levels, "open gate" in text, 0, 4, (), 4)
    pillars = tuple(re.split(", | and ", gate[3])) if gate[3] else ()
    pillar_cap = LABELS.index(gate[4]) if gate[4] else 4
    return Line(int(weight), levels, True, int(gate[1]), LABELS.index(gate[2]), pillars, pillar_cap)


def _table(section: Element, columns: int, kind: str) -> list[list[str]]:
    """The first table holds the shares, the second the questions or the domains."""
    found = tables(section)[1]
    is_question = bool(re.match(r"[A-Z]+-\d\d ", found[0][0]))
    assert all(len(row) == columns for row in found)
    return found if is_question == (kind == "question") else []


def _heading(section: Element) -> Element:
    return next(section.iter("h3"))


def _number(line: str) -> str:
    found = NUMBER.search(line)
    assert found, line
    return found[1]
