"""Clients of a consultancy that exists in tests alone, each different, the same for the same seed."""

import random
from datetime import date, timedelta
from functools import cache

from assessments.bank.types import Depth, Edition
from assessments.scoring.engine import score
from assessments.scoring.types import ScoredAnswer, ScoredAnswerKind
from reports.portfolio.told.results import client_result
from reports.portfolio.told.types import ClientResult, PortfolioClient
from tests.scoring.businesses import random_run

DAY = date(2026, 12, 1)
NAMES = (
    "Bäckerei Łódź",
    "Физиотерапия «Шаг»",
    "مخبز النور للحلويات الشرقية",
    "מאפיית הבוקר",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Flowers 🌷 & More 🐝",
    "Cooperative of Independent Market Gardeners, Beekeepers and Cheese Makers of the Upper Valley, registered",
    "=SUM(A1)",
    "Kiosk",
)
NO_RESULT = 7
"""Each seventh client has finished nothing."""


@cache
def client_answers(edition: Edition, seed: int) -> ClientResult:
    """A business of its own level, which it keeps to within one step at most questions."""
    chance = random.Random(seed)  # noqa: S311
    day = DAY - timedelta(days=chance.choice((3, 20, 90, 200, 400, 800)))
    run = random_run(chance, edition, chance.choice(list(Depth)))
    usual = chance.randint(0, 4)
    answers = {question.id: _answer(chance, usual) for question in edition.questions}
    return client_result(edition, score(edition, run, answers, day), finished_on=day, country="")


def some_clients(edition: Edition, many: int, *, seed: int = 0) -> list[PortfolioClient]:
    chance = random.Random(seed)  # noqa: S311
    clients = []
    for number in range(1, many + 1):
        name = NAMES[number % len(NAMES)] + (f" {number}" if number > len(NAMES) else "")
        review = DAY + timedelta(days=chance.randint(-60, 400)) if chance.random() < 0.6 else None
        result = client_answers(edition, 1000 * seed + number) if number % NO_RESULT else None
        clients.append(PortfolioClient(number, name[:120], review, result))
    return clients


def _answer(chance: random.Random, usual: int) -> ScoredAnswer:
    drawn = chance.random()
    if drawn < 0.06:
        return ScoredAnswer(ScoredAnswerKind.UNKNOWN)
    if drawn < 0.1:
        return ScoredAnswer(ScoredAnswerKind.NOT_APPLICABLE, reason="We have none.")
    level = min(4, max(0, usual + chance.choice((-1, 0, 0, 1))))
    return ScoredAnswer(ScoredAnswerKind.LEVEL, level, has_evidence=chance.random() < 0.5)
