"""What a message in a queue looks like, and what becomes of anything else that lies there.

Celery expects what Celery wrote. Whoever can write to the queue can write anything: text that is no JSON, a number in
the place of an object, a task with five arguments for its time limit. Kombu raises for these in the loop that reads
messages, and the worker ends. So a message is looked at before it is delivered, and one of another shape is written to
the log, without its content, and thrown away. The rows are the truth: the sweeper sends another message for whatever is
due.
"""

import binascii
import json
import logging
from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any

from kombu.transport import virtual

logger = logging.getLogger(__name__)

UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What reading something raises that is no message."""
MOST_CHARACTERS = 20_000
"""Of an encoded body. Ours hold a key."""

Shape = Mapping[str, Callable[[Any], bool]]


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 1000


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1000


def _nothing(value: Any) -> bool:
    return not value


def _text_or_nothing(value: Any) -> bool:
    return value is None or _text(value)


def _number_or_nothing(value: Any) -> bool:
    return value is None or _number(value)


def _limits(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_number_or_nothing(each) for each in value)


def _yes_or_no(value: Any) -> bool:
    return value is None or isinstance(value, bool)


_MESSAGE: Shape = {
    "body": lambda value: isinstance(value, str) and _is_body(value),
    "content-encoding": lambda value: value == "utf-8",
    "content-type": lambda value: value == "application/json",
    "headers": lambda value: _has_shape(value, _HEADERS, needed=("task", "id")),
    "properties": lambda value: _has_shape(value, _PROPERTIES, needed=("delivery_tag", "delivery_info")),
    "redelivered": _yes_or_no,
}
_HEADERS: Shape = {
    **dict.fromkeys(("task", "id"), _text),
    **dict.fromkeys(("lang", "shadow", "eta", "expires", "root_id", "parent_id", "origin"), _text_or_nothing),
    **dict.fromkeys(("argsrepr", "kwargsrepr"), _text_or_nothing),
    **dict.fromkeys(("retries", "replaced_task_nesting"), _number_or_nothing),
    **dict.fromkeys(("group", "group_index", "stamped_headers", "stamps"), _nothing),
    "timelimit": _limits,
    # The last one is how beat marks what it sends.
    **dict.fromkeys(("ignore_result", "redelivered", "celery_beat_task"), _yes_or_no),
}
_PROPERTIES: Shape = {
    **dict.fromkeys(("correlation_id", "reply_to", "expiration"), _text_or_nothing),
    **dict.fromkeys(("delivery_mode", "priority"), _number_or_nothing),
    "delivery_tag": _text,
    "delivery_info": lambda value: _has_shape(value, _DELIVERY, needed=("exchange", "routing_key")),
    "body_encoding": lambda value: value == "base64",
}
_DELIVERY: Shape = {
    "exchange": lambda value: isinstance(value, str) and len(value) <= 1000,
    "routing_key": _text,
    "priority": _number_or_nothing,
    "redelivered": _yes_or_no,
}
_AFTERWARDS = ("callbacks", "errbacks", "chain", "chord")


def is_message(payload: Any) -> bool:
    """Whether it has the shape of what our tasks are sent as: nothing that Celery would trip over, no task after it."""
    return _has_shape(payload, _MESSAGE, needed=("body", "content-encoding", "content-type", "headers", "properties"))


def _has_shape(value: Any, shape: Shape, needed: tuple[str, ...]) -> bool:
    return (
        isinstance(value, dict)
        and all(name in value for name in needed)
        and all(name in shape and shape[name](each) for name, each in value.items())
    )


def _is_body(encoded: str) -> bool:
    if len(encoded) > MOST_CHARACTERS:
        return False
    try:
        body = json.loads(b64decode(encoded, validate=True))
    except (binascii.Error, *UNREADABLE):
        return False
    if not (isinstance(body, list) and [type(part) for part in body] == [list, dict, dict]):
        return False
    return all(name in _AFTERWARDS and each is None for name, each in body[2].items())


def log_thrown_away() -> None:
    """What it held may be anything, so the log does not repeat it."""
    logger.error("threw away something in the queue that is not a message")


class CarefulTransport(virtual.Transport):
    """Delivers messages, and survives everything else. To be mixed in before a transport of kombu."""

    def _deliver(self, message: Any, queue: str | None) -> None:
        if not is_message(message):
            log_thrown_away()
            return
        try:
            super()._deliver(message, queue)
        except UNREADABLE:
            logger.exception("threw away a message that could not be delivered")
            self._forget(message["properties"]["delivery_tag"])

    def _forget(self, tag: str) -> None:
        """Otherwise it would come again and again."""
        for channel in self.channels or ():
            if channel and tag in (channel.qos._delivered or ()):
                channel.basic_ack(tag)
