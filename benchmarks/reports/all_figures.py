"""What `./run bench reports` prints: the PDF beside those of other programs, from click to file, memory of a worker."""

from collections.abc import Iterable

from benchmarks.measuring import Figure
from benchmarks.reports import clicks, engines


def figures() -> Iterable[Figure]:
    yield from engines.figures()
    yield from clicks.figures()
