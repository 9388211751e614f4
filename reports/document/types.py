"""The parts of a report as the template prints them: words, not codes; empty text where there is nothing to say."""

from dataclasses import dataclass
from datetime import date

from assessments.formatting.charts import ChartRow
from assessments.formatting.trend_charts import ChangeRow
from assessments.presentation.told_result import ToldResult
from assessments.wording.figures import DomainWords, PillarWords
from assessments.wording.over_time.since import CountSinceWords, FigureSinceWords
from assessments.wording.plan import LaterStepWords, PlanStepWords
from assessments.wording.result import ResultWords
from assessments.wording.sums import SumWords
from reports.kinds.paper import Paper
from reports.kinds.registry import ReportKind
from reports.kinds.sections import ReportSection
from reports.kinds.text_places import ConsultantEntry


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that a person typed: its lines, and the direction given by its first strong letter.

    `unbroken`: it has a word so long that it must be broken anywhere to fit on the page.
    """

    lines: tuple[str, ...]
    direction: str
    unbroken: bool

    def __bool__(self) -> bool:
        return bool(self.lines)


@dataclass(frozen=True, slots=True)
class BrandPart:
    """The look of the consultancy whose report it is. `logo` is a `data:` URL, empty without one; its size
    is in millimetres. `colour` is empty for our own. `made_with` says whose questions and figures they are.
    """

    name: str
    logo: str
    logo_width: str
    logo_height: str
    colour: str
    contact: Prose
    made_with: str
    closing: Prose


@dataclass(frozen=True, slots=True)
class Cover:
    """Also the masthead of kinds without a cover. `kind` is the label of the report's kind."""

    kind: str
    title: str
    organisation: Prose
    running: str
    long_name: bool
    date: str
    depth: str
    edition: str
    law_status: str
    questions: str
    reviewed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PillarPart:
    """`row` is what its chart shows. No `worked`: the pillar is not assessed."""

    words: PillarWords
    row: ChartRow
    worked: SumWords | None


@dataclass(frozen=True, slots=True)
class CitationLine:
    """`kind` says what these are for this business: law, good practice, or a model that is not its duty."""

    kind: str
    labels: str


@dataclass(frozen=True, slots=True)
class CommentPart:
    who: str
    text: Prose


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """`tone` is the level as "0" to "4", "unknown" or "out"; `long` may be broken over two pages.
    `review` is a line of who reviewed the answer, empty where nobody did. `value` is the level as a number, None
    for other answers; `target` is the level to reach, None in results stored before it was kept.
    """

    id: str
    text: str
    tone: str
    level: str
    answer: str
    marks: tuple[str, ...]
    warnings: tuple[str, ...]
    reason: Prose
    note: Prose
    evidence: Prose
    review: str
    review_note: Prose
    comments: tuple[CommentPart, ...]
    citations: tuple[CitationLine, ...]
    weight: str
    long: bool
    value: int | None = None
    target: int | None = None


@dataclass(frozen=True, slots=True)
class SignedText:
    """What a consultant wrote, fit for paper: `signed` says in whose words. Only steps have a title."""

    entry: ConsultantEntry
    signed: str
    title: Prose
    text: Prose


@dataclass(frozen=True, slots=True)
class SignedSteps:
    """Steps that a consultant adds to the computed ones, under one signature."""

    signed: str
    steps: tuple[SignedText, ...]


