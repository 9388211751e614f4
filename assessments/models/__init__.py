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
    "ChecklistItem",
    "CitationRow",
    "CoverageRow",
    "DomainRow",
    "DutyRow",
    "EditionRow",
    "EditionStatus",
    "GateRow",
    "LevelRow",
    "QuestionCitationRow",
    "QuestionRow",
    "Result",
]
