from django.urls import URLPattern, path

from assessments.actions.views import changes, files, plan, reminders

_PLAN = "organisations/<uuid:pk>/plan/"

urlpatterns: list[URLPattern] = [
    path(_PLAN, plan.show_plan, name="plan"),
    path(f"{_PLAN}take/<slug:question>/<int:level>/", plan.action_take, name="action_take"),
    path(f"{_PLAN}add/", plan.action_add, name="action_add"),
    path(f"{_PLAN}calendar.ics", files.plan_calendar, name="plan_calendar"),
    path(f"{_PLAN}export/<slug:kind>/", files.plan_export, name="plan_export"),
    path(f"{_PLAN}<uuid:action>/", changes.action_edit, name="action_edit"),
    path(f"{_PLAN}<uuid:action>/done/", changes.action_done, name="action_done"),
    path(f"{_PLAN}<uuid:action>/drop/", changes.action_drop, name="action_drop"),
    path(f"{_PLAN}<uuid:action>/reopen/", changes.action_reopen, name="action_reopen"),
    path(f"{_PLAN}<uuid:action>/comment/", changes.action_comment, name="action_comment"),
    path("plan/reminders/", reminders.plan_reminders, name="plan_reminders"),
    path("plan/reminders/<uuid:key>/stop/", reminders.plan_reminders_stop, name="plan_reminders_stop"),
]