@dataclass(frozen=True, slots=True)
class DomainPart:
    """Also used for the AI lens, which has no questions of its own. `advice` is what consultants say about it."""

    anchor: str
    words: DomainWords
    row: ChartRow
    worked: SumWords | None
    questions: tuple[QuestionPart, ...]
    advice: tuple[SignedText, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOutPart:
    question: str
    asks: str
    reason: Prose


@dataclass(frozen=True, slots=True)
class TagPart:
    name: str
    says: str
    reasons: str
    mark: str


@dataclass(frozen=True, slots=True)
class ScopePart:
    applies: tuple[TagPart, ...]
    does_not: tuple[TagPart, ...]
    out_of_view: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepPart:
    """One step of a scale that the method explains."""

    code: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class DatePart:
    """What of a law begins on a day; `question` is the id of the one whose duty starts, empty for the law itself."""

    day: str
    law: str
    text: str
    question: str
    mark: str


@dataclass(frozen=True, slots=True)
class Method:
    """How to read the figures. `computed` is the rule of a figure, `gate` says what a gate is."""

    computed: str
    gate: str
    scale: tuple[StepPart, ...]
    labels: tuple[StepPart, ...]
    gates: tuple[StepPart, ...]
    efforts: tuple[StepPart, ...]


@dataclass(frozen=True, slots=True)
class SinceItem:
    """A question that moved; `text` says what about it."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class SinceList:
    """The first few of a list of `count`."""

    title: str
    count: int
    items: tuple[SinceItem, ...]


@dataclass(frozen=True, slots=True)
class SincePart:
    """The page about the last result before this one. `rows` are the pillars for the chart, `figures` also domains.

    `more` says where the rest is; empty where the lists are whole.
    """

    lead: str
    hints: tuple[str, ...]
    counts: tuple[CountSinceWords, ...]
    better: tuple[SinceList, ...]
    look: tuple[SinceList, ...]
    more: str
    rows: tuple[ChangeRow, ...]
    figures: tuple[FigureSinceWords, ...]


@dataclass(frozen=True, slots=True)
class TakenOn:
    """Who does a step, as typed, and by which day; either may be missing."""

    who: str
    due: date | None


@dataclass(frozen=True, slots=True)
class StepInDays:
    """An entry of the plan in 90 days. `done` says how one sees that it is done, empty in short. `who` and `by` are
    empty, to be written in by hand, unless somebody has taken it on.
    """

    number: int
    text: str
    done: str
    facts: str
    mark: str
    who: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class NinetyDays:
    """`first` for days 1 to 30, `next` for days 31 to 90; `more` says how many steps come later, empty for none."""

    first: tuple[StepInDays, ...]
    next: tuple[StepInDays, ...]
    more: str


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A step of the plan in full; `who` and `by` as in StepInDays."""

    step: PlanStepWords
    who: str
    by: str


@dataclass(frozen=True, slots=True)
class LaterPlanEntry:
    """A step that comes later, in short; `who` and `by` as in StepInDays."""

    step: LaterStepWords
    who: str
    by: str


@dataclass(frozen=True, slots=True)
class PlanPart:
    first: tuple[PlanEntry, ...]
    later: tuple[LaterPlanEntry, ...]

    @property
    def entries(self) -> tuple[PlanEntry | LaterPlanEntry, ...]:
        return (*self.first, *self.later)


@dataclass(frozen=True, slots=True)
class LawTableRow:
    """A row of the table of laws. `law` is empty where it is that of the row above; `when` has citations and days."""

    law: str
    mark: str
    says: str
    when: str
    step: str


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """`next` says what settles it, or whom to ask."""

    question: str
    asks: str
    next: str


@dataclass(frozen=True, slots=True)
class OpenList:
    """The first few of `count`; `more` says how many are not shown."""

    title: str
    count: int
    points: tuple[OpenPoint, ...]
    more: str


@dataclass(frozen=True, slots=True)
class EvidenceClaim:
    """An answer at a level that asks for proof. `evidence` is empty where none was named."""

    domain: str
    question: str
    asks: str
    level: str
    evidence: Prose


@dataclass(frozen=True, slots=True)
class EvidencePart:
    proven: tuple[EvidenceClaim, ...]
    unproven: tuple[EvidenceClaim, ...]


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """What every format prints, as words and values. `created` is the day of the result, so that the same result
    always makes the same bytes. `words` are those of the result page; what people typed in them is also in `facts` and
    `left_out`, fit for paper. `chart_rows` are the domains, for each format to draw. `told` are the same statements
    as values, for formats that programs read.

    Every format prints exactly `sections`, in this order: those of its kind that have something to say. What the kind
    may not hold is not in here. `advice` and `own_steps` are the words of consultants. `limits` end with how somebody
    checks the report.
    """

    language: str
    title: str
    created: str
    disclaimer: str
    cover: Cover
    words: ResultWords
    facts: tuple[str, ...]
    pillars: tuple[PillarPart, ...]
    chart_rows: tuple[ChartRow, ...]
    domains: tuple[DomainPart, ...]
    lens: DomainPart | None
    left_out: tuple[LeftOutPart, ...]
    scope: ScopePart
    changes: tuple[DatePart, ...]
    method: Method
    brand: BrandPart | None
    told: ToldResult
    since: SincePart | None
    plan: PlanPart
    ninety_days: NinetyDays
    duty_rows: tuple[LawTableRow, ...]
    open_lists: tuple[OpenList, ...]
    evidence: EvidencePart
    limits: tuple[str, ...]
    kind: ReportKind
    sections: tuple[ReportSection, ...]
    paper: Paper
    advice: tuple[SignedText, ...] = ()
    own_steps: tuple[SignedSteps, ...] = ()

    @property
    def says_who(self) -> bool:
        """Whether who answered and reviewed has a section of its own, and need not stand in the summary."""
        return ReportSection.WHO in self.sections

    @property
    def has_next(self) -> bool:
        """Whether any pillar has a next label to reach."""
        return any(pillar.words.next for pillar in self.pillars)
