"""Pictures that people might send as a logo, harmless and hostile."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

PNG_START = b"\x89PNG\r\n\x1a\n"


def picture(width: int = 400, height: int = 150, kind: str = "PNG", mode: str = "RGB", **more: Any) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new(mode, (width, height), "red" if mode != "L" else 99)
    ImageDraw.Draw(image).rectangle((width // 2, 0, width, height), fill="blue" if mode != "L" else 200)
    file = BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def noise(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(file, "PNG")
    return file.getvalue()


def claims_to_be(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return PNG_START + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"")) + _chunk(b"IEND", b"")


def with_endless_scans(scans: int) -> bytes:
    """A JPEG with as many passes over all its pixels as asked for, at twenty bytes each."""
    whole = picture(2000, 2000, "JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * scans + whole[-2:]


def with_endless_text() -> bytes:
    """A PNG whose compressed comment unpacks to 100 MB."""
    whole = picture()
    comment = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"\0" * 100_000_000, 9))
    after_header = len(PNG_START) + 25
    return whole[:after_header] + comment + whole[after_header:]


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
