from django.urls import URLPattern, path

from assessments.own_rules import views

urlpatterns: list[URLPattern] = [
    path("our-rules/", views.our_rules, name="our_rules"),
    path("our-rules/in-full/", views.our_rules_in_full, name="our_rules_in_full"),
    path("our-rules/records/<int:pk>/withdraw/", views.operator_record_withdraw, name="operator_record_withdraw"),
]
