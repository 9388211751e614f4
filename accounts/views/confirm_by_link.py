from datetime import timedelta

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.requests import SignedInRequest
from accounts.sign_in.links import create_sign_in_link
from accounts.sign_up.unconfirmed import has_confirmed_address
from accounts.site_urls import absolute_url
from accounts.views.form_pages import form_methods

LIFETIME = timedelta(minutes=15)


@form_methods
def confirm_by_new_link(request: SignedInRequest) -> HttpResponse:
    """Mails a link that signs in anew, to people who have neither a password nor a second step to confirm with."""
    person = request.user
    if not get_adapter().lacks_ways_to_confirm(person):
        return redirect("account_reauthenticate")
    by_mail, sent = settings.MAIL_CONFIGURED and has_confirmed_address(person), False
    if by_mail and request.method == "POST":
        if sent := bool(ratelimit.consume(request, action="reset_password", key=person.email)):
            link = reverse("sign_in_link", args=[create_sign_in_link(user=person, lifetime=LIFETIME)])
            get_adapter().send_mail("accounts/email/sign_in_link", person.email, {"link": absolute_url(link)})
        else:
            messages.error(request, get_adapter().error_messages["rate_limited"])
    minutes = app_settings.REAUTHENTICATION_TIMEOUT // 60
    context = {"by_mail": by_mail, "sent": sent, "minutes": minutes, "person": person}
    return render(request, "accounts/confirm_by_link.html", context)
