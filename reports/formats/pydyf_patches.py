"""Saves pydyf, which writes WeasyPrint's PDFs, repeated work; the output is the same to the byte (a test compares).

These use pydyf's private parts, so they are written for one version and stay off with any other.

* Each element of the tag tree asks for the references of all pages, so the time for tags grew with the square of the
  pages. They are put together once for as long as no page is added.
* Each object is turned into bytes, and compressed, once for the file and once more for the identifier of the file.
"""

from collections.abc import Callable
from typing import Any

MADE_FOR = "0.13.0"
Replace = Callable[[Any, str, Any], None]
"""Replaces an attribute of an owner for as long as the patches are on."""


def patch_pydyf(replace: Replace) -> None:
    import pydyf

    if pydyf.__version__ == MADE_FOR:
        _know_references_of_pages(pydyf, replace)
        _turn_into_bytes_once(pydyf, replace)


def _know_references_of_pages(pydyf: Any, replace: Replace) -> None:
    original = pydyf.PDF.page_references

    def page_references(self: Any) -> tuple[bytes, ...]:
        pages = len(self.pages["Kids"])
        known = getattr(self, "known_references", None)
        if known is None or known[0] != pages:
            known = self.known_references = pages, original.fget(self)
        references: tuple[bytes, ...] = known[1]
        return references

    replace(pydyf.PDF, "page_references", property(page_references))


def _turn_into_bytes_once(pydyf: Any, replace: Replace) -> None:
    """Nothing changes an object once its file is being written."""
    original, of_stream = pydyf.PDF.write, pydyf.Stream.data

    class Written(pydyf.Object):  # type: ignore[misc]
        data = b""

        def __init__(self, made: Any) -> None:
            super().__init__()
            self.number, self.generation, self.free = made.number, made.generation, made.free
            self.data = made.data

    def write(self: Any, *given: Any, **more: Any) -> None:
        for place, each in enumerate(self.objects):
            if each.compressible and each.free == "n":
                self.objects[place] = Written(each)  # one by one, so that what is written goes
        original(self, *given, **more)

    def data(self: Any) -> bytes:
        """That of the stream of objects, which exists within `write` alone, is kept."""
        kept: bytes | None = getattr(self, "kept_data", None)
        if kept is None:
            kept = of_stream.fget(self)
            if self.extra.get("Type") == "/ObjStm":
                self.kept_data = kept
        return kept

    replace(pydyf.PDF, "write", write)
    replace(pydyf.Stream, "data", property(data))
