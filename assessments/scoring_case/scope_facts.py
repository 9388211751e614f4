"""The facts of a case: scope questions and the options chosen there."""

from assessments.bank.document.entry import Entry
from assessments.bank.scope_types import ScopeQuestion
from assessments.bank.types import Edition
from assessments.scoring.scope import FactAnswer, visible_questions
from assessments.scoring_case.places import keyed_pairs, warn

NOT_SURE = "not_sure"


def read_scope_facts(entry: Entry, edition: Edition) -> dict[str, FactAnswer]:
    """By id of the scope question. A case may put the screen before it; no two screens have a question of one id."""
    in_full = {f"{screen.id}.{own.id}": own for screen in edition.scope.screens for own in screen.questions}
    known = {own.id: own for own in in_full.values()} | in_full
    facts: dict[str, FactAnswer] = {}
    keys: dict[str, Entry] = {}
    for name, key, value in keyed_pairs(entry):
        question = known.get(name)
        if question is None:
            key.refuse(f"edition {edition.id} has no such scope question; there are {', '.join(in_full)}")
        elif question.id in facts:
            key.refuse("this question appears twice, with and without its screen")
        else:
            keys[question.id] = key
            facts[question.id] = _fact(value, question)
    _warn_of_unasked(edition, facts, keys)
    return facts


def _fact(entry: Entry, question: ScopeQuestion) -> FactAnswer:
    entries = entry.items() if entry.shape == "seq" else [entry]
    chosen = frozenset(_option(each, question) for each in entries)
    if len(chosen) > 1:
        alone = [option.id for option in question.options if option.exclusive and option.id in chosen]
        if not question.many:
            entry.refuse("only one option can be chosen here")
        elif alone:
            entry.refuse(f"{alone[0]} and another option cannot both be true")
    return FactAnswer(options=chosen - {NOT_SURE}, not_sure=NOT_SURE in chosen)


def _option(entry: Entry, question: ScopeQuestion) -> str:
    """An option's id or "not_sure", else refused. YAML takes yes and no without quotes for true and false."""
    written = ("yes" if entry.flag() else "no") if entry.shape == "bool" else entry.text()
    offered = [*(option.id for option in question.options), NOT_SURE]
    if written and written not in offered:
        entry.refuse(f"{written} is no option here; there are {', '.join(offered)}")
    return written


def _warn_of_unasked(edition: Edition, facts: dict[str, FactAnswer], keys: dict[str, Entry]) -> None:
    shown = {question.id for question in visible_questions(edition.scope, facts)}
    for question_id, key in keys.items():
        if question_id not in shown:
            warn(key, "this is not asked with these other facts, so it plays no part")
