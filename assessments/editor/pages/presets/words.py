"""What presets and the quick check say, in the words of the scope questions."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from assessments.bank.conditions import Clause, Condition
from assessments.bank.scope_types import PresetFact, Scope, ScopeQuestion


class FactWords:
    """Whatever the scope does not have keeps its code."""

    def __init__(self, scope: Scope) -> None:
        self._questions = {own.id: own for screen in scope.screens for own in screen.questions}

    def question(self, question_id: str) -> str:
        question = self._questions.get(question_id)
        return question.text if question else question_id

    def assumed(self, fact: PresetFact) -> str:
        """The sentences about the business, or question and options."""
        question = self._questions.get(fact.question)
        options = {own.id: own for own in question.options} if question else {}
        chosen = [options[name] for name in fact.options if name in options]
        if chosen and len(chosen) == len(fact.options) and all(own.says for own in chosen):
            return " ".join(own.says for own in chosen)
        names = "; ".join(options[name].text if name in options else name for name in fact.options)
        return f"{self.question(fact.question)} {names}"

    def line(self, fact: PresetFact) -> str:
        """With the businesses for which it counts."""
        whom = self.whom(fact.when)
        return f"{self.assumed(fact)} ({whom})" if whom else self.assumed(fact)

    def whom(self, condition: Condition) -> str:
        """Empty for every business."""
        if not condition.clauses:
            return ""
        ways = (_(" and ").join(self._parts(clause)) for clause in condition.clauses)
        return _("Counts for: %(whom)s") % {"whom": _("; or else: ").join(ways)}

    def _parts(self, clause: Clause) -> Iterator[str]:
        yield from (self._option(name) for name in clause.all)
        if clause.any:
            yield _(" or ").join(dict.fromkeys(self._gathered(clause.any)))
        yield from (_("not %(option)s") % {"option": self._option(name)} for name in clause.none)

    def _gathered(self, names: Iterable[str]) -> Iterator[str]:
        """The heading in place of its options, where all of them are meant."""
        chosen = set(names)
        for name in names:
            question = self._questions.get(name.partition(".")[0])
            group = group_of(question, name.partition(".")[2]) if question else ()
            whole = len(group) > 1 and chosen.issuperset(f"{question.id}.{own}" for own in group) if question else False
            yield self._heading(name) if whole else self._option(name)

    def _heading(self, name: str) -> str:
        question, _dot, option = name.partition(".")
        return next(own.group for own in self._questions[question].options if own.id == option)

    def _option(self, name: str) -> str:
        question, _dot, option = name.partition(".")
        found = self._questions[question].options if question in self._questions else ()
        return next((own.text for own in found if own.id == option), name)


def group_of(question: ScopeQuestion, option: str) -> tuple[str, ...]:
    """All options under the heading of this one; none where it stands under no heading."""
    heading = next((own.group for own in question.options if own.id == option), "")
    return tuple(own.id for own in question.options if heading and own.group == heading)
