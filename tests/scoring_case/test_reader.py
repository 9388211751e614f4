"""What a case file says, and every way in which it can be wrong."""

from dataclasses import replace
from datetime import date

import pytest

from assessments.bank.errors import DocumentError, Severity
from assessments.bank.types import Depth, NotApplicable
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from assessments.scoring_case.places import located
from tests.bank.making import edition, gate, question, scope, scope_question, tag, when
from tests.scoring.answering import UNKNOWN, left_out, level
from tests.scoring_case.writing import BANK, HEAD, TODAY, read, refusals, warnings


def answers_of(text: str) -> dict[str, ScoredAnswer]:
    return dict(read(HEAD + text).case.answers)


def facts_lead_to(facts: str) -> Run:
    return read(f"depth: full\nfacts: {facts}\n").case.run


# What it says


def test_the_newest_edition_and_today_are_meant_where_nothing_else_is_said() -> None:
    newer = replace(BANK, id="2026.10")

    case = read(HEAD, "case.yaml", BANK, newer).case

    assert (case.edition, case.day, case.answers) == (newer, TODAY, {})


@pytest.mark.parametrize("written", ["2026.1", "'2026.1'"])
def test_an_edition_is_taken_by_its_name_as_it_is_written(written: str) -> None:
    case = read(f"edition: {written}\n{HEAD}", "case.yaml", BANK, replace(BANK, id="2026.10")).case
    assert case.edition is BANK


def test_a_whole_number_can_name_an_edition() -> None:
    assert read(f"edition: 2027\n{HEAD}", "case.yaml", replace(BANK, id="2027"), BANK).case.edition.id == "2027"


def test_the_day_is_the_cases_own() -> None:
    assert read(f"day: 2027-01-31\n{HEAD}").case.day == date(2027, 1, 31)


def test_the_depth_is_fixed_with_the_tags_that_the_facts_set() -> None:
    case = read("depth: quick\nfacts: {first.base: eu, ai: [tools]}").case
    assert case.run == Run(Depth.QUICK, frozenset({"gdpr", "uses_ai", "large_scale"}))


def test_a_fact_that_is_missing_or_not_known_leaves_its_tags_to_be_checked() -> None:
    silent = facts_lead_to("{}")

    assert silent.tags == silent.provisional == {"gdpr", "ccpa", "uses_ai", "large_scale"}
    assert facts_lead_to("{base: not_sure, ai: none}").provisional == {"gdpr", "ccpa"}
    half_known = facts_lead_to("{base: [eu, not_sure], ai: none}")
    assert half_known.tags == {"gdpr", "ccpa"}
    assert half_known.provisional == {"ccpa"}


def test_every_form_of_an_answer() -> None:
    said = """
answers:
  DATA-01: 0
  DATA-02: {level: 3, evidence: true}
  AIUSE-01: unknown
"""
    assert answers_of(said) == {"DATA-01": level(0), "DATA-02": level(3, proof=True), "AIUSE-01": UNKNOWN}
    assert answers_of("answers: {DATA-01: {not_applicable: we have none}}") == {"DATA-01": left_out()}
    assert answers_of("answers: {DATA-01: {level: 4}, DATA-02: open}") == {"DATA-01": level(4)}


def test_the_default_answers_what_is_asked_and_not_listed() -> None:
    assert answers_of("answers_default: 2") == {"DATA-01": level(2), "DATA-02": level(2)}
    assert answers_of("answers_default: {level: 4, evidence: true}\nanswers: {DATA-01: open}") == {
        "DATA-02": level(4, proof=True)
    }
    assert answers_of("answers_default: open") == {}


def test_the_default_goes_as_deep_as_the_case() -> None:
    deep = replace(BANK.questions[0], depth=Depth.STANDARD)
    bank = replace(BANK, questions=(deep, *BANK.questions[1:]))
    case = read("depth: quick\nfacts: {base: eu, ai: none}\nanswers_default: 1", "case.yaml", bank).case
    assert case.answers == {"DATA-02": level(1)}


@pytest.mark.parametrize(("said", "on"), [("yes", True), ("true", True), ("'yes'", True), ("no", False)])
def test_yes_and_no_need_no_quotes(said: str, on: bool) -> None:
    asks_both = scope(scope_question("large", "yes", "no", many=False), tags=[tag("large_scale", when("large.yes"))])
    case = read(f"depth: full\nfacts: {{large: {said}}}", "case.yaml", replace(BANK, scope=asks_both)).case
    assert case.run == Run(Depth.FULL, frozenset({"large_scale"} if on else ()))


def test_what_is_expected_changes_nothing_of_the_case() -> None:
    assert read(f"{HEAD}expect: {{labels: {{overall: [1, 2]}}}}").case == read(HEAD).case


# What plays no part


