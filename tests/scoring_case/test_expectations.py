"""What an expert expects of a case: read strictly, held against the result, and said with its place where it fails."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assessments.bank.scope_types import OutOfView
from assessments.bank.types import FindingKind, GateKind
from assessments.scoring_case.__main__ import main
from assessments.scoring_case.case import score_case
from assessments.scoring_case.expectations import Expectation, Relation
from assessments.scoring_case.places import located
from assessments.scoring_case.unmet import found_names, unmet_expectations, what_is_unmet
from tests.bank.making import SMALL_SCOPE, duty, edition, gate, question, when
from tests.scoring_case import writing

SOON = writing.TODAY + timedelta(days=30)
SCOPE = replace(
    SMALL_SCOPE,
    tags=tuple(replace(own, settled_by="base") for own in SMALL_SCOPE.tags),
    out_of_view=(OutOfView("abroad", "Other laws.", when("base.eu")), OutOfView("ai", "AI laws.", when("ai.tools"))),
)
BANK = edition(
    question("DATA-01", 3, gates=(gate(GateKind.LEGAL_STOP),), duties=(duty(),)),
    question("DATA-02", duties=(replace(duty(), finding=FindingKind.ON_THE_DAY),)),
    question("DATA-03", duties=(duty(starts=SOON),)),
    question("DATA-04", duties=(duty("ccpa"),)),
    question("ACCESS-01", 3, gates=(gate(caps_pillar=True),)),
    question("ACCESS-02"),
    id="2026.1",
    scope=SCOPE,
)
CASE = """depth: quick
facts: {base: [eu, not_sure], ai: none}
answers: {DATA-01: 1, DATA-02: 1, DATA-03: 1, DATA-04: 1, ACCESS-01: 1, ACCESS-02: unknown}
"""


def reading(expect: str) -> tuple[Expectation, ...]:
    return writing.read(f"{CASE}expect: {expect}", "case.yaml", BANK).expectations


def refusals(expect: str) -> list[str]:
    head = "case.yaml, line 4, expect"
    said = writing.refusals(f"{CASE}expect: {expect}", "case.yaml", BANK)
    return [line.removeprefix(f"{head}.").removeprefix(head) for line in said]


def unmet(expect: str) -> list[str]:
    read = writing.read(f"{CASE}expect: {expect}", "case.yaml", BANK)
    head = "case.yaml, line 4, expect."
    return [located(problem).removeprefix(head) for problem in unmet_expectations(read, "case.yaml")]


def test_a_case_may_expect_nothing() -> None:
    read = writing.read(CASE, "case.yaml", BANK)
    assert (read.expectations, unmet_expectations(read, "case.yaml")) == ((), [])


def test_every_list_that_can_be_expected_is_found_in_the_result() -> None:
    case = writing.read(CASE, "case.yaml", BANK).case
    plan = ["DATA-01", "ACCESS-01", "DATA-02", "DATA-03", "DATA-04"]

    assert found_names(score_case(case), case.out_of_view) == {
        "labels.overall": ["0"],
        "labels.privacy": ["0"],
        "labels.security": ["first_indication"],
        "plan": plan,
        "first_five": plan,
        "stop": ["DATA-01"],
        "on_the_day": ["ACCESS-01", "DATA-02"],
        "soon": ["DATA-03"],
        "find_out": ["ACCESS-02"],
        "to_check": ["DATA-04"],
        "to_check.DATA-04": ["base"],
        "out_of_view": ["abroad"],
        "open_duties": ["DATA-01 (gdpr)"],
        "open_duties.gdpr": ["DATA-01"],
    }


def test_a_pillar_of_which_nothing_is_asked_has_no_label() -> None:
    only_ai = replace(BANK, questions=(question("AIUSE-01", applies_when=when("uses_ai")),))
    bank = edition(*only_ai.questions, question("DATA-01"), id="2026.1", scope=SCOPE)
    read = writing.read("depth: quick\nfacts: {base: eu, ai: none}\nexpect: {labels: {responsible_ai: none}}", "", bank)
    assert unmet_expectations(read, "") == []


HOLDS = """
  labels: {overall: 0, privacy: [0, 1], security: first_indication}
  first_five: {first: [DATA-01], must: [ACCESS-01], must_not: [ACCESS-02]}
  order: [DATA-01, DATA-02, DATA-04]
  stop: {must: [DATA-01], must_not: [ACCESS-01]}
  open_duties: {must: {gdpr: [DATA-01]}, must_not: {gdpr: [DATA-02, DATA-03], ccpa: all}}
  on_the_day: {must: [ACCESS-01, DATA-02], must_not: [DATA-01]}
  soon: {must: [DATA-03]}
  to_check: {must: {DATA-04: base}, must_not: [DATA-01]}
  find_out: {must: [ACCESS-02], must_not: [ACCESS-01]}
  out_of_view: {must: [abroad], must_not: [ai]}
