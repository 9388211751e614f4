"""The files for Prometheus and Grafana: every metric in them exists, and every alert says what to do."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from config.monitoring import exposition
from config.monitoring.counting import request_seconds, requests_answered, saves, sign_ins
from launch.machine import find_program

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "monitoring"
DASHBOARDS = sorted(FOLDER.glob("dashboard-*.json"))
METRIC = re.compile(r"\bevenkeel_[a-z_]+")
LABELS = re.compile(r"(evenkeel_[a-z_]+)\{([a-z]+)=\"([^\"]+)\"\}")
RULES: list[dict[str, Any]] = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"][0]["rules"]
SETTINGS = yaml.safe_load((FOLDER / "prometheus.yml").read_text())


def panels(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text())["panels"]
    return found


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in RULES)
    for path in DASHBOARDS:
        yield from (target["expr"] for panel in panels(path) for target in panel["targets"])


@pytest.fixture
def told(client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> dict[str, list[dict[str, str]]]:
    """The labels of every sample that a scrape has, once each thing that is counted has happened."""
    settings.METRICS_TOKEN = "of the test"
    monkeypatch.setattr(exposition, "KEPT_SECONDS", 0)
    requests_answered.labels("landing", "5xx").inc(0)
    request_seconds.labels("landing").observe(0.01)
    saves.labels("conflict").inc(0)
    sign_ins.labels("password", "refused").inc(0)
    text = client.get("/metrics", headers={"authorization": "Bearer of the test"}).text
    found: dict[str, list[dict[str, str]]] = {}
    for family in text_string_to_metric_families(text):
        found.setdefault(family.name, [])
        for sample in family.samples:
            found.setdefault(sample.name, []).append(sample.labels)
    return found


def test_every_metric_that_is_shown_or_watched_exists(told: dict[str, list[dict[str, str]]]) -> None:
    used = {name for each in expressions() for name in METRIC.findall(each)}
    assert used <= told.keys()
    assert len(used) > 15


def test_every_metric_of_ours_is_shown_or_watched(told: dict[str, list[dict[str, str]]]) -> None:
    used = {re.sub("_(total|bucket)$", "", name) for each in expressions() for name in METRIC.findall(each)}
    families = {re.sub("_(total|bucket|count|sum|created)$", "", name) for name in told}
    assert families == used


def test_labels_that_are_asked_for_are_among_those_that_are_told(told: dict[str, list[dict[str, str]]]) -> None:
    for each in expressions():
        for name, label, wanted in LABELS.findall(each):
            if label == "what":
                assert wanted in {"backup", "restore_check", "retention", "work"}
            else:
                assert wanted in {labels.get(label) for labels in told[name]}, (name, label, wanted)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))
def test_every_alert_says_what_to_do_and_where_it_is_explained(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"critical", "warning"}
    assert rule["annotations"].keys() == {"summary", "description", "runbook_url"}
    page, _hash, anchor = rule["annotations"]["runbook_url"].partition("#")
    assert page == "docs/operations.md"
    assert anchor == rule["alert"].lower()
    headings = re.findall(r"^#{2,4} (.+)$", (ROOT / page).read_text(), re.MULTILINE)
    assert rule["alert"] in headings


def test_the_page_explains_no_alert_that_is_gone() -> None:
    headings = re.findall(r"^#### (Evenkeel\w+)$", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
    assert sorted(headings) == sorted(rule["alert"] for rule in RULES)


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: str(path.stem))
def test_dashboards_are_whole(path: Path) -> None:
    board = json.loads(path.read_text())
    assert board["uid"]
    assert board["schemaVersion"] >= 39
    assert [each["name"] for each in board["templating"]["list"]] == ["datasource"]
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids)) > 5
    covered: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        assert panel["datasource"] == {"type": "prometheus", "uid": "${datasource}"}
        at = panel["gridPos"]
        assert at["x"] + at["w"] <= 24
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & covered, panel["title"]
        covered |= cells


def test_prometheus_asks_at_the_door_for_probes_with_the_token() -> None:
    (job,) = SETTINGS["scrape_configs"]
    assert (job["job_name"], job["metrics_path"]) == ("evenkeel", "/metrics")
    assert job["static_configs"] == [{"targets": ["web:8001"]}]
    assert job["authorization"]["credentials_file"].endswith("/metrics_token")
    assert SETTINGS["rule_files"] == ["alerts.yml"]


def test_prometheus_itself_accepts_the_rules() -> None:
    """And each expression of a dashboard, as a rule. `promtool` comes with Debian's package prometheus."""
    promtool = find_program("promtool")
    if promtool is None:
        pytest.skip("NO PROMTOOL: nobody but these tests has read deploy/monitoring/alerts.yml")
    shown = [{"record": f"shown:{number}", "expr": each} for number, each in enumerate(expressions())]
    groups = {"groups": [{"name": "all", "rules": [*RULES, *shown]}]}
    checked = subprocess.run(
        [promtool, "check", "rules", "/dev/stdin"],
        input=yaml.safe_dump(groups),
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
