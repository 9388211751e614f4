from django.urls import URLPattern, path

from assessments.laws import views

urlpatterns: list[URLPattern] = [
    path("organisations/<uuid:pk>/laws/", views.laws, name="laws"),
    path("organisations/<uuid:pk>/laws/note/", views.laws_note, name="laws_note"),
    path("assessments/<uuid:pk>/laws-answer/", views.laws_answer, name="laws_answer"),
    path("bank/law-dates/", views.law_dates_page, name="law_dates"),
]
