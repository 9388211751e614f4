"""Rules for editions in English: words that are plain and kind, and a reading grade that most people have."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assessments.bank.checks.grade import reading_grade
from assessments.bank.checks.scope import warning
from assessments.bank.checks.steps import texts_of
from assessments.bank.checks.wording import words_of
from assessments.bank.errors import Problem
from assessments.bank.placeholders import with_placeholders_as
from assessments.bank.steps import Step
from assessments.bank.types import Edition, GateKind, Question

GRADE_OF_QUESTIONS, GRADE_OF_HELP = 8, 9
MOST_CONDITIONS = 2

_REFUSED = re.compile(
    r"\b(your authority|simply|just|obviously|compliance|compliant|stakeholders?|leverag(?:e[sd]?|ing))\b",
    re.IGNORECASE,
)
_AS_BEFORE = re.compile(r"as before\b", re.IGNORECASE)
_LOOKING = re.compile(r"\b(looked|checked|knows? whether|thought about|compared)\b", re.IGNORECASE)
_JOINED = re.compile(r" and |; ")
_LOW_LEVELS = 2
_SHORT_WORD = 3
_COMMON_WORDS = """
also another been before both does done each every from have here into more most need needs none only other our over
such than that their them then there these they this those what when where which while with without your
"""
_COMMON = frozenset(_COMMON_WORDS.split())
# Gates that are about a fact, not about having looked.
_FACTS = (GateKind.LEGAL_STOP, GateKind.LEGAL, GateKind.HARM)


def is_english(edition: Edition) -> bool:
    """Whatever the country."""
    return edition.language.lower().replace("_", "-").partition("-")[0] == "en"


@lru_cache(maxsize=1024)
def check_english(question: Question, excepted: bool) -> tuple[Problem, ...]:
    """`excepted` questions may be harder to read than others, for a reason that the edition gives.

    Cached, because an editor checks the whole edition again after each change to one question.
    """
    return tuple(_problems(question, excepted, f"questions {question.id}"))


def _problems(question: Question, excepted: bool, place: str) -> Iterator[Problem]:
    yield from _grades(question, excepted, place)
    for where, text in _texts(question):
        for word in _REFUSED.findall(text):
            yield warning(f"{place}, {where}", f'"{word}" is not a word for our readers')
    yield from _levels_alone(question, f"{place}, levels")
    if question.duties or any(gate.kind in _FACTS for gate in question.gates):
        yield from _facts(question, place)
    for step in question.steps:
        yield from _done_when(question, step, f"{place}, steps, to {step.to}")


def _grades(question: Question, excepted: bool, place: str) -> Iterator[Problem]:
    hard = list(_hard(question))
    if excepted and not hard:
        yield warning(f"readability_exceptions {question.id}", "no text of it needs an exception")
    for where, grade, most in () if excepted else hard:
        yield warning(f"{place}, {where}", f"reading grade {grade:.1f}, at most {most}: shorter words and sentences")


def _levels_alone(question: Question, place: str) -> Iterator[Problem]:
    for number, level in enumerate(question.levels):
        if len(_JOINED.findall(level)) > MOST_CONDITIONS:
            yield warning(f"{place}, level {number}", "joins more than two conditions: which one decides?")
        if _AS_BEFORE.match(level):
            yield warning(f"{place}, level {number}", "refers to another level: each is also shown by itself")


def _texts(question: Question) -> Iterator[tuple[str, str]]:
    yield "text", question.text
    yield "help", question.help
    for number, level in enumerate(question.levels):
        yield f"levels, level {number}", level
    if question.find_out:
        yield "find_out", question.find_out.text
    for step in question.steps:
        yield from ((f"steps, to {step.to}, {name}", text) for name, text in texts_of(step))


def _hard(question: Question) -> Iterator[tuple[str, float, int]]:
    for where, text in _texts(question):
        if where.endswith("pays_for"):
            continue  # a name of something, no sentence
        most = GRADE_OF_QUESTIONS if where == "text" or where.startswith("levels") else GRADE_OF_HELP
        grade = reading_grade(with_placeholders_as("office", text)) if text.strip() else 0
        if grade > most:
            yield where, grade, most


def _facts(question: Question, place: str) -> Iterator[Problem]:
    for number, level in enumerate(question.levels[:_LOW_LEVELS]):
        for word in _LOOKING.findall(level):
            yield warning(
                f"{place}, levels, level {number}",
                f'"{word}": state a fact here; not having looked is the answer "I don\'t know"',
            )


def _done_when(question: Question, step: Step, place: str) -> Iterator[Problem]:
    if not 0 < step.to < len(question.levels):
        return
    new = _content(question.levels[step.to]) - _content(question.levels[step.to - 1])
    shared = new & _content(step.done_when)
    if 2 * len(shared) < len(new):
        missing = ", ".join(sorted(new - shared))
        yield warning(f"{place}, done_when", f"says less than half of what level {step.to} adds: {missing}")


def _content(text: str) -> frozenset[str]:
    """The words that carry meaning, without their endings."""
    return frozenset(_stem(word) for word in words_of(text) if len(word) > _SHORT_WORD and word not in _COMMON)


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ied", "es", "ed", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORT_WORD:
            return word.removesuffix(ending)
    return word
