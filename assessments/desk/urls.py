from django.urls import URLPattern, URLResolver, path

from assessments.desk import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:pk>/", views.desk, name="desk"),
    path("<uuid:pk>/start/", views.start_several, name="desk_start"),
    path("<uuid:pk>/ask/", views.ask_several, name="desk_ask"),
    path("<uuid:pk>/notes/<uuid:client>/", views.client_notes, name="desk_notes"),
    path("<uuid:pk>/scores.csv", views.export_scores, {"kind": "csv"}, name="desk_csv"),
    path("<uuid:pk>/scores.xlsx", views.export_scores, {"kind": "xlsx"}, name="desk_xlsx"),
]
