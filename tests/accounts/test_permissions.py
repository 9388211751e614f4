"""The capability table, row by row as docs/security.md prints it."""

from itertools import pairwise

import pytest

from accounts.permissions import CAPABILITIES, Capability, Level, Role, can

READS = {"view_assessments", "download_report"}
REVIEWS = READS | {"request_report"}
ANSWERS = REVIEWS | {"answer", "edit_scope", "submit", "reopen"}
TABLE: dict[Role | Level, set[str]] = {
    Role.VIEWER: READS,
    Role.EDITOR: ANSWERS | {"delete_draft"},
    Role.OWNER: ANSWERS | {"delete_draft", "manage_people"},
    Level.READ: READS,
    Level.REVIEW: REVIEWS,
    Level.ANSWER: ANSWERS,
}


@pytest.mark.parametrize("standing", [*Role, *Level])
def test_exactly_these_capabilities(standing: Role | Level) -> None:
    assert {capability.value for capability in Capability if can(standing, capability)} == TABLE[standing]


def test_the_table_is_complete() -> None:
    assert set(CAPABILITIES) == {*Role, *Level}


def test_nobody_without_a_standing_may_do_anything() -> None:
    assert not any(can(None, capability) for capability in Capability)


def test_no_engagement_gives_what_only_members_may() -> None:
    for level in Level:
        assert not can(level, Capability.MANAGE_PEOPLE)
        assert not can(level, Capability.DELETE_DRAFT)


def test_each_wider_standing_holds_all_of_the_narrower() -> None:
    orders: list[list[Role | Level]] = [list(Role), list(Level)]
    for order in orders:
        for wider, narrower in pairwise(order):
            assert CAPABILITIES[wider] > CAPABILITIES[narrower]
