from django.urls import URLPattern, URLResolver, path

from accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", views.settings_page, name="settings"),
    path("organisations/<uuid:pk>/people/", views.people, name="people"),
    path("sign-in/<str:token>/", views.sign_in_link, name="sign_in_link"),
]
