"""The sections of a document about laws: laws, authorities, dates, and the registry of citations."""

from assessments.bank.document.entry import Entry
from assessments.bank.document.fields import fields
from assessments.bank.laws import Authority, AuthorityRule, Citation, KeyDate, Law, Verification


def read_law(entry: Entry) -> Law:
    with fields(entry) as f:
        return Law(
            code=f.text("code"),
            name=f.text("name"),
            tag=f.text("tag"),
            says=f.text("says"),
            note=f.optional_text("note"),
            status=f.optional_text("status"),
            starts=f.optional_day("starts"),
            fines=f.optional_text("fines"),
            verification=f.optional_choice("verification", Verification),
            looked_up=f.optional_day("looked_up"),
            unsettled=f.optional_texts("unsettled"),
            authority=f.optional_text("authority"),
            authority_else=f.optional_many("authority_else", _authority_rule),
        )


def read_authority(code: str, entry: Entry) -> Authority:
    """`code` is the key that it stands under."""
    with fields(entry) as f:
        return Authority(
            code=code,
            name=f.text("name"),
            short=f.text("short"),
            verification=f.choice("verification", Verification),
            law=f.optional_text("law"),
            url=f.optional_text("url"),
            breach_form=f.optional_text("breach_form"),
            note=f.optional_text("note"),
        )


def read_key_date(entry: Entry) -> KeyDate:
    with fields(entry) as f:
        return KeyDate(
            day=f.day("date"),
            law=f.text("law"),
            text=f.text("text"),
            when=f.condition("when"),
            verification=f.optional_choice("verification", Verification),
        )


def read_citation(label: str, entry: Entry) -> Citation:
    """`label` is the key that it stands under."""
    with fields(entry) as f:
        return Citation(
            label=label,
            says=f.text("says"),
            law=f.text("law"),
            verification=f.choice("verification", Verification),
            source=f.text("source"),
            unsettled=f.optional_text("unsettled"),
        )


def _authority_rule(entry: Entry) -> AuthorityRule:
    with fields(entry) as f:
        return AuthorityRule(authority=f.text("authority"), when=f.condition("when"))
