"""Saves WeasyPrint repeated work; the output is the same to the byte (a test compares them).

These use WeasyPrint's private parts, so they are written for one version and stay off with any other.

* A text style asks Pango for context, font and features once; each further line copies that layout.
* Of a text without blanks, such as a long word or one of a script that needs none, each line shapes only as much as any
  line could hold; WeasyPrint shapes all the rest of it, several times over.
* A line that was shaped to find its end is kept for drawing instead of being thrown away and shaped again.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from reports.formats.pydyf_patches import patch_pydyf

MADE_FOR = "70.0"
ENOUGH = 300
"""Characters of which a line of any report holds less than half."""
NOT_SHARED = frozenset({"layout", "justification_spacing", "max_width", "text"})

_NOTES = re.compile(r"^::(?:foot)?note-[a-z]+ \{.*\}$", re.MULTILINE)


def default_sheet() -> Any:
    """WeasyPrint's default style sheet without what no report has: footnotes and notes, and markers beside items of
    lists. It gives each element styles for six of these, most of the styles that a report has in memory.
    """
    import weasyprint
    from weasyprint.css.counters import CounterStyle
    from weasyprint.html import UA

    if weasyprint.__version__ == MADE_FOR:
        UA = _NOTES.sub("", UA).replace("\n::marker", "\nli::marker")
    return weasyprint.CSS(string=UA, counter_style=CounterStyle())


@contextmanager
def patched_weasyprint() -> Iterator[None]:
    """Within it, renders of this process are faster. One render at a time."""
    import weasyprint

    with ExitStack() as stack:
        if weasyprint.__version__ == MADE_FOR:
            _copy_text_layouts(stack)
            _keep_text_layouts(stack)
            _split_by_what_a_line_holds(stack)
            patch_pydyf(partial(_replace, stack))
        yield


def _replace(stack: ExitStack, owner: Any, name: str, replacement: Any) -> None:
    stack.callback(setattr, owner, name, getattr(owner, name))
    setattr(owner, name, replacement)


def _copy_text_layouts(stack: ExitStack) -> None:
    from weasyprint.text.ffi import ffi, gobject, pango
    from weasyprint.text.line_break import Layout

    ffi.cdef("PangoLayout * pango_layout_copy(PangoLayout *layout);", override=True)
    original = Layout.setup

    def setup(self: Any, style: Any) -> None:
        known = getattr(style, "shared_layout", None)
        if known is None:
            original(self, style)
            pango.pango_layout_set_single_paragraph_mode(self.layout, True)
            style.shared_layout = self.layout, {k: v for k, v in vars(self).items() if k not in NOT_SHARED}
        else:
            vars(self).update(known[1])
        self.layout = ffi.gc(pango.pango_layout_copy(style.shared_layout[0]), gobject.g_object_unref)

    _replace(stack, Layout, "setup", setup)


def _keep_text_layouts(stack: ExitStack) -> None:
    """Drawing takes a line as one paragraph. Shaped so from the start, it need not be shaped again; drawn, it goes."""
    from weasyprint.text.ffi import pango
    from weasyprint.text.line_break import Layout

    set_text, deactivate, reactivate = Layout.set_text, Layout.deactivate, Layout.reactivate

    def set_text_as_one(self: Any, text: str, justify: bool = False) -> None:
        if "\n" in text:
            pango.pango_layout_set_single_paragraph_mode(self.layout, False)
        set_text(self, text, justify)

    def keep(self: Any) -> None:
        if self.justification_spacing or getattr(self, "woken", False):
            deactivate(self)

    def wake(self: Any, style: Any) -> None:
        if self.justification_spacing or not hasattr(self, "layout"):
            reactivate(self, style)
        self.woken = True

    _replace(stack, Layout, "set_text", set_text_as_one)
    _replace(stack, Layout, "deactivate", keep)
    _replace(stack, Layout, "reactivate", wake)


def _split_by_what_a_line_holds(stack: ExitStack) -> None:
    """A line that ends in the first half of the piece ends there in the whole text, too: what follows the piece is
    further away than the next line's first place to break could matter.
    """
    from weasyprint.layout import inline, preferred

    original = inline.split_first_line

    def split_first_line(text: str, *given: Any, **more: Any) -> Any:
        if len(text) > ENOUGH:
            line = original(text[:ENOUGH], *given, **more)
            resume_at = line[2]
            if resume_at is not None and resume_at <= len(text[: ENOUGH // 2].encode()):
                return line
        return original(text, *given, **more)

    for module in (inline, preferred):
        _replace(stack, module, "split_first_line", split_first_line)
