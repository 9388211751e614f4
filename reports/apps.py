from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.people_data.erasure import after_erasure
        from accounts.people_data.organisations import forgets_files
        from accounts.people_data.own_terms import counts_older
        from accounts.services.retention import deletes_outlived
        from assessments.own_rules.failures import counts_failed_jobs
        from assessments.results.finishing import after_finish
        from reports.in_advance.services import delete_unused_reports, queue_owners_report
        from reports.operator import checks  # noqa: F401 (registers itself)
        from reports.people_data.files import forget_files, forget_files_of
        from reports.people_data.outlived import count_older_downloads
        from reports.queries import failed_reports
        from reports.share_links.services import delete_ended_links

        after_erasure(forget_files)
        forgets_files(forget_files_of)
        counts_older("downloads", count_older_downloads)
        counts_failed_jobs(failed_reports)
        deletes_outlived("share_links", delete_ended_links)
        deletes_outlived("reports_in_advance", delete_unused_reports)
        after_finish(queue_owners_report)
