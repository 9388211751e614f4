"""The access table: one row for every URL of the site. A URL without a row fails tests/access/test_matrix.py.

    Row("people", of_business, read="manage_people")                 GET for who may, 403 own, 404 foreign, POST is 405
    Row("answer_save", of_assessment, write="answer", data={...})         the same for POST; GET is 405
    Row("home", read=SIGNED_IN)                                      every person, no organisation asked for
    Row("landing", read=PUBLIC)                                      everybody

`get` and `post` are the statuses of an answer that was let through; PUT and DELETE are always 405.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.permissions import AccessLevel, Capability, Role, can
from tests.access.guest_rows import guest_rows
from tests.access.keys import (
    Kwargs,
    no_export,
    no_passkey,
    no_reset,
    nothing,
    of_access,
    of_action,
    of_bank,
    of_bank_change,
    of_bank_citation,
    of_bank_domain,
    of_bank_fact,
    of_bank_frame,
    of_bank_item,
    of_bank_new_fact,
    of_bank_question,
    of_bundle,
    of_business,
    of_client,
    of_client_organisation,
    of_closed_edition,
    of_comment,
    of_consultancy,
    of_domain,
    of_draft,
    of_export,
    of_finished,
    of_import,
    of_invitation,
    of_logo,
    of_member,
    of_open_invitation,
    of_operator_record,
    of_plan_file,
    of_published,
    of_question,
    of_question_again,
    of_reminder_link,
    of_report,
    of_run,
    of_screen,
    of_step,
)
from tests.access.site import Site
from tests.personas import (
    ADMINISTRATOR,
    AT_CONSULTANCY,
    BANK_EDITOR,
    SIGNED_OUT,
    STANDINGS,
    WITHOUT_SECOND_STEP,
)

PUBLIC = "public"
SIGNED_IN = "signed in"
ADMINISTRATORS = "administrators"
BANK_EDITORS = "bank editors"
NOT_ALLOWED = (405,)
TO_SIGN_IN = (302,)
TO_SECOND_STEP = (302,)
GIVEN_BACK = (403,)
"""A form of somebody who has to sign in first, or to set up a second step: nothing is done, and its text is shown."""
ANSWERED = (200, 302)
LET_THROUGH = (200, 302, 422)  # 422: the form found an error


@dataclass(frozen=True)
class Row:
    name: str
    kwargs: Kwargs = nothing
    read: str | None = None
    write: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    get: tuple[int, ...] = (200,)
    post: tuple[int, ...] = LET_THROUGH
    standings: Mapping[str, Role | AccessLevel] = field(default_factory=lambda: STANDINGS)
    """What the personas are to the organisation that the URL names."""

    @property
    def before_second_step(self) -> bool:
        """Whether it is open to people who still have to set up MFA."""
        return self.name in BEFORE_SECOND_STEP

    @property
    def guarded(self) -> bool:
        """Whether the URL names something of an organisation."""
        return bool({self.read, self.write} - {None, PUBLIC, SIGNED_IN, ADMINISTRATORS, BANK_EDITORS})

    def expects(self, persona: str, method: str) -> tuple[int, ...]:
        needs = {"GET": self.read, "HEAD": self.read, "POST": self.write}.get(method)
        if persona in SIGNED_OUT and PUBLIC not in (self.read, self.write):
            return GIVEN_BACK if method == "POST" else TO_SIGN_IN
        if persona in WITHOUT_SECOND_STEP and not self.before_second_step:
            return GIVEN_BACK if method == "POST" else TO_SECOND_STEP
        if needs is None:
            return NOT_ALLOWED
        allowed = self.post if method == "POST" else self.get
        return allowed if needs in (PUBLIC, SIGNED_IN) else self._verdict(needs, persona, allowed)

    def _verdict(self, needs: str, persona: str, allowed: tuple[int, ...]) -> tuple[int, ...]:
        if needs == ADMINISTRATORS:
            return allowed if persona == ADMINISTRATOR else (403,)
        if needs == BANK_EDITORS:
            return allowed if persona == BANK_EDITOR else (403,)
        standing = self.standings.get(persona)
        if standing is None:
            return (404,)
        return allowed if can(standing, Capability(needs)) else (403,)


def page(
    name: str,
    kwargs: Kwargs = nothing,
    access: str = SIGNED_IN,
    get: tuple[int, ...] = (200,),
    post: tuple[int, ...] = LET_THROUGH,
    **more: Any,
) -> Row:
    """A page and its form at the same URL, open to the same people."""
    return Row(name, kwargs, read=access, write=access, get=get, post=post, **more)


def _key(site: Site) -> Mapping[str, object]:
    return {"key": "no-such-key"}


def _token(site: Site) -> Mapping[str, object]:
    return {"token": "no-such-token"}


def of_clients(name: str, kwargs: Kwargs = of_consultancy, **more: Any) -> Row:
    return page(name, kwargs, "look_after_clients", standings=AT_CONSULTANCY, **more)


ACCOUNTS = (
    page("settings"),
    Row("people", of_business, read="manage_people"),
    page("sign_in_link", _token, PUBLIC),
    page("organisation_add", data={"organisation_name": "A second shop"}),
    # 409: the last owner stays.
    page("organisation_leave", of_business, "leave", post=(302, 409)),
    Row("audit_trail", of_business, read="read_trail"),
    # Whoever has not confirmed the password lately is asked for it.
    page("account_delete", get=ANSWERED),
    Row("account_being_deleted", read=PUBLIC, get=ANSWERED),
    page("organisation_terms", of_business, "manage_organisation", data={"results": "730", "step": "save"}),
    page("organisation_rename", of_business, "manage_organisation", data={"name": "A new name"}),
    page("organisation_delete", of_business, "manage_organisation", data={"name": "Boulangerie Lumière"}),
    Row("organisation_keep", of_business, read="view_assessments", write="manage_organisation"),
    page("member_edit", of_member, "manage_people", data={"role": "viewer"}),
    page("member_remove", of_member, "manage_people"),
    page("member_hand_over", of_member, "manage_people"),
    page("invite_colleague", of_business, "manage_people", data={"email": "new@example.org", "role": "viewer"}),
    page("invite_consultancy", of_business, "manage_engagements", data={"email": "new@example.org", "level": "read"}),
    page("invitation_again", of_invitation, "manage_people"),
    page("invitation_withdraw", of_invitation, "manage_people"),
    page("invitation", of_open_invitation, PUBLIC),
    page("engagement_access", of_access, "manage_engagements", data={"level": "read"}),
    page("engagement_end", of_access, "manage_engagements"),
    Row("clients", of_consultancy, read="see_clients", standings=AT_CONSULTANCY),
    of_clients("client_add", data={"client_name": "New client"}),
    of_clients("client_ask", data={"email": "new@example.org", "level": "answer"}),
    of_clients("client_hand_over", of_client, data={"email": "new@example.org"}),
    # 409: nobody else could reach it.
    of_clients("client_end", of_client, post=(409,)),
    of_clients("client_delete", of_client, data={"name": "Set up for its owner"}),
    Row("former_clients", of_consultancy, read="see_clients", standings=AT_CONSULTANCY),
)
LOOKS = (
    page("brand", of_consultancy, "manage_brand", standings=AT_CONSULTANCY),
    page("brand_reset", of_consultancy, "manage_brand", standings=AT_CONSULTANCY),
    Row("brand_logo", of_logo, read="view_assessments"),
)
DESK = (
    Row("desk", of_consultancy, read="see_clients", standings=AT_CONSULTANCY),
    Row("desk_start", of_consultancy, write="look_after_clients", standings=AT_CONSULTANCY),
    Row("desk_ask", of_consultancy, write="look_after_clients", standings=AT_CONSULTANCY),
    of_clients("desk_notes", of_client_organisation),
    Row("desk_csv", of_consultancy, read="see_clients", standings=AT_CONSULTANCY),
    Row("desk_xlsx", of_consultancy, read="see_clients", standings=AT_CONSULTANCY),
)
GUESTS = guest_rows(Row, page)
# Signed in already: the first four lead on to the home page.
SIGN_IN = (
    page("account_login", access=PUBLIC, get=ANSWERED),
    page("account_signup", access=PUBLIC, get=ANSWERED),
    page("mfa_login_webauthn", access=PUBLIC, get=(302,)),
    page("mfa_authenticate", access=PUBLIC, get=(302,)),
    page("account_logout", access=PUBLIC, get=ANSWERED),
    Row("account_inactive", read=PUBLIC),
    Row("account_email_verification_sent", read=PUBLIC),
    page("account_signup_passkey", access=PUBLIC, get=(302,), post=(302,)),
    page("account_confirm_email", _key, PUBLIC),
    page("account_reset_password", access=PUBLIC),
    Row("account_reset_password_done", read=PUBLIC),
    Row("account_reset_password_from_key_done", read=PUBLIC),
    page("account_reset_password_from_key", no_reset, PUBLIC),
    page("account_reauthenticate"),
    page("account_reauthenticate_link", get=(302,), post=(302,)),
    page("account_email"),
    page("account_change_password"),
    page("account_set_password", get=(302,), post=(302,)),
    Row("mfa_index", read=SIGNED_IN),
    Row("mfa_required", read=SIGNED_IN, get=ANSWERED),
    Row("mfa_postpone", write=SIGNED_IN),
    page("mfa_reauthenticate", get=ANSWERED),
    page("mfa_activate_totp", get=(302,), post=(302,)),
    # Who has an app is asked for the password first.
    page("mfa_deactivate_totp", get=(302, 404), post=(302, 404)),
    Row("mfa_view_recovery_codes", read=SIGNED_IN, get=(404,)),
    page("mfa_generate_recovery_codes", get=(302,), post=(302,)),
    Row("mfa_list_webauthn", read=SIGNED_IN),
    page("mfa_add_webauthn", get=(302,), post=(302,)),
    page("mfa_reauthenticate_webauthn", get=ANSWERED),
    page("mfa_edit_webauthn", no_passkey, get=(302,), post=(302,)),
    page("mfa_remove_webauthn", no_passkey, get=(302,), post=(302,)),
    page("usersessions_list"),
    Row("signed_in_as", read=PUBLIC),
    Row("sign_in_activity", read=SIGNED_IN),
    Row("sign_in_not_me", write=SIGNED_IN, post=(302,)),
)
ASSESSMENTS = (
    Row("coverage", read=PUBLIC),
    Row("our_rules", read=PUBLIC),
    page("our_rules_in_full", access=ADMINISTRATORS),
    Row("operator_record_withdraw", of_operator_record, write=ADMINISTRATORS, post=(302,)),
    Row("home", read=SIGNED_IN, get=ANSWERED),
    Row("organisation", of_business, read="view_assessments"),
    Row("laws", of_business, read="view_assessments"),
    Row("laws_note", of_business, read="view_assessments"),
    # 404: the quick run of the table does not ask for the note.
    Row("laws_answer", of_run, read="answer", write="answer", get=(404,), post=(404,)),
    Row("results_since", of_business, read="view_assessments"),
    Row("results_trend", of_business, read="view_assessments"),
    Row("answered_again", of_business, read="view_assessments"),
    # 409: no result is named on which the answer would stand.
    page("question_again", of_question_again, "answer", post=(409,)),
    # 409: the version of an answer that was given again is not named.
    Row("question_again_undo", of_question_again, write="answer", post=(*LET_THROUGH, 409)),
    Row("interim_result", of_business, write="submit"),
    Row("assessment_start", of_business, write="edit_scope"),
    Row("assessment", of_run, read="view_assessments"),
    Row("scope", of_run, read="view_assessments"),
    Row("scope_screen", of_screen, read="edit_scope", write="edit_scope"),
    Row("scope_start", of_run, read="edit_scope", write="edit_scope"),
    # The scope of the run is complete: each leads on to what applies.
    Row("scope_assumptions", of_run, read="edit_scope", write="edit_scope", get=(302,)),
    Row("scope_questions", of_run, read="edit_scope", write="edit_scope", get=(302,)),
    Row("depth", of_run, read="edit_scope", write="edit_scope"),
    Row("domain", of_domain, read="view_assessments", write="answer"),
    Row("answer_save", of_question, write="answer"),
    Row("assign_domains", of_run, write="assign"),
    Row("my_questions", read=SIGNED_IN),
    Row("comments", of_run, read="view_assessments"),
    Row("comment_add", of_question, write="comment"),
    Row("comment_change", of_comment, write="comment", data={"do": "resolve"}),
    Row("answer_review", of_question, write="review"),
    Row("agree_with_domain", of_domain, write="review"),
    Row("check_answers", of_run, read="view_assessments"),
    Row("assessment_finish", of_run, write="submit"),
    Row("assessment_delete", of_run, read="delete_draft", write="delete_draft"),
    Row("edition_upgrade", of_run, read="view_assessments", write="edit_scope"),
    Row("assessment_restart", of_finished, write="reopen"),
    Row("result", of_finished, read="view_assessments"),
    Row("result_delete", of_finished, read="manage_organisation", write="manage_organisation"),
    Row("result_workings", of_finished, read="view_assessments"),
    Row("result_rescored", of_finished, read="view_assessments"),
    Row("result_answers", of_finished, read="view_assessments"),
    Row("what_if", of_finished, read="view_assessments"),
    Row("what_matters", of_finished, read="view_assessments"),
    Row("steps_in_time", of_finished, read="view_assessments"),
)
PLAN = (
    Row("plan", of_business, read="view_assessments"),
    page("action_take", of_step, "answer", data={"do": "take"}, get=ANSWERED),
    page("action_add", of_business, "answer", data={"title": "Ask the bank"}),
    Row("action_edit", of_action, read="view_assessments", write="answer", data={"state": "doing", "version": 1}),
    page("action_done", of_action, "answer", data={"version": 1}),
    page("action_drop", of_action, "answer", data={"reason": "We have no till"}),
    Row("action_reopen", of_action, write="answer"),
    Row("action_comment", of_action, write="comment", data={"text": "Start with the till"}),
    Row("plan_calendar", of_business, read="view_assessments"),
    Row("plan_export", of_plan_file, read="view_assessments"),
    page("plan_reminders"),
    page("plan_reminders_stop", of_reminder_link, PUBLIC),
)
REPORTS = (
    Row("landing", read=PUBLIC, get=ANSWERED),
    Row("sample_report", read=PUBLIC),
    Row("report_request", of_finished, write="request_report"),
    Row("report", of_report, read="download_report"),
    Row("report_download", of_report, read="download_report"),
    Row("report_retry", of_report, write="request_report"),
    page("bundle_request", of_consultancy, "see_clients", standings=AT_CONSULTANCY),
    Row("bundle", of_bundle, read="see_clients", standings=AT_CONSULTANCY),
    page("own_data"),
    page("organisation_data", of_business, "manage_organisation"),
    # Only who asked for it: tests/reports/test_data_exports.py.
    Row("data_export", no_export, read=SIGNED_IN, get=(404,)),
    Row("data_export_download", no_export, read=SIGNED_IN, get=(404,)),
    Row("bundle_download", of_bundle, read="see_clients", standings=AT_CONSULTANCY),
)
OPERATOR = (
    Row("privacy", read=PUBLIC),
    Row("operator", read=PUBLIC),
    Row("processor_terms", read=PUBLIC),
    Row("security_txt", read=PUBLIC),
)
# 409: what was sent says nothing of the draft that it was made from.
PUBLISHING = (
    page("bank_publish", of_draft, BANK_EDITORS),
    page("bank_import", access=BANK_EDITORS),
    page("bank_dry_run", of_import, BANK_EDITORS, post=(409,)),
    Row("bank_export", of_export, read=BANK_EDITORS),
    # 409: nobody has asked for it.
    Row("bank_publish_request", of_draft, write=BANK_EDITORS, post=(409,)),
    page("bank_offer", of_closed_edition, BANK_EDITORS),
    page("bank_withdraw", of_published, BANK_EDITORS),
    Row("bank_default", read=ADMINISTRATORS),
    page("bank_default_change", of_bank, ADMINISTRATORS),
)
# 409: it is in use, or was changed since a page that was never opened; 404: nothing to take back.
BANK = (
    Row("law_dates", read=BANK_EDITORS),
    Row("bank_editions", read=BANK_EDITORS),
    Row("bank_edition", of_draft, read=BANK_EDITORS),
    page("bank_copy", of_published, BANK_EDITORS),
    page("bank_about", of_draft, BANK_EDITORS),
    Row("bank_history", of_draft, read=BANK_EDITORS),
    page("bank_discard", of_draft, BANK_EDITORS),
    page("bank_domain_add", of_draft, BANK_EDITORS),
    page("bank_domain", of_bank_domain, BANK_EDITORS),
    Row("bank_domain_move", of_bank_domain, write=BANK_EDITORS),
    Row("bank_domain_remove", of_bank_domain, write=BANK_EDITORS, post=(409,)),
    Row("bank_questions", of_draft, read=BANK_EDITORS),
    page("bank_question_add", of_bank_domain, BANK_EDITORS),
    page("bank_question", of_bank_question, BANK_EDITORS),
    Row("bank_question_move", of_bank_question, write=BANK_EDITORS),
    page("bank_question_domain", of_bank_question, BANK_EDITORS),
    page("bank_question_retire", of_bank_question, BANK_EDITORS, post=(409,)),
    Row("bank_question_history", of_bank_question, read=BANK_EDITORS),
    Row("bank_question_undo", of_bank_change, write=BANK_EDITORS, post=(404,)),
    Row("bank_citations", of_draft, read=BANK_EDITORS),
    page("bank_citation_add", of_draft, BANK_EDITORS),
    page("bank_citation", of_bank_citation, BANK_EDITORS),
    Row("bank_citation_remove", of_bank_citation, write=BANK_EDITORS, post=(409,)),
    Row("bank_checklist", of_draft, read=BANK_EDITORS),
    page("bank_item_add", of_draft, BANK_EDITORS),
    page("bank_item", of_bank_item, BANK_EDITORS),
    Row("bank_item_move", of_bank_item, write=BANK_EDITORS),
    Row("bank_item_remove", of_bank_item, write=BANK_EDITORS, post=(409,)),
)
BANK_FRAME = (
    Row("bank_laws", of_draft, read=BANK_EDITORS),
    page("bank_law", of_bank_frame("gdpr"), BANK_EDITORS),
    Row("bank_dates", of_draft, read=BANK_EDITORS),
    page("bank_date_add", of_draft, BANK_EDITORS),
    page("bank_date", of_bank_frame(1), BANK_EDITORS),
    Row("bank_date_remove", of_bank_frame(1), write=BANK_EDITORS, post=(409,)),
    Row("bank_authorities", of_draft, read=BANK_EDITORS),
    page("bank_authority_add", of_draft, BANK_EDITORS),
    page("bank_authority", of_bank_frame("ie"), BANK_EDITORS),
    Row("bank_authority_remove", of_bank_frame("ie"), write=BANK_EDITORS, post=(409,)),
    Row("bank_labels", of_draft, read=BANK_EDITORS),
    page("bank_label", of_bank_frame("0"), BANK_EDITORS),
    page("bank_unknown", of_draft, BANK_EDITORS),
    Row("bank_presets", of_draft, read=BANK_EDITORS),
    page("bank_preset_add", of_draft, BANK_EDITORS),
    page("bank_preset", of_bank_frame("kiosk"), BANK_EDITORS),
    Row("bank_preset_remove", of_bank_frame("kiosk"), write=BANK_EDITORS, post=(409,)),
    page("bank_preset_fact_add", of_bank_new_fact, BANK_EDITORS),
    page("bank_preset_fact", of_bank_fact, BANK_EDITORS),
    Row("bank_preset_fact_remove", of_bank_fact, write=BANK_EDITORS, post=(409,)),
    page("bank_quick_check", of_draft, BANK_EDITORS),
)
BEFORE_SECOND_STEP = frozenset({"landing", "settings"} | {row.name for row in (*SIGN_IN, *OPERATOR)})
ROWS: tuple[Row, ...] = (
    *ACCOUNTS,
    *LOOKS,
    *DESK,
    *GUESTS,
    *SIGN_IN,
    *ASSESSMENTS,
    *PLAN,
    *REPORTS,
    *OPERATOR,
    *BANK,
    *BANK_FRAME,
    *PUBLISHING,
)
