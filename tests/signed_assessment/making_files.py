"""Signed assessments of small banks, made briefly: each test says only what it is about."""

import hashlib
import json
import random
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from assessments.bank.types import Depth, Edition
from assessments.scoring.engine import score
from assessments.scoring.scope import ScopeFacts, find_tags
from assessments.scoring.stored import dump_result
from assessments.scoring.types import Answers, Run
from assessments.signed_assessment.canonical import canonical
from assessments.signed_assessment.data import plain_edition
from assessments.signed_assessment.envelope import write_signed
from assessments.signed_assessment.signing import SigningKey
from assessments.signed_assessment.types import AssessmentFile, FileAnswer, SignedReport
from tests.bank import strategies as some
from tests.bank.businesses import said
from tests.bank.making import edition, question
from tests.bank.strategies import TODAY
from tests.scoring.answering import level

NOW = datetime(2026, 11, 30, 14, 2, tzinfo=UTC)
SITE = "https://check.example.org"
KEY = SigningKey("a secret of the tests, as long as one of an installation has to be")
KNOWN = {KEY.public_key: SITE}
REPORT = b"%PDF-1.7 a report of one line"
BANK = edition(question("DATA-01"), question("ACCESS-01"), id="2026.9")
FACTS = {"base": said("eu"), "ai": said("none")}


def file_of(bank: Edition, facts: ScopeFacts, answers: Answers, depth: Depth = Depth.FULL) -> AssessmentFile:
    """As an installation would make it of a result that it has just scored."""
    found = find_tags(bank.scope, facts)
    result = score(bank, Run(depth, found.on, found.provisional), answers, TODAY)
    return AssessmentFile(
        organisation="Boulangerie Lumière",
        finished_on=TODAY,
        interim=False,
        depth=depth,
        facts=facts,
        tags=tuple(sorted(found.on)),
        provisional=tuple(sorted(found.provisional)),
        answers=tuple(
            FileAnswer(own, given.kind.value, given.level, given.reason, given.has_evidence)
            for own, given in sorted(answers.items())
        ),
        edition=plain_edition(bank),
        # As a database gives it back.
        result=json.loads(json.dumps(dump_result(result))),
    )


SMALL = file_of(BANK, FACTS, {"DATA-01": level(2), "ACCESS-01": level(3, proof=True)})


def report_of(content: bytes = REPORT, name: str = "Boulangerie Lumière 2026-11-21.pdf") -> SignedReport:
    return SignedReport("full", "pdf", "en-gb", name, hashlib.sha256(content).hexdigest(), len(content), NOW)


def signed(file: AssessmentFile = SMALL, *, key: SigningKey = KEY, **more: Any) -> bytes:
    return write_signed(file, **{"report": report_of(), "issuer": SITE, "issued_at": NOW, "key": key, **more})


def edited(content: bytes, *path: str | int, to: object) -> bytes:
    """With one value replaced, in the form in which it was issued."""
    found = json.loads(content)
    part = found
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = to
    return canonical(found)


@st.composite
def assessment_files(draw: st.DrawFn) -> AssessmentFile:
    """A random bank, random facts about a business, and random answers, scored."""
    bank, _run, answers = draw(some.scored())
    depth = draw(st.sampled_from(Depth))
    return file_of(bank, _facts(bank, draw(st.randoms(use_true_random=False))), answers, depth)


def _facts(bank: Edition, chance: random.Random) -> Mapping[str, Any]:
    questions = [own for screen in bank.scope.screens for own in screen.questions]
    return {
        own.id: said(chance.choice(own.options).id, not_sure=chance.random() < 0.3)
        for own in questions
        if chance.random() < 0.8
    }
