"""A report that changes gets a new template version, so that a new request makes a new report."""

import hashlib
from dataclasses import replace
from datetime import date

from assessments.bank.types import Depth, Edition, GateKind
from assessments.scoring.engine import score
from assessments.scoring.plan import do_first, plan_gain
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from reports.document import Source, build
from reports.formats import pdf
from reports.services import TEMPLATE_VERSION
from tests.bank import making
from tests.reports.samples import QUESTIONED, UNKNOWN, left_out, level

VERSION, DIGEST = 5, "0d84e4e29770e27a"
DAY = date(2026, 11, 21)
INSTRUCTION = (
    "The rendered report changed. Raise TEMPLATE_VERSION in reports/services.py (once per release is enough) and set "
    "VERSION and DIGEST in tests/reports/test_template_version.py to {version} and {digest!r}."
)


def small_bank() -> Edition:
    """Made by hand, so that a change to the shipped questions is no change to the report."""
    gate = making.gate(GateKind.HARM, caps_pillar=True)
    return making.edition(
        making.question("DATA-01", duties=(making.duty(level=3),), gates=(making.gate(GateKind.LEGAL),)),
        making.question("DATA-02"),
        making.question("RIGHTS-01"),
        making.question("AIUSE-01", applies_when=making.when("uses_ai")),
        making.question("ACCESS-01", 1, gates=(gate,), duties=(making.duty(starts=date(2026, 8, 2)),)),
        making.question("ACCESS-02", 3),
        making.question("ACCESS-03", 3),
        *(making.question(f"{domain}-01", ai_lens=True) for domain in ("STORE", "DEFEND", "INCIDENT", "PEOPLE")),
    )


def fixed_source() -> Source:
    """Every part of a report, of a day and a business that stay."""
    edition = small_bank()
    given = {
        "DATA-01": level(2, note="A note.\nOf two lines.", evidence="A list"),
        "DATA-02": UNKNOWN,
        "RIGHTS-01": left_out("We have none."),
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
    )


def test_a_changed_report_has_a_new_version() -> None:
    page = pdf.html_of(build(fixed_source()))
    digest = hashlib.sha256((page + pdf._own_text(pdf.STYLE)).encode()).hexdigest()[:16]
    assert (TEMPLATE_VERSION, digest) == (VERSION, DIGEST), INSTRUCTION.format(version=TEMPLATE_VERSION, digest=digest)


def test_the_sample_has_every_part() -> None:
    document = build(fixed_source())
    parts = (document.plan, document.must_fix, document.laws, document.find_out, document.left_out, document.lens)
    assert all(parts)
    assert {item.in_part for item in document.must_fix} == {True, False}
    assert {bool(law.nothing_open) for law in document.laws} == {True, False}
    assert any(pillar.words.figure.capped for pillar in document.pillars)
    assert any(pillar.words.figure.range for pillar in document.pillars)
    assert any(not domain.words.figure.assessed for domain in document.domains)
    assert document.summary.changes
    assert {each.id for each in small_bank().questions} == {
        part.id for domain in document.domains for part in domain.questions
    }
