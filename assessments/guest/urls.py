from django.urls import URLPattern, path

from assessments.guest.views import after, check, consultancy

urlpatterns: list[URLPattern] = [
    path("check/", check.quick_check, name="quick_check"),
    path("check/with/<slug:key>/", check.quick_check_with, name="quick_check_with"),
    path("check/with/<slug:key>/logo/", check.quick_check_logo, name="quick_check_logo"),
    path("check/about-you/<int:number>/", check.quick_check_facts, name="quick_check_facts"),
    path("check/questions/<int:number>/", check.quick_check_question, name="quick_check_question"),
    path("check/so-far/", check.quick_check_insight, name="quick_check_insight"),
    path("check/result/", check.quick_check_result, name="quick_check_result"),
    path("check/share/", after.quick_check_share, name="quick_check_share"),
    path("check/share/take-back/", after.quick_check_take_back, name="quick_check_take_back"),
    path("check/keep/", after.quick_check_keep, name="quick_check_keep"),
    path("check/delete/", check.quick_check_delete, name="quick_check_delete"),
    path("consultancies/<uuid:pk>/check-links/", consultancy.check_links, name="check_links"),
    path(
        "consultancies/<uuid:pk>/check-links/<uuid:link>/revoke/",
        consultancy.check_link_revoke,
        name="check_link_revoke",
    ),
    path("consultancies/<uuid:pk>/shared-checks/", consultancy.shared_checks, name="shared_checks"),
    path("consultancies/<uuid:pk>/shared-checks/<uuid:shared>/", consultancy.shared_check, name="shared_check"),
    path(
        "consultancies/<uuid:pk>/shared-checks/<uuid:shared>/delete/",
        consultancy.shared_check_delete,
        name="shared_check_delete",
    ),
]
