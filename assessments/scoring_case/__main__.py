"""`./run score`: case files in, told results as JSON out. The only module of this room that reads and writes."""

import argparse
import json
import signal
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from assessments.bank.document.encoding import decode
from assessments.bank.errors import DocumentError, Problem
from assessments.editions.shipped import shipped_editions
from assessments.scoring_case.case import case_as_json
from assessments.scoring_case.places import located
from assessments.scoring_case.reader import CaseReading, read_case
from assessments.scoring_case.unmet import unmet_expectations

STANDARD_INPUT = "-"


def main(words: Sequence[str]) -> int:
    """Nothing is written to standard output unless every file can be scored. 1 where that, or an expectation, fails."""
    parser = argparse.ArgumentParser(prog="python -m assessments.scoring_case", allow_abbrev=False)
    parser.add_argument("--today", type=date.fromisoformat, required=True)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args(words)
    readings, errors = _read(options.files, options.today)
    if errors:
        _say(errors)
        return 1
    _say(warning for _, reading in readings for warning in reading.warnings)
    told = [case_as_json(reading.case) for _, reading in readings]
    text = json.dumps(told if len(told) > 1 else told[0], ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(f"{text}\n".encode())
    unmet = [problem for name, reading in readings for problem in unmet_expectations(reading, name)]
    _say(unmet)
    return 1 if unmet else 0


def _read(files: Iterable[str], today: date) -> tuple[list[tuple[str, CaseReading]], list[Problem]]:
    """The readings, each with the name of its file, and what keeps the others from being read."""
    editions, readings, errors = shipped_editions(), [], []
    for file in files:
        name = "standard input" if file == STANDARD_INPUT else file
        try:
            readings.append((name, read_case(decode(_content(file), name), name, editions, today)))
        except OSError as error:
            errors.append(Problem("", f"cannot be read ({error.strerror})", file=name))
        except DocumentError as error:
            errors.extend(error.problems)
    return readings, errors


def _content(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()


def _say(problems: Iterable[Problem]) -> None:
    for problem in problems:
        sys.stderr.write(f"{located(problem)}\n")


if __name__ == "__main__":
    # A reader that has seen enough, such as `head`, ends this process without a traceback.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
