from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.people_data.own_terms import counts_older
        from accounts.services.retention import deletes_outlived
        from assessments.services.outlived import (
            count_older_results,
            delete_outlived_checks,
            delete_outlived_results,
            delete_outlived_shared_checks,
            delete_told_reminders,
        )

        counts_older("results", count_older_results)
        deletes_outlived("results", delete_outlived_results)
        deletes_outlived("reminders", delete_told_reminders)
        deletes_outlived("guest_checks", delete_outlived_checks)
        deletes_outlived("shared_checks", delete_outlived_shared_checks)
