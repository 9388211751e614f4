from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.people_data.erasure import after_erasure
        from accounts.people_data.organisations import forgets_files
        from reports.operator import checks  # noqa: F401 (registers itself)
        from reports.people_data.files import forget_files, forget_files_of

        after_erasure(forget_files)
        forgets_files(forget_files_of)
