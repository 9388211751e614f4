"""Figures with their bars. Times are compared only within one run: calls take turns, so a busy machine slows all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

WARM_UP = 20


@dataclass(frozen=True)
class Figure:
    """`bar` is the maximum allowed; None for figures shown only for comparison."""

    name: str
    value: float
    unit: str
    bar: float | None = None

    @property
    def missed(self) -> bool:
        return self.bar is not None and self.value > self.bar

    def __str__(self) -> str:
        verdict = "" if self.bar is None else f"  (at most {self.bar:g}{': MISSED' if self.missed else ''})"
        return f"{self.name:<72} {self.value:8.2f} {self.unit}{verdict}"


def medians(
    calls: Mapping[str, Callable[[], object]],
    rounds: int,
    warm_up: int = WARM_UP,
    clock: Callable[[], float] = perf_counter,
) -> dict[str, float]:
    """Milliseconds of each call, by name. `process_time` as the clock leaves out what other processes take."""
    for call in calls.values():
        for _ in range(warm_up):
            call()
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            start = clock()
            call()
            times[name].append(clock() - start)
    return {name: 1_000 * median(each) for name, each in times.items()}
