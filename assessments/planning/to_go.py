"""How far it is from some steps of the plan to the next label of each pillar."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assessments.planning.next_label import pillar_rises
from assessments.scoring.types import TOP, DomainResult, ScoredResult, Todo, Trace


def rises_to_go(result: ScoredResult, steps: Iterable[Todo]) -> Mapping[str, tuple[int, int]]:
    """The next label of each pillar, and how many questions still have to rise to it once these steps are done.

    Pillars without a label, at the highest one, or that the steps bring to the next one are left out.
    """
    targets = {step.question.id: step.target for step in steps}
    after = replace(result, domains=tuple(_raised(domain, targets) for domain in result.domains))
    found = {}
    for pillar in result.pillars:
        if pillar.label is not None and pillar.label < TOP:
            rises = pillar_rises(after, pillar.code, pillar.label + 1)
            if rises:
                found[pillar.code] = pillar.label + 1, len(rises)
    return found


def _raised(domain: DomainResult, targets: Mapping[str, int]) -> DomainResult:
    """Only levels rise: the figures stay those of before."""

    def raised(trace: Trace) -> Trace:
        target = targets.get(trace.question.id)
        return trace if trace.low is None or target is None else replace(trace, low=max(trace.low, target))

    return replace(domain, traces=tuple(raised(trace) for trace in domain.traces))
