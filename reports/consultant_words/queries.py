"""Texts and snippets: queryset in, queryset out."""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from accounts.models import Organisation
from assessments.models import AnswerKind, Result
from assessments.presentation.answer_record import RecordedAnswer
from reports.kinds.text_places import TextPlace
from reports.models import ConsultantText, Snippet


def texts_about(result: Result) -> QuerySet[ConsultantText]:
    """Those that say something, of every consultancy, in the order of reports, each with who wrote it."""
    texts = ConsultantText.objects.filter(result=result).exclude(text="", title="")
    named = texts.select_related("consultancy", "written_by").defer("written_by__password")
    return named.order_by("consultancy__name", "consultancy", "created_at", "pk")


def text_in_place(result: Result, consultancy: Organisation, place: TextPlace, domain: str) -> ConsultantText | None:
    """The summary, or the text about a domain; empty if it was taken out."""
    texts = ConsultantText.objects.filter(result=result, consultancy=consultancy, place=place, domain=domain)
    return texts.select_related("written_by").first()


def steps_of(result: Result, consultancy: Organisation) -> QuerySet[ConsultantText]:
    """Those that it added to the plan."""
    return ConsultantText.objects.filter(result=result, consultancy=consultancy, place=TextPlace.STEP)


def fitting_snippets(
    result: Result, consultancy: Organisation, answers: Mapping[str, RecordedAnswer], questions: Collection[str]
) -> list[Snippet]:
    """Of the consultancy's snippets those for the answers that were given to these questions."""
    mine = Snippet.objects.filter(consultancy=consultancy, bank__editions__assessments=result.assessment_id)
    return [
        each
        for each in mine.filter(question__in=questions).order_by("question", "written_at", "pk")
        if each.question in answers and fits(each, answers[each.question])
    ]


def fits(snippet: Snippet, answer: RecordedAnswer) -> bool:
    """Whether it is for this answer to its question."""
    if snippet.level is None:
        return answer.kind == AnswerKind.UNKNOWN
    return answer.kind == AnswerKind.LEVEL and answer.level == snippet.level
