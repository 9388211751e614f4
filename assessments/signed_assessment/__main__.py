"""`./run verify`: checks a signed assessment and the report beside it. The only module of this room that reads files.

Exit code 0: unchanged, recounted as equal, signed with a key that is known; 3: the same, but nobody knows whose key it
is; 1: something differs, or cannot be read.
"""

import argparse
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from assessments.signed_assessment.canonical import MOST_BYTES, UnreadableFile
from assessments.signed_assessment.checking import CheckVerdict, FileCheck, check_file
from assessments.signed_assessment.envelope import read_keys
from assessments.signed_assessment.lines import LineTone, about_file, check_lines, overall_verdict, verdict_text
from assessments.signed_assessment.shown_text import shown_text
from assessments.signed_assessment.types import KnownKeys

MOST_REPORT_BYTES = 500_000_000
DIFFERENT, KEY_NOT_KNOWN = 1, 3
MARKS = {LineTone.GOOD: "ok   ", LineTone.BAD: "WRONG", LineTone.OPEN: "open "}


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m assessments.signed_assessment", allow_abbrev=False)
    parser.add_argument("--now", type=datetime.fromisoformat, required=True)
    parser.add_argument("--keys", action="append", default=[])
    parser.add_argument("files", nargs="+")
    options = parser.parse_args(words)
    try:
        signed, report = _chosen([_content(name) for name in options.files])
        known = _known_keys(options.keys)
        check = check_file(signed, known=known, report=report, now=options.now)
    except UnreadableFile as problem:
        sys.stderr.write(f"{problem}\n")
        return DIFFERENT
    sys.stdout.buffer.write("".join(f"{line}\n" for line in _told(check)).encode())
    return _code(check)


def _chosen(contents: list[bytes]) -> tuple[bytes, bytes | None]:
    """The signed assessment and the report, in either order."""
    if len(contents) > 1 and contents[1].startswith(b"{") and not contents[0].startswith(b"{"):
        contents.reverse()
    return contents[0], contents[1] if len(contents) > 1 else None


def _content(name: str, most: int = MOST_REPORT_BYTES) -> bytes:
    try:
        with Path(name).open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise UnreadableFile(f"{name} cannot be read ({error.strerror}).") from error
    if len(content) > most:
        raise UnreadableFile(f"{name} is larger than {most // 1_000_000} MB.")
    return content


def _known_keys(names: Sequence[str]) -> KnownKeys:
    known: dict[str, str] = {}
    for name in names:
        try:
            known.update(read_keys(_content(name, MOST_BYTES)))
        except UnreadableFile as problem:
            raise UnreadableFile(f"{name}: {problem}") from problem
    return known


def _told(check: FileCheck) -> list[str]:
    lines = [f"{name}: {value}" for name, value in about_file(check)]
    lines.append("")
    for line in check_lines(check):
        lines.append(f"{MARKS[line.tone]}  {line.text}")
        lines += [f"         {each}" for each in line.more]
    told = [*lines, "", verdict_text(overall_verdict(check), check.signature.report)]
    # Nothing that a file says may move the cursor of whoever reads this.
    return [shown_text(line) for line in told]


def _code(check: FileCheck) -> int:
    verdict = overall_verdict(check)
    if verdict is CheckVerdict.CHANGED:
        return DIFFERENT
    return 0 if verdict is CheckVerdict.PROVEN else KEY_NOT_KNOWN


if __name__ == "__main__":
    # A reader that has seen enough, such as `head`, ends this process without a traceback.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
