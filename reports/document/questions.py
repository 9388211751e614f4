"""One question as it was answered."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from assessments.bank.types import Edition, QuestionCitation
from assessments.models import AnswerKind as StoredKind
from assessments.models import Verdict
from assessments.presentation.answer_record import RecordedAnswer, RecordedReview
from assessments.scoring.types import Run, ScoredAnswerKind, Trace
from assessments.wording import answer_text, date_text, gate_name, level_name, provisional_note
from assessments.wording.sums import QuestionShareWords
from reports.document.prose import one_line, prose
from reports.document.types import CitationLine, CommentPart, QuestionPart

STANDARD = "standard"
OPEN = StoredKind.OPEN
LONG_NOTE = 900
"""Notes of more characters may be split over two pages; shorter ones stay with their question."""


def question_part(
    edition: Edition, run: Run, trace: Trace, recorded: RecordedAnswer | None, share: QuestionShareWords | None
) -> QuestionPart:
    """`share` is how it went into the sum of its domain, None if the domain is not assessed."""
    question = trace.question
    given = recorded or RecordedAnswer(question.id, OPEN, None, "", "", "")
    level = given.level if given.kind == ScoredAnswerKind.LEVEL else None
    return QuestionPart(
        id=question.id,
        text=question.text,
        tone=_tone(given.kind, level),
        level=f"{level} {level_name(edition, level)}" if level is not None else "",
        answer=answer_text(edition, question, given.kind, level),
        marks=(*_marks(trace), *_taken_over(given)),
        warnings=tuple(_warnings(edition, trace, share)) if share else (),
        reason=prose(given.reason),
        note=prose(given.note),
        evidence=prose(given.evidence),
        review=_review(given.review) if given.review else "",
        review_note=prose(given.review.note if given.review else ""),
        comments=tuple(CommentPart(one_line(comment.by), prose(comment.text)) for comment in given.comments),
        citations=tuple(_citations(edition, run, question.citations)),
        weight=_("Weight %(weight)d") % {"weight": question.weight},
        long=_length(given) > LONG_NOTE,
        value=level,
        target=trace.target,
    )


def _length(recorded: RecordedAnswer) -> int:
    review = len(recorded.review.note) if recorded.review else 0
    return len(recorded.note) + review + sum(len(comment.text) for comment in recorded.comments)


def _review(review: RecordedReview) -> str:
    day = date_text(date.fromisoformat(review.on))
    words = {"who": one_line(review.by), "consultancy": one_line(review.consultancy), "day": day}
    if review.verdict == Verdict.AGREES:
        return _("%(who)s of %(consultancy)s agreed on %(day)s.") % words
    return _("%(who)s of %(consultancy)s disputed this on %(day)s:") % words


def _taken_over(given: RecordedAnswer) -> Iterable[str]:
    if given.taken_over_from:
        day = date_text(date.fromisoformat(given.taken_over_from))
        yield _("Taken over from %(day)s, not looked at again.") % {"day": day}


def _tone(kind: str, level: int | None) -> str:
    if level is not None:
        return str(level)
    return "out" if kind == ScoredAnswerKind.NOT_APPLICABLE else "unknown"


def _marks(trace: Trace) -> Iterable[str]:
    if trace.gate and not trace.closed:
        yield _("Open gate.")
    if trace.low is None or trace.high is None or trace.proven is None:
        yield _("Not counted.")
    elif trace.high != trace.low:
        yield _("Counts as %(level)d, could be up to %(high)d.") % {"level": trace.low, "high": trace.high}
    elif trace.proven != trace.low:
        yield _("No proof named: counts as %(level)d, with proof %(proven)d.") % {
            "level": trace.low,
            "proven": trace.proven,
        }
    if trace.provisional:
        yield provisional_note()


def _warnings(edition: Edition, trace: Trace, share: QuestionShareWords) -> Iterable[str]:
    """The effect of a gate that is closed as answered, or closed if only answers with proof are counted.

    What nobody knows is no finding: there the kind of the gate is not named.
    """
    if trace.closed and trace.gate:
        known = trace.low == trace.high and not trace.provisional
        kind = gate_name(edition, trace.gate) if known else _("Until this is known")
        words = {"gate": kind, "closed": share.closed, "reason": trace.gate.reason, "effect": share.gate}
        yield _("%(gate)s, %(closed)s: %(reason)s %(effect)s") % words
    elif share.gate:
        yield _("Counting only answers with proof, its gate is closed. %(effect)s") % {"effect": share.gate}


def _citations(edition: Edition, run: Run, uses: Iterable[QuestionCitation]) -> Iterable[CitationLine]:
    """First what the law asks of this business, then good practice, then what is only a model for it."""
    tags = {law.code: law.tag for law in edition.laws}
    law, practice, models = [], [], []
    for use in uses:
        source = edition.citations[use.label].law
        if source == STANDARD:
            practice.append(use.label)
        elif tags[source] in run.tags and use.when.holds(run.tags):
            law.append(_with_start(use))
        else:
            models.append(use.label)
    for kind, labels in ((_("Law"), law), (_("Good practice"), practice), (_("A model, not your duty"), models)):
        if labels:
            yield CitationLine(kind, "; ".join(labels))


def _with_start(use: QuestionCitation) -> str:
    if use.starts is None:
        return use.label
    return _("%(label)s (from %(day)s)") % {"label": use.label, "day": date_text(use.starts)}
