"""The rows of the assessments app, importable from here. No behaviour beyond constraints."""

from assessments.models.actions import (
    LIVE_STATES,
    Action,
    ActionEvent,
    ActionEventKind,
    ActionReminder,
    ActionState,
    ReminderChoice,
    ReminderKind,
)
from assessments.models.bank import Bank, DefaultBank
from assessments.models.bank_change import BankChange, ChangedThing, ChangeVerb
from assessments.models.collaboration import AnswerReview, Assignment, Comment, Verdict
from assessments.models.desk import ClientTag, NewestResult, ResultSummary
from assessments.models.edition import ChecklistItem, CitationRow, DomainRow, EditionRow, QuestionRow
from assessments.models.edition_choices import EditionStatus, MeaningChoice
from assessments.models.edition_upgrade import EditionUpgradeDecision, UpgradeDecision
from assessments.models.guest import CheckLink, GuestCheck, SharedCheck
from assessments.models.publishing import BankImport, BankSnapshot, PublishRequest
from assessments.models.question_parts import CoverageRow, DutyRow, GateRow, LevelRow, QuestionCitationRow
from assessments.models.result import Result
from assessments.models.run import Answer, AnsweredAs, AnswerKind, Assessment, AssessmentState
from assessments.models.standing import StandingAnswer

__all__ = [
    "LIVE_STATES",
    "Action",
    "ActionEvent",
    "ActionEventKind",
    "ActionReminder",
    "ActionState",
    "Answer",
    "AnswerKind",
    "AnswerReview",
    "AnsweredAs",
    "Assessment",
    "AssessmentState",
    "Assignment",
    "Bank",
    "BankChange",
    "BankImport",
    "BankSnapshot",
    "ChangeVerb",
    "ChangedThing",
    "CheckLink",
    "ChecklistItem",
    "CitationRow",
    "ClientTag",
    "Comment",
    "CoverageRow",
    "DefaultBank",
    "DomainRow",
    "DutyRow",
    "EditionRow",
    "EditionStatus",
    "EditionUpgradeDecision",
    "GateRow",
    "GuestCheck",
    "LevelRow",
    "MeaningChoice",
    "NewestResult",
    "PublishRequest",
    "QuestionCitationRow",
    "QuestionRow",
    "ReminderChoice",
    "ReminderKind",
    "Result",
    "ResultSummary",
    "SharedCheck",
    "StandingAnswer",
    "UpgradeDecision",
    "Verdict",
]
