"""Marks running headers and page numbers as artifacts of pagination, as PDF/UA asks (ISO 14289-1, 7.8).

WeasyPrint marks them as content and leaves the tags of that content out of the tree, so that a screen reader finds on
each page words that belong nowhere.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

ARTIFACT = {"Type": "/Pagination"}
NOBODY = b"null"


def mark_margins(pdf: Any) -> None:
    """`pdf` is pydyf's, with the tags added and nothing written yet."""
    root = next((part for part in _dictionaries(pdf) if part.get("Type") == "/StructTreeRoot"), None)
    if root is None:
        return
    outside = _tags_outside(pdf, _named(pdf, root["K"][0]))
    if not outside:
        return
    places: dict[bytes, set[int]] = defaultdict(set)
    for tag in outside.values():
        places[tag["Pg"]] |= {kid for kid in tag["K"] if isinstance(kid, int)}
    for page, numbers in places.items():
        _mark(_named(pdf, _named(pdf, page)["Contents"]).stream, numbers)
    _forget(_named(pdf, root["ParentTree"])["Nums"], outside)
    for tag in outside.values():
        tag.clear()


def _tags_outside(pdf: Any, document: Any) -> Mapping[bytes, Any]:
    """By reference: those that name the document as their parent, and are none of its children, with all below them."""
    inside = set(document["K"])
    outside: dict[bytes, Any] = {}
    for part in _dictionaries(pdf):
        if part.get("Type") == "/StructElem" and "P" in part:
            alone = part["P"] == document.reference and part.reference not in inside
            if alone or part["P"] in outside:
                outside[part.reference] = part
    return outside


def _mark(stream: list[Any], numbers: set[int]) -> None:
    for place, item in enumerate(stream):
        if isinstance(item, dict) and item.get("MCID") in numbers:
            item.clear()
            item.update(ARTIFACT)
            stream[place - 1] = "/Artifact"


def _forget(entries: list[Any], outside: Mapping[bytes, Any]) -> None:
    """The numbers of other content on the page stay, so an entry keeps its place."""
    for entry in entries:
        if isinstance(entry, list):
            entry[:] = [NOBODY if reference in outside else reference for reference in entry]


def _dictionaries(pdf: Any) -> Iterator[Any]:
    return (part for part in pdf.objects if isinstance(part, dict))


def _named(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
