"""Each alert rings when it should and is silent otherwise, as Prometheus' own `promtool` plays it through."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from launch.machine import find_program
from tests.production.test_monitoring import RULES

LAST = "evenkeel_last_timestamp_seconds"
# A minute between two values; the clock begins at 0, so what is long past is below it.
IN_ORDER = {
    'up{job="evenkeel"}': "1x200",
    'evenkeel_info{version="1"}': "1x200",
    **{f'evenkeel_check_failed{{check="{name}"}}': "0x200" for name in ("database", "broker", "queue", "disk")},
    'evenkeel_queue_age_seconds{kind="report"}': "299x200",
    'evenkeel_queue_depth{kind="report"}': "3x200",
    'evenkeel_files_failed{reason="time"}': "7x200",
    'evenkeel_render_seconds_last_hour{kind="owner",format="pdf"}': "200x200",
    'evenkeel_renders_last_hour{kind="owner",format="pdf"}': "10x200",
    "evenkeel_disk_free_bytes": "20x200",
    "evenkeel_disk_size_bytes": "100x200",
    'evenkeel_requests_total{status="2xx"}': "0+100x200",
    'evenkeel_requests_total{status="5xx"}': "0+1x200",
    'evenkeel_request_seconds_bucket{le="1.0"}': "0+99x200",
    'evenkeel_request_seconds_bucket{le="+Inf"}': "0+100x200",
    'evenkeel_saves_total{outcome="saved"}': "0+95x200",
    'evenkeel_saves_total{outcome="conflict"}': "0+5x200",
    'evenkeel_sign_ins_total{outcome="refused"}': "0+2x200",
    f'{LAST}{{what="backup"}}': "-86400x200",
    f'{LAST}{{what="restore_check"}}': "-8640000x200",
    f'{LAST}{{what="retention"}}': "0+60x200",
    "evenkeel_erasures_failed": "0x200",
    "evenkeel_migrations_pending": "0x200",
}
# What changes, and the labels that the alert then has; None is a series that is not there.
RINGS: dict[str, tuple[dict[str, str | None], dict[str, str]]] = {
    "EvenkeelDown": ({'up{job="evenkeel"}': "0x200"}, {"job": "evenkeel"}),
    "EvenkeelGone": ({'evenkeel_info{version="1"}': None}, {}),
    "EvenkeelDatabaseAway": ({'evenkeel_check_failed{check="database"}': "1x200"}, {}),
    "EvenkeelBrokerAway": ({'evenkeel_check_failed{check="broker"}': "1x200"}, {}),
    "EvenkeelQueueStands": ({'evenkeel_queue_age_seconds{kind="report"}': "301x200"}, {"kind": "report"}),
    "EvenkeelFilesFail": ({'evenkeel_files_failed{reason="time"}': "0+1x200"}, {"reason": "time"}),
    "EvenkeelRenderingSlow": ({'evenkeel_render_seconds_last_hour{kind="owner",format="pdf"}': "400x200"}, {}),
    "EvenkeelDiskFull": ({'evenkeel_check_failed{check="disk"}': "1x200"}, {}),
    "EvenkeelDiskFilling": ({"evenkeel_disk_free_bytes": "9x200"}, {}),
    "EvenkeelErrors": ({'evenkeel_requests_total{status="5xx"}': "0+3x200"}, {}),
    "EvenkeelSlow": (
        {
            'evenkeel_request_seconds_bucket{le="1.0"}': "0+90x200",
            'evenkeel_request_seconds_bucket{le="2.5"}': "0+100x200",
        },
        {},
    ),
    "EvenkeelConflicts": ({'evenkeel_saves_total{outcome="conflict"}': "0+20x200"}, {}),
    "EvenkeelSignInsRefused": ({'evenkeel_sign_ins_total{outcome="refused"}': "0+6x200"}, {}),
    "EvenkeelBackupOld": ({f'{LAST}{{what="backup"}}': "-129600x200"}, {}),
    "EvenkeelNoBackup": ({f'{LAST}{{what="backup"}}': None}, {"what": "backup"}),
    "EvenkeelRestoreUntested": ({f'{LAST}{{what="restore_check"}}': "-15552000x200"}, {}),
    "EvenkeelDeletionStopped": ({f'{LAST}{{what="retention"}}': "-10800x200"}, {}),
    "EvenkeelErasureFails": ({"evenkeel_erasures_failed": "1x200"}, {}),
    "EvenkeelMigrationsPending": ({"evenkeel_migrations_pending": "1x200"}, {}),
}
MINUTES = 120
"""When it is looked at; an alert that waits for a day is tried with two hours of that."""


def played(changes: dict[str, str | None], ringing: dict[str, dict[str, str]]) -> dict[str, Any]:
    """One run: exactly these alerts ring, with these labels."""
    severity = {rule["alert"]: rule["labels"]["severity"] for rule in RULES}
    series = {name: values for name, values in (IN_ORDER | changes).items() if values is not None}
    expected = {
        name: [{"exp_labels": {"severity": severity[name], **ringing[name]}}] if name in ringing else []
        for name in severity
    }
    return {
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "alert_rule_test": [
            {"eval_time": f"{MINUTES}m", "alertname": name, "exp_alerts": alerts} for name, alerts in expected.items()
        ],
    }


def without_texts(rule: dict[str, Any]) -> dict[str, Any]:
    """Texts hold figures; and a wait of a day would need a day of values."""
    kept = {key: value for key, value in rule.items() if key != "annotations"}
    return {**kept, "for": "1h"} if kept.get("for") == "1d" else kept


def test_each_alert_has_a_run_in_which_it_rings() -> None:
    assert RINGS.keys() == {rule["alert"] for rule in RULES}


def test_alerts_ring_when_they_should_and_only_then(tmp_path: Path) -> None:
    promtool = find_program("promtool")
    if promtool is None:
        pytest.skip("NO PROMTOOL: no alert was played through")
    rules = [without_texts(rule) for rule in RULES]
    (tmp_path / "rules.yml").write_text(yaml.safe_dump({"groups": [{"name": "all", "rules": rules}]}))
    runs = [played({}, {}), *(played(changes, {name: labels}) for name, (changes, labels) in RINGS.items())]
    tests = {"rule_files": ["rules.yml"], "evaluation_interval": "1m", "tests": runs}
    (tmp_path / "tests.yml").write_text(yaml.safe_dump(tests))
    result = subprocess.run(
        [promtool, "test", "rules", "tests.yml"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
