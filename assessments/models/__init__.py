from assessments.models.bank_change import BankChange, ChangedThing, ChangeVerb
from assessments.models.edition import (
    ChecklistItem,
    CitationRow,
    CoverageRow,
    DomainRow,
    DutyRow,
    EditionRow,
    EditionStatus,
    GateRow,
    LevelRow,
    MeaningChoice,
    QuestionCitationRow,
    QuestionRow,
)
from assessments.models.result import Result
from assessments.models.run import Answer, AnswerKind, Assessment, AssessmentState

__all__ = [
    "Answer",
    "AnswerKind",
    "Assessment",
    "AssessmentState",
    "BankChange",
    "ChangeVerb",
    "ChangedThing",
    "ChecklistItem",
    "CitationRow",
    "CoverageRow",
    "DomainRow",
    "DutyRow",
    "EditionRow",
    "EditionStatus",
    "GateRow",
    "LevelRow",
    "MeaningChoice",
    "QuestionCitationRow",
    "QuestionRow",
    "Result",
]
