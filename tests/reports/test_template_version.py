"""A report that changes gets a new template version, so that a new request makes a new report."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from assessments.bank.laws import KeyDate
from assessments.bank.steps import FindOutHint, Step, StepCost, StepDoer, StepLink
from assessments.bank.types import Depth, Edition, GateKind
from assessments.presentation.since.statements import ToldSince
from assessments.presentation.since.tell import FinishedResult, tell_since
from assessments.scoring.engine import score
from assessments.scoring.plan import do_first, plan_gain
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from reports.document import Source, build
from reports.formats import pdf
from reports.kinds.registry import REPORT_KINDS
from reports.services import TEMPLATE_VERSION
from tests.bank import making
from tests.reports.samples import QUESTIONED, UNKNOWN, left_out, level, words_of

VERSION, DIGEST = 9, "060ae7477e0dd224"
DAY = date(2026, 11, 21)
INSTRUCTION = (
    "The rendered report changed. Raise TEMPLATE_VERSION in reports/services.py (once per release is enough) and set "
    "VERSION and DIGEST in tests/reports/test_template_version.py to {version} and {digest!r}."
)


STEPS = tuple(
    Step(
        to=to,
        text=f"Do what leads to level {to}.",
        done_when=f"Level {to} is there.",
        minutes=30 * to,
        cost=(StepCost.NONE, StepCost.SMALL)[to % 2],
        who=StepDoer.OWNER,
        pays_for=("", "a drive")[to % 2],
        links=(StepLink("google", "Lock", path="Settings > Lock"), StepLink("any", "Help", url="https://example.org/")),
    )
    for to in range(1, 5)
)


def small_bank() -> Edition:
    """Made by hand, so that a change to the shipped questions is no change to the report."""
    harm, legal = making.gate(GateKind.HARM, caps_pillar=True), making.gate(GateKind.LEGAL)
    of_california = making.duty("ccpa", on=making.when("ccpa"))
    soon = making.duty(level=3, starts=date(2027, 1, 1))
    bank = making.edition(
        making.question("DATA-01", duties=(making.duty(level=3),), gates=(legal,)),
        making.question("DATA-02", find_out=FindOutHint("Look in the drawer.", 10)),
        making.question("DATA-03", gates=(making.gate(GateKind.FOUNDATION),)),
        making.question("DATA-04"),
        making.question("DATA-05"),
        making.question("RIGHTS-01"),
        making.question("DATA-06", gates=(legal,)),
        making.question("DATA-07", duties=(of_california,)),
        making.question("AIUSE-01", applies_when=making.when("uses_ai")),
        making.question("ACCESS-01", 1, gates=(harm,), duties=(making.duty(starts=date(2026, 8, 2)), soon)),
        making.question("ACCESS-02", 3),
        making.question("ACCESS-03", 3),
        *(making.question(f"{domain}-01", ai_lens=True) for domain in ("STORE", "DEFEND", "INCIDENT", "PEOPLE")),
    )
    stepwise = tuple(replace(own, first_step="", effort=None, steps=STEPS) for own in bank.questions)
    return replace(bank, questions=stepwise, dates=(KeyDate(date(2027, 3, 1), "gdpr", "It changes.", making.when()),))


def fixed_source() -> Source:
    """Every part of a report, of a day and a business that stay."""
    edition = small_bank()
    given = {
        "DATA-01": level(2, note="A note.\nOf two lines.", evidence="A list"),
        "DATA-02": UNKNOWN,
        **{name: level(1) for name in ("DATA-03", "DATA-04", "DATA-05")},
        "RIGHTS-01": left_out("We have none."),
        "DATA-06": level(0),
        "DATA-07": level(0),
        "AIUSE-01": replace(level(2), review=QUESTIONED),
        "ACCESS-01": level(1),
        **{name: level(4, evidence="A list") for name in ("ACCESS-02", "ACCESS-03")},
        **{f"{domain}-01": level(3) for domain in ("STORE", "DEFEND", "INCIDENT", "PEOPLE")},
    }
    run = Run(Depth.FULL, frozenset({"gdpr", "ccpa", "uses_ai"}), frozenset({"ccpa", "uses_ai"}))
    scored = {
        name: ScoredAnswer(ScoredAnswerKind(answer.kind), answer.level, answer.reason, bool(answer.evidence))
        for name, answer in given.items()
    }
    outcome = score(edition, run, scored, DAY)
    return Source(
        organisation="Boulangerie Lumière",
        finished_on=DAY,
        language="en-gb",
        edition=edition,
        facts={},
        outcome=outcome,
        first_gain=plan_gain(edition, run, scored, do_first(outcome), DAY).pillars,
        answers={name: replace(answer, question=name) for name, answer in given.items()},
        since=since_last_time(edition, run, scored),
        entries=words_of("DATA"),
    )


def since_last_time(edition: Edition, run: Run, answers: Mapping[str, ScoredAnswer]) -> ToldSince:
    """Something of each kind: a gap closed and one new, a duty met and one newly open, answers up and down."""
    others = {"DATA-06": 3, "RIGHTS-01": 1, "ACCESS-01": 3, "ACCESS-02": 1, "DATA-01": 4, "DATA-03": 0}
    raised = {name: ScoredAnswer(ScoredAnswerKind.LEVEL, level) for name, level in others.items()}
    before, after = (
        FinishedResult(edition, score(edition, run, each, DAY), {}, {}, day)
        for each, day in (({**answers, **raised}, date(2026, 5, 3)), (answers, DAY))
    )
    return tell_since(before, after)


def test_a_changed_report_has_a_new_version() -> None:
    printed = "".join(pdf.html_of(build(fixed_source(), kind)) for kind in REPORT_KINDS.values())
    digest = hashlib.sha256((printed + pdf._own_text(pdf.STYLE)).encode()).hexdigest()[:16]
    assert (TEMPLATE_VERSION, digest) == (VERSION, DIGEST), INSTRUCTION.format(version=TEMPLATE_VERSION, digest=digest)


def test_the_sample_has_every_part() -> None:
    document = build(fixed_source())
    words = document.words
    assert all(
        (words.first, words.later, words.strengths, words.laws, words.find_out, document.left_out, document.lens)
    )
    assert all((words.must_fix, words.on_the_day, words.not_looked_at, words.to_check, words.starting_soon))
    assert {item.in_part for item in words.must_fix} == {True, False}
    assert {bool(law.nothing_open) for law in words.laws} == {True, False}
    assert any(each.links for step in words.first for each in (step.step, *step.then))
    assert document.changes
    assert document.since
    assert all((document.since.better, document.since.look, document.since.hints, document.since.figures))
    assert document.has_next
    assert any(pillar.words.figure.capped for pillar in document.pillars)
    assert any(pillar.words.figure.range for pillar in document.pillars)
    assert any(not domain.words.figure.assessed for domain in document.domains)
    assert words.promise
    assert all((document.advice, document.own_steps, any(domain.advice for domain in document.domains)))
    assert {each.id for each in small_bank().questions} == {
        part.id for domain in document.domains for part in domain.questions
    }
