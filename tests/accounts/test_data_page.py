"""docs/data.md says what is stored about people and for how long, and leaves out nothing."""

import re
from pathlib import Path

from django.apps import apps

from accounts.people_data.kinds import DATA_KINDS
from accounts.people_data.terms import RETENTION, RetentionTerm
from reports.people_data.fields import EVERY_APP, personal_fields

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "data.md").read_text("utf-8")
BANK = ("EditionRow", "DomainRow", "CitationRow", "ChecklistItem", "QuestionRow", "LevelRow", "GateRow", "DutyRow")
# The question bank's own texts, and what Django keeps for itself: the same whoever uses the site.
NOT_ABOUT_PEOPLE = {f"assessments.{name}" for name in (*BANK, "QuestionCitationRow", "CoverageRow")} | {
    "auth.Group",
    "auth.Permission",
    "contenttypes.ContentType",
    "accounts.Deletion",
    "accounts.LastRun",
    "assessments.ResultSummary",
    "assessments.NewestResult",
}
# Keys, states, counts and moments of things, which say nothing about a person.
NOT_PERSONAL = """
accounts.AuditEvent: id organisation pseudonymised_at
accounts.Organisation: id kind created_at set_up_by handed_over_at deletion_due_at idle_notice_at newest_result_until
accounts.OrganisationTerms: organisation results_days trail_days downloads_days chosen_at takes_effect_at
accounts.Membership: id organisation
accounts.ClientNotes: id consultancy client next_review_on
accounts.Engagement: id consultancy client level granted_at ended_at
accounts.Brand: id consultancy logo_width logo_height colour made_at
accounts.ErasureText: id
accounts.NamePeriod: id
accounts.ErasureOrder: id was_active state refusal attempts notified_at
accounts.Invitation: id organisation kind role level created_at expires_at by_mail sendings withdrawn_at
accounts.OperatorRecord: id kind happened_at open_count recorded_at withdrawn_at
accounts.SignInEvent: id
accounts.SignInLink: id
accounts.User: id
assessments.EditionUpgradeDecision: id assessment was_on offered choice at
assessments.BankChange: id edition edition_code what code verb meaning
assessments.Assessment: id organisation edition state depth tags provisional scope_version started_at previous
assessments.Assessment: finished_at interim
assessments.Answer: id assessment question kind level given_under taken_over_from version answered_as note_left_out
assessments.StandingAnswer: id assessment question kind level version answered_as note_left_out
assessments.Assignment: id assessment domain
assessments.Comment: id assessment question in_report resolved_at
assessments.AnswerReview: id assessment question verdict answer_version consultancy
assessments.Result: id assessment finished_at
assessments.ClientTag: id notes
assessments.CheckLink: id consultancy key ends_on revoked_at
assessments.GuestCheck: id edition link shared
assessments.SharedCheck: id consultancy link edition
assessments.PublishRequest: id edition fingerprint
assessments.Bank: id slug name language audience
assessments.DefaultBank: id bank
assessments.BankImport: id draft notes origin choices
assessments.BankSnapshot: id fingerprint edition_code document last_exported_at
reports.Report: id state requested_at attempts lost_leases token lease_until notified_at progress
reports.Report: error sha256 size ready_at result
reports.Report: kind format language template_version taken_digest words_digest brand step pages begun_at
reports.Bundle: id state requested_at attempts lost_leases token lease_until notified_at progress
reports.Bundle: error sha256 size ready_at
reports.Bundle: consultancy selection
reports.ConsultantText: id result consultancy place domain version created_at
reports.Snippet: id consultancy bank question level version
reports.ShareLink: id report expires_at revoked_at views downloads
reports.BundleItem: id bundle report client
reports.PortfolioFile: id state requested_at attempts lost_leases token lease_until notified_at progress
reports.PortfolioFile: error sha256 size ready_at
reports.PortfolioFile: consultancy day anonymous format language brand selection
reports.PortfolioItem: id portfolio number client result review_on
reports.DataExport: id state requested_at attempts lost_leases token lease_until notified_at progress
reports.DataExport: error sha256 size ready_at
reports.DataExport: organisation
assessments.Action: id organisation question level state changed_at finished_at version taken_from
assessments.ActionEvent: id action kind
assessments.ActionReminder: id action kind
admin.LogEntry: id content_type action_flag
account.EmailAddress: id
account.EmailConfirmation: id
mfa.Authenticator: id
usersessions.UserSession: id
"""


def columns() -> set[str]:
    """Of every model, but those that only hold the question bank's texts or what Django needs."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if model._meta.label not in NOT_ABOUT_PEOPLE or (field.is_relation and field.related_model is PERSON)
    }


PERSON = apps.get_model("accounts", "User")


def described() -> list[str]:
    _before, _heading, table = PAGE.partition("## What is stored")
    return re.findall(r"`([a-z]+\.[A-Z][A-Za-z]+\.[a-z_]+)`", table)


def not_personal() -> list[str]:
    lines = [line.partition(": ") for line in NOT_PERSONAL.strip().splitlines()]
    return [f"{model}.{name}" for model, _colon, names in lines for name in names.split()]


def test_every_column_is_described_or_says_nothing_about_people() -> None:
    known = [*described(), *not_personal()]
    assert len(known) == len(set(known)), "each is in one place"
    assert columns() == set(known)


def test_every_key_to_a_person_is_described() -> None:
    keys = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is PERSON
    }
    assert keys <= set(described())


def test_the_terms_are_those_of_the_code() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    start = cells.index(["what", "kept for", "from", "why", "setting", "own choice"]) + 1
    for term, row in zip(RETENTION, cells[start:], strict=False):
        setting = f"`{term.setting}`" if term.setting else "fixed"
        assert row == [term.what, _kept(term), term.since, term.why, setting, _own_choice(term)]
    assert cells[start + len(RETENTION)][0] == "data", "no term more"


def _kept(term: RetentionTerm) -> str:
    if term.days is None:
        return "as long as the organisation"
    days = "1 day" if term.days == 1 else f"{term.days} days"
    return f"{days}, then {term.then}" if term.days else f"not at all, {term.then} within the hour"


def _own_choice(term: RetentionTerm) -> str:
    if term.shortest is None:
        return ""
    return f"from {term.shortest} day" + ("s" if term.shortest > 1 else "")


def test_what_is_stored_is_what_the_code_says() -> None:
    """The same table makes the privacy notice: reports/operator/notice.py."""
    _before, _heading, table = PAGE.partition("## What is stored")
    rows = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    assert [row[0].strip() for row in rows] == [kind.what for kind in DATA_KINDS]
    for kind, (_what, names, purpose, reason, kept) in zip(DATA_KINDS, rows, strict=True):
        assert sorted(re.findall(r"`([^`]+)`", names)) == sorted(dict(personal_fields(kind.code))), kind.code
        assert (purpose, reason) == (kind.purpose, kind.legal_reason)
        assert kept.strip().startswith(str(kind.kept))
        assert ("see the table: " in kept) == bool(kind.term), kind.code


def test_every_app_uses_kinds_and_terms_that_exist() -> None:
    known = {kind.code for kind in DATA_KINDS}
    assert len(known) == len(DATA_KINDS)
    assert {code for fields in EVERY_APP for code in fields} == known
    assert {kind.term for kind in DATA_KINDS} - {""} <= {term.code for term in RETENTION}
