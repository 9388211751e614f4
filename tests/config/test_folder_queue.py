"""The queue of the embedded default: a reader finds a whole message or nothing."""

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from config.queues import folder as folder_queue

MESSAGES = 300


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder_queue.register()
    return tmp_path


def options(folder: Path) -> dict[str, str]:
    return {"data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(folder / "control")}


@pytest.fixture
def channel(folder: Path) -> Iterator[Any]:
    with Connection("folder://localhost", transport_options=options(folder)) as connection:
        yield connection.default_channel


def write_many(folder: Path) -> None:
    folder_queue.register()
    with Connection("folder://localhost", transport_options=options(folder)) as connection:
        channel: Any = connection.default_channel
        for number in range(MESSAGES):
            channel._put("work", {"number": number, "ballast": "x" * 2_000})


def test_a_message_arrives_as_it_was_sent_and_once(channel: Any) -> None:
    channel._put("work", {"text": "Zoë"})
    assert channel._get("work") == {"text": "Zoë"}
    with pytest.raises(Empty):
        channel._get("work")


def test_each_queue_has_its_own_messages(channel: Any) -> None:
    channel._put("work", 1)
    with pytest.raises(Empty):
        channel._get("other")
    assert channel._get("work") == 1


def test_what_is_still_being_written_is_not_there_yet(channel: Any, folder: Path) -> None:
    (folder / ".1_abc.work.msg").write_text("")
    with pytest.raises(Empty):
        channel._get("work")


def test_a_file_that_is_no_message_stops_nobody(channel: Any, folder: Path) -> None:
    (folder / "0_broken.work.msg").write_text("")
    channel._put("work", "sound")
    with pytest.raises(Empty):
        channel._get("work")
    assert channel._get("work") == "sound"


def test_a_folder_that_cannot_be_written_is_the_channels_error(channel: Any, folder: Path) -> None:
    channel.connection.client.transport_options["data_folder_out"] = str(folder / "gone")
    with pytest.raises(ChannelError):
        channel._put("work", 1)


def test_reading_while_another_process_writes_meets_whole_messages_only(channel: Any, folder: Path) -> None:
    writer = multiprocessing.get_context("spawn").Process(target=write_many, args=(folder,))
    writer.start()
    found: list[int] = []
    while len(found) < MESSAGES and (writer.is_alive() or list(folder.glob("*.work.msg"))):
        try:
            found.append(channel._get("work")["number"])
        except Empty:
            continue
    writer.join()
    assert sorted(found) == list(range(MESSAGES))
