"""`python -m benchmarks [NAME ...]`: all of them, or those named. Exit code 1 when a bar is missed."""

import sys
from contextlib import nullcontext
from importlib import import_module

from benchmarks.site import site

# Each has figures() -> Iterable[Figure].
NAMES = {
    "requests": "benchmarks.requests",
    "scoring": "benchmarks.scoring",
    "plan": "benchmarks.plan",
    "reports": "benchmarks.reports.all_figures",
    "desk": "benchmarks.desk",
}
# Run only when named: these take minutes.
LONG = {
    "faults": "benchmarks.reports.faults",
    "sign_in": "benchmarks.sign_in",
    "backups": "benchmarks.backups",
    "bundles": "benchmarks.reports.bundles",
    "formats": "benchmarks.reports.formats",
    "in_advance": "benchmarks.reports.in_advance",
    "portfolio": "benchmarks.reports.portfolio",
    "report_memory": "benchmarks.reports.memory",
    "report_queue": "benchmarks.reports.queue",
    "plan_proof": "benchmarks.plan_proof",
}
# These measure the pure core: no database, no broker, no Django.
PURE = frozenset({"scoring", "plan", "plan_proof"})


def main(chosen: list[str]) -> int:
    benchmarks = NAMES | LONG
    unknown = [name for name in chosen if name not in benchmarks]
    if unknown:
        print(f"There is no benchmark {unknown[0]}. There are: {', '.join(benchmarks)}.")
        return 2
    missed = False
    named = chosen or list(NAMES)
    with nullcontext() if PURE.issuperset(named) else site():
        for name in named:
            print(f"\n{name}")
            for figure in import_module(benchmarks[name]).figures():
                print(f"  {figure}", flush=True)
                missed = missed or figure.missed
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
