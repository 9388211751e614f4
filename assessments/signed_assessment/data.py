"""The data of an assessment between its type and plain values."""

import json
from dataclasses import asdict
from typing import Any

from assessments.bank.document.json_document import read_json
from assessments.bank.document.writer import day_as_text, to_plain
from assessments.bank.errors import DocumentError
from assessments.bank.types import Depth, Edition
from assessments.scoring.scope import FactAnswer
from assessments.scoring.types import TOP, ScoredAnswerKind
from assessments.signed_assessment.canonical import UnreadableFile, canonical
from assessments.signed_assessment.types import NOT_ANSWERED, AssessmentFile, FileAnswer, Plain
from assessments.signed_assessment.values import values_of

_KINDS = (*ScoredAnswerKind, NOT_ANSWERED)
_GIVEN_BY = ("", "business", "consultancy")
MOST_ANSWERS = 5_000


def plain_data(file: AssessmentFile) -> Plain:
    """What `read_data` reads back as the same."""
    return {
        "organisation": file.organisation,
        "finished_on": file.finished_on.isoformat(),
        "interim": file.interim,
        "depth": file.depth.value,
        "facts": {
            question: {"options": sorted(fact.options), "not_sure": fact.not_sure}
            for question, fact in file.facts.items()
        },
        "tags": list(file.tags),
        "provisional": list(file.provisional),
        "answers": [asdict(answer) for answer in file.answers],
        "edition": file.edition,
        "result": file.result,
    }


def plain_edition(edition: Edition) -> Plain:
    """The bank's JSON document. Raises ValueError for gates that no document can express."""
    found: Plain = json.loads(json.dumps(to_plain(edition), default=day_as_text))
    return found


def read_data(found: Plain) -> AssessmentFile:
    """`edition` and `result` are taken as they are. Raises UnreadableFile."""
    with values_of("", found) as data:
        answers = [_answer(place, each) for place, each in enumerate(data.list("answers")[: MOST_ANSWERS + 1], 1)]
        if len({answer.question for answer in answers}) != len(answers) or len(answers) > MOST_ANSWERS:
            data.refuse("answers", "holds two answers to one question, or far too many")
        return AssessmentFile(
            organisation=data.text("organisation", 500),
            finished_on=data.day("finished_on"),
            interim=data.flag("interim"),
            depth=Depth(data.choice("depth", tuple(Depth))),
            facts={question: _fact(question, each) for question, each in data.mapping("facts").items()},
            tags=data.texts("tags"),
            provisional=data.texts("provisional"),
            answers=tuple(answers),
            edition=data.mapping("edition"),
            result=data.mapping("result"),
        )


def read_edition_of(file: AssessmentFile) -> Edition:
    """The edition inside. What its parts refer to may not be there. Raises UnreadableFile."""
    try:
        return read_json(canonical(file.edition).decode(), "edition")
    except DocumentError as error:
        first = error.problems[0]
        raise UnreadableFile(
            f"The edition in the file cannot be read: {first.place or 'at the top'}: {first.message}."
        ) from None


def _fact(question: str, found: Any) -> FactAnswer:
    with values_of(f"facts, {question[:40]}", found) as fact:
        return FactAnswer(frozenset(fact.texts("options")), fact.flag("not_sure"))


def _answer(number: int, found: Any) -> FileAnswer:
    place = f"answers, number {number}"
    with values_of(place, found) as own:
        answer = FileAnswer(
            question=own.form("question", "[A-Za-z0-9_-]{1,24}"),
            kind=own.choice("kind", _KINDS),
            level=None if own.any("level") is None else own.whole("level", 0, TOP),
            reason=own.text("reason"),
            has_evidence=own.flag("has_evidence"),
            answered_as=own.choice("answered_as", _GIVEN_BY),
            taken_over_from=own.day("taken_over_from").isoformat() if own.any("taken_over_from") else "",
            note=own.text("note"),
            evidence=own.text("evidence"),
        )
        if (answer.level is None) is (answer.kind == ScoredAnswerKind.LEVEL):
            own.refuse("level", "does not belong to the kind of the answer")
        if bool(answer.reason) is not (answer.kind == ScoredAnswerKind.NOT_APPLICABLE):
            own.refuse("reason", "does not belong to the kind of the answer")
    return answer
