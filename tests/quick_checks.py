"""What a guest says about the business in a quick check."""

from assessments.scoring.scope import FactAnswer


def guest_facts(country: str = "us_tx", people: str = "no", *ai: str) -> dict[str, FactAnswer]:
    """A business that uses ready-made AI tools, unless `ai` says something else."""
    return {
        "country": FactAnswer(frozenset([country])),
        "people": FactAnswer(frozenset([people])),
        "ai": FactAnswer(frozenset(ai or ["tools"])),
    }
