"""What the scheduler asks for, and how often."""

from celery.schedules import schedule

from config.env import env


def beat_schedule() -> dict[str, dict[str, object]]:
    """For CELERY_BEAT_SCHEDULE."""
    return {
        "notify-due-reports": _every(env.int("REPORT_SWEEP_SECONDS", default=5), "reports.notify_due_reports"),
        "make-sample-report": _every(60, "reports.make_sample_report"),
        "delete-orphan-files": _every(3600, "reports.delete_orphan_files"),
        "delete-outlived": _every(3600, "accounts.delete_outlived"),
        "notify-due-erasures": _every(30, "accounts.notify_due_erasures"),
        "send-reminders": _every(900, "assessments.send_reminders"),
    }


def _every(seconds: int, task: str) -> dict[str, object]:
    """Nobody takes a message that the next one has overtaken."""
    return {"task": task, "schedule": schedule(run_every=seconds), "options": {"expires": max(30, seconds)}}
