from django.urls import URLPattern, URLResolver, path

from accounts.views.people import people
from accounts.views.settings import settings_page
from accounts.views.sign_in_link import sign_in_link

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", settings_page, name="settings"),
    path("organisations/<uuid:pk>/people/", people, name="people"),
    path("sign-in/<str:token>/", sign_in_link, name="sign_in_link"),
]
