"""`./run` on the embedded default."""

import os
import re
import shutil
import signal
import socket
import stat
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from launch import processes
from launch.servers import free_port
from tests.launch.running import Product, processes_of, running_product, start

pytestmark = pytest.mark.long


def answer(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        text: str = response.read().decode()
        return text


def is_ready(product: Product) -> bool:
    try:
        return answer(f"{product.url}/readyz") == '{"ready": true, "failed": []}'
    except urllib.error.HTTPError:
        return False


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def sign_in_links(said: str, product: Product) -> set[str]:
    return set(re.findall(rf"{product.url}/sign-in/(\S+)/", said))


def processes_per_core() -> float:
    """The load per core now, at least one: other tests run at the same time."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def process_named(product: Product, word: str) -> int:
    """The oldest of the processes whose command line contains this word."""
    return min(number for number, command in processes_of(product.data).items() if word in command)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data that has been through its first start."""
    data = tmp_path_factory.mktemp("prepared")
    with running_product(data) as product:
        product.stop()
    return data


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    return shutil.copytree(prepared, tmp_path / "data")


def test_a_visitor_sees_the_product(embedded_product: Product) -> None:
    assert f"Evenkeel is ready: {embedded_product.url}\n" in embedded_product.said
    assert "Evenkeel" in answer(embedded_product.url)


def test_soon_the_worker_has_made_the_demos_report(embedded_product: Product) -> None:
    """Until then, the queue has a report that was requested weeks ago, and /readyz says so."""
    processes.wait_until(lambda: list((embedded_product.data / "files").rglob("*.pdf")) != [], [], 60)
    assert is_ready(embedded_product)


def test_what_it_keeps_is_its_owners_alone(embedded_product: Product) -> None:
    assert mode(embedded_product.data) == 0o700
    assert mode(embedded_product.data / "secret-key") == mode(embedded_product.data / "signing-key") == 0o600


def test_the_demos_three_people_get_links_that_no_log_holds(embedded_product: Product) -> None:
    links = sign_in_links(embedded_product.said, embedded_product)
    assert len(links) == 3
    logs = "".join(path.read_text() for path in (embedded_product.data / "log").iterdir())
    assert not [link for link in links if link in logs]


def test_new_links_lead_to_the_running_product(embedded_product: Product) -> None:
    asked = start(["--data", str(embedded_product.data), "links"])
    said, _ = asked.communicate(timeout=60)
    assert asked.returncode == 0
    assert len(sign_in_links(said, embedded_product) - sign_in_links(embedded_product.said, embedded_product)) == 3


def test_a_second_start_on_the_same_data_is_refused(embedded_product: Product) -> None:
    again = start(["--port", str(free_port()), "--data", str(embedded_product.data)])
    said, _ = again.communicate(timeout=60)
    assert said == (
        f"Evenkeel already runs on {embedded_product.data} "
        f"(process {embedded_product.process.pid}, port {embedded_product.port}). "
        "Stop it first, or give another folder with --data.\n"
    )
    assert again.returncode == 1


def test_the_next_start_is_quick_from_any_folder_and_keeps_the_key(data: Path, tmp_path: Path) -> None:
    key = (data / "secret-key").read_text()
    with running_product(data, folder=tmp_path) as again:
        assert again.seconds_to_ready <= 10 * processes_per_core()
        assert "Installing" not in again.said
        assert (data / "secret-key").read_text() == key


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_stop_it_leaves_no_process(data: Path, number: signal.Signals) -> None:
    with running_product(data) as product:
        assert len(processes_of(data)) >= 2
        assert product.stop(number) == "Stopping.\nStopped.\n"
        assert product.process.returncode == 0
        assert processes_of(data) == {}


def test_killed_it_takes_its_processes_along(data: Path) -> None:
    with running_product(data) as product:
        product.process.kill()
        product.process.wait()
        processes.wait_until(lambda: processes_of(data) == {}, [], 30)


@pytest.mark.parametrize(("word", "name"), [("local_server", "web server"), ("celery", "worker")])
def test_when_one_process_dies_it_says_which_and_stops_the_other(data: Path, word: str, name: str) -> None:
    with running_product(data) as product:
        os.kill(process_named(product, word), signal.SIGKILL)
        said, _ = product.process.communicate(timeout=60)
        assert said.startswith(f"The {name} stopped (signal 9). Its last lines, from {data / 'log'}")
        assert product.process.returncode == 1
        assert processes_of(data) == {}


def port_in_use(tmp_path: Path) -> tuple[list[str], str]:
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    # The socket lives as long as the function's attribute: until the next test asks.
    port_in_use.listener = listener  # type: ignore[attr-defined]
    return ["--port", str(port)], f"Port {port} is in use. Stop what uses it or choose another: ./run --port 8001"


def folder_not_writable(tmp_path: Path) -> tuple[list[str], str]:
    file = tmp_path / "file"
    file.touch()
    said = f"The data folder {file / 'data'} cannot be written (Not a directory). Give another with --data."
    return ["--port", str(free_port()), "--data", str(file / "data")], said


def no_port(tmp_path: Path) -> tuple[list[str], str]:
    return [
        "--port",
        "70000",
    ], "Argument --port: give a number from 1 to 65535. ./run help lists what can be asked for."


def no_command(tmp_path: Path) -> tuple[list[str], str]:
    return ["serve"], "There is no command serve. ./run help lists what can be asked for."


@pytest.mark.parametrize("situation", [port_in_use, folder_not_writable, no_port, no_command])
def test_what_goes_wrong_is_one_sentence(situation: Callable[[Path], tuple[list[str], str]], tmp_path: Path) -> None:
    arguments, sentence = situation(tmp_path)
    process = start(arguments)
    said, _ = process.communicate(timeout=60)
    assert (process.returncode, said) == (1, sentence + "\n")
