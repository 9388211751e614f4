"""Rules of this project that no linter checks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import BaseConstraint, CheckConstraint, Field, Model
from django.template.engine import Engine

ROOT = Path(__file__).resolve().parent.parent
OURS = ("accounts", "assessments", "reports")
CODE = ("accounts", "assessments", "benchmarks", "config", "launch", "reports", "tests")
TEMPLATES = ROOT / "templates"
MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 50
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script\b(?![^>]*\bsrc=)(?![^>]*application/json)",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"<(?:script|link|img|iframe|source|form)\b[^>]*\b(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.I
)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape\s+off|\|\s*safeseq\b")
# Django and allauth ask for these by name, in no file of ours.
ASKED_FOR_BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html"}


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def files(suffix: str, *folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob(f"*.{suffix}"))


def templates() -> dict[str, str]:
    return {str(path.relative_to(TEMPLATES)): path.read_text() for path in files("html", "templates")}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color: red">',
        '<a onclick="go()">',
        "<script>go()</script>",
        "<style>p {}</style>",
        '<a href="javascript:go()">',
    ],
)
def test_inline_code_is_recognised(bad: str) -> None:
    assert INLINE.search(bad)


@pytest.mark.parametrize(
    "good",
    [
        '<script src="/static/x.js" defer></script>',
        '<script type="application/json">{}</script>',
        '<input name="online" data-on="x">',
        '<path stroke-style="x">',
    ],
)
def test_what_is_not_inline_code_is_left_alone(good: str) -> None:
    assert not INLINE.search(good)


def test_no_template_has_inline_code() -> None:
    """Except the part of the print stylesheet that differs between consultancies: no browser ever sees it."""
    assert [name for name, text in templates().items() if INLINE.search(text)] == ["reports/pdf/_look.html"]


def test_no_template_loads_anything_from_elsewhere() -> None:
    assert ELSEWHERE.search('<link rel="stylesheet" href="https://cdn.example.org/x.css">')
    assert [name for name, text in templates().items() if ELSEWHERE.search(text)] == []


def test_no_template_switches_escaping_off() -> None:
    assert UNESCAPED.search("{{ note|safe }}")
    assert [name for name, text in templates().items() if UNESCAPED.search(text)] == []


def test_every_template_is_used() -> None:
    texts = [path.read_text() for path in files("py", *OURS, "config")] + list(templates().values())
    everything = "\n".join(texts)
    unused = [
        name
        for name in templates()
        if name not in ASKED_FOR_BY_NAME and f'"{name}"' not in everything and not overrides_a_packages(name)
    ]
    assert unused == []


def overrides_a_packages(name: str) -> bool:
    """Whether a package has a template of this name, which ours replaces."""
    loaders = Engine.get_default().template_loaders[0].loaders  # type: ignore[attr-defined]
    return any(
        Path(origin.name).exists() and TEMPLATES not in Path(origin.name).parents
        for loader in loaders
        for origin in loader.get_template_sources(name)
    )


@pytest.mark.parametrize("suffix", ["py", "html", "css", "js"])
def test_no_file_is_too_long(suffix: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines_of(path)
        for path in files(suffix, *CODE, "templates", "static")
        if lines_of(path) > MOST_LINES and path.parent.name != "migrations"
    }
    assert long == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{name}": length
        for path in files("py", *CODE)
        for name, length in functions(path)
        if length > MOST_LINES_OF_A_FUNCTION
    }
    assert long == {}


SILENCED = re.compile(r"#\s*noqa: [A-Z0-9, ]*\bS\d+")
WITH_REASON = re.compile(r"#\s*noqa: [A-Z0-9, ]+\(\w[^)]+\)")


def test_a_security_rule_is_silenced_only_with_a_reason() -> None:
    lines = [
        (str(path.relative_to(ROOT)), line)
        for path in files("py", *OURS, "config", "launch")
        for line in path.read_text().splitlines()
        if SILENCED.search(line)
    ]
    assert lines
    assert [each for each in lines if not WITH_REASON.search(each[1])] == []
    assert SILENCED.search("x()  # noqa: S608")
    assert not WITH_REASON.search("x()  # noqa: S608")


def our_models() -> list[type[Model]]:
    return [model for app in OURS for model in apps.get_app_config(app).get_models()]


def constrained_fields(model: type[Model]) -> set[str]:
    """Names of the fields that occur in a CHECK of the model."""
    checks = [each for each in model._meta.constraints if isinstance(each, CheckConstraint)]
    return {word for check in checks for leaf in check.condition.flatten() for word in leaf_names(leaf)}


def leaf_names(leaf: object) -> Iterator[str]:
    for child in getattr(leaf, "children", []):
        if isinstance(child, tuple):
            yield child[0].partition("__")[0]
    name = getattr(leaf, "name", None)
    if isinstance(name, str):
        yield name.partition("__")[0]


def test_every_choice_is_held_by_the_database() -> None:
    free = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.choices and field.name not in constrained_fields(model)
    ]
    assert free == []


def test_every_constraint_says_what_a_person_should_know() -> None:
    default = BaseConstraint.default_violation_error_message
    silent = [
        constraint.name
        for model in our_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message in (None, default)
    ]
    assert silent == []


def test_every_model_names_its_rows() -> None:
    assert [model.__name__ for model in our_models() if model.__str__ is Model.__str__] == []


def test_migrations_are_named_by_intent() -> None:
    names = [path.stem for app in OURS for path in (ROOT / app / "migrations").glob("[0-9]*.py")]
    assert names
    assert [name for name in names if re.search(r"auto_|_and_more|initial$", name)] == []


FOR_DEVELOPERS = {"django_stubs_ext", "factory", "hypothesis", "playwright", "pytest", "tests"}


def test_the_product_needs_nothing_that_only_developers_have() -> None:
    """`./run` and the image install only what the product needs; type stubs are not part of it."""
    used = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in files("py", *OURS, "config", "launch")
        for name in imported(ast.parse(path.read_text()))
        if name.partition(".")[0] in FOR_DEVELOPERS
    }
    assert used == set()
    assert set(imported(ast.parse("if TYPE_CHECKING:\n    import a\nelse:\n    import b\nfrom c.d import e"))) == {
        "b",
        "c.d",
    }


def imported(tree: ast.AST) -> Iterator[str]:
    """What is imported when the module runs: everything except under `if TYPE_CHECKING`."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            for other in node.orelse:
                yield from imported(ast.Module([other], []))
        else:
            yield from imported(node)


def test_docs_name_only_files_that_exist() -> None:
    """In full, or by the end of their path."""
    ours = {"manage.py"} | {str(path.relative_to(ROOT)) for path in files("py", *CODE)}
    ours |= {f"templates/{name}" for name in templates()}
    pages = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    named = [
        (page.name, name) for page in pages for name in re.findall(r"`([\w/.-]+\.(?:py|html))", page.read_text("utf-8"))
    ]
    assert named
    stale = [each for each in named if not any(path == each[1] or path.endswith(f"/{each[1]}") for path in ours)]
    assert stale == []
