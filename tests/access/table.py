"""The access table: one row for every URL of the site. A URL without a row fails tests/access/test_matrix.py.

    Row("people", of_business, read="manage_people")                 GET for who may, 403 own, 404 foreign, POST is 405
    Row("answer_save", of_assessment, write="answer", data={...})         the same for POST; GET is 405
    Row("home", read=SIGNED_IN)                                      every person, no organisation asked for
    Row("landing", read=PUBLIC)                                      everybody

`get` and `post` are the statuses of an answer that was let through; PUT and DELETE are always 405.
"""

from collections.abc import Mapping
from typing import Any

from tests.access.keys import (
    Kwargs,
    no_export,
    no_passkey,
    no_reset,
    of_access,
    of_action,
    of_bundle,
    of_business,
    of_client,
    of_client_organisation,
    of_comment,
    of_consultancy,
    of_domain,
    of_finished,
    of_invitation,
    of_logo,
    of_member,
    of_open_invitation,
    of_operator_record,
    of_plan_file,
    of_portfolio,
    of_question,
    of_question_again,
    of_reminder_link,
    of_report,
    of_run,
    of_screen,
    of_share_link,
    of_shared_report,
    of_step,
)
from tests.access.rows.bank import BANK, BANK_FRAME, PUBLISHING
from tests.access.rows.guests import GUESTS
from tests.access.rows.row import (
    ADMINISTRATORS,
    ANSWERED,
    BEFORE_SECOND_STEP,
    LET_THROUGH,
    PUBLIC,
    SIGNED_IN,
    Row,
    page,
)
from tests.access.rows.words import WORDS
from tests.access.site import Site
from tests.personas import (
    AT_CONSULTANCY,
)


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
    page("go_on_from_file", of_business, "edit_scope"),
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
    Row("report_schema", read=PUBLIC),
    Row("report_retry", of_report, write="request_report"),
    # 302: the report of the table is not ready yet.
    Row("signed_report", of_report, read="download_report", get=ANSWERED),
    Row("signing_keys", read=PUBLIC),
    page("verify", access=PUBLIC),
    Row("report_cancel", of_finished, write="request_report", post=(302,)),
    Row("report_queue", read=ADMINISTRATORS),
    Row("site_status", read=ADMINISTRATORS),
    page("report_links", of_report, "share_report", data={"days": "30", "attempt": "x"}),
    Row("share_links", of_business, read="share_report"),
    Row("share_link_revoke", of_share_link, write="share_report", post=(302,)),
    Row("shared_report", of_shared_report, read=PUBLIC, names_business=True),
    Row("shared_report_download", of_shared_report, read=PUBLIC, names_business=True),
    page("bundle_request", of_consultancy, "see_clients", standings=AT_CONSULTANCY),
    Row("bundle", of_bundle, read="see_clients", standings=AT_CONSULTANCY),
    page("portfolios", of_consultancy, "see_clients", standings=AT_CONSULTANCY),
    Row("portfolio", of_portfolio, read="see_clients", standings=AT_CONSULTANCY),
    Row("portfolio_download", of_portfolio, read="see_clients", standings=AT_CONSULTANCY),
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
BEFORE_SECOND_STEP.update(row.name for row in (*SIGN_IN, *OPERATOR))
ROWS: tuple[Row, ...] = (
    *ACCOUNTS,
    *LOOKS,
    *DESK,
    *GUESTS,
    *SIGN_IN,
    *ASSESSMENTS,
    *PLAN,
    *REPORTS,
    *WORDS,
    *OPERATOR,
    *BANK,
    *BANK_FRAME,
    *PUBLISHING,
)
