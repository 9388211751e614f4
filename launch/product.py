"""The embedded default: one web server and one worker on this machine, all data in one folder."""

import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from launch import data, environment, machine, processes
from launch.errors import LaunchError

READY_SECONDS = 60


Command = Sequence[str | Path]


@dataclass(frozen=True)
class RunMode:
    """How the same two processes run: for people who use the product, or for those who change it."""

    lock: Path
    settings: Mapping[str, str]
    web_server: Callable[[int], Command]
    worker: Callable[[Path], Command]
    note: str = ""


def web_server_command(port: int) -> Command:
    return [environment.PYTHON, "-m", "config.local_server", str(port)]


def worker_command(folder: Path) -> Command:
    """With the scheduler, which keeps its schedule in the data folder."""
    command: list[str | Path] = [environment.PYTHON, "-m", "celery", "--app", "config", "worker", "--pool", "prefork"]
    command += ["--concurrency", "1", "--beat", "--schedule", folder / "schedule", "--loglevel", "INFO"]
    return [*command, "--without-gossip", "--without-mingle", "--without-heartbeat"]


EVERYDAY = RunMode(environment.RUN_LOCK, {}, web_server_command, worker_command)


def run_product(port: int, folder: Path, tell: Callable[[str], None], mode: RunMode = EVERYDAY) -> None:
    """Runs until it is asked to stop (`StopRequested`) or a process ends by itself (`LaunchError`)."""
    check_port(port)
    machine.provide_programs(machine.RUN_NEEDS, tell)
    environment.provide_packages(mode.lock, tell)
    folder = data.make_folder(folder)
    with data.hold_folder(folder, port):
        settings = {**data.settings_environment(folder, port), **mode.settings}
        tell(f"Preparing the data in {folder}")
        links = prepare_data(folder, settings)
        running: list[processes.RunningProcess] = []
        try:
            running += _start_processes(mode, port, folder, settings)
            processes.wait_until(lambda: _answers(port), running, READY_SECONDS)
            tell(f"Evenkeel is ready: http://localhost:{port}\n{links}{mode.note}{_where_logs_are(folder)}")
            processes.wait_for_end(running)
        except processes.StopRequested:
            tell("Stopping.")
            raise
        finally:
            processes.stop_processes(running)


def prepare_data(folder: Path, settings: Mapping[str, str]) -> str:
    """Database, question bank, static files, demo. Returns the demo's sign-in links, which must not be logged."""
    log = folder / "log" / "prepare.log"
    result = run_python(["-m", "config.prepare"], settings)
    log.write_text(result.stderr)
    if result.returncode:
        raise LaunchError(_why(result.stderr, folder, log))
    return result.stdout


def run_python(arguments: Sequence[str], settings: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [environment.PYTHON, *arguments],
        cwd=environment.ROOT,
        env=settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def check_port(port: int) -> None:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except PermissionError:
            raise LaunchError(f"Port {port} needs special rights. Choose another: ./run --port 8001") from None
        except OSError:
            raise LaunchError(
                f"Port {port} is in use. Stop what uses it or choose another: ./run --port 8001"
            ) from None


def _start_processes(
    mode: RunMode, port: int, folder: Path, settings: Mapping[str, str]
) -> Sequence[processes.RunningProcess]:
    commands = (("web server", mode.web_server(port), "web.log"), ("worker", mode.worker(folder), "worker.log"))
    return [
        processes.start_process(name, command, folder / "log" / log, environment=settings, folder=environment.ROOT)
        for name, command, log in commands
    ]


def _where_logs_are(folder: Path) -> str:
    return f"Logs are in {folder / 'log'}. Ctrl-C stops it."


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except urllib.error.HTTPError as error:
        raise LaunchError(f"The web server runs but cannot answer (status {error.code} at /healthz).") from error
    except OSError:
        return False


def _why(errors: str, folder: Path, log: Path) -> str:
    last = errors.strip().splitlines()[-1:] or ["it said nothing"]
    if last[0].startswith(("ModuleNotFoundError", "ImportError")):
        return (
            f"The Python environment is broken ({last[0]}). "
            f"Delete the folder {environment.ENVIRONMENT} and start again: it will be made again."
        )
    return f"The data in {folder} could not be prepared: {last[0]} (full log: {log})"
