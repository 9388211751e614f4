"""`./run dev` on a copy of the project that is changed while it runs."""

import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from launch import processes
from tests.launch.running import ROOT, Product, processes_of, running_product

pytestmark = pytest.mark.slow
COPIED = ("accounts", "assessments", "config", "launch", "reports", "static", "templates")
FILES = ("run", "manage.py", "pyproject.toml", "requirements.lock", "requirements-dev.lock")
SECONDS = 60
NEW_VIEW = """
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse

@login_not_required
def new_page(request):
    return HttpResponse("a page that is new")

urlpatterns.append(path("new-page/", new_page))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(ROOT / name, folder)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


@pytest.fixture(scope="module")
def developed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    data = tmp_path_factory.mktemp("data")
    with running_product(data, project=project, command=["dev"]) as product:
        yield product
        product.stop()
        assert processes_of(data) == {}


def answer(product: Product, path: str) -> tuple[int, str]:
    """Status and text; 0 while the web server restarts."""
    try:
        with urllib.request.urlopen(f"{product.url}/{path}", timeout=10) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return 0, ""


def wait_for(product: Product, path: str, status: int, text: str) -> None:
    def shows() -> bool:
        found, said = answer(product, path)
        return found == status and text in said

    processes.wait_until(shows, [], SECONDS)


def workers(product: Product) -> set[int]:
    """Those that watchfiles runs: one that is interrupted while it starts can leave a child without work behind."""
    found = processes_of(product.data)
    watchers = {number for number, command in found.items() if "watchfiles" in command}
    return {number for number in found.keys() - watchers if "-m celery" in found[number] and parent(number) in watchers}


def parent(process: int) -> int:
    """0 once the process is gone."""
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def test_it_says_where_it_is_and_gives_the_demos_links(developed: Product) -> None:
    assert f"Evenkeel is ready: {developed.url}\n" in developed.said
    assert len(set(re.findall(rf"{developed.url}/sign-in/(\S+)/", developed.said))) == 3


def test_a_changed_template_shows(developed: Product, project: Path) -> None:
    template = project / "templates" / "landing.html"
    assert "words that are new" not in answer(developed, "")[1]
    template.write_text(template.read_text().replace("</h1>", " words that are new</h1>", 1))

    wait_for(developed, "", 200, "words that are new")


def test_a_changed_style_shows_under_its_plain_name(developed: Product, project: Path) -> None:
    style = next((project / "static").rglob("*.css"))
    with style.open("a") as file:
        file.write("\n/* a style that is new */\n")

    wait_for(developed, f"static/{style.relative_to(project / 'static')}", 200, "a style that is new")


def test_a_new_view_is_there_and_what_cannot_be_read_is_waited_for(developed: Product, project: Path) -> None:
    urls = project / "config" / "urls.py"
    before = urls.read_text()
    urls.write_text(before + NEW_VIEW)
    wait_for(developed, "new-page/", 200, "a page that is new")

    urls.write_text(before + "def half(")
    processes.wait_until(lambda: answer(developed, "new-page/")[0] != 200, [], SECONDS)
    urls.write_text(before + NEW_VIEW.replace('HttpResponse("a page that is new")', "1 / 0"))
    wait_for(developed, "new-page/", 500, "ZeroDivisionError at /new-page/")


def test_a_worker_with_the_new_code_takes_over(developed: Product, project: Path) -> None:
    processes.wait_until(lambda: workers(developed) != set(), [], SECONDS)
    before = workers(developed)
    with (project / "reports" / "tasks.py").open("a") as file:
        file.write("\nprint('code that is new')\n")

    log = developed.data / "log" / "worker.log"
    processes.wait_until(lambda: "code that is new" in log.read_text(), [], SECONDS)
    processes.wait_until(lambda: workers(developed) != set() and not workers(developed) & before, [], SECONDS)
