"""Starting, watching and stopping processes. Each gets its own process group, so that no child is left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from launch.errors import LaunchError

STOP_SECONDS = 10
LOG_LINES = 12
PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(Exception):
    """Ctrl-C, or a signal to end."""


@dataclass(frozen=True)
class RunningProcess:
    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_lines(self) -> str:
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return "\n".join(lines[-LOG_LINES:]) or "(it wrote nothing)"


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Within it, Ctrl-C and the signals that end a process raise `StopRequested`, once."""

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise StopRequested

    before = {number: signal.signal(number, ask_to_stop) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def start_process(
    name: str,
    command: Sequence[str | Path],
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path = Path("/"),
    user: str | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> RunningProcess:
    """Its output goes to the log file. The kernel also sends it `stop_signal` if we are killed."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            user=user,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent(stop_signal),  # noqa: PLW1509 (no thread of ours runs when we start processes)
        )
    return RunningProcess(name, process, log)


def stop_processes(started: Sequence[RunningProcess], stop_signal: signal.Signals = signal.SIGTERM) -> None:
    """Ask all at once, wait, then kill whatever is left in their groups."""
    for each in started:
        with contextlib.suppress(ProcessLookupError):
            each.process.send_signal(stop_signal)
    deadline = time.monotonic() + STOP_SECONDS
    for each in started:
        with contextlib.suppress(subprocess.TimeoutExpired):
            each.process.wait(max(0.0, deadline - time.monotonic()))
    for each in started:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(each.process.pid, signal.SIGKILL)
        each.process.wait()


def wait_until(ready: Callable[[], bool], started: Sequence[RunningProcess], seconds: float) -> None:
    """Returns when ready. Raises `LaunchError` if a process ends before that or the time runs out."""
    deadline = time.monotonic() + seconds
    while not ready():
        complain_if_ended(started)
        if time.monotonic() > deadline:
            names = " and ".join(each.name for each in started)
            raise LaunchError(f"The {names} did not answer within {seconds:.0f} seconds:\n{started[0].last_lines()}")
        time.sleep(0.02)


def wait_for_end(started: Sequence[RunningProcess]) -> None:
    """Sleeps until one of them ends, and raises `LaunchError`: they are meant to run until they are stopped."""
    while True:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)
        complain_if_ended(started)


def complain_if_ended(started: Sequence[RunningProcess]) -> None:
    for each in started:
        code = each.process.poll()
        if code is not None:
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            raise LaunchError(f"The {each.name} stopped ({how}). Its last lines, from {each.log}:\n{each.last_lines()}")


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """If we are killed, we cannot clean up: then Linux ends our processes."""
    control = getattr(ctypes.CDLL(None), "prctl", None)
    if control is None:
        return None
    return lambda: control(PR_SET_PDEATHSIG, stop_signal.value)
