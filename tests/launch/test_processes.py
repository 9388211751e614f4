import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from launch import processes
from launch.errors import LaunchError

STUBBORN = "trap '' TERM; sleep 1000 & echo started; wait; wait"


@contextmanager
def shell(script: str, folder: Path, name: str = "helper") -> Iterator[processes.RunningProcess]:
    started = processes.start_process(name, ["/bin/sh", "-c", script], folder / name)
    try:
        yield started
    finally:
        processes.stop_processes([started], signal.SIGKILL)


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_stopping_reaches_children_and_those_who_do_not_listen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.2)
    with shell(STUBBORN, tmp_path) as started:
        processes.wait_until(lambda: "started" in started.log.read_text(), [started], 10)
        processes.stop_processes([started])
        processes.wait_until(lambda: not is_alive(started.process.pid), [], 10)
        assert started.process.returncode == -signal.SIGKILL


def test_the_first_to_end_is_named_with_its_last_lines(tmp_path: Path) -> None:
    lines = "; ".join(f"echo line {number}" for number in range(40))
    with (
        shell("sleep 1000", tmp_path, "web server") as web,
        shell(f"{lines}; exit 3", tmp_path, "worker") as worker,
        pytest.raises(LaunchError) as refused,
    ):
        processes.wait_for_end([web, worker])
    said = str(refused.value).splitlines()
    assert said[0].startswith("The worker stopped (exit code 3). Its last lines, from ")
    assert said[1:] == [f"line {number}" for number in range(28, 40)]


def test_waiting_ends_when_the_time_is_up(tmp_path: Path) -> None:
    with shell("echo busy; sleep 1000", tmp_path, "web server") as started:
        processes.wait_until(lambda: started.log.read_text() != "", [started], 10)
        with pytest.raises(LaunchError, match="The web server did not answer within 0 seconds:\nbusy"):
            processes.wait_until(lambda: False, [started], 0.05)


def test_waiting_ends_when_the_process_does(tmp_path: Path) -> None:
    with shell("exit 0", tmp_path) as started, pytest.raises(LaunchError, match=r"exit code 0.*\n\(it wrote nothing\)"):
        processes.wait_until(lambda: False, [started], 30)


def test_the_first_signal_asks_to_stop_and_later_ones_do_not_disturb() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with processes.stopping_on_signals():
        with pytest.raises(processes.StopRequested):
            os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGTERM) is before
