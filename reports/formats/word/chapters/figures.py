"""Levels and numbers in tables with bars, how they were computed, and what has changed since the last result."""

from django.utils.translation import gettext as _

from assessments.wording.figures import DomainWords, FigureWords
from assessments.wording.sums import SumWords
from reports.document.types import DomainPart, ReportDocument, SinceList
from reports.formats.bar_pictures import bar_in_words, bar_picture
from reports.formats.word.body import Body, Cell, Column, Picture
from reports.formats.word.look import colour_of
from reports.formats.word.spans import link, muted, strong

BAR_WIDTH = 34


def add_scores(report: ReportDocument, body: Body) -> None:
    body.heading(1, _("The figures"), "scores")
    body.paragraph(
        _(
            "Every figure runs from 0 to 4. Its whole part is the level that can be promised; the tenths say how much "
            "has already reached the next one. If something is not known yet, the figure counts it as missing, and "
            "“could be up to” counts it as done."
        )
    )
    add_pillar_table(report, body)
    body.paragraph(
        _("“With proof” counts an answer of 3 or 4 as 2 where no evidence was named."),
        style="Small",
    )
    _add_domains(report, body)
    _add_pillars(report, body)


def add_counts(report: ReportDocument, body: Body) -> None:
    """What moves with every improvement, in one line."""
    counts = [piece for count in report.words.numbers for piece in (strong(count.amount), f"{count.name} ·")]
    body.paragraph(*counts[:-1], *(count.name for count in report.words.numbers[-1:]))


def add_pillar_table(report: ReportDocument, body: Body) -> None:
    pillars = ([strong(each.words.name), *_numbers(each.words.figure)] for each in report.pillars)
    body.table([Column(_("Pillar"), 48), *_number_columns()], pillars, _("The pillars in numbers"))


def _number_columns() -> list[Column]:
    return [
        Column(_("Figure"), 16),
        Column(_("Level"), 36),
        Column(_("Could be up to"), 32),
        Column(_("With proof"), 32),
    ]


def _numbers(figure: FigureWords) -> list[Cell]:
    return [strong(figure.number), figure.name, figure.up_to, figure.proven]


def _add_domains(report: ReportDocument, body: Body) -> None:
    body.heading(2, _("The domains in numbers"))
    body.paragraph(report.words.headings.domains.lead, style="Small")
    columns = [
        Column(_("Domain"), 36),
        Column(_("From 0 to 4"), BAR_WIDTH + 3),
        Column(_("Figure"), 13),
        Column(_("Level"), 22),
        Column(_("Could be up to"), 19),
        Column(_("With proof"), 19),
        Column(_("In place, of counted"), 18),
    ]
    parts = [*report.domains, *([report.lens] if report.lens else [])]
    body.table(columns, (_domain_row(report, part) for part in parts), _("The domains in numbers"))
    body.bullets((sentence,) for sentence in report.words.depth_differences)
    if report.lens:
        words = report.lens.words
        body.paragraph(f"{words.title}:", report.words.headings.lens.lead, style="Small")
        body.paragraph(words.figure.capped, style="Note")
        body.paragraph(words.heavy, style="Note")


def _domain_row(report: ReportDocument, part: DomainPart) -> list[Cell]:
    words, figure = part.words, part.words.figure
    bar: Cell = ""
    if figure.assessed:
        bar = Picture(bar_picture(part.row, colour_of(report)), BAR_WIDTH, bar_in_words(part.row))
    in_place = (words.in_place, muted(f"({words.counted})") if words.counted else "")
    return [words.title, bar, strong(figure.number), figure.name, figure.up_to, figure.proven, in_place]


def _add_pillars(report: ReportDocument, body: Body) -> None:
    body.heading(2, _("The pillars, and how their figures were computed"))
    for pillar in report.pillars:
        words, figure = pillar.words, pillar.words.figure
        if words.shown:
            body.heading(3, f"{words.name}: {figure.headline}")
            there = (strong(_("There:")), figure.there) if figure.there else ()
            missing = (strong(_("Missing:")), figure.missing) if figure.missing else ()
            body.paragraph(words.says, figure.says, *there, *missing)
            body.paragraph(figure.capped, style="Note")
            add_worked(pillar.worked, body)
    if report.lens and report.lens.worked:
        body.heading(3, f"{report.lens.words.title}: {report.lens.words.figure.headline}")
        add_worked(report.lens.worked, body)


def add_worked(worked: SumWords | None, body: Body) -> None:
    """How a figure was computed; nothing where none was."""
    if worked is None:
        return
    body.paragraph(_("Computed:"), strong(worked.arithmetic), *(muted(text) for text in worked.other_sums), style="Sum")
    for text in (worked.uncapped, worked.set_aside):
        body.paragraph(text, style="Sum")
    shares = "; ".join(f"{each.name} {each.amount} ({each.percent}, {each.enough})" for each in worked.shares)
    body.paragraph(f"{worked.unit}: {shares}.", style="Sum")
    domains = "; ".join(f"{each.title} {each.label}, {each.amount}" for each in worked.domains)
    body.paragraph(f"{domains}." if domains else "", style="Sum")
    for stop in worked.stops:
        body.paragraph(stop, style="Sum")


def add_domain_figure(words: DomainWords, body: Body) -> None:
    """The line of figures under a domain's heading."""
    pillar = _("part of %(pillar)s") % {"pillar": words.pillar} if words.pillar else ""
    in_place = _("In place: %(amount)s.") % {"amount": words.in_place} if words.in_place else ""
    body.paragraph(strong(f"{words.figure.full}{',' if pillar else ''}"), f"{pillar}." if pillar else "", in_place)
    for text in (words.figure.capped, words.heavy):
        body.paragraph(text, style="Note")
    body.paragraph(words.next.short if words.next else "", style="Small")


def add_since(report: ReportDocument, body: Body) -> None:
    since = report.since
    body.heading(1, _("Since your last result"), "since")
    if since is None:
        body.paragraph(_("There is no earlier result to compare it with."))
        return
    body.paragraph(since.lead, style="Lead")
    columns = [Column(_("Counted"), 80), Column(_("Before"), 30), Column(_("After"), 30)]
    body.table(columns, ([each.name, each.before, each.after] for each in since.counts), _("Counts before and after"))
    for hint in since.hints:
        body.paragraph(hint, style="Small")
    for title, lists in ((_("What is better"), since.better), (_("What to look at"), since.look)):
        if lists:
            body.heading(2, title)
        for each in lists:
            _add_list(each, body)
    body.paragraph(since.more, style="Small")
    if since.figures:
        body.heading(2, _("The levels"))
        names = (_("Pillar or domain"), _("Before"), _("After"), _("Change"))
        widths = (54, 40, 40, 30)
        columns = [Column(name, width) for name, width in zip(names, widths, strict=True)]
        rows = ([each.name, each.before, each.after, each.verdict] for each in since.figures)
        body.table(columns, rows, _("The levels before and after"))


def _add_list(each: SinceList, body: Body) -> None:
    body.heading(3, f"{each.title} ({each.count})")
    body.bullets((link(item.question), item.text) for item in each.items)
