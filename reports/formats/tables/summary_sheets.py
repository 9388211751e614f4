"""What the report is about, the short version, the levels, what has changed, and how it is read."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from assessments.wording.figures import DomainWords, FigureWords, PillarWords
from assessments.wording.result import ResultWords
from assessments.wording.sums import SumWords
from reports.document.types import ReportDocument, SincePart, StepPart
from reports.formats.tables.sheets import ReportSheet, SheetCell, lines, number, prose_lines, sentences, sheet

SAYS = 100


def about_sheets(report: ReportDocument) -> list[ReportSheet]:
    cover, brand = report.cover, report.brand
    rows = [
        (_("Kind"), cover.kind),
        (_("Title"), cover.title),
        (_("Business"), prose_lines(cover.organisation)),
        (_("Day of the result"), cover.date),
        (_("Depth"), f"{cover.depth}: {cover.questions}"),
        (_("Question bank"), cover.edition),
        (_("Law as of"), cover.law_status),
        *((_("Answers"), line) for line in cover.reviewed),
        *([(_("Advised by"), lines(brand.name, prose_lines(brand.contact)))] if brand else []),
        (_("Please note"), report.disclaimer),
    ]
    return [sheet(_("About"), [(_("What"), 22), (_("Says"), SAYS)], rows)]


def summary_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [(_("Part"), 24), (_("What"), 30), (_("Says"), SAYS), (_("Question"), 16)]
    return [sheet(_("Summary"), columns, _summary_rows(report))]


def _summary_rows(report: ReportDocument) -> Iterator[tuple[SheetCell, ...]]:
    words, headings = report.words, report.words.headings
    if words.in_short:
        yield _("In short"), "", words.in_short, ""
    for count in words.numbers:
        yield _("Counts"), count.name, count.amount, ""
    for item in words.strengths:
        yield headings.strengths.title, item.domain, item.answer, item.question
    yield from _first_rows(words)
    for pillar in report.pillars:
        yield headings.pillars.title, pillar.words.name, _pillar_line(pillar.words), ""
    for text in (words.overall, *(() if report.says_who else report.facts)):
        if text:
            yield _("Answers"), "", text, ""


def _first_rows(words: ResultWords) -> Iterator[tuple[SheetCell, ...]]:
    title = words.headings.first.title
    for step in words.first:
        facts = sentences(f"{step.step.facts}.", step.promise, step.mark)
        yield title, f"{step.number}. {facts}", step.step.text, step.question
    for text in (words.promise, *words.to_go):
        if text:
            yield title, _("What this moves"), text, ""
    for change in words.changes:
        yield title, change.name, change.change, ""


def _pillar_line(words: PillarWords) -> str:
    figure = words.figure
    return lines(sentences(figure.name, figure.number, figure.range), figure.says, *words.counts)


def figure_sheets(report: ReportDocument) -> list[ReportSheet]:
    names = [
        (_("Kind"), 10),
        (_("Name"), 34),
        (_("Part of"), 16),
        (_("Figure"), 8),
        (_("Level"), 18),
        (_("Could be up to"), 20),
        (_("With proof"), 20),
        (_("In place"), 12),
        (_("Counted"), 12),
        (_("Says"), 70),
        (_("Capped by"), 60),
        (_("Up to the next level"), 60),
    ]
    rows = [
        *(_pillar_row(each.words) for each in report.pillars),
        *(_domain_row(each.words) for each in report.domains),
    ]
    if report.lens:
        rows.append(_domain_row(report.lens.words, says=report.words.headings.lens.lead))
    depths = [sheet(_("Other depths"), [(_("What would differ"), SAYS)], _single(report.words.depth_differences))]
    sums = _sum_sheet(report)
    return [
        sheet(_("Figures"), names, rows),
        *([sums] if sums.rows else []),
        *(depths if report.words.depth_differences else []),
    ]


def _single(texts: Iterable[str]) -> Iterator[tuple[SheetCell, ...]]:
    return ((text,) for text in texts)


def _pillar_row(words: PillarWords) -> list[SheetCell]:
    figure = words.figure
    there = sentences(_("There:"), figure.there) if figure.there else ""
    missing = sentences(_("Missing:"), figure.missing) if figure.missing else ""
    says = lines(words.says, figure.says, there, missing, *words.counts)
    following = words.next.lead if words.next else ""
    return [_("Pillar"), words.name, "", *_numbers(figure), "", "", says, figure.capped, following]


def _domain_row(words: DomainWords, *, says: str = "") -> list[SheetCell]:
    figure = words.figure
    kind = _("Domain") if words.pillar else _("AI")
    following = words.next.short if words.next else ""
    says = lines(words.promise, says, words.heavy)
    counts = (words.in_place, words.counted)
    return [kind, words.title, words.pillar, *_numbers(figure), *counts, says, figure.capped, following]


def _numbers(figure: FigureWords) -> list[SheetCell]:
    return [number(figure.number), figure.name, figure.up_to, figure.proven]


def _sum_sheet(report: ReportDocument) -> ReportSheet:
    names = [
        (_("Figure of"), 34),
        (_("Level"), 18),
        (_("Computed"), 44),
        (_("Other sums"), 44),
        (_("Shares"), 60),
        (_("Domains"), 60),
        (_("What stops the next level"), 70),
    ]
    worked = [
        *(pillar.worked for pillar in report.pillars),
        *(domain.worked for domain in report.domains),
        report.lens.worked if report.lens else None,
    ]
    return sheet(_("Sums"), names, [_sum_row(each) for each in worked if each])


def _sum_row(worked: SumWords) -> list[SheetCell]:
    shares = (f"{each.name} {each.amount} ({each.percent}, {each.enough})" for each in worked.shares)
    domains = (f"{each.title} {each.label}, {each.amount}" for each in worked.domains)
    return [
        worked.title,
        worked.label,
        worked.arithmetic,
        lines(*worked.other_sums),
        lines(f"{worked.unit}:", *shares),
        lines(*domains),
        lines(worked.uncapped, worked.set_aside, *worked.stops),
    ]


def since_sheets(report: ReportDocument) -> list[ReportSheet]:
    columns = [(_("Part"), 30), (_("What"), 34), (_("Before"), 24), (_("After"), 24), (_("Says"), 90)]
    return [sheet(_("Since the last result"), columns, _since_rows(report.since))]


def _since_rows(since: SincePart | None) -> Iterator[tuple[SheetCell, ...]]:
    if since is None:
        yield "", "", "", "", _("There is no earlier result to compare it with.")
        return
    for text in (since.lead, *since.hints):
        yield _("In short"), "", "", "", text
    for count in since.counts:
        yield _("Counts"), count.name, count.before, count.after, ""
    for each in (*since.better, *since.look):
        for item in each.items:
            yield f"{each.title} ({each.count})", item.question, "", "", item.text
    if since.more:
        yield "", "", "", "", since.more
    for figure in since.figures:
        yield _("The levels"), figure.name, figure.before, figure.after, figure.verdict


def method_sheets(report: ReportDocument) -> list[ReportSheet]:
    method = report.method
    scales = (
        (_("What an answer is worth"), method.scale),
        (_("What a level promises"), method.labels),
        (_("What a gate is"), method.gates),
        (_("How big a step is"), method.efforts),
    )
    rows = [(title, *_step(step)) for title, steps in scales for step in steps]
    rows.append((_("How a figure is computed"), "", method.computed))
    rows.append((_("What a gate is"), "", method.gate))
    rows += [(_("Limits"), "", text) for text in report.limits]
    rows += closing_rows(report)
    return [sheet(_("How to read this"), [(_("About"), 28), (_("Name"), 24), (_("Says"), SAYS)], rows)]


def closing_rows(report: ReportDocument) -> list[tuple[str, str, str]]:
    """What a consultancy says at the end."""
    if report.brand is None:
        return []
    return [("", "", report.brand.made_with), (_("Advised by"), report.brand.name, prose_lines(report.brand.closing))]


def _step(step: StepPart) -> tuple[str, str]:
    return f"{step.code} {step.name}" if step.code.isdigit() else step.name, step.says
