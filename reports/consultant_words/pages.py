"""What the pages of texts and snippets show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.paging import ListPage, list_page
from assessments.access import asked_in
from assessments.bank.types import Domain, Edition
from assessments.results.recorded_answers import load_recorded_answers
from assessments.wording import answer_text, level_name
from reports.consultant_words.access import WordsAccess
from reports.consultant_words.queries import fits, fitting_snippets, texts_about
from reports.consultant_words.services import MOST_OWN_STEPS
from reports.document.advice import signature
from reports.kinds.text_places import TextPlace
from reports.models import ConsultantText, Snippet

SNIPPETS_ON_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class WrittenText:
    """One text as stored. `own`: of the consultancy for which the reader writes."""

    pk: UUID
    title: str
    text: str
    signed: str
    own: bool


@dataclass(frozen=True, slots=True)
class DomainWordsLine:
    """A domain with what was written about it. `snippets` fit its answers; `begun`: the reader's own text is there."""

    code: str
    title: str
    texts: tuple[WrittenText, ...]
    snippets: int
    begun: bool


@dataclass(frozen=True, slots=True)
class WordsPage:
    """Every place. `writes` is the consultancy for which the reader may write, None for whoever only reads."""

    writes: Organisation | None
    summary: tuple[WrittenText, ...]
    summary_begun: bool
    steps: tuple[WrittenText, ...]
    more_steps: bool
    domains: tuple[DomainWordsLine, ...]

    @property
    def says_something(self) -> bool:
        return bool(self.summary or self.steps or any(domain.texts for domain in self.domains))


@dataclass(frozen=True, slots=True)
class SnippetLine:
    """A snippet and the answer that it is for, in words; `asks` is empty for a question that is not asked any more."""

    pk: UUID
    question: str
    asks: str
    answer: str
    text: str


def words_page(words: WordsAccess) -> WordsPage:
    """Two queries, three for whoever writes, however much was written."""
    stored = list(texts_about(words.result))
    fitting = _fitting(words)
    summary = _in_place(stored, words, TextPlace.SUMMARY)
    steps = _in_place(stored, words, TextPlace.STEP)
    return WordsPage(
        writes=words.consultancy,
        summary=summary,
        summary_begun=any(text.own for text in summary),
        steps=steps,
        more_steps=sum(step.own for step in steps) < MOST_OWN_STEPS,
        domains=tuple(_domain_line(domain, words, stored, fitting) for domain in _domains(words)),
    )


def _domains(words: WordsAccess) -> Iterable[Domain]:
    return (domain for domain in words.access.edition.domains if asked_in(words.access, domain.code))


def _domain_line(
    domain: Domain, words: WordsAccess, stored: Iterable[ConsultantText], fitting: Sequence[Snippet]
) -> DomainWordsLine:
    texts = _in_place((text for text in stored if text.domain == domain.code), words, TextPlace.DOMAIN)
    codes = {question.id for question in words.access.edition.by_domain[domain.code]}
    return DomainWordsLine(
        code=domain.code,
        title=domain.title,
        texts=texts,
        snippets=sum(snippet.question in codes for snippet in fitting),
        begun=any(text.own for text in texts),
    )


def _in_place(stored: Iterable[ConsultantText], words: WordsAccess, place: TextPlace) -> tuple[WrittenText, ...]:
    return tuple(written_text(text, words.consultancy) for text in stored if text.place == place)


def written_text(text: ConsultantText, reader: Organisation | None) -> WrittenText:
    """`reader` is the consultancy for which the reader writes."""
    signed = signature(str(text.written_by), text.consultancy.name, timezone.localdate(text.written_at))
    own = reader is not None and reader.pk == text.consultancy_id
    return WrittenText(text.pk, text.title, text.text, signed, own)


def _fitting(words: WordsAccess) -> list[Snippet]:
    if words.consultancy is None:
        return []
    answers = load_recorded_answers(words.result.answers)
    return fitting_snippets(words.result, words.consultancy, answers, answers)


def snippets_for_domain(words: WordsAccess, domain: Domain) -> tuple[SnippetLine, ...]:
    """Those that fit the answers in it, to put in."""
    answers = load_recorded_answers(words.result.answers)
    codes = [question.id for question in asked_in(words.access, domain.code)]
    found = fitting_snippets(words.result, words.writer, answers, codes)
    return tuple(_snippet_line(each, words.access.edition) for each in found if fits(each, answers[each.question]))


def snippets_page(consultancy: Organisation, edition: Edition | None, query: QueryDict) -> ListPage[SnippetLine]:
    """By question and answer. `edition` is the one whose words stand beside the codes."""
    own = Snippet.objects.filter(consultancy=consultancy).order_by("question", "level", "written_at", "pk")
    page = list_page(own, query, size=SNIPPETS_ON_A_PAGE)
    return replace(page, rows=[_snippet_line(each, edition) for each in page.rows])


def _snippet_line(snippet: Snippet, edition: Edition | None) -> SnippetLine:
    question = edition.question.get(snippet.question) if edition else None
    if edition is None or question is None:
        answer = _("Don’t know") if snippet.level is None else str(snippet.level)
        return SnippetLine(snippet.pk, snippet.question, "", answer, snippet.text)
    kind = "unknown" if snippet.level is None else "level"
    named = "" if snippet.level is None else f"{snippet.level} {level_name(edition, snippet.level)}: "
    words = answer_text(edition, question, kind, snippet.level)
    return SnippetLine(snippet.pk, question.id, question.text, f"{named}{words}", snippet.text)
