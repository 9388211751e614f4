"""The capability table, row by row as in docs/security.md."""

from itertools import pairwise

import pytest

from accounts.models import Organisation, OrganisationKind
from accounts.permissions import CAPABILITIES, CONSULTANCY_ONLY, AccessLevel, Capability, Role, can
from accounts.queries import Standing

READS = {"view_assessments", "download_report"}
REVIEWS = READS | {"request_report", "comment", "review"}
ANSWERS = {"answer", "edit_scope", "submit", "reopen", "assign"}
BELONGS = READS | {"leave", "see_clients"}
WORKS = BELONGS | ANSWERS | {"request_report", "comment", "delete_draft", "share_report", "look_after_clients"}
TABLE: dict[Role | AccessLevel, set[str]] = {
    Role.VIEWER: BELONGS,
    Role.EDITOR: WORKS,
    Role.OWNER: WORKS | {"manage_people", "manage_engagements", "read_trail", "manage_organisation", "manage_brand"},
    AccessLevel.READ: READS,
    AccessLevel.REVIEW: REVIEWS,
    AccessLevel.ANSWER: REVIEWS | ANSWERS,
}


@pytest.mark.parametrize("standing", [*Role, *AccessLevel])
def test_exactly_these_capabilities(standing: Role | AccessLevel) -> None:
    assert {capability.value for capability in Capability if can(standing, capability)} == TABLE[standing]


def test_the_table_is_complete() -> None:
    assert set(CAPABILITIES) == {*Role, *AccessLevel}


def test_nobody_without_a_standing_may_do_anything() -> None:
    assert not any(can(None, capability) for capability in Capability)


def test_no_engagement_gives_what_only_members_may() -> None:
    for level in AccessLevel:
        for capability in (
            "manage_people",
            "manage_organisation",
            "manage_engagements",
            "read_trail",
            "delete_draft",
            "share_report",
            "leave",
        ):
            assert not can(level, Capability(capability))


def test_nobody_reviews_the_answers_of_their_own_business() -> None:
    assert not any(can(role, Capability.REVIEW) for role in Role)


def test_only_a_consultancy_has_clients_and_a_look() -> None:
    for kind in OrganisationKind:
        standing = Standing(Organisation(name="Ours", kind=kind), Role.OWNER, None)
        for capability in CONSULTANCY_ONLY:
            assert standing.can(capability) is (kind == OrganisationKind.CONSULTANCY)


def test_each_wider_standing_holds_all_of_the_narrower() -> None:
    orders: list[list[Role | AccessLevel]] = [list(Role), list(AccessLevel)]
    for order in orders:
        for wider, narrower in pairwise(order):
            assert CAPABILITIES[wider] > CAPABILITIES[narrower]
