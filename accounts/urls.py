from django.urls import URLPattern, URLResolver, include, path

from accounts.views.acceptance import invitation
from accounts.views.audit_trail import audit_trail
from accounts.views.brands import brand, brand_reset, logo
from accounts.views.clients import client_add, client_delete, client_end, clients, former_clients
from accounts.views.engagements import access, access_end
from accounts.views.invitations import (
    client_ask,
    client_hand_over,
    invitation_again,
    invitation_withdraw,
    invite_colleague,
    invite_consultancy,
)
from accounts.views.organisations import organisation_add
from accounts.views.people import leave_organisation, member, member_hand_over, member_remove, people
from accounts.views.people_data import (
    account_being_deleted,
    account_delete,
    organisation_delete,
    organisation_keep,
    organisation_rename,
)
from accounts.views.settings import settings_page
from accounts.views.sign_in_link import sign_in_link

ORGANISATION = "organisations/<uuid:pk>/"
CLIENTS = "consultancies/<uuid:pk>/clients/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", settings_page, name="settings"),
    path("settings/delete-account/", account_delete, name="account_delete"),
    path("account-being-deleted/", account_being_deleted, name="account_being_deleted"),
    path("sign-in/<str:token>/", sign_in_link, name="sign_in_link"),
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("organisations/new/", organisation_add, name="organisation_add"),
    path("", include("accounts.own_terms.urls")),
    path(f"{ORGANISATION}name/", organisation_rename, name="organisation_rename"),
    path(f"{ORGANISATION}delete/", organisation_delete, name="organisation_delete"),
    path(f"{ORGANISATION}keep/", organisation_keep, name="organisation_keep"),
    path(f"{ORGANISATION}leave/", leave_organisation, name="organisation_leave"),
    path(f"{ORGANISATION}trail/", audit_trail, name="audit_trail"),
    path(f"{ORGANISATION}people/", people, name="people"),
    path(f"{ORGANISATION}people/<int:member>/", member, name="member_edit"),
    path(f"{ORGANISATION}people/<int:member>/remove/", member_remove, name="member_remove"),
    path(f"{ORGANISATION}people/<int:member>/hand-over/", member_hand_over, name="member_hand_over"),
    path(f"{ORGANISATION}invite/colleague/", invite_colleague, name="invite_colleague"),
    path(f"{ORGANISATION}invite/consultancy/", invite_consultancy, name="invite_consultancy"),
    path(f"{ORGANISATION}invitations/<uuid:invitation>/again/", invitation_again, name="invitation_again"),
    path(f"{ORGANISATION}invitations/<uuid:invitation>/withdraw/", invitation_withdraw, name="invitation_withdraw"),
    path(f"{ORGANISATION}access/<int:engagement>/", access, name="engagement_access"),
    path(f"{ORGANISATION}access/<int:engagement>/end/", access_end, name="engagement_end"),
    path(CLIENTS, clients, name="clients"),
    path(f"{CLIENTS}add/", client_add, name="client_add"),
    path(f"{CLIENTS}ask/", client_ask, name="client_ask"),
    path(f"{CLIENTS}<int:engagement>/hand-over/", client_hand_over, name="client_hand_over"),
    path(f"{CLIENTS}former/", former_clients, name="former_clients"),
    path(f"{CLIENTS}<int:engagement>/delete/", client_delete, name="client_delete"),
    path(f"{CLIENTS}<int:engagement>/end/", client_end, name="client_end"),
    path("consultancies/<uuid:pk>/look/", brand, name="brand"),
    path("consultancies/<uuid:pk>/look/reset/", brand_reset, name="brand_reset"),
    path("brands/<uuid:pk>/logo/", logo, name="brand_logo"),
]