def test_what_plays_no_part_is_a_warning() -> None:
    text = f"""{HEAD}answers:
  DATA-01: 1
  DATA-02: {{not_applicable: we have none}}
  AIUSE-01:
    level: 3
"""
    assert warnings(text) == [
        "warning: case.yaml, line 5, answers.DATA-02: this question does not offer “not applicable” here, so it counts "
        "as not answered",
        "warning: case.yaml, line 6, answers.AIUSE-01: this question is not asked under these facts and at this depth, "
        "so it plays no part",
    ]


def test_whether_not_applicable_is_offered_depends_on_the_tags() -> None:
    gated = question("DATA-01", gates=(gate(on=when("gdpr")),), not_applicable=NotApplicable.WITHOUT_GATE)
    bank = edition(gated)
    text = "depth: full\nfacts: {base: us, ai: none}\nanswers: {DATA-01: {not_applicable: we have none}}"

    assert read(text, "case.yaml", bank).warnings == ()
    assert len(read(text.replace("us", "eu"), "case.yaml", bank).warnings) == 1


def test_a_fact_about_what_is_not_asked_is_a_warning() -> None:
    asked_after = scope_question("ai_data", "names", "none", asked_when=when("ai.tools"))
    bank = replace(BANK, scope=scope(scope_question("ai", "tools", "none"), asked_after))
    text = "depth: full\nfacts:\n  ai: none\n  first.ai_data: names\n"
    (warning,) = read(text, "case.yaml", bank).warnings
    assert warning.severity is Severity.WARNING
    assert located(warning) == (
        "warning: case.yaml, line 4, facts.first.ai_data: this is not asked with these other facts, so it plays no part"
    )
    assert read(text.replace("none", "tools"), "case.yaml", bank).warnings == ()


def test_a_case_without_anything_superfluous_has_no_warnings() -> None:
    assert warnings(f"{HEAD}answers_default: 2\nanswers: {{DATA-01: {{not_applicable: we have none}}}}") == []


# What is wrong

FORMS = "expected a level 0 to 4, unknown, open, {level: 3, evidence: true} or {not_applicable: reason}"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("answers: {DATA-09: 1}", "answers.DATA-09: no question of edition 2026.1 has this id; did you mean DATA-02?"),
        ("answers: {data-01: 1}", "answers.data-01: no question of edition 2026.1 has this id; did you mean DATA-01?"),
        ("answers: {X: 1}", "answers.X: no question of edition 2026.1 has this id"),
        ("answers: {DATA-01: 5}", "answers.DATA-01: expected a whole number from 0 to 4, found 5"),
        ("answers: {DATA-01: -1}", "answers.DATA-01: expected a whole number from 0 to 4, found -1"),
        ("answers: {DATA-01: 2.5}", f"answers.DATA-01: {FORMS}, 2.5 found"),
        ("answers: {DATA-01: maybe}", f"answers.DATA-01: {FORMS}, maybe found"),
        ("answers: {DATA-01: yes}", f"answers.DATA-01: {FORMS}, yes found"),
        ("answers: {DATA-01: }", f"answers.DATA-01: {FORMS}, nothing found"),
        ("answers: {DATA-01: [1]}", f"answers.DATA-01: {FORMS}, a list found"),
        ("answers: {DATA-01: {}}", "answers.DATA-01: level is missing"),
        ("answers: {DATA-01: {level: 9}}", "answers.DATA-01.level: expected a whole number from 0 to 4, found 9"),
        ("answers: {DATA-01: {level: 1, proof: yes}}", "answers.DATA-01.proof: unknown key"),
        ("answers: {DATA-01: {not_applicable: ' '}}", "answers.DATA-01.not_applicable: expected text, found nothing"),
        (
            "answers: {DATA-01: {not_applicable: none, level: 1}}",
            "answers.DATA-01: not_applicable stands alone, without level and evidence",
        ),
        (
            "answers: {DATA-01: {not_applicable: none, evidence: true}}",
            "answers.DATA-01: not_applicable stands alone, without level and evidence",
        ),
        ("answers: {DATA-01: 1, DATA-01: 2}", "answers: DATA-01 appears twice"),
        ("answers: [1]", "answers: expected named entries, found a list"),
        ("answers_default: 7", "answers_default: expected a whole number from 0 to 4, found 7"),
        (
            "answers_default: {not_applicable: none}",
            "answers_default: not every question can be left out: name those that are not applicable under answers",
        ),
        ("day: soon", "day: expected a day like 2026-11-21, found soon"),
        ("edition: 2025.1", "edition: no edition has the name 2025.1; there are 2026.1"),
        ("edition: [2026.1]", "edition: expected text, found a list"),
        ("expected: {}", "expected: unknown key"),
    ],
)
def test_each_mistake_is_said_with_its_place(said: str, message: str) -> None:
    assert refusals(HEAD + said) == [f"case.yaml, line 3, {message}"]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("{where: eu}", "facts.where: edition 2026.1 has no such scope question; there are first.base, first.ai"),
        ("{base: mars}", "facts.base: mars is no option here; there are eu, us, none, not_sure"),
        ("{base: [eu, mars]}", "facts.base, entry 2: mars is no option here; there are eu, us, none, not_sure"),
        ("{base: yes}", "facts.base: yes is no option here; there are eu, us, none, not_sure"),
        ("{base: 1}", "facts.base: expected text, found a whole number"),
        ("{base: []}", "facts.base: expected at least one, found none"),
        ("{base: [eu, none]}", "facts.base: none and another option cannot both be true"),
        ("{base: [none, not_sure]}", "facts.base: none and another option cannot both be true"),
        ("{first.base: eu, base: us}", "facts.base: this question appears twice, with and without its screen"),
        ("eu", "facts: expected named entries, found text"),
    ],
)
def test_facts_name_scope_questions_and_options_of_the_edition(facts: str, message: str) -> None:
    assert refusals(f"depth: full\nfacts: {facts}") == [f"case.yaml, line 2, {message}"]


