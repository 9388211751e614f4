"""What each fact says about a rule, and the laws that hold for every combination of facts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import RecordKind
from accounts.operations.figures import RecordSpan, Share
from assessments.editions.shipped import shipped_editions
from assessments.own_rules.answers import answer_rules, by_domain, done_in_time
from assessments.own_rules.findings import ASKED_EVERY, Finding, Kept, LiveFact, finding_of, how_often, within_what
from assessments.own_rules.rules.table import OWN_RULES
from assessments.own_rules.site_facts import Connection, Protection, SiteFacts
from tests.own_rules.facts import NOW, YESTERDAY, in_order

EDITION = shipped_editions()[-1]
DAYS = st.integers(0, 4_000)
# A machine that runs other tests is slow now and then.
PATIENT = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def kept(facts: SiteFacts) -> dict[str, Kept]:
    return {each.rule.code: each.kept for each in answer_rules(EDITION, OWN_RULES, facts)}


def last(kind: RecordKind, days: int) -> SiteFacts:
    then = NOW - timedelta(days=days)
    return in_order(records={kind: RecordSpan(then, then, 1)})


def test_a_site_in_order_keeps_every_rule() -> None:
    assert set(kept(in_order()).values()) == {Kept.YES}


def test_a_new_site_says_what_is_still_to_do() -> None:
    new = in_order(records={}, weaknesses=None, deleted_at=None)
    answers = answer_rules(EDITION, OWN_RULES, new)
    assert {each.rule.code for each in answers if each.kept is Kept.YES} >= {"DATA-02", "CONSENT-11", "ACCESS-02"}
    assert all(each.rule.task for each in answers if each.kept is not Kept.YES)
    assert all(each.rule.by_hand == (each.kept is Kept.NOT_YET) for each in answers if each.kept is not Kept.YES)


@pytest.mark.parametrize(
    ("changed", "need", "expected", "said"),
    [
        ({"second_steps": Share(3, 4)}, LiveFact.SECOND_STEPS, Kept.PARTLY, "3 of 4 people"),
        (
            {"second_steps": Share(0, 4), "second_step_required": False},
            LiveFact.SECOND_STEPS,
            Kept.NOT_YET,
            "MFA_REQUIRED",
        ),
        ({"second_steps": Share(0, 0)}, LiveFact.SECOND_STEPS, Kept.YES, "0 of 0"),
        ({"rules_database": True}, LiveFact.DATABASE_ROLE, Kept.NOT_YET, "may do everything"),
        ({"rules_database": None}, LiveFact.DATABASE_ROLE, Kept.YES, "a file on this machine"),
        ({"deleted_at": None}, LiveFact.DELETION, Kept.NOT_YET, "has not run yet"),
        (
            {"deleted_at": NOW - timedelta(days=3)},
            LiveFact.DELETION,
            Kept.PARTLY,
            "3\u00a0days ago, on 27 November 2026",
        ),
        ({"unconfirmed": Share(0, 1)}, LiveFact.UNCONFIRMED, Kept.YES, "1 account waits to be confirmed."),
        ({"unconfirmed": Share(2, 5)}, LiveFact.UNCONFIRMED, Kept.PARTLY, "2 of them should have been deleted"),
        ({"failed_erasures": 1}, LiveFact.DELETION, Kept.PARTLY, "1 account was to be deleted and is not"),
        ({"failed_jobs": 1}, LiveFact.FAILED_JOBS, Kept.PARTLY, "1 report failed and waits"),
        ({"weaknesses": 2}, LiveFact.WEAKNESSES, Kept.PARTLY, "2 published weaknesses were found."),
        ({"weaknesses": None, "records": {}}, LiveFact.WEAKNESSES, Kept.NOT_YET, "nothing is written down"),
    ],
)
def test_a_fact_has_its_figure_and_its_verdict(
    changed: dict[str, object], need: LiveFact, expected: Kept, said: str
) -> None:
    found = finding_of(need, in_order(**changed))
    assert found.kept is expected
    assert said in found.text


def test_one_plain_connection_is_named() -> None:
    ways = {**in_order().connections, Connection.REDIS: Protection.PLAIN}
    found = finding_of(LiveFact.CONNECTIONS, in_order(connections=ways))
    assert (found.kept, "Redis: not encrypted." in found.text) == (Kept.PARTLY, True)
    assert finding_of(LiveFact.CONNECTIONS, in_order(connections=dict.fromkeys(Connection, Protection.PLAIN))).kept is (
        Kept.NOT_YET
    )


def test_what_is_overdue_is_told_calmly_with_what_we_ask_others() -> None:
    found = finding_of(RecordKind.RESTORE_TEST, last(RecordKind.RESTORE_TEST, 430))
    assert found == Finding(
        Kept.PARTLY,
        "Backup restored as a test: last 1\u00a0year ago, on 26 September 2025; once a year is what we ask others.",
        overdue=True,
    )


def test_many_records_say_since_when() -> None:
    spans = {RecordKind.BACKUP: RecordSpan(YESTERDAY, NOW - timedelta(days=90), 90)}
    text = finding_of(RecordKind.BACKUP, in_order(records=spans)).text
    assert text == ("Backup made: 1\u00a0day ago, on 29 November 2026. Written down 90 times since 1 September 2026.")


@pytest.mark.parametrize("kind", RecordKind)
def test_it_is_overdue_from_the_day_after(kind: RecordKind) -> None:
    days = ASKED_EVERY[kind].days
    assert finding_of(kind, last(kind, days)).kept is Kept.YES
    late = finding_of(kind, last(kind, days + 1))
    assert (late.kept, late.overdue) == (Kept.PARTLY, True)
    assert how_often(kind) in late.text
    assert within_what(kind)


def facts() -> st.SearchStrategy[SiteFacts]:
    share = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda two: Share(min(two), max(two)))
    span = st.tuples(DAYS, DAYS, st.integers(1, 9)).map(
        lambda t: RecordSpan(NOW - timedelta(days=min(t[:2])), NOW - timedelta(days=max(t[:2])), t[2])
    )
    return st.builds(
        SiteFacts,
        now=st.just(NOW),
        second_steps=share,
        second_step_required=st.booleans(),
        connections=st.fixed_dictionaries(dict.fromkeys(Connection, st.sampled_from(Protection))),
        rules_database=st.sampled_from([True, False, None]),
        deleted_at=st.none() | DAYS.map(lambda days: NOW - timedelta(days=days)),
        unconfirmed=share,
        failed_erasures=st.integers(0, 9),
        failed_jobs=st.integers(0, 9),
        weaknesses=st.none() | st.integers(0, 9),
        records=st.dictionaries(st.sampled_from(RecordKind), span),
    )


@PATIENT
@given(facts())
def test_a_rule_is_kept_if_all_it_needs_is_and_not_at_all_only_where_nothing_is_won_before(found: SiteFacts) -> None:
    for answer in answer_rules(EDITION, OWN_RULES, found):
        levels = [finding_of(need, found).kept for need in answer.rule.needs]
        assert [each.kept for each in answer.findings] == levels
        assert (answer.kept is Kept.YES) == (set(levels) <= {Kept.YES})
        assert (answer.kept is Kept.NOT_YET) == (answer.rule.by_hand and Kept.NOT_YET in levels)


@PATIENT
@given(facts(), st.sampled_from(RecordKind))
def test_doing_something_makes_no_rule_worse(found: SiteFacts, kind: RecordKind) -> None:
    before = kept(found)
    after = kept(replace(found, records={**found.records, kind: RecordSpan(NOW, NOW, 1)}))
    assert all(after[code] >= before[code] for code in before)


@PATIENT
@given(facts())
def test_what_is_said_in_public_is_what_is_not_overdue(found: SiteFacts) -> None:
    for rule in OWN_RULES:
        for kind in done_in_time(rule, found.records, NOW):
            assert NOW - found.records[kind].newest <= ASKED_EVERY[kind]


@PATIENT
@given(facts(), st.permutations(OWN_RULES))
def test_the_order_of_the_table_changes_nothing(found: SiteFacts, rules: Sequence[object]) -> None:
    assert answer_rules(EDITION, rules, found) == answer_rules(EDITION, OWN_RULES, found)  # type: ignore[arg-type]


def test_questions_that_an_edition_does_not_have_are_left_out() -> None:
    fewer = replace(EDITION, questions=EDITION.questions[:3])
    answers = answer_rules(fewer, OWN_RULES, in_order())
    assert [each.question.id for each in answers] == ["GOV-02"]
    [chapter] = by_domain(fewer, answers, lambda each: each.question)
    assert chapter.rows == answers
