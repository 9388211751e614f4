"""An uploaded picture, redrawn as a small PNG: nothing of the uploaded file is kept."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from accounts.models.brand import HIGHEST, LOGO_BYTES, WIDEST

FORMATS = ("PNG", "JPEG", "WEBP")
"""Recognised by the file's content; its name and the media type that the browser sends are ignored."""

MAX_LOGO_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 10_000_000
SECONDS_OF_WAITING = 2.0
MAX_SCANS = 100
"""A progressive JPEG has about ten. Each costs a pass over all pixels, and takes only twenty bytes to add."""

_one_at_a_time = Lock()
"""A picture takes up to 150 MB while it is read, in each of the threads that read one."""

SHRINK = 0.8
_SCAN = b"\xff\xda"


class LogoRefused(Exception):
    """The message is the reason, in words for the person who uploaded the file."""


@dataclass(frozen=True, slots=True)
class Logo:
    """`content` is a PNG; width and height are in pixels."""

    content: bytes
    width: int
    height: int


def read_logo(file: IO[bytes], size: int) -> Logo:
    """The picture, scaled to fit; LogoRefused if it is too large or unreadable. `size` is the file's, in bytes."""
    if size > MAX_LOGO_BYTES:
        raise LogoRefused(_("The file is larger than 5 MB. Choose a smaller one."))
    try:
        with _turn(), _whole_pictures_only(), warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _redrawn(file)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
        raise _too_many_pixels() from problem
    except LogoRefused:
        raise
    except Exception as problem:  # decoders fail in many ways on files that are broken or made to break them
        raise LogoRefused(_("This is not a picture that can be read. Choose a PNG, JPEG or WebP file.")) from problem


@contextmanager
def _turn() -> Iterator[None]:
    if not _one_at_a_time.acquire(timeout=SECONDS_OF_WAITING):
        raise LogoRefused(_("Other pictures are being read at this moment. Choose yours again and save once more."))
    try:
        yield
    finally:
        _one_at_a_time.release()


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Importing WeasyPrint makes Pillow accept truncated pictures in the whole process; here they are refused."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _redrawn(file: IO[bytes]) -> Logo:
    with Image.open(file, formats=FORMATS) as sent:
        if sent.width * sent.height > MAX_PIXELS:  # known from the header, before anything is decoded
            raise _too_many_pixels()
        if sent.format == "JPEG" and _scans_in(file) > MAX_SCANS:
            raise LogoRefused(_("This JPEG takes too long to read. Save it as PNG, then choose that file."))
        sent.seek(0)
        upright = ImageOps.exif_transpose(sent)
    picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    width, height = WIDEST, HIGHEST
    while True:
        picture.thumbnail((width, height), Image.Resampling.LANCZOS)
        content = _png(picture)
        if len(content) <= LOGO_BYTES:
            return Logo(content, picture.width, picture.height)
        width, height = int(picture.width * SHRINK), int(picture.height * SHRINK)


def _scans_in(file: IO[bytes]) -> int:
    """Counts the scan marker. It cannot occur within the picture's data, where a zero follows each 255."""
    position = file.tell()
    file.seek(0)
    count = file.read(MAX_LOGO_BYTES).count(_SCAN)
    file.seek(position)
    return count


def _png(picture: Image.Image) -> bytes:
    """Made of the pixels alone: metadata, such as where a photo was taken, is left out."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    file = BytesIO()
    bare.save(file, "PNG", optimize=True)
    return file.getvalue()


def _too_many_pixels() -> LogoRefused:
    return LogoRefused(_("The picture has more than 10 million pixels. Choose a smaller one."))