def test_where_one_option_is_asked_for_a_list_of_two_is_refused() -> None:
    bank = replace(BANK, scope=scope(scope_question("ai", "tools", "none", many=False)))
    with pytest.raises(DocumentError, match="facts, ai: only one option can be chosen here"):
        read("depth: full\nfacts: {ai: [tools, not_sure]}", "case.yaml", bank)
    assert read("depth: full\nfacts: {ai: [tools]}", "case.yaml", bank).warnings == ()


def test_depth_and_facts_are_needed() -> None:
    assert refusals("answers_default: 1") == [
        "case.yaml, line 1: depth is missing",
        "case.yaml, line 1: facts is missing",
    ]


def test_all_is_said_at_once_in_the_order_of_the_file() -> None:
    text = """answers:
  GOV-99:
    level: 7
  AIUSE-01: 1
facts: {base: mars, ai: none}
depth: fast
"""
    assert refusals(text) == [
        "case.yaml, line 2, answers.GOV-99: no question of edition 2026.1 has this id",
        "case.yaml, line 3, answers.GOV-99.level: expected a whole number from 0 to 4, found 7",
        "case.yaml, line 5, facts.base: mars is no option here; there are eu, us, none, not_sure",
        "case.yaml, line 6, depth: expected quick or standard or full, found fast",
    ]


def test_the_known_editions_are_named_where_one_is_not_known() -> None:
    with pytest.raises(DocumentError, match=r"no edition has the name 3; there are 2026\.1, 2026\.10"):
        read(f"edition: 3\n{HEAD}", "case.yaml", BANK, replace(BANK, id="2026.10"))


def test_of_an_unknown_edition_only_the_frame_is_judged() -> None:
    assert refusals("edition: 1\ndepth: fast\nfacts: {x: y}\nanswers: {z: 9}\nanswers_default: 9\nexpect: 1") == [
        "case.yaml, line 1, edition: no edition has the name 1; there are 2026.1",
        "case.yaml, line 2, depth: expected quick or standard or full, found fast",
    ]


@pytest.mark.parametrize("text", ["", "- 1", "3", "[]"])
def test_a_case_is_a_mapping(text: str) -> None:
    assert refusals(text) == ["case.yaml, line 1: expected a mapping of sections at the top"]


# YAML and JSON

AS_JSON = '{"depth": "full", "facts": {"base": ["eu"], "ai": "none"}, "answers": {"DATA-01": 3}}'


@pytest.mark.parametrize("name", ["case.json", "standard input", "case.yaml"])
def test_json_is_known_by_its_name_or_by_what_it_holds(name: str) -> None:
    text = AS_JSON.replace('"DATA-01"', '\t"\\u0044ATA-01"')
    assert read(text, name).case.answers == {"DATA-01": ScoredAnswer(ScoredAnswerKind.LEVEL, 3)}


def test_yaml_may_begin_like_json() -> None:
    assert read("{depth: full, facts: {base: eu, ai: none}, answers: {DATA-01: 3}}").case == read(AS_JSON).case


def test_a_number_names_an_edition_in_json_too() -> None:
    assert read(AS_JSON.replace("{", '{"edition": 2026.1, ', 1)).case == read(AS_JSON).case


def test_json_values_have_a_place_but_no_line() -> None:
    assert refusals(AS_JSON.replace("3", "5"), "case.json") == [
        "case.json, answers.DATA-01: expected a whole number from 0 to 4, found 5"
    ]


def test_broken_json_is_said_with_its_line() -> None:
    (message,) = refusals('{"depth":\n"full",}', "case.json")
    assert message.startswith("case.json, line 2: not valid JSON: ")


def test_broken_yaml_is_said_with_its_line() -> None:
    (message,) = refusals("depth: full\nfacts: {base: eu\nday: ]", "case.yaml")
    assert message.startswith("case.yaml, line 3: not valid YAML: ")


def test_a_yaml_file_of_deep_brackets_is_refused() -> None:
    (message,) = refusals('{"a":' * 100_000, "standard input")
    assert "nested deeper than 16 levels" in message
