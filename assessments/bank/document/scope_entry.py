"""The scope section of a document: screens, tags, what is out of view, presets."""

from enum import StrEnum

from assessments.bank.document.entry import Entry
from assessments.bank.document.fields import Fields, fields
from assessments.bank.scope_types import (
    Otherwise,
    OutOfView,
    Preset,
    PresetFact,
    Scope,
    ScopeOption,
    ScopeQuestion,
    ScopeScreen,
    Tag,
    TagRule,
)


class Kind(StrEnum):
    """How many options of a scope question may be chosen."""

    ONE = "one"
    MANY = "many"


def read_scope(top: Fields) -> Scope:
    return Scope(
        screens=top.many("scope", _screen, called_by="id"),
        tags=top.many("tags", _tag, called_by="id"),
        out_of_view=top.optional_many("out_of_view", _out_of_view, called_by="id"),
    )


def _screen(entry: Entry) -> ScopeScreen:
    with fields(entry) as f:
        return ScopeScreen(
            id=f.text("id"),
            title=f.text("title"),
            intro=f.optional_text("intro"),
            questions=f.many("questions", _question, called_by="id"),
        )


def _question(entry: Entry) -> ScopeQuestion:
    with fields(entry) as f:
        return ScopeQuestion(
            id=f.text("id"),
            many=f.choice("kind", Kind) is Kind.MANY,
            text=f.text("text"),
            help=f.optional_text("help"),
            not_sure=f.optional_text("not_sure"),
            asked_when=f.condition("asked_when"),
            options=f.many("options", _option, called_by="id"),
            select=f.optional_flag("select"),
        )


def _option(entry: Entry) -> ScopeOption:
    with fields(entry) as f:
        return ScopeOption(
            id=f.text("id"),
            text=f.text("text"),
            help=f.optional_text("help"),
            exclusive=f.optional_flag("exclusive"),
            group=f.optional_text("group"),
            authority=f.optional_text("authority"),
            cyber=f.optional_text("cyber"),
            police=f.optional_text("police"),
            says=f.optional_text("says"),
        )


def _tag(entry: Entry) -> Tag:
    with fields(entry) as f:
        return Tag(
            id=f.text("id"),
            name=f.text("name"),
            says=f.text("says"),
            law=f.optional_text("law"),
            set_when=f.many("set_when", _rule),
            otherwise=_otherwise(f),
            settled_by=f.optional_text("settled_by"),
        )


def _otherwise(f: Fields) -> tuple[Otherwise, ...]:
    """A list of texts with conditions, or one text that always holds."""
    found = f.optional("otherwise")
    if found and found.shape == "seq":
        return f.many("otherwise", _otherwise_text)
    return (Otherwise(f.text("otherwise")),)


def _otherwise_text(entry: Entry) -> Otherwise:
    with fields(entry) as f:
        return Otherwise(text=f.text("text"), when=f.condition("when"))


def _rule(entry: Entry) -> TagRule:
    with fields(entry) as f:
        return TagRule(when=f.condition("when"), reason=f.text("reason"))


def _out_of_view(entry: Entry) -> OutOfView:
    with fields(entry) as f:
        return OutOfView(id=f.text("id"), text=f.text("text"), when=f.condition("when"))


def read_preset(entry: Entry) -> Preset:
    with fields(entry) as f:
        return Preset(
            id=f.text("id"),
            name=f.text("name"),
            group=f.optional_text("group"),
            examples=f.optional_text("examples"),
            facts=f.many("facts", _preset_fact),
            asks=f.optional_texts("asks"),
        )


def _preset_fact(entry: Entry) -> PresetFact:
    with fields(entry) as f:
        return PresetFact(question=f.text("question"), options=f.texts("options"), when=f.condition("when"))
