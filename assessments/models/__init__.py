from assessments.models.bank_change import BankChange, ChangedThing, ChangeVerb
from assessments.models.choice import Choice, EditionChoice
from assessments.models.desk import ClientTag, ResultSummary
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
from assessments.models.publishing import BankImport, PublishRequest
from assessments.models.result import Result
from assessments.models.run import Answer, AnswerKind, Assessment, AssessmentState
from assessments.models.together import AnswerReview, Assignment, Comment, Verdict

__all__ = [
    "Answer",
    "AnswerKind",
    "AnswerReview",
    "Assessment",
    "AssessmentState",
    "Assignment",
    "BankChange",
    "BankImport",
    "ChangeVerb",
    "ChangedThing",
    "ChecklistItem",
    "Choice",
    "CitationRow",
    "ClientTag",
    "Comment",
    "CoverageRow",
    "DomainRow",
    "DutyRow",
    "EditionChoice",
    "EditionRow",
    "EditionStatus",
    "GateRow",
    "LevelRow",
    "MeaningChoice",
    "PublishRequest",
    "QuestionCitationRow",
    "QuestionRow",
    "Result",
    "ResultSummary",
    "Verdict",
]
