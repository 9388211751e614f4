from django.urls import URLPattern, path

from assessments.laws import views

urlpatterns: list[URLPattern] = [
    path("organisations/<uuid:pk>/laws/", views.laws, name="laws"),
    path("bank/law-dates/", views.law_dates_page, name="law_dates"),
]
