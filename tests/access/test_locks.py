"""Whoever waits for a lock is looked at again after it: read from the code, so that no new lock is forgotten.

`test_ended_meanwhile.py` does it with real requests that wait.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("accounts", "assessments", "reports")
LOOKS_AGAIN = {"person_now", "lock_person", "lock_organisation", "lock_organisations", "lock_organisation_for", "hold"}
NO_PERSON = {
    # The site itself, or its operator.
    "_delete_if_still_due",
    "encrypt_anew",
    "load_published",
    # Somebody who is signing in: there is nothing yet that they may.
    "take_code",
    # `_Reading` prepares the statements; `_rows`, which sends them, looks again.
    "__init__",
    # Looks at the row that it has locked.
    "lock_person",
}
FOR_NOBODY = {("accounts/admin/people.py", "clean_role")}
"""Where None stands for who acts: the administration looks again at the end of the request."""


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
    assert {"_rows", "hold", "_take", "_as_they_are", "erase_person", "lock_organisations"} <= found.keys() - blind


def test_a_lock_names_who_waits() -> None:
    anonymous = set()
    for path, node in functions():
        for call in (each for each in ast.walk(node) if isinstance(each, ast.Call)):
            name = getattr(call.func, "id", "")
            if name in ("lock_organisation", "lock_organisations") and ast.unparse(call.args[-1]) == "None":
                anonymous.add((path, node.name))
    assert anonymous == FOR_NOBODY
