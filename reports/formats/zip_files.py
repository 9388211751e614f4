"""ZIP files that depend on nothing but what is in them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP can hold; office programs show the date in the document's properties."""

UNIX = 3


def repacked(content: bytes) -> bytes:
    """The same files in the same order, without the time and the machine on which they were packed."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            entry = ZipInfo(name, FIRST_DAY)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, UNIX
            archive.writestr(entry, source.read(name), compresslevel=6)
    return target.getvalue()
