"""docs/scoring.md recomputed: the tables of its worked example are the test."""

import re
from functools import cache
from pathlib import Path

from assessments.bank.steps import Effort
from assessments.bank.types import Depth, Edition, GateKind, Question
from assessments.scoring.plan import plan_gain
from assessments.scoring.types import ScoredAnswer, ScoredResult
from tests.bank.making import duty, edition, gate, question
from tests.bank.strategies import TODAY
from tests.scoring.answering import UNKNOWN, domain, left_out, level, number, pillar, run, scored

GUIDE = Path(__file__).parents[2] / "docs" / "scoring.md"
QUICK = run("gdpr", depth=Depth.QUICK)


@cache
def table(first_heading: str, second_heading: str) -> list[dict[str, str]]:
    """The rows of the only table whose header begins like this."""
    rows: list[dict[str, str]] = []
    heads: list[str] = []
    for line in GUIDE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if cells[:2] == [first_heading, second_heading]:
            heads = cells
        elif heads and cells and not re.fullmatch(r"-+", cells[0]):
            rows.append(dict(zip(heads, [*cells, ""], strict=False)))
        elif not cells:
            heads = []
    return rows


def written_question(row: dict[str, str]) -> Question:
    effort = Effort.MEDIUM if row["question"] == "DATA-03" else Effort.SMALL
    gates = (gate(GateKind.HARM, 2, caps_pillar=True),) if row["special"].startswith("gate") else ()
    duties = (duty("gdpr", 3),) if row["special"].startswith("duty") else ()
    return question(row["question"], int(row["weight"]), gates=gates, duties=duties, effort=effort)


def written_answer(row: dict[str, str]) -> ScoredAnswer:
    others = {"don't know": UNKNOWN, "not applicable": left_out()}
    return others.get(row["answer"]) or level(int(row["answer"]), proof=row["evidence named"] == "yes")


def example() -> tuple[Edition, dict[str, ScoredAnswer], ScoredResult]:
    rows = table("question", "weight")
    bank = edition(*(written_question(row) for row in rows))
    answers = {row["question"]: written_answer(row) for row in rows}
    return bank, answers, scored(bank, answers, QUICK)


def shown(result: ScoredResult, code: str, which: str = "low") -> str:
    return number(domain(result, code) if code.isupper() else pillar(result, code), which)


def test_the_example_has_its_ten_questions() -> None:
    assert len(table("question", "weight")) == len(example()[2].find_out) + 9 == 10


def test_the_figures() -> None:
    result = example()[2]
    rows = table("figure", "headline")

    assert [row["figure"] for row in rows] == ["DATA", "ACCESS", "STORE", "privacy", "security"]
    for row in rows:
        written = (row["headline"], row["could be up to"], row["with proof"])
        assert written == tuple(shown(result, row["figure"], which) for which in ("low", "high", "proven"))
    assert result.overall == 1


def test_the_lists() -> None:
    result = example()[2]

    steps = [(step.question.id, str(step.level), str(step.target), str(step.score)) for step in result.todo]
    assert steps == [(row["step"], row["from"], row["to"], row["score"]) for row in table("step", "from")]
    assert [item.question.id for item in result.find_out] == ["STORE-02"]
    assert [item.question.id for item in result.open_duties] == ["DATA-03"]
    assert domain(result, "STORE").not_applicable_heavy
    sums = [*(own.low for own in result.domains), *(own.low for own in result.pillars)]
    assert not any(found.caps for found in sums if found)


def test_the_gain() -> None:
    bank, answers, result = example()

    found = plan_gain(bank, QUICK, answers, result.todo, TODAY)

    changes = [(change.code, str(change.before), str(change.after)) for change in (*found.domains, *found.pillars)]
    assert changes == [(row["figure"], row["before"], row["after"]) for row in table("figure", "before")]
