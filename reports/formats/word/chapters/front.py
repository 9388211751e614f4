"""Cover, short version and contents."""

from base64 import b64decode
from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reports.document.types import PillarPart, ReportDocument
from reports.formats.bar_pictures import bar_in_words, bar_picture
from reports.formats.word.body import Body, Cell, Column, Picture
from reports.formats.word.chapters.figures import add_counts
from reports.formats.word.look import OfficeDocument, colour_of
from reports.formats.word.spans import Span, link, muted, strong, typed

BAR_WIDTH = 34


def add_cover(report: ReportDocument, body: Body) -> None:
    cover, brand = report.cover, report.brand
    add_look(report, body, style="CoverBrand")
    body.paragraph(cover.kind, style="CoverKind")
    body.paragraph(cover.title, style="Subtitle")
    body.paragraph(typed(cover.organisation), style="Title", direction=cover.organisation.direction)
    body.paragraph(cover.date, style="CoverDate")
    for name, text in _cover_facts(report):
        body.paragraph(muted(name), text, style="CoverFact")
    if brand:
        body.paragraph(muted(_("Advised by")), brand.name, style="CoverFact")
        body.paragraph(typed(brand.contact), style="CoverFact", direction=brand.contact.direction)
    body.paragraph(report.disclaimer, style="CoverNotice")
    body.page_break()


def add_masthead(report: ReportDocument, body: Body) -> None:
    """A cover in a few lines."""
    cover = report.cover
    add_look(report, body, style="MastBrand")
    body.heading(1, cover.kind, "top")
    body.paragraph(cover.title, style="Small")
    body.paragraph(typed(cover.organisation), style="Lead", direction=cover.organisation.direction)
    facts = [f"{name}: {text}" for name, text in _masthead_facts(report)]
    body.paragraph(strong(cover.date), f"· {' · '.join(facts)}", style="Small")


def _masthead_facts(report: ReportDocument) -> Iterator[tuple[str, str]]:
    cover = report.cover
    yield _("Depth"), f"{cover.depth}, {cover.questions}"
    yield _("Question bank"), cover.edition
    yield _("Law as of"), cover.law_status
    if report.brand:
        yield _("Advised by"), report.brand.name


def add_look(report: OfficeDocument, body: Body, style: str) -> None:
    """The logo, or the name of who made it."""
    brand = report.brand
    if brand and brand.logo:
        says = _("Logo of %(name)s") % {"name": brand.name}
        content = b64decode(brand.logo.partition(",")[2])
        body.picture(Picture(content, float(brand.logo_width), says), style=style)
    else:
        body.paragraph(brand.name if brand else "Evenkeel", style=style)


def _cover_facts(report: ReportDocument) -> list[tuple[str, str]]:
    cover = report.cover
    facts = [
        (_("Depth"), f"{cover.depth}: {cover.questions}"),
        (_("Question bank"), cover.edition),
        (_("Law as of"), cover.law_status),
    ]
    return facts + [(_("Answers") if number == 0 else "", line) for number, line in enumerate(cover.reviewed)]


def add_summary(report: ReportDocument, body: Body) -> None:
    words = report.words
    body.heading(1, _("The short version"), "summary")
    body.paragraph(words.in_short, style="Lead")
    add_counts(report, body)
    if words.strengths:
        body.heading(2, words.headings.strengths.title)
        body.bullets((item.answer, muted(item.domain), link(item.question)) for item in words.strengths)
    if words.first:
        _add_first_steps(report, body)
    body.heading(2, words.headings.pillars.title)
    body.table(_pillar_columns(), (_pillar_row(report, each) for each in report.pillars), words.headings.pillars.title)
    body.paragraph(strong(words.overall), *(() if report.says_who else report.facts), style="Small")


def _add_first_steps(report: ReportDocument, body: Body) -> None:
    words = report.words
    body.heading(2, words.headings.first.title)
    body.numbered(
        [
            [strong(step.step.text)],
            [f"{step.step.facts}.", step.promise, link(step.question, f"step-{step.number}"), _tag(step.mark)],
        ]
        for step in words.first
    )
    changes = (f"{each.name}: {each.change}" for each in words.changes)
    moves = "; ".join(changes)
    body.paragraph(strong(words.promise), *words.to_go, f"{moves}." if moves else "", style="Boxed")


def _pillar_columns() -> list[Column]:
    return [
        Column(_("Pillar"), 30),
        Column(_("Level"), 46),
        Column(_("Figure"), 14),
        Column(_("From 0 to 4"), BAR_WIDTH + 4),
        Column(_("Counts"), 36),
    ]


def _pillar_row(report: ReportDocument, pillar: PillarPart) -> list[Cell]:
    words, figure = pillar.words, pillar.words.figure
    reach = f"{capfirst(figure.range)}, {_('once the open questions are answered.')}" if figure.range else ""
    return [
        strong(words.name),
        (figure.name, muted(reach), "" if figure.assessed else muted(figure.says)),
        strong(figure.number),
        bar_cell(report, pillar),
        " · ".join(words.counts),
    ]


def bar_cell(report: ReportDocument, part: PillarPart) -> Cell:
    if not part.words.figure.assessed:
        return ""
    return Picture(bar_picture(part.row, colour_of(report)), BAR_WIDTH, bar_in_words(part.row))


def _tag(text: str) -> Span:
    return Span(text, "Tag")


def add_contents(report: ReportDocument, body: Body) -> None:
    """The entries follow when all headings are known."""
    body.heading(1, _("Contents"), "contents")
    body.mark_contents()
    body.heading(2, _("What a level promises"))
    body.bullets((strong(f"{step.code} {step.name}."), step.says) for step in report.method.labels)
