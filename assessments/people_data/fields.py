"""What this app stores about people, in the words of the privacy notice."""

from django.utils.translation import gettext_lazy as _

from accounts.people_data.kinds import PersonalFields

_DISCUSSED = _("who wrote, asked and settled a comment, and when")
_ASSIGNED = _("who was asked to answer a domain, by whom and when")
_CHOSEN = _("who chose the questions that new assessments start with, and when")
_PUBLISHED = _("who drafted, checked and published an edition")
_STARTED = _("who started and finished an assessment")
_SAVED = _("who saved an answer, and when")
_REVIEWED = _("who reviewed an answer, and when")
_AGAIN = _("who answered a question again, and when")
_NOTES = _("reasons, notes and evidence beside answers")
_FROZEN = _("the answers and texts of a finished assessment")
_EDITED = _("who changed a question, when, and the text before and after")
_UPLOADED = _("who uploaded a file of questions, when, and the file")

_DOES = _("who does an action of the plan, with or without an account, and by when")
_ACTED = _("who put an action on the plan, and what happened to it")
_ACTION_TEXTS = _("tasks of their own, notes, proof, reasons and comments in the plan")
_REMINDED = _("whether, from which time zone and of which dates somebody is reminded")

_GUEST = _("what a guest says about the business in a quick check, and when it began")
_SHARED = _(
    "what a guest shares with a consultancy: the business, an e-mail address or phone number, the answers, when"
)
_LINKS = _("who made a link to the quick check, when, and what it is called")

ASSESSMENT_FIELDS: PersonalFields = {
    "organisation": {"assessments.ClientTag.name": _("labels that a consultancy gives a client")},
    "teamwork": {
        "assessments.Assessment.started_by": _STARTED,
        "assessments.Answer.saved_by": _SAVED,
        "assessments.Answer.saved_at": _SAVED,
        "assessments.StandingAnswer.saved_by": _AGAIN,
        "assessments.StandingAnswer.saved_at": _AGAIN,
        "assessments.Assignment.assignee": _ASSIGNED,
        "assessments.Assignment.assigned_by": _ASSIGNED,
        "assessments.Assignment.assigned_at": _ASSIGNED,
        "assessments.Comment.author": _DISCUSSED,
        "assessments.Comment.asked": _DISCUSSED,
        "assessments.Comment.created_at": _DISCUSSED,
        "assessments.Comment.resolved_by": _DISCUSSED,
        "assessments.AnswerReview.by": _REVIEWED,
        "assessments.AnswerReview.at": _REVIEWED,
        "assessments.Result.finished_by": _STARTED,
        "assessments.EditionUpgradeDecision.by": _("who decided about a newer edition"),
    },
    "free_text": {
        "assessments.Assessment.facts": _("what the business says about itself"),
        "assessments.Assessment.preset": _("what the business does"),
        "assessments.Answer.reason": _NOTES,
        "assessments.Answer.kept_reason": _NOTES,
        "assessments.Answer.note": _NOTES,
        "assessments.Answer.evidence": _NOTES,
        "assessments.StandingAnswer.reason": _NOTES,
        "assessments.StandingAnswer.note": _NOTES,
        "assessments.StandingAnswer.evidence": _NOTES,
        "assessments.Comment.text": _("comments"),
        "assessments.AnswerReview.note": _("notes of a review"),
        "assessments.Result.answers": _FROZEN,
        "assessments.Result.outcome": _FROZEN,
    },
    "plan": {
        "assessments.Action.assignee": _DOES,
        "assessments.Action.assignee_name": _DOES,
        "assessments.Action.due": _DOES,
        "assessments.Action.created_by": _ACTED,
        "assessments.Action.created_at": _ACTED,
        "assessments.Action.title": _ACTION_TEXTS,
        "assessments.Action.note": _ACTION_TEXTS,
        "assessments.Action.proof": _ACTION_TEXTS,
        "assessments.Action.dropped_reason": _ACTION_TEXTS,
        "assessments.ActionEvent.by": _ACTED,
        "assessments.ActionEvent.at": _ACTED,
        "assessments.ActionEvent.changes": _ACTED,
        "assessments.ActionEvent.text": _ACTION_TEXTS,
        "assessments.ReminderChoice.person": _REMINDED,
        "assessments.ReminderChoice.time_zone": _REMINDED,
        "assessments.ReminderChoice.stop_key": _REMINDED,
        "assessments.ReminderChoice.stopped_at": _REMINDED,
        "assessments.ReminderChoice.asked_again_at": _REMINDED,
        "assessments.ActionReminder.person": _REMINDED,
        "assessments.ActionReminder.due": _REMINDED,
        "assessments.ActionReminder.sent_at": _REMINDED,
    },
    "guest_check": {
        "assessments.GuestCheck.key_hash": _("a hash of the key in the browser’s session"),
        "assessments.GuestCheck.facts": _GUEST,
        "assessments.GuestCheck.answers": _GUEST,
        "assessments.GuestCheck.started_at": _GUEST,
    },
    "shared_check": {
        "assessments.SharedCheck.business": _SHARED,
        "assessments.SharedCheck.email": _SHARED,
        "assessments.SharedCheck.phone": _SHARED,
        "assessments.SharedCheck.facts": _SHARED,
        "assessments.SharedCheck.answers": _SHARED,
        "assessments.SharedCheck.shared_at": _SHARED,
        "assessments.CheckLink.name": _LINKS,
        "assessments.CheckLink.created_by": _LINKS,
        "assessments.CheckLink.created_at": _LINKS,
    },
    "bank": {
        "assessments.EditionRow.drafted_by": _PUBLISHED,
        "assessments.EditionRow.published_by": _PUBLISHED,
        "assessments.EditionRow.approved_by": _PUBLISHED,
        "assessments.BankChange.by": _EDITED,
        "assessments.BankChange.at": _EDITED,
        "assessments.BankChange.before": _EDITED,
        "assessments.BankChange.after": _EDITED,
        "assessments.PublishRequest.asked_by": _PUBLISHED,
        "assessments.PublishRequest.asked_at": _PUBLISHED,
        "assessments.PublishRequest.declined_by": _PUBLISHED,
        "assessments.PublishRequest.declined_at": _PUBLISHED,
        "assessments.PublishRequest.declined_reason": _("why somebody declined to publish"),
        "assessments.DefaultBank.chosen_by": _CHOSEN,
        "assessments.DefaultBank.chosen_at": _CHOSEN,
        "assessments.BankImport.by": _UPLOADED,
        "assessments.BankImport.at": _UPLOADED,
        "assessments.BankImport.file_name": _UPLOADED,
        "assessments.BankImport.document": _UPLOADED,
    },
}
