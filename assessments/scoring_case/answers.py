"""The answers of a case, each in its short or its full form."""

from difflib import get_close_matches

import yaml

from assessments.bank.document.entry import Entry
from assessments.bank.document.fields import Fields, fields
from assessments.bank.document.question_entry import TOP_LEVEL
from assessments.bank.types import Edition, Question
from assessments.scoring.terms import asks
from assessments.scoring.types import Run, ScoredAnswer, ScoredAnswerKind
from assessments.scoring_case.places import keyed_pairs, warn

UNKNOWN = "unknown"
OPEN = "open"
FORMS = (
    f"expected a level 0 to {TOP_LEVEL}, {UNKNOWN}, {OPEN}, {{level: 3, evidence: true}} or {{not_applicable: reason}}"
)


def read_answers(case: Fields, edition: Edition, run: Run) -> dict[str, ScoredAnswer]:
    """By question, of `answers` and `answers_default` together; open ones are left out."""
    listed, by_default = case.optional("answers"), case.optional("answers_default")
    given = _listed(listed, edition, run) if listed else {}
    default = _default(by_default) if by_default else None
    asked = (question.id for question in edition.questions if asks(question, run.depth, run.tags))
    answers = {**dict.fromkeys(asked, default), **given}
    return {question: answer for question, answer in answers.items() if answer is not None}


def _listed(entry: Entry, edition: Edition, run: Run) -> dict[str, ScoredAnswer | None]:
    given = {}
    for name, key, value in keyed_pairs(entry):
        answer = _answer(value)
        question = edition.question.get(name)
        if question is None:
            key.refuse(_no_question(name, edition))
        else:
            given[name] = answer
            _warn_if_without_effect(key, question, answer, run)
    return given


def _no_question(name: str, edition: Edition) -> str:
    close = get_close_matches(name.upper(), edition.question)
    return f"no question of edition {edition.id} has this id" + (f"; did you mean {close[0]}?" if close else "")


def _warn_if_without_effect(key: Entry, question: Question, answer: ScoredAnswer | None, run: Run) -> None:
    if not asks(question, run.depth, run.tags):
        warn(key, "this question is not asked under these facts and at this depth, so it plays no part")
    elif _left_out(answer) and not question.offers_not_applicable(run.tags):
        warn(key, "this question does not offer “not applicable” here, so it counts as not answered")


def _left_out(answer: ScoredAnswer | None) -> bool:
    return answer is not None and answer.kind is ScoredAnswerKind.NOT_APPLICABLE


def _default(entry: Entry) -> ScoredAnswer | None:
    answer = _answer(entry)
    if _left_out(answer):
        entry.refuse("not every question can be left out: name those that are not applicable under answers")
    return answer


def _answer(entry: Entry) -> ScoredAnswer | None:
    """None for an open one."""
    if entry.shape == "int":
        return ScoredAnswer(ScoredAnswerKind.LEVEL, entry.whole(0, TOP_LEVEL))
    if entry.shape == "map":
        return _in_full(entry)
    if entry.shape == "str" and entry.node.value == UNKNOWN:
        return ScoredAnswer(ScoredAnswerKind.UNKNOWN)
    if entry.shape != "str" or entry.node.value != OPEN:
        entry.refuse(f"{FORMS}, {_shown(entry.node)} found")
    return None


def _in_full(entry: Entry) -> ScoredAnswer:
    with fields(entry) as f:
        left_out = f.optional("not_applicable")
        if left_out is None:
            level = f.whole("level", 0, TOP_LEVEL)
            return ScoredAnswer(ScoredAnswerKind.LEVEL, level, has_evidence=f.optional_flag("evidence"))
        if f.optional("level") or f.optional("evidence"):
            entry.refuse("not_applicable stands alone, without level and evidence")
        return ScoredAnswer(ScoredAnswerKind.NOT_APPLICABLE, reason=left_out.text())


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value) or "nothing"
    return "a list"
