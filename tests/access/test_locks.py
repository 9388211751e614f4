"""Whoever waits for a lock is looked at again after it: read from the code, so that no new lock is forgotten.

`test_ended_meanwhile.py` does it with real requests that wait.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("accounts", "assessments", "reports")
LOOKS_AGAIN = {
    "person_now",
    "lock_person",
    "lock_organisation",
    "lock_organisations",
    "lock_organisation_for",
    "hold",
    "administrator_now",
}
NO_PERSON = {
    # The site itself, or its operator.
    "_delete_if_still_due",
    "_hold_person",
    "_tell",
    "encrypt_anew",
    "load_published",
    # Somebody who is signing in: there is nothing yet that they may.
    "take_code",
    "prove_mailbox",
    # `_Reading` prepares the statements; `_rows`, which sends them, looks again.
    "__init__",
    "_confirm_here",
    # A guest's own check, found by the key in the session.
    "check_of_session",
    # Look at the rows that they have locked.
    "cancel_report",
    "lock_person",
    "lock_administrators",
    # For a file with many reports, whose service has locked the person.
    "report_rows",
    # The lock alone: whoever calls it looks again, as `test_who_holds_a_bank_looks_again` reads.
    "hold_bank",
}
FOR_NOBODY = {
    # The administration looks again at the end of the request.
    ("accounts/admin/people.py", "clean_role"),
    # Whoever proves an address that nobody has used acts for the site: there is no account yet.
    ("accounts/sign_up/unconfirmed.py", "lock_unused_account"),
}
"""Where None stands for who acts."""


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for room in ROOMS:
        for path in sorted(Path(room).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.FunctionDef):
                    yield str(path), node


def called(node: ast.AST) -> set[str]:
    functions = (each.func for each in ast.walk(node) if isinstance(each, ast.Call))
    return {str(getattr(each, "attr", None) or getattr(each, "id", "")) for each in functions}


def test_every_lock_is_followed_by_a_second_look() -> None:
    found = {node.name: called(node) for _path, node in functions() if "select_for_update" in called(node)}
    assert len(found) >= 10, "the walk sees them"
    found["_rows"] = next(called(node) for _path, node in functions() if node.name == "_rows")
    blind = {name for name, calls in found.items() if not calls & LOOKS_AGAIN}
    assert blind <= NO_PERSON, blind
    assert {"_rows", "hold", "_take", "_as_they_are", "lock_to_erase", "lock_organisations"} <= found.keys() - blind


def test_who_holds_a_bank_looks_again() -> None:
    holders = {path: called(node) for path, node in functions() if "hold_bank" in called(node)}
    shipped_or_held_already = {"assessments/services/editions.py"}
    assert "assessments/editor/services/offers.py" in holders
    blind = {path for path, calls in holders.items() if not calls & LOOKS_AGAIN}
    assert blind <= shipped_or_held_already


def test_a_lock_names_who_waits() -> None:
    anonymous = set()
    for path, node in functions():
        for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
            name = getattr(call.func, "id", "")
            if name in ("lock_organisation", "lock_organisations") and ast.unparse(call.args[-1]) == "None":
                anonymous.add((path, node.name))
    assert anonymous == FOR_NOBODY
