"""One word, one meaning: public names, modules, folders and the docstrings at a room's doors."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "assessments", "config", "launch", "reports")
MAX_MODULES = 15

VAGUE = {
    *("common", "helpers", "misc", "stuff", "things", "utils"),
    *("doorbell", "facts", "gains", "moves", "pulse", "quicker", "said", "structure", "together", "tries"),
}
"""Module names that say nothing of what is inside, or say it in a riddle."""

NAMED_BY_A_FRAMEWORK = {
    "Command": "Django finds a management command by this class name",
    "main": "the entry point of a module that is run with `python -m`",
}
"""Public names that may be defined in several modules, each with the reason."""


@cache
def modules() -> Mapping[str, Path]:
    """Our modules by dotted name, migrations left out: their names are Django's."""
    paths = (path for app in APPS for path in sorted((ROOT / app).rglob("*.py")))
    return {dotted(path): path for path in paths if "migrations" not in path.parts}


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def public_definitions(path: Path) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    for node in parsed(path).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def package_of(module: str) -> str:
    """The package that a module belongs to; a package belongs to itself."""
    return module if modules()[module].name == "__init__.py" else module.rpartition(".")[0]


def test_no_public_name_is_defined_in_two_modules() -> None:
    places = defaultdict(list)
    for module, path in modules().items():
        for node in public_definitions(path):
            places[node.name].append(module)
    twice = {name: found for name, found in places.items() if len(found) > 1}
    assert {name: found for name, found in twice.items() if name not in NAMED_BY_A_FRAMEWORK} == {}
    assert NAMED_BY_A_FRAMEWORK.keys() <= twice.keys(), "an exception that is no longer needed"


def test_no_module_has_a_vague_name() -> None:
    assert [module for module in modules() if module.rpartition(".")[2] in VAGUE] == []


def test_no_folder_holds_too_many_modules() -> None:
    found: dict[str, int] = defaultdict(int)
    for path in modules().values():
        found[str(path.parent.relative_to(ROOT))] += path.name != "__init__.py"
    assert {folder: count for folder, count in found.items() if count > MAX_MODULES} == {}


def test_every_package_says_who_may_enter_and_what_it_gives() -> None:
    silent = [
        module
        for module, path in modules().items()
        if path.name == "__init__.py" and not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def doors() -> Iterator[tuple[str, ast.ClassDef | ast.FunctionDef]]:
    """What a module of another package imports."""
    ours = modules()
    imported = {
        (node.module, alias.name)
        for module, path in ours.items()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module in ours
        and package_of(node.module) != package_of(module)
        for alias in node.names
    }
    for module in sorted({module for module, _ in imported}):
        for node in public_definitions(ours[module]):
            if (module, node.name) in imported:
                yield f"{module}.{node.name}", node


def test_every_door_has_a_docstring() -> None:
    silent = [name for name, node in doors() if not ast.get_docstring(node)]
    assert silent == []


def test_docstrings_do_not_restate_the_signature() -> None:
    restating = [name for name, node in doors() if only_repeats(node.name, ast.get_docstring(node) or "")]
    assert restating == []
    assert only_repeats("run_of", "The run of.")
    assert not only_repeats("run_of", "What the assessment fixes: depth and tags.")


def only_repeats(name: str, docstring: str) -> bool:
    """Whether every word of the docstring stands in the name already, filler words aside."""
    words = set(re.findall(r"[a-z]+", docstring.lower())) - {"a", "an", "the", "of", "for", "returns", "return"}
    parts = re.findall(r"[a-z]+", re.sub(r"([A-Z])", r" \1", name).lower())
    return bool(docstring) and words <= set(parts)
