"""Each kind of statement in words."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from assessments.presentation.counts import CountsStatement
from assessments.presentation.duties import DutyStatement, LawStatement
from assessments.presentation.figures import DomainStatement, FigureValues, LensStatement, OverallStatement
from assessments.presentation.must_fix import MustFixStatement
from assessments.presentation.named_values import NamedEffort, NamedFigure, NamedGate, NamedLevel, QuestionRef
from assessments.presentation.open_points import FindOutStatement, LeftOutStatement
from assessments.presentation.plan import ChangeStatement, PlanStepStatement
from assessments.presentation.reviews import ReviewStatement
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.sums import (
    Arithmetic,
    DomainShare,
    GateEffect,
    QuestionShare,
    ShareValue,
    StopValue,
    SumStatement,
)
from assessments.scoring.explain import LabelStopKind
from assessments.scoring.types import Figure
from assessments.wording.figures import domain_words, lens_words
from assessments.wording.findings import (
    LeftOutWords,
    duty_words,
    find_out_words,
    law_words,
    left_out_words,
    must_fix_words,
)
from assessments.wording.plan import ChangeWords, change_words, plan_step_words
from assessments.wording.result import overall_sentence
from assessments.wording.summary import counts_sentences, review_lines, untouched_sentence
from assessments.wording.sums import sum_words

QUESTION = QuestionRef("ACCESS-02", "Is there a second step?")
GATE = NamedGate("harm", "Weak spot", 2, "One stolen password opens everything.")
LEVELS = tuple(NamedLevel(n, name) for n, name in enumerate(("Exposed", "Beginning", "Basics", "Solid", "Leading")))


def figure(label: int, tenths: int) -> NamedFigure:
    return NamedFigure(Figure(label, tenths), LEVELS[label].name, "What it promises.")


STEP = PlanStepStatement(
    number=4,
    first=False,
    question=QUESTION,
    step="Switch it on for the mailbox.",
    before=NamedLevel(1, "Started"),
    after=NamedLevel(3, "Complete"),
    effort=NamedEffort("S", "Small", "Up to half a day."),
    who_knows="IT",
    gate=GATE,
    provisional=True,
)
FIX = MustFixStatement(
    question=QUESTION,
    gate=GATE,
    in_part=False,
    reasons=(GATE.reason,),
    level=NamedLevel(1, "Started"),
    first_step="Switch it on.",
    provisional=True,
)
DUTY = DutyStatement(
    law="gdpr",
    asks="Keep data safe.",
    question=QUESTION,
    now=NamedLevel(1, "Started"),
    needed=NamedLevel(2, "Basics work"),
    citations=("GDPR Art. 5", "GDPR Art. 32"),
    starts=date(2026, 8, 2),
    in_part=True,
    provisional=True,
)
DOMAIN = DomainStatement(
    code="ACCESS",
    title="Who gets in",
    promise="You know.",
    pillar="Security",
    figure=FigureValues(figure(1, 9), figure(4, 0), figure(1, 0), ()),
    asked=9,
    counted=8,
    not_applicable_heavy=True,
)
SHARES = tuple(ShareValue(LEVELS[n], part, 14, part > 11) for n, part in ((1, 14), (2, 12), (3, 7), (4, 0)))
SUM = SumStatement(
    of=StatementKind.DOMAIN,
    code="ACCESS",
    title="Who gets in",
    label=LEVELS[1],
    uncapped=LEVELS[2],
    low=Arithmetic(1, ((12, 14),), Fraction(6, 7), Figure(1, 8), False),
    high=Arithmetic(4, (), Fraction(), Figure(4, 0), True),
    proven=Arithmetic(1, ((12, 14),), Fraction(6, 7), Figure(1, 8), False),
    shares=SHARES,
    stops=(StopValue(LabelStopKind.GATE, ("ACCESS-02",), 2, LEVELS[2]),),
    questions=(
        QuestionShare(QUESTION, 3, 1, 1, 1, True, GateEffect(GATE, LEVELS[1], LEVELS[1], ("Privacy", "Security")), ""),
        QuestionShare(QuestionRef("ACCESS-03", "And this?"), 2, 0, 4, 0, False, None, ""),
        QuestionShare(QuestionRef("ACCESS-04", "And that?"), 1, None, None, None, False, None, "We have none."),
        QuestionShare(QuestionRef("ACCESS-05", "Or so?"), 1, 3, 3, 2, False, GateEffect(GATE, LEVELS[1], None, ()), ""),
    ),
    domains=(),
)


def test_a_step_of_the_plan() -> None:
    words = plan_step_words(STEP)
    assert (words.number, words.question, words.asks, words.step) == (4, QUESTION.id, QUESTION.text, STEP.step)
    assert words.change == "From level 1 “Started” to 3 “Complete”."
    assert words.effort == "Small effort: Up to half a day."
    assert words.who == "Who knows: IT."
    assert (words.gate, words.reason, words.mark) == ("Weak spot", GATE.reason, "to be checked")
    plain = plan_step_words(replace(STEP, gate=None, provisional=False))
    assert (plain.gate, plain.reason, plain.mark) == ("", "", "")


def test_what_the_steps_change() -> None:
    change = ChangeStatement("security", "Security", figure(1, 9), figure(2, 4))
    assert change_words(change) == ChangeWords("Security", "Beginning 1.9 → Basics 2.4")


def test_a_closed_gate_must_be_fixed() -> None:
    words = must_fix_words(FIX)
    assert (words.question, words.asks) == (QUESTION.id, QUESTION.text)
    assert (words.kind, words.in_part, words.reason) == ("Weak spot", False, GATE.reason)
    assert words.first_step == "First step: Switch it on."
    assert words.mark == "to be checked"
    assert must_fix_words(replace(FIX, provisional=False)).mark == ""


def test_a_duty_met_in_part_says_what_the_law_asks() -> None:
    words = must_fix_words(replace(FIX, gate=None, in_part=True, reasons=("Do this.", "Do that.")))
    assert (words.kind, words.in_part, words.reason) == ("Duty met in part", True, "Do this. Do that.")


def test_a_duty() -> None:
    words = duty_words(DUTY)
    assert (words.says, words.question, words.asks) == ("Keep data safe.", QUESTION.id, QUESTION.text)
    assert words.level == "Now 1 Started, met at 2 Basics work."
    assert words.citations == "GDPR Art. 5; GDPR Art. 32"
    assert (words.starts, words.part, words.mark) == ("Required since 2 August 2026.", "met in part", "to be checked")
    plain = duty_words(replace(DUTY, starts=None, in_part=False, provisional=False))
    assert (plain.starts, plain.part, plain.mark) == ("", "", "")


def test_a_law() -> None:
    law = LawStatement("gdpr", "EU GDPR", "The law.", "In force.", (DUTY,))
    words = law_words(law)
    assert (words.code, words.name, words.says, words.note) == ("gdpr", "EU GDPR", "The law.", "In force.")
    assert (words.duties, words.nothing_open) == ((duty_words(DUTY),), "")
    assert law_words(replace(law, duties=())).nothing_open == "Nothing open among the questions asked."


def test_open_points() -> None:
    item = FindOutStatement(QUESTION, "IT", GATE, 3, True)
    words = find_out_words(item)
    assert (words.question, words.asks, words.who) == (QUESTION.id, QUESTION.text, "Ask: IT.")
    assert words.why == "Weak spot: it holds figures down until it is known."
    assert find_out_words(replace(item, gate=None)).why == "Weight 3."
    assert left_out_words(LeftOutStatement(QUESTION, "No.")) == LeftOutWords(QUESTION.id, QUESTION.text, "No.")


def test_a_domain() -> None:
    words = domain_words(DOMAIN)
    assert (words.code, words.title, words.promise, words.pillar) == ("ACCESS", "Who gets in", "You know.", "Security")
    assert (words.figure.headline, words.figure.up_to, words.figure.proven) == (
        "Beginning 1.9",
        "4.0 Leading",
        "1.0 Beginning",
    )
    assert words.counted == "8 of 9"
    assert words.heavy == "More than a quarter of this domain was left out as not applicable."
    sure = FigureValues(figure(1, 9), figure(1, 9), figure(1, 9), ())
    plain = domain_words(replace(DOMAIN, figure=sure, not_applicable_heavy=False))
    assert (plain.figure.up_to, plain.figure.range, plain.heavy) == ("", "", "")
    assert domain_words(replace(DOMAIN, figure=None)).figure.full == "Not assessed"


def test_the_ai_lens() -> None:
    words = lens_words(LensStatement("ai_lens", DOMAIN.figure, 9, 8, False))
    assert (words.title, words.promise, words.pillar) == ("All questions about AI", "", "")
    assert (words.counted, words.heavy, words.figure) == ("8 of 9", "", domain_words(DOMAIN).figure)


def test_overall() -> None:
    overall = OverallStatement(LEVELS[2])
    assert overall_sentence(overall) == "Taken together: Basics. The lowest of these levels counts."
    assert overall_sentence(OverallStatement(None)) == ""


def test_counts() -> None:
    counts = CountsStatement(asked=30, answered=28, unknown=5, untouched=2, open_duties=1)
    assert counts_sentences(counts) == (
        "28 of 30 questions answered.",
        "5 have no known answer yet: they count as missing until you find out.",
        "1 legal duty is open.",
    )
    assert untouched_sentence(counts).startswith("2 questions were left open. They count as “don’t know”")
    done = CountsStatement(asked=30, answered=30, unknown=0, untouched=0, open_duties=0)
    assert counts_sentences(done) == ("30 of 30 questions answered.", "0 legal duties are open.")
    assert untouched_sentence(done) == ""


def test_reviews() -> None:
    review = ReviewStatement("Noor", "Haddad Advice", date(2026, 11, 21), 2, 28)
    assert review_lines((review,)) == ("Reviewed by Noor of Haddad Advice on 21 November 2026: 2 of 28 answers",)
    assert review_lines(()) == ("Self-assessed",)


def test_a_worked_sum() -> None:
    words = sum_words(SUM)
    assert (words.code, words.title, words.label, words.unit) == ("ACCESS", "Who gets in", "Beginning", "Weight")
    assert words.arithmetic == "1 + 12/14 ≈ 1.8"
    assert words.other_sums == ("Could be up to: 4.0",)
    assert words.uncapped == "Without the closed gates it would be Basics."
    assert [(share.name, share.amount, share.percent, share.enough) for share in words.shares] == [
        ("Beginning", "14 of 14", "100 %", "enough"),
        ("Basics", "12 of 14", "85 %", "enough"),
        ("Solid", "7 of 14", "50 %", "not enough"),
        ("Leading", "0 of 14", "0 %", "not enough"),
    ]
    gate, unknown, left_out, unproven = words.questions
    assert (gate.question, gate.asks, gate.weight, gate.level, gate.closed) == (
        *(QUESTION.id, QUESTION.text, "3", "1"),
        "closed gate",
    )
    assert gate.gate == (
        "Below level 2 it holds this domain at “Beginning”. It also holds Privacy and Security at “Beginning”."
    )
    assert (unknown.level, unknown.up_to, unknown.proven, unknown.gate) == ("0", "could be up to 4", "", "")
    assert (left_out.level, left_out.up_to, left_out.left_out) == ("not counted", "", "We have none.")
    assert (unproven.level, unproven.up_to, unproven.proven) == ("3", "", "with proof 2")
    assert (unproven.closed, unproven.gate) == ("", "Below level 2 it holds this domain at “Beginning”.")


def test_the_sum_of_a_pillar_counts_domains() -> None:
    mean = Arithmetic(2, ((7, 14), (1, 2)), Fraction(1, 2), Figure(2, 5), True)
    words = sum_words(
        replace(
            SUM,
            of=StatementKind.PILLAR,
            uncapped=LEVELS[1],
            low=mean,
            high=mean,
            questions=(),
            domains=(DomainShare("ACCESS", "Who gets in", LEVELS[2], 7, 14),),
        )
    )
    assert (words.unit, words.uncapped) == ("Domains", "")
    assert words.arithmetic == "2 + mean of 7/14, 1/2 = 2.5"
    assert words.other_sums == ("Counting only what has proof: 1 + 12/14 ≈ 1.8",)
    assert [(row.title, row.label, row.amount) for row in words.domains] == [("Who gets in", "Basics", "7 of 14")]
    assert sum_words(replace(SUM, of=StatementKind.AI_LENS, title="")).title == "All questions about AI"


@pytest.mark.parametrize(
    ("stop", "sentence"),
    [
        (LabelStopKind.GATE, "A and B holds it below Basics: this question has to reach level 2 first."),
        (LabelStopKind.HEAVY, "Too low for Basics, whatever the rest: A and B. Each has to reach level 2."),
        (LabelStopKind.SHARE, "Less than 80 % is at level 2, which Basics needs. Below it: A and B."),
    ],
)
def test_what_stands_in_the_way(stop: LabelStopKind, sentence: str) -> None:
    assert sum_words(replace(SUM, stops=(StopValue(stop, ("A", "B"), 2, LEVELS[2]),))).stops == (sentence,)
