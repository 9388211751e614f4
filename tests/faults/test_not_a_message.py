"""What lies in a queue and is no message of ours is thrown away, and the worker goes on with what comes after it."""

import base64
import json
from typing import Any

import pytest
import redis
from celery.beat import Scheduler
from django.conf import settings

from assessments.models import EditionRow
from config.celery import app
from config.queues.messages import is_message
from reports.models import Report, ReportState
from tests.celery_worker import celery_worker
from tests.faults.test_poison import ask
from tests.faults.waiting import wait_until

QUEUE = "celery"
AFTERWARDS: dict[str, Any] = {"callbacks": None, "errbacks": None, "chain": None, "chord": None}


def encoded(body: Any) -> str:
    return base64.b64encode(json.dumps(body).encode()).decode()


def message(**changes: Any) -> dict[str, Any]:
    """A sound message about no report, with changes: `headers__task` is one of its headers."""
    made: dict[str, Any] = {
        "body": encoded([["none"], {}, AFTERWARDS]),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": {
            **{"lang": "py", "task": "reports.render_report", "id": "a", "shadow": None, "eta": None, "expires": None},
            **{"group": None, "group_index": None, "retries": 0, "timelimit": [90, 60], "root_id": "a"},
            **{"parent_id": None, "argsrepr": "()", "kwargsrepr": "{}", "origin": "b", "ignore_result": True},
            **{"replaced_task_nesting": 0, "stamped_headers": None, "stamps": {}},
        },
        "properties": {
            **{"correlation_id": "a", "reply_to": "b", "delivery_mode": 2, "priority": 0, "body_encoding": "base64"},
            **{"delivery_tag": "c", "delivery_info": {"exchange": "", "routing_key": QUEUE}},
        },
    }
    for name, value in changes.items():
        part, _, key = name.partition("__")
        (made[part] if key else made)[key or part] = value
    return made


NO_MESSAGES: dict[str, str | bytes] = {
    "nothing": "",
    "no JSON": "hello",
    "no text": b"\xff\xfe\x00",
    "half a message": json.dumps(message())[:50],
    "deeper than can be read": "[" * 100_000,
    "a number of many digits": "9" * 10_000,
    "a type that JSON does not have": '{"__type__": "uuid", "__value__": 5}',
    **{
        what: json.dumps(payload)
        for what, payload in {
            "a number": 5,
            "a list": [1],
            "an empty object": {},
            "no tag": message(properties={}),
            "a list as tag": message(properties__delivery_tag=[1]),
            "no place": message(properties__delivery_info=None),
            "an unknown encoding": message(properties__body_encoding="rot13"),
            "no headers": message(headers=None),
            "headers that are a list": message(headers=[1]),
            "a list as task": message(headers__task=["a"]),
            "an object as task": message(headers__task={}),
            "no key": message(headers__id=None),
            "a time limit that is none": message(headers__timelimit=[1, 2, 3, 4]),
            "texts as time limits": message(headers__timelimit=["a", "b"]),
            "a negative number of tries": message(headers__retries=-1),
            "stamps of somebody": message(headers__stamps={"a": 1}, headers__stamped_headers=["a"]),
            "a header that Celery does not send": message(headers__other="a"),
            "a body that is not encoded": message(body="not base64"),
            "no body": message(body=None),
            "a body that is a text": message(body=encoded("a")),
            "arguments that are an object": message(body=encoded([{}, {}, AFTERWARDS])),
            "a task to run afterwards": message(body=encoded([[], {}, {**AFTERWARDS, "chain": [{"task": "a"}]}])),
            "a pickle": message(**{"content-type": "application/x-python-serialize"}),
        }.items()
    },
}
# Of the right shape, and still of no use: Celery itself puts these away.
USELESS = {
    "an unknown task": message(headers__task="reports.unknown"),
    "no time": message(headers__eta="tomorrow"),
    "no end": message(headers__expires="never"),
    "too few arguments": message(body=encoded([[], {}, AFTERWARDS])),
    "arguments of another kind": message(body=encoded([[{"a": [1]}], {}, AFTERWARDS])),
}


@pytest.mark.parametrize("what", NO_MESSAGES)
def test_it_is_told_from_a_message(what: str) -> None:
    try:
        read = json.loads(NO_MESSAGES[what])
    except (ValueError, RecursionError):
        return
    assert not is_message(read), what


@pytest.mark.parametrize("changes", [{}, {"headers__redelivered": True, "redelivered": True}, {"headers__retries": 2}])
def test_a_message_is_one(changes: dict[str, Any]) -> None:
    assert is_message(message(**changes))
    assert all(is_message(payload) for payload in USELESS.values())


def test_what_our_own_tasks_are_sent_as_is_a_message() -> None:
    if "redis" not in settings.CELERY_BROKER_URL:
        pytest.skip("the folder's messages are the same")
    queue = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    app.send_task("reports.notify_due_reports", expires=30)
    assert is_message(json.loads(queue.lindex(QUEUE, 0) or ""))
    queue.delete(QUEUE)


def test_so_is_what_beat_sends() -> None:
    """It marks its messages; without them no sweep, no deletion and no reminder would ever run."""
    if "redis" not in settings.CELERY_BROKER_URL:
        pytest.skip("the folder's messages are the same")
    queue = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    beat = Scheduler(app=app, lazy=True)
    app.loader.import_default_modules()
    plans: dict[str, Any] = settings.CELERY_BEAT_SCHEDULE
    for name, planned in plans.items():
        entry = beat.Entry(name=name, app=app, **planned)
        queue.delete(QUEUE, "retention")
        beat.apply_async(entry, advance=False)
        sent = queue.lindex(QUEUE, 0) or queue.lindex("retention", 0)
        assert is_message(json.loads(sent or "")), name
    queue.delete(QUEUE, "retention")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_worker_survives_all_of_them_and_makes_the_report_behind(
    edition_row: EditionRow, quick: dict[str, str]
) -> None:
    queue = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    with celery_worker(beat=True, settings=quick) as worker:
        for payload in (*NO_MESSAGES.values(), *map(json.dumps, USELESS.values())):
            queue.lpush(QUEUE, payload)
        wait_until(lambda: queue.llen(QUEUE) == 0, 60, "everything is read")
        report = ask("Bakery")
        wait_until(
            lambda: Report.objects.filter(pk=report.pk, state=ReportState.READY).exists(), 120, "the report is made"
        )
        assert worker.poll() is None
        wait_until(lambda: queue.hlen("unacked") == 0, 60, "nothing is left to be tried again")
