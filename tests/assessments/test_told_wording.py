"""Plan, figures, counts and sums in words."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from assessments.presentation.counts import CountsStatement, StrengthStatement
from assessments.presentation.figures import (
    FigureValues,
    LensStatement,
    OverallStatement,
)
from assessments.presentation.plan import ChangeStatement, FirstStepsStatement, Promise, ToGo
from assessments.presentation.reviews import AnsweredByStatement, ReviewStatement
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.step_values import StepValue
from assessments.presentation.sums import (
    Arithmetic,
    DomainShare,
    StopValue,
)
from assessments.scoring.explain import LabelStopKind
from assessments.scoring.types import Counts, Figure
from assessments.wording.figures import domain_words, lens_words, pillar_words
from assessments.wording.phrases import minutes_text
from assessments.wording.plan import (
    ChangeWords,
    LinkWords,
    change_words,
    first_steps_sentence,
    later_step_words,
    plan_step_words,
    to_go_sentences,
)
from assessments.wording.result import overall_sentence
from assessments.wording.summary import (
    CountWords,
    StrengthWords,
    answered_by_sentence,
    count_lines,
    counts_sentences,
    review_lines,
    strength_words,
    untouched_sentence,
)
from assessments.wording.sums import sum_words
from tests.assessments.told_statements import (
    COMPLETE,
    DOMAIN,
    GATE,
    LEVELS,
    MAILBOX,
    PILLAR,
    QUESTION,
    SHARES,
    STEP,
    SUM,
    figure,
)


def test_an_entry_of_the_plan_in_full() -> None:
    words = plan_step_words(STEP)
    assert (words.number, words.question, words.asks) == (4, QUESTION.id, QUESTION.text)
    assert (words.step.text, words.step.done) == (MAILBOX.text, "Done when: The mailbox asks for a code.")
    assert words.step.facts == "15 minutes · costs only time · you can do it yourself"
    assert words.then[0].facts == "1 hour 30 minutes · small cost: two security keys · for your IT helper"
    assert words.more == "1 more step follows, to level 3 “Complete”."
    assert words.change == "From level 1 “Started” to 3 “Complete”."
    assert words.who == ""
    assert (words.gate, words.reason, words.mark) == ("Weak spot", GATE.reason, "to be checked")
    plain = plan_step_words(replace(STEP, gate=None, provisional=False, steps=(MAILBOX,)))
    assert (plain.gate, plain.reason, plain.mark, plain.then, plain.work) == ("", "", "", (), "")


def test_links_of_a_step_name_product_and_place() -> None:
    assert plan_step_words(STEP).step.links == (
        LinkWords("Google, Second proof", "Account > Security", ""),
        LinkWords("Website", "www.cnil.fr", "https://www.cnil.fr/"),
        LinkWords("Shopify roles", "Settings > Users", ""),
    )


def test_an_entry_of_an_older_edition_reads_well() -> None:
    older = replace(STEP, steps=(StepValue("Switch it on."),), minutes=None)
    words = plan_step_words(older)
    assert (words.step.text, words.step.done, words.step.facts, words.then) == ("Switch it on.", "", "", ())
    assert (words.work, words.who) == ("Small effort: Up to half a day.", "Who knows: IT.")
    assert (later_step_words(older).work, later_step_words(older).more) == (words.work, "")


def test_an_entry_to_come_is_short() -> None:
    words = later_step_words(STEP)
    assert (words.number, words.question, words.step) == (4, QUESTION.id, MAILBOX.text)
    assert words.more == "1 more step follows, to level 3 “Complete”."
    assert (words.gate, words.mark) == ("Weak spot", "to be checked")


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (135, "2 hours 15 minutes"),
        (959, "15 hours 59 minutes"),
        (960, "about 2 working days"),
        (1500, "about 3 working days"),
    ],
)
def test_minutes(minutes: int, text: str) -> None:
    assert minutes_text(minutes) == text


def test_what_the_first_steps_move_of_what_there_is() -> None:
    to_go = (ToGo("security", "Security", LEVELS[2], 4), ToGo("privacy", "Privacy", LEVELS[1], 1))
    first = FirstStepsStatement(3, Promise(3, 2, 1), urgent_gaps=6, open_duties=3, to_go=to_go)
    assert first_steps_sentence(first) == (
        "The first 3 together: 2 of 6 urgent gaps closed, 1 of 3 duties met and 3 more in place."
    )
    assert to_go_sentences(first) == (
        "Security: then 4 to go to “Basics”.",
        "Privacy: then 1 to go to “On the way”.",
    )
    one = FirstStepsStatement(1, Promise(1, 0, 0), urgent_gaps=1, open_duties=1, to_go=())
    assert first_steps_sentence(one) == "The first one: 1 more in place."
    assert first_steps_sentence(replace(one, promise=Promise(0, 0, 0))) == "The first one: one level further."
    older = FirstStepsStatement(2, Promise(1, 2, 1), urgent_gaps=None, open_duties=1, to_go=())
    assert first_steps_sentence(older) == (
        "The first 2 together: 1 of 1 duty met, 1 more in place and 2 urgent gaps closed."
    )


def test_what_the_steps_change() -> None:
    change = ChangeStatement("security", "Security", figure(1, 9), figure(2, 4))
    assert change_words(change) == ChangeWords("Security", "On the way 1.9 → Basics 2.4")


def test_a_pillar() -> None:
    words = pillar_words(PILLAR)
    assert (words.label, words.shown, words.counts) == (1, True, ("In place: 5 of 8", "1 urgent gap", "No open duty"))
    assert (words.figure.there, words.figure.missing) == ("A start.", "The rest.")
    assert words.next
    assert words.next.lead == "2 things stand between you and “Basics”:"
    assert [rise.change for rise in words.next.rises] == [
        "From 1 “Started” to 3 “Complete”.",
        "Not known yet; needed: 1 “Started”.",
    ]
    assert [rise.mark for rise in words.next.rises] == ["to be checked", ""]
    assert words.next.short == "To “Basics”: ACCESS-02 to 3 and ACCESS-03 to 1."


def test_a_first_indication_has_no_label_and_no_number() -> None:
    words = pillar_words(replace(PILLAR, figure=None, first_indication=True, counted=3, next_label=None))
    assert (words.label, words.shown, words.next) == (None, True, None)
    assert (words.figure.name, words.figure.number) == ("First indication", "")
    assert words.figure.says == "It rests on 3 questions, too few for a level. A standard run asks more."
    assert not pillar_words(replace(PILLAR, figure=None, counts=None)).shown


def test_a_domain() -> None:
    words = domain_words(DOMAIN)
    assert (words.code, words.title, words.promise, words.pillar) == ("ACCESS", "Who gets in", "You know.", "Security")
    assert (words.figure.headline, words.figure.up_to, words.figure.proven) == (
        "On the way 1.9",
        "4.0 Well kept",
        "1.0 On the way",
    )
    assert (words.counted, words.in_place) == ("8 of 9", "5 of 8")
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
    counts = CountsStatement(30, 28, unknown=5, untouched=2, open_duties=1, reached=Counts(11, 29, 5, 6, 1, 0, 0))
    assert count_lines(counts) == (
        CountWords("11 of 29", "in place"),
        CountWords("6", "urgent gaps"),
        CountWords("1", "open duty"),
        CountWords("5", "to find out"),
    )
    assert counts_sentences(counts) == (
        "28 of 30 questions answered.",
        "5 have no known answer yet: they count as missing until you find out.",
    )
    assert untouched_sentence(counts).startswith("2 questions were left open. They count as “don’t know”")
    done = CountsStatement(30, 30, unknown=0, untouched=0, open_duties=0, reached=Counts(30, 30, 0, 0, 0, 0, 0))
    assert counts_sentences(done) == ("30 of 30 questions answered.",)
    assert untouched_sentence(done) == ""


def test_a_result_without_counts_has_those_that_are_known() -> None:
    older = CountsStatement(30, 30, unknown=0, untouched=0, open_duties=2, reached=None)
    assert count_lines(older) == (CountWords("2", "open duties"), CountWords("0", "to find out"))


def test_a_strength_is_told_in_the_words_of_the_answer() -> None:
    strength = StrengthStatement("Who gets in", QUESTION, COMPLETE, "We all need a second proof")
    assert strength_words(strength) == StrengthWords("Who gets in", QUESTION.id, "We all need a second proof")


def test_reviews() -> None:
    review = ReviewStatement("Noor", "Haddad Advice", date(2026, 11, 21), 2, 28)
    assert review_lines((review,)) == ("Reviewed by Noor of Haddad Advice on 21 November 2026: 2 of 28 answers",)
    assert review_lines(()) == ("Self-assessed",)


@pytest.mark.parametrize(
    ("counted", "sentence", "alone"),
    [
        ((30, 0, 0), "The business itself gave all the answers.", "Self-assessed"),
        ((0, 30, 0), "Its consultancy gave all the answers.", "Not reviewed"),
        ((12, 18, 0), "Answers given by the business itself: 12, by its consultancy: 18.", "Not reviewed"),
        (
            (12, 0, 18),
            "Answers given by the business itself: 12, by its consultancy: 0, not recorded by whom: 18.",
            "Self-assessed",
        ),
    ],
)
def test_who_gave_the_answers(counted: tuple[int, int, int], sentence: str, alone: str) -> None:
    answered = AnsweredByStatement(*counted)
    assert answered_by_sentence(answered) == sentence
    assert review_lines((), answered) == (alone,)


def test_a_worked_sum() -> None:
    words = sum_words(SUM)
    assert (words.code, words.title, words.label, words.unit) == ("ACCESS", "Who gets in", "On the way", "Weight")
    assert words.arithmetic == "1 + 12/14 ≈ 1.8"
    assert words.other_sums == ("Could be up to: 4.0",)
    assert words.uncapped == "Without the closed gates it would be “Basics”."
    assert [(share.name, share.amount, share.percent, share.enough) for share in words.shares] == [
        ("On the way", "14 of 14", "100 %", "enough"),
        ("Basics", "12 of 14", "85 %", "enough"),
        ("Solid", "7 of 14", "50 %", "not enough"),
        ("Well kept", "0 of 14", "0 %", "not enough"),
    ]
    gate, unknown, left_out, unproven = words.questions
    assert (gate.question, gate.asks, gate.weight, gate.level, gate.closed) == (
        *(QUESTION.id, QUESTION.text, "3", "1"),
        "closed gate",
    )
    assert gate.gate == (
        "Below level 2 it holds this domain at “On the way”. It also holds Privacy and Security at “On the way”."
    )
    assert (unknown.level, unknown.up_to, unknown.proven, unknown.gate) == ("0", "could be up to 4", "", "")
    assert (left_out.level, left_out.up_to, left_out.left_out) == ("not counted", "", "We have none.")
    assert (unproven.level, unproven.up_to, unproven.proven) == ("3", "", "with proof 2")
    assert (unproven.closed, unproven.gate) == ("open gate", "Below level 2 it holds this domain at “On the way”.")


def test_a_question_that_is_set_aside_is_named() -> None:
    assert sum_words(SUM).set_aside == ""
    aside = sum_words(replace(SUM, set_aside=QUESTION, rest_shares=SHARES[:2])).set_aside
    assert "ACCESS-02 is set aside" in aside
    assert aside.endswith("Without it: On the way 14 of 14, Basics 12 of 14.")


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
        (LabelStopKind.GATE, "A and B holds it below “Basics”: this question has to reach level 2 first."),
        (LabelStopKind.HEAVY, "Too low for “Basics”, whatever the rest: A and B. Each has to reach level 2."),
        (LabelStopKind.SHARE, "Less than 80 % is at level 2, which “Basics” needs. Below it: A and B."),
    ],
)
def test_what_stands_in_the_way(stop: LabelStopKind, sentence: str) -> None:
    assert sum_words(replace(SUM, stops=(StopValue(stop, ("A", "B"), 2, LEVELS[2]),))).stops == (sentence,)
