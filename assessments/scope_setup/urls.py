from django.urls import URLPattern, path

from assessments.scope_setup import views

urlpatterns: list[URLPattern] = [
    path("assessments/<uuid:pk>/trade/", views.scope_start, name="scope_start"),
    path("assessments/<uuid:pk>/assumptions/", views.scope_assumptions, name="scope_assumptions"),
    path("assessments/<uuid:pk>/scope-questions/", views.scope_questions, name="scope_questions"),
]
