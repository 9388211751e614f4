from django.urls import URLPattern, path

from reports.consultant_words import snippet_views, views

RUN, STEP = "assessments/<uuid:pk>/words/", "assessments/<uuid:pk>/words/steps/<uuid:step>/"
CONSULTANCY = "consultancies/<uuid:pk>/snippets/"

urlpatterns: list[URLPattern] = [
    path(RUN, views.consultant_words, name="consultant_words"),
    path(f"{RUN}summary/", views.consultant_summary, name="consultant_summary"),
    path(f"{RUN}domains/<slug:code>/", views.consultant_domain, name="consultant_domain"),
    path(f"{RUN}steps/", views.consultant_step_add, name="consultant_step_add"),
    path(STEP, views.consultant_step, name="consultant_step"),
    path(f"{STEP}remove/", views.consultant_step_remove, name="consultant_step_remove"),
    path(CONSULTANCY, snippet_views.snippets, name="snippets"),
    path(f"{CONSULTANCY}add/", snippet_views.snippet_add, name="snippet_add"),
    path(f"{CONSULTANCY}<uuid:snippet>/", snippet_views.snippet_edit, name="snippet_edit"),
    path(f"{CONSULTANCY}<uuid:snippet>/remove/", snippet_views.snippet_remove, name="snippet_remove"),
]
