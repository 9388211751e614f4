"""Two people save the same answers at the same moments, 400 times: no save that was acknowledged is lost unseen."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from assessments.bank.types import Depth
from assessments.models import Answer, Assessment, EditionRow
from tests.factories import member
from tests.pages import buttons, parse, sends
from tests.runs import scoped_run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

ROUNDS = 400
QUESTIONS = ("ACCESS-02", "ACCESS-03", "DATA-01")


@dataclass
class Editor:
    """A browser, which knows the version of each question on its page."""

    client: Client
    run: Assessment
    seen: dict[str, int] = field(default_factory=dict)

    def save(self, question: str, level: int, note: str) -> tuple[int, int]:
        """The status, and the version then on the page (200) or offered to be replaced (409)."""
        data = {"version": self.seen.get(question, 0), "answer": level, "note": note}
        url = f"/assessments/{self.run.pk}/answers/{question}/"
        response = self.client.post(url, {f"{question}-{name}": value for name, value in data.items()})
        page = parse(response)
        if response.status_code == 200:
            self.seen[question] = int(sends(page)[f"{question}-version"][0])
            return 200, self.seen[question]
        offered = [button.value for button in buttons(page) if button.value != "theirs"]
        return response.status_code, int(offered[0])


def editor(run: Assessment) -> Editor:
    client = Client()
    client.force_login(member(run.organisation))
    return Editor(client, run)


def test_no_update_is_lost_in_400_rounds_of_two_editors(edition_row: EditionRow) -> None:
    run, chance = scoped_run(depth=Depth.STANDARD), random.Random(400)  # noqa: S311
    editors, barrier = (editor(run), editor(run)), Barrier(2)
    last: dict[str, tuple[int, str]] = {}
    overwritten_unseen = conflicts = 0

    def together(who: int, question: str, level: int, note: str) -> tuple[int, int]:
        barrier.wait(timeout=20)
        return editors[who].save(question, level, note)

    def leave() -> None:
        barrier.wait(timeout=20)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for round_ in range(ROUNDS):
            question = chance.choice(QUESTIONS)
            notes = [f"round {round_} by {who}" for who in range(2)]
            seen = [each.seen.get(question, 0) for each in editors]
            saves = [pool.submit(together, who, question, chance.randrange(5), notes[who]) for who in range(2)]
            answers = [save.result(timeout=20) for save in saves]
            # In the order in which the database took them.
            for who in sorted(range(2), key=lambda who: answers[who][1]):
                status, version = answers[who]
                if status == 200:
                    overwritten_unseen += seen[who] != last.get(question, (0, ""))[0]
                    last[question] = (version, notes[who])
                else:
                    conflicts += 1
                    assert status == 409
                    # Mostly looks at the other's answer and continues from there; sometimes leaves the page as it is.
                    if chance.random() < 0.8:
                        editors[who].seen[question] = version
        for left in [pool.submit(leave) for _ in editors]:
            left.result(timeout=20)

    stored = {answer.question: (answer.version, answer.note) for answer in Answer.objects.filter(assessment=run)}
    assert overwritten_unseen == 0
    assert stored == last
    assert conflicts >= ROUNDS // 2
