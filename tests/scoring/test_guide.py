"""docs/scoring.md recomputed: the tables of its worked example are the test."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from assessments.bank.steps import Step, StepCost, StepDoer
from assessments.bank.types import Depth, Duty, Edition, GateKind, Question
from assessments.planning.next_label import Rise, domain_next_label, pillar_next_label
from assessments.scoring.plan import plan_gain
from assessments.scoring.types import Counts, ScoredAnswer, ScoredResult
from tests.bank.making import duty, edition, gate, question
from tests.bank.strategies import SCOPE, TODAY
from tests.scoring.answering import UNKNOWN, domain, left_out, level, number, pillar, run, scored

GUIDE = Path(__file__).parents[2] / "docs" / "scoring.md"
STANDARD = run("gdpr", "ccpa", depth=Depth.STANDARD, provisional=("ccpa",))
PARTS = ["DATA", "ACCESS", "STORE", "AIUSE", "privacy", "security", "responsible_ai"]


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
    gates = (gate(GateKind.HARM, 2, caps_pillar=True),) if row["special"].startswith("gate") else ()
    duties = (written_duty(row["special"]),) if row["special"].startswith("duty") else ()
    steps = written_steps(row["minutes of the four steps"])
    made = question(row["question"], int(row["weight"]), gates=gates, duties=duties, steps=steps)
    return replace(made, first_step="", effort=None)


def written_duty(special: str) -> Duty:
    """Written as "duty of the GDPR, met at 3, starts 2026-12-02"; most have started."""
    law, met_at, *starts = (part.split()[-1] for part in special.split(","))
    return duty(law.lower(), int(met_at), starts=date.fromisoformat(starts[0]) if starts else None)


def written_steps(minutes: str) -> tuple[Step, ...]:
    each = [int(own) for own in minutes.split(",")]
    return tuple(
        Step(to, "Do it.", "It is done.", own, StepCost.NONE, StepDoer.OWNER) for to, own in enumerate(each, 1)
    )


def written_answer(row: dict[str, str]) -> ScoredAnswer:
    others = {"don't know": UNKNOWN, "not applicable": left_out()}
    return others.get(row["answer"]) or level(int(row["answer"]), proof=row["evidence named"] == "yes")


@cache
def example() -> tuple[Edition, dict[str, ScoredAnswer], ScoredResult]:
    rows = table("question", "weight")
    bank = edition(*(written_question(row) for row in rows), scope=SCOPE)
    answers = {row["question"]: written_answer(row) for row in rows}
    return bank, answers, scored(bank, answers, STANDARD)


def shown(result: ScoredResult, code: str, which: str = "low") -> str:
    return number(domain(result, code) if code.isupper() else pillar(result, code), which)


def test_the_example_has_its_fourteen_questions() -> None:
    assert len(table("question", "weight")) == example()[2].asked == 14


def test_the_figures() -> None:
    result = example()[2]
    rows = table("figure", "headline")

    assert [row["figure"] for row in rows] == PARTS
    for row in rows:
        written = (row["headline"], row["could be up to"], row["with proof"])
        assert written == tuple(shown(result, row["figure"], which) for which in ("low", "high", "proven"))
    assert result.overall == 1
    aside = {own.code: own.low.set_aside for own in result.domains if own.low and own.low.set_aside}
    assert aside == {"AIUSE": example()[0].question["AIUSE-01"]}


def test_the_findings() -> None:
    result = example()[2]

    assert [item.question.id for item in result.open_duties] == ["DATA-03"]
    assert not [*result.must_fix, *result.not_looked_at, *result.duties_on_the_day]
    assert [item.question.id for item in result.on_the_day] == ["ACCESS-02"]
    assert [item.question.id for item in result.find_out] == ["STORE-02"]
    checked = [(item.question.id, item.open_facts[0].tag, len(item.duties)) for item in result.to_check]
    assert checked == [("AIUSE-02", "ccpa", 1)]
    soon = [(item.question.id, item.day) for item in result.starting_soon]
    assert soon == [("AIUSE-03", date(2026, 12, 2))]
    assert domain(result, "STORE").not_applicable_heavy
    sums = [*(own.low for own in result.domains), *(own.low for own in result.pillars)]
    assert not any(found.caps for found in sums if found)


def test_the_counts() -> None:
    result = example()[2]

    found = {own.code: own.counts for own in result.pillars} | {"all": result.counts}

    rows = table("counted for", "in place")
    assert [row["counted for"] for row in rows] == list(found)
    assert [list(row.values())[1:5] for row in rows] == [as_written(own) for own in found.values()]
    assert result.counts
    assert (result.counts.unknown, result.counts.gates_not_looked_at, result.counts.gates_to_check) == (1, 0, 0)


def as_written(counts: Counts | None) -> list[str]:
    assert counts
    return [str(own) for own in (counts.in_place, counts.counted, counts.urgent_gaps, counts.open_duties)]


def test_the_plan() -> None:
    keys = ("step", "band", "from", "to", "minutes", "effort")

    steps = [
        (step.question.id, step.band, step.level, step.target, step.minutes, step.effort) for step in example()[2].todo
    ]

    written = [tuple(row[key] for key in keys) for row in table("step", "band")]
    assert [tuple(str(value) for value in step) for step in steps] == written


def test_the_gain() -> None:
    bank, answers, result = example()

    found = plan_gain(bank, STANDARD, answers, result.todo, TODAY)

    changes = [(change.code, str(change.before), str(change.after)) for change in (*found.domains, *found.pillars)]
    written = [(row["figure"], row["before"], row["after"]) for row in table("figure", "before")]
    assert sorted(changes) == sorted(written)
    assert found.counts_before == result.counts
    assert as_written(found.counts_after) == ["12", "13", "0", "0"]


def test_the_next_labels() -> None:
    result = example()[2]
    rows = table("next label of", "from label")

    assert [row["next label of"] for row in rows] == PARTS
    for row in rows:
        code = row["next label of"]
        found = domain_next_label(result, code) if code.isupper() else pillar_next_label(result, code)
        assert found
        assert (str(found.label), rises_of(found.rises)) == (row["from label"], {row["raise"]: row["to level"]})


def rises_of(rises: tuple[Rise, ...]) -> Mapping[str, str]:
    return {rise.question.id: str(rise.to) for rise in rises}
