"""One statement of each kind, for tests of their wording."""

from datetime import date
from fractions import Fraction

from assessments.bank.laws import Verification
from assessments.bank.steps import StepCost, StepDoer, StepLink
from assessments.presentation.duties import DutyStatement, LawStatement, NamedAuthority
from assessments.presentation.figures import (
    DomainStatement,
    FigureValues,
    NamedRise,
    NextLabelValues,
    PillarStatement,
)
from assessments.presentation.findings import (
    MustFixStatement,
)
from assessments.presentation.named_values import NamedEffort, NamedFigure, NamedGate, NamedLevel, QuestionRef
from assessments.presentation.plan import PlanStepStatement, Promise, StepDuty
from assessments.presentation.statement_kinds import StatementKind
from assessments.presentation.step_values import StepValue
from assessments.presentation.sums import (
    Arithmetic,
    GateEffect,
    QuestionShare,
    ShareValue,
    StopValue,
    SumStatement,
)
from assessments.scoring.explain import LabelStopKind
from assessments.scoring.types import Counts, Figure

QUESTION = QuestionRef("ACCESS-02", "Is there a second step?")
GATE = NamedGate("harm", "Weak spot", 2, "One stolen password opens everything.")
LEVELS = tuple(
    NamedLevel(n, name) for n, name in enumerate(("Much open", "On the way", "Basics", "Solid", "Well kept"))
)


def figure(label: int, tenths: int) -> NamedFigure:
    return NamedFigure(Figure(label, tenths), LEVELS[label].name, "What it promises.", "A start.", "The rest.")


STARTED, COMPLETE = NamedLevel(1, "Started"), NamedLevel(3, "Complete")
MAILBOX = StepValue(
    text="Switch it on for the mailbox.",
    to=NamedLevel(2, "Basics work"),
    done_when="The mailbox asks for a code.",
    minutes=15,
    cost=StepCost.NONE,
    who=StepDoer.OWNER,
    links=(
        StepLink("google", "Second proof", path="Account > Security"),
        StepLink("authority", "Website", url="https://www.cnil.fr/"),
        StepLink("shopify", "Shopify roles", path="Settings > Users"),
    ),
)
OTHERS = StepValue(
    text="Switch it on everywhere.",
    to=COMPLETE,
    done_when="Every account asks.",
    minutes=90,
    cost=StepCost.SMALL,
    pays_for="two security keys",
    who=StepDoer.IT_HELPER,
)
STEP = PlanStepStatement(
    number=4,
    first=False,
    question=QUESTION,
    steps=(MAILBOX, OTHERS),
    promise=Promise(in_place=1, urgent_gaps=1, duties=2),
    next_promise=Promise(in_place=0, urgent_gaps=1, duties=1),
    before=STARTED,
    after=COMPLETE,
    effort=NamedEffort("S", "Small", "Up to half a day."),
    minutes=105,
    who_knows="IT",
    gate=GATE,
    duties=(StepDuty("EU GDPR", None), StepDuty("EU AI Act", date(2026, 8, 2))),
    provisional=True,
)
FIX = MustFixStatement(
    question=QUESTION,
    gate=GATE,
    in_part=False,
    reasons=(GATE.reason,),
    unsettled=(),
    level=STARTED,
    next_step="Switch it on.",
    plan_step=4,
)
DUTY = DutyStatement(
    law="gdpr",
    asks="Keep data safe.",
    question=QUESTION,
    now=NamedLevel(1, "Started"),
    needed=NamedLevel(2, "Basics work"),
    citations=("GDPR Art. 5", "GDPR Art. 32"),
    starts=date(2026, 8, 2),
    in_part=True,
    unsettled="From when it counts.",
    plan_step=4,
)
LAW = LawStatement(
    code="gdpr",
    name="EU GDPR",
    says="The law.",
    note="In force.",
    to_check=False,
    status="in force",
    fines="Up to 2 %.",
    verification=Verification.TEXT,
    looked_up=date(2026, 11, 30),
    authority=NamedAuthority("the CNIL", "https://www.cnil.fr"),
    unsettled=("An appeal is pending.",),
    duties=(DUTY,),
)
RISES = (
    NamedRise(QUESTION, STARTED, COMPLETE, provisional=True),
    NamedRise(QuestionRef("ACCESS-03", "And this?"), None, STARTED, provisional=False),
)
DOMAIN = DomainStatement(
    code="ACCESS",
    title="Who gets in",
    promise="You know.",
    pillar="Security",
    figure=FigureValues(figure(1, 9), figure(4, 0), figure(1, 0), ()),
    first_indication=False,
    asked=9,
    counted=8,
    in_place=5,
    not_applicable_heavy=True,
    next_label=NextLabelValues(LEVELS[2], RISES),
)
PILLAR = PillarStatement(
    code="security",
    name="Security",
    says="How safe.",
    figure=FigureValues(figure(1, 9), figure(4, 0), figure(1, 0), ()),
    first_indication=False,
    counted=8,
    counts=Counts(5, 8, 1, 1, 0, 0, 0),
    next_label=NextLabelValues(LEVELS[2], RISES),
)
SHARES = tuple(ShareValue(LEVELS[n], part, 14, part > 11) for n, part in ((1, 14), (2, 12), (3, 7), (4, 0)))
CAPPING = GateEffect(GATE, LEVELS[1], LEVELS[1], ("Privacy", "Security"))
SUM = SumStatement(
    of=StatementKind.DOMAIN,
    code="ACCESS",
    title="Who gets in",
    label=LEVELS[1],
    uncapped=LEVELS[2],
    low=Arithmetic(1, ((12, 14),), Fraction(6, 7), Figure(1, 8), False),
    high=Arithmetic(4, (), Fraction(), Figure(4, 0), True),
    proven=Arithmetic(1, ((12, 14),), Fraction(6, 7), Figure(1, 8), False),
    shares=SHARES,
    stops=(StopValue(LabelStopKind.GATE, ("ACCESS-02",), 2, LEVELS[2]),),
    questions=(
        QuestionShare(
            QUESTION, 3, 1, 1, 1, True, True, GateEffect(GATE, LEVELS[1], LEVELS[1], ("Privacy", "Security")), ""
        ),
        QuestionShare(QuestionRef("ACCESS-03", "And this?"), 2, 0, 4, 0, False, False, None, ""),
        QuestionShare(QuestionRef("ACCESS-04", "And that?"), 1, None, None, None, False, False, None, "We have none."),
        QuestionShare(
            QuestionRef("ACCESS-05", "Or so?"), 1, 3, 3, 2, True, False, GateEffect(GATE, LEVELS[1], None, ()), ""
        ),
    ),
    domains=(),
    set_aside=None,
    rest_shares=(),
)
