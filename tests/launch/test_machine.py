import os
from collections.abc import Callable
from pathlib import Path

import pytest

from launch import machine
from launch.errors import LaunchError
from launch.machine import Need

APT = """#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> "{folder}/calls"
case "$*" in
    *update*) touch "{folder}/lists" ;;
    *) test -e "{folder}/lists" || {{ echo "E: Unable to locate package $6" >&2; exit 100; }}
       touch "{folder}/{effect}" ;;
esac
"""


@pytest.fixture
def fake_apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """An apt-get on a machine that has no package lists yet; what it installs is a file."""

    def put(*, effect: str = "libpango") -> Path:
        program = tmp_path / "apt-get"
        program.write_text(APT.format(folder=tmp_path, effect=effect))
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return tmp_path

    return put


def pango_in(folder: Path) -> Need:
    return Need("Pango", "libpangoft2-1.0-0", (folder / "libpango").exists)


def test_nothing_missing_nothing_said() -> None:
    messages: list[str] = []
    machine.provide_programs([Need("all", "all", lambda: True)], messages.append)
    assert messages == []


def test_as_root_missing_packages_are_installed_without_a_question(
    fake_apt: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    folder = fake_apt()
    messages: list[str] = []
    machine.provide_programs([pango_in(folder), Need("all", "all", lambda: True)], messages.append)
    install = "noninteractive install -y -q --no-install-recommends libpangoft2-1.0-0"
    assert (folder / "calls").read_text().splitlines() == [install, "noninteractive update -q", install]
    assert messages == ["Installing Pango with apt-get"]


def test_what_apt_cannot_install_is_told(fake_apt: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    folder = fake_apt(effect="something-else")
    with pytest.raises(LaunchError, match=r"Pango cannot be found although apt-get installed libpangoft2-1.0-0"):
        machine.provide_programs([pango_in(folder)], print)


def test_what_apt_says_is_passed_on(fake_apt: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    folder = fake_apt()
    (folder / "apt-get").write_text("#!/bin/sh\necho 'E: No network' >&2\nexit 100\n")
    with pytest.raises(LaunchError, match=r"^apt-get could not install libpangoft2-1.0-0: E: No network$"):
        machine.provide_programs([pango_in(folder)], print)


def test_without_rights_the_one_line_is_said(fake_apt: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    folder = fake_apt()
    needs = [pango_in(folder), Need("Redis", "redis-server", lambda: False)]
    with pytest.raises(LaunchError) as refused:
        machine.provide_programs(needs, print)
    assert str(refused.value) == (
        "Missing on this machine: Pango, Redis. "
        "Type: sudo apt-get install -y --no-install-recommends libpangoft2-1.0-0 redis-server"
    )
    assert not (folder / "calls").exists()


def test_on_another_system_the_packages_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LaunchError, match=r"system's package manager \(on Debian they are called libpangoft2-1.0-0\)"):
        machine.provide_programs([pango_in(tmp_path)], print)


def test_libraries_are_really_looked_for() -> None:
    assert machine.has_library("libc.so.6")
    assert machine.has_library("libnowhere.so.6", "libc.so.6")
    assert not machine.has_library("libnowhere.so.6")


def test_this_machine_has_what_the_product_needs() -> None:
    assert [need.what for need in machine.RUN_NEEDS + machine.TEST_NEEDS if not need.there()] == []


def test_programs_are_found_on_the_path_and_among_postgresqls_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program = tmp_path / "second"
    program.touch(mode=0o755)
    assert machine.find_program("first", "second") == program
    initdb = machine.find_program("initdb")
    assert initdb is not None
    assert initdb.name == "initdb"
    assert machine.find_program("nothing-of-the-kind") is None
