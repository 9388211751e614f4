"""`./run`: runs what the arguments ask for, or says in one sentence why it cannot."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from launch import audit, data, development, environment, locks, machine, mutants, processes, product, quality
from launch.errors import LaunchError

HELP = """\
./run [--port N] [--data DIR]   start Evenkeel on this machine (port 8000, data in .local); Ctrl-C stops it
./run dev [--port N] [--data DIR]
                                the same for developing: reloads on a change, error pages with code
./run links                     print new one-time sign-in links for the demo's three people
./run manage COMMAND ...        any command of manage.py on the same data, such as sign_in_link you@example.org
./run backup [FOLDER]           everything that is kept into one file, while people go on working (docs/operations.md)
./run restore [--check] FILE    a backup into a data folder that nobody uses yet, such as --data NEW; or only try it
./run score FILE ...            the results of cases as JSON, without a database (docs/scoring-cases.md); - reads one
./run verify FILE [REPORT] [--keys FILE]
                                was a signed assessment, or the report it belongs to, changed? No database
                                (docs/signed-assessments.md)
./run test [PYTEST ARGUMENTS]   every check and every test on private PostgreSQL and Redis; with arguments, those tests
./run check                     the checks alone: format, lint, types, layers, templates, migrations, deployment
./run mutants [PATH ...]        change the pure code and the access rules in small ways; do the tests notice?
./run lock [--upgrade]          make the lock files again from pyproject.toml; newer versions only with --upgrade
./run audit [--dev] [--record] [--osv-url ADDRESS]
                                do packages of the lock file have published weaknesses? docs/operations.md
./run bench [ARGUMENTS]         the benchmarks of docs/performance.md
./run help                      this list

