"""What is said to be at level 3 or 4, with the proof that was named for it and without."""

from collections.abc import Iterable, Iterator

from reports.document.types import DomainPart, EvidenceClaim, EvidencePart

CLAIMED = ("3", "4")
"""Tones of the levels at which proof is asked for."""


def evidence_part(domains: Iterable[DomainPart]) -> EvidencePart:
    claims = tuple(_claims(domains))
    return EvidencePart(
        proven=tuple(claim for claim in claims if claim.evidence),
        unproven=tuple(claim for claim in claims if not claim.evidence),
    )


def _claims(domains: Iterable[DomainPart]) -> Iterator[EvidenceClaim]:
    for domain in domains:
        for question in domain.questions:
            if question.tone in CLAIMED:
                yield EvidenceClaim(domain.words.title, question.id, question.text, question.level, question.evidence)