"""


def test_what_holds_is_not_mentioned() -> None:
    assert len(reading(HOLDS)) == 21
    assert unmet(HOLDS) == []


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("{labels: {overall: [1, 2]}}", "labels.overall: expected 1 or 2, found 0"),
        ("{labels: {security: 1}}", "labels.security: expected 1, found first_indication"),
        ("{labels: {privacy: first_indication}}", "labels.privacy: expected first_indication, found 0"),
        (
            "{first_five: [DATA-01, DATA-02]}",
            "first_five: expected DATA-01, DATA-02, found DATA-01, ACCESS-01, DATA-02, DATA-03, DATA-04",
        ),
        (
            "{first_five: {first: [ACCESS-01]}}",
            "first_five.first: expected ACCESS-01 first, found DATA-01, ACCESS-01, DATA-02, DATA-03, DATA-04",
        ),
        (
            "{first_five: {must: [ACCESS-01, ACCESS-02]}}",
            "first_five.must: ACCESS-02 missing, found DATA-01, ACCESS-01, DATA-02, DATA-03, DATA-04",
        ),
        ("{first_five: {must_not: [ACCESS-02, DATA-02]}}", "first_five.must_not: DATA-02 must not stand here"),
        (
            "{first_five: {among: [DATA-01, ACCESS-01, DATA-02, DATA-03]}}",
            "first_five.among: DATA-04 not expected, found DATA-01, ACCESS-01, DATA-02, DATA-03, DATA-04",
        ),
        (
            "{order: [DATA-02, ACCESS-01]}",
            "order: expected in this order DATA-02, ACCESS-01, found ACCESS-01, DATA-02",
        ),
        ("{order: [DATA-01, ACCESS-02]}", "order: expected in this order DATA-01, ACCESS-02, found DATA-01"),
        ("{stop: none}", "stop: nothing may stand here, found DATA-01"),
        ("{stop: {must: [ACCESS-01]}}", "stop.must: ACCESS-01 missing, found DATA-01"),
        ("{open_duties: none}", "open_duties: nothing may stand here, found DATA-01 (gdpr)"),
        ("{open_duties: {must: {ccpa: [DATA-04]}}}", "open_duties.must.ccpa: DATA-04 missing, found nothing"),
        ("{open_duties: {must_not: {gdpr: all}}}", "open_duties.must_not.gdpr: nothing may stand here, found DATA-01"),
        ("{open_duties: {must_not: {gdpr: [DATA-01]}}}", "open_duties.must_not.gdpr: DATA-01 must not stand here"),
        ("{to_check: {must: {DATA-04: ai}}}", "to_check.must.DATA-04: expected ai, found base"),
        ("{to_check: {must: {DATA-01: base}}}", "to_check.must.DATA-01: expected base, found nothing"),
        ("{to_check: {must_not: [DATA-04]}}", "to_check.must_not: DATA-04 must not stand here"),
        ("{to_check: none}", "to_check: nothing may stand here, found DATA-04"),
        ("{out_of_view: {must: [ai]}}", "out_of_view.must: ai missing, found abroad"),
    ],
)
def test_what_does_not_hold_is_said_with_what_stands_there(expect: str, said: str) -> None:
    assert unmet(expect) == [said]


def test_unmet_expectations_come_in_the_order_of_the_file() -> None:
    read = writing.read(f"expect:\n  soon: none\n  labels: {{overall: 4}}\n{CASE}", "case.yaml", BANK)
    assert [problem.line for problem in unmet_expectations(read, "case.yaml")] == [2, 3]


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ("{label: 1}", "label: unknown key"),
        ("[1]", ": expected named entries, found a list"),
        ("{labels: {secrecy: 1}}", "labels.secrecy: there is no secrecy here; did you mean security?"),
        ("{labels: {overall: 5}}", "labels.overall: expected a whole number from 0 to 4, found 5"),
        ("{labels: {overall: [2, 1]}}", "labels.overall: expected the lowest and the highest label"),
        ("{labels: {overall: [0, 1, 2]}}", "labels.overall: expected the lowest and the highest label"),
        ("{labels: {overall: good}}", "labels.overall: expected a label 0 to 4, two of them, first_indication or none"),
        ("{first_five: {last: [DATA-01]}}", "first_five.last: unknown key"),
        ("{first_five: [data-01]}", "first_five, entry 1: there is no data-01 here; did you mean DATA-01?"),
        ("{first_five: DATA-01}", "first_five: expected named entries, found text"),
        ("{order: [DATA-01]}", "order: expected at least two, found one"),
        ("{stop: some}", "stop: expected named entries, found text"),
        ("{stop: {must: [GOV-01]}}", "stop.must, entry 1: there is no GOV-01 here"),
        ("{soon: {must: []}}", "soon.must: expected at least one, found none"),
        ("{open_duties: {must: {hipaa: [DATA-01]}}}", "open_duties.must.hipaa: there is no hipaa here"),
        ("{open_duties: {must: {gdpr: all}}}", "open_duties.must.gdpr: expected a list, found text"),
        ("{to_check: {must: {DATA-01: where}}}", "to_check.must.DATA-01: there is no where here"),
        ("{to_check: {must: {DATA-01: [base]}}}", "to_check.must.DATA-01: expected text, found a list"),
        ("{to_check: {must: {GOV-01: base}}}", "to_check.must.GOV-01: there is no GOV-01 here"),
        ("{out_of_view: {must_not: [texas]}}", "out_of_view.must_not, entry 1: there is no texas here"),
    ],
)
def test_what_could_not_be_expected_is_refused(expect: str, said: str) -> None:
    assert refusals(expect) == [said]


def test_a_list_that_is_not_found_is_empty() -> None:
    nothing = Expectation("open_duties.ccpa", Relation.NOTHING, (), "", 1)
    assert what_is_unmet(nothing, {}) == ""


def test_the_command_prints_the_result_and_then_what_does_not_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case.yaml"
    case.write_text("depth: quick\nfacts: {ai: none}\nanswers_default: 2\nexpect:\n  labels: {privacy: 4}\n")

    assert main(["--today", date(2026, 11, 30).isoformat(), str(case)]) == 1

    out, err = capsys.readouterr()
    assert out.startswith('{\n  "day": "2026-11-30"')
    assert err == f"{case}, line 5, expect.labels.privacy: expected 4, found 2\n"

    case.write_text(case.read_text().replace("privacy: 4", "privacy: 2"))
    assert main(["--today", "2026-11-30", str(case)]) == 0
    assert capsys.readouterr().err == ""