The folder of --data can also be given as EVENKEEL_DATA. docs/operations.md describes how to run it for many people.
"""


BACKUPS = "evenkeel-backups"


class Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise LaunchError(f"{message[:1].upper()}{message[1:]}. ./run help lists what can be asked for.")


def tell(text: str) -> None:
    print(text, flush=True)


def _tell_beside(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def start(options: argparse.Namespace) -> int:
    product.run_product(options.port, options.data, tell)
    return 0


def develop(options: argparse.Namespace) -> int:
    place = _option_parser(options.port, options.data).parse_args(options.arguments)
    development.run_development(place.port, place.data, tell)
    return 0


def manage(options: argparse.Namespace) -> int:
    return _manage(options, options.arguments)


def back_up(options: argparse.Namespace) -> int:
    """Without a folder, beside the data."""
    where, *rest = options.arguments if _begins_with_a_name(options.arguments) else [BACKUPS, *options.arguments]
    return _manage(options, ["backup", str(Path(where).resolve()), *rest])


def restore(options: argparse.Namespace) -> int:
    """Holds the folder, so that nothing is started on it meanwhile. Files are named from the present folder."""
    words = [str(Path(word).resolve()) if Path(word).is_file() else word for word in options.arguments]
    if "--check" in words:
        return _manage(options, ["restore", *words])
    with data.hold_folder(data.make_folder(options.data), options.port):
        return _manage_and_return(options, ["restore", *words])


def _begins_with_a_name(arguments: Sequence[str]) -> bool:
    return bool(arguments) and not arguments[0].startswith("-")


def links(options: argparse.Namespace) -> int:
    return _manage(options, ["make_demo"])


def score_cases(options: argparse.Namespace) -> int:
    """Takes the place of this process: its output is the result alone, so what is installed is told beside it."""
    parser = Arguments(prog="./run", add_help=False, allow_abbrev=False)
    parser.add_argument("--format", choices=["json"])
    parser.add_argument("files", nargs="+", metavar="FILE")
    files = parser.parse_args(options.arguments).files
    today = datetime.now(UTC).date().isoformat()
    return _run_pure("assessments.scoring_case", ["--today", today, "--", *files])


def verify_files(options: argparse.Namespace) -> int:
    """Like `score_cases`; each --keys is a list of public keys that an installation publishes."""
    parser = Arguments(prog="./run", add_help=False, allow_abbrev=False)
    parser.add_argument("--keys", action="append", default=[], metavar="FILE")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("report", nargs="?", metavar="REPORT")
    wanted = parser.parse_args(options.arguments)
    keys = [f"--keys={name}" for name in wanted.keys]
    files = [name for name in (wanted.file, wanted.report) if name is not None]
    return _run_pure("assessments.signed_assessment", ["--now", datetime.now(UTC).isoformat(), *keys, "--", *files])


def _run_pure(module: str, arguments: Sequence[str]) -> NoReturn:
    """Takes the place of this process. The current folder stays, as files are named from there."""
    machine.provide_programs(machine.PYTHON_NEEDS, _tell_beside)
    environment.provide_packages(environment.RUN_LOCK, _tell_beside)
    settings = {**data.inherited_environment(), "PYTHONPATH": str(environment.ROOT)}
    command = [str(environment.PYTHON), "-P", "-m", module, *arguments]
    os.execve(environment.PYTHON, command, settings)  # noqa: S606 (a list of our own, no shell)


def test(options: argparse.Namespace) -> int:
    return quality.run_tests(options.arguments, tell)


def check(options: argparse.Namespace) -> int:
    return quality.run_checks(tell)


def lock(options: argparse.Namespace) -> int:
    parser = Arguments(prog="./run", add_help=False, allow_abbrev=False)
    parser.add_argument("--upgrade", action="store_true")
    return locks.lock_dependencies(parser.parse_args(options.arguments).upgrade, tell)


def try_mutants(options: argparse.Namespace) -> int:
    return mutants.run(options.arguments, tell)


def audit_packages(options: argparse.Namespace) -> int:
    parser = Arguments(prog="./run", add_help=False, allow_abbrev=False)
    parser.add_argument("--dev", action="store_true")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--osv-url", default="")
    wanted = parser.parse_args(options.arguments)
    lock_file = environment.TEST_LOCK if wanted.dev else environment.RUN_LOCK
    found = audit.compare_with_advisories(lock_file, wanted.osv_url, tell)
    audit.report_comparison(found, tell)
    if wanted.record and found.is_complete:
        recorded = _manage_and_return(options, ["record", "audit", "--open", str(len(found.weaknesses))])
        return recorded or found.exit_code
    return found.exit_code


def bench(options: argparse.Namespace) -> int:
    return quality.run_benchmarks(options.arguments, tell)


def print_help(options: argparse.Namespace) -> int:
    tell(HELP)
    return 0


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "start": start,
    "dev": develop,
    "links": links,
    "backup": back_up,
    "restore": restore,
    "manage": manage,
    "score": score_cases,
    "verify": verify_files,
    "test": test,
    "check": check,
    "mutants": try_mutants,
    "lock": lock,
    "audit": audit_packages,
    "bench": bench,
    "help": print_help,
}


def main(words: Sequence[str]) -> int:
    os.environ.pop("PYTHONPATH", None)
    try:
        options = _parse(words)
        with processes.stopping_on_signals():
            return COMMANDS[options.command](options)
    except processes.StopRequested:
        tell("Stopped.")
        return 0 if options.command in ("start", "dev") else 130
    except LaunchError as problem:
        print(problem, file=sys.stderr, flush=True)
        return 1


def _parse(words: Sequence[str]) -> argparse.Namespace:
    parser = _option_parser(8000, Path(os.environ.get("EVENKEEL_DATA") or data.DEFAULT))
    parser.add_argument("-h", "--help", action="store_const", dest="command", const="help", default="start")
    # What follows a command belongs to the command, so argparse sees only what precedes it.
    place = next((index for index, word in enumerate(words) if word in COMMANDS), len(words))
    options, unknown = parser.parse_known_args(words[:place])
    if unknown:
        parser.error(f"there is no command {unknown[0]}")
    options.command = words[place] if place < len(words) else options.command
    options.arguments = list(words[place + 1 :])
    if options.command in ("score", "verify") and {"-h", "--help"} & {*options.arguments}:
        options.command = "help"
    return options


def _option_parser(port: int, folder: Path) -> Arguments:
    parser = Arguments(prog="./run", add_help=False, allow_abbrev=False)
    parser.add_argument("--port", type=_port, default=port)
    parser.add_argument("--data", type=Path, default=folder)
    return parser


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError("give a number from 1 to 65535")


def _manage(options: argparse.Namespace, arguments: Sequence[str]) -> int:
    """Replaces this process, so that the command has the terminal to itself."""
    settings = _settings_for_manage(options)
    os.chdir(environment.ROOT)
    os.execve(environment.PYTHON, [str(environment.PYTHON), "manage.py", *arguments], settings)  # noqa: S606 (a list of our own, no shell)


def _manage_and_return(options: argparse.Namespace, arguments: Sequence[str]) -> int:
    settings = _settings_for_manage(options)
    command: list[str | Path] = [environment.PYTHON, "manage.py", *arguments]
    return subprocess.run(command, cwd=environment.ROOT, env=settings, check=False).returncode


def _settings_for_manage(options: argparse.Namespace) -> Mapping[str, str]:
    machine.provide_programs(machine.RUN_NEEDS, tell)
    environment.provide_packages(environment.RUN_LOCK, tell)
    folder = data.make_folder(options.data)
    return data.settings_environment(folder, data.running_port(folder) or options.port)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
