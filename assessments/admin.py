"""The banks in the admin site: every edition can be viewed, row by row.

Drafts are changed only in the bank editor: a change made here would leave no history and could silently overwrite
someone's work. Answers and results belong to the organisations and are not shown here.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.admin.parts import CountsOnlyMixin
from assessments.models import (
    Bank,
    ChecklistItem,
    CitationRow,
    CoverageRow,
    DomainRow,
    DutyRow,
    EditionRow,
    GateRow,
    LevelRow,
    QuestionCitationRow,
    QuestionRow,
)


class LookOnly(CountsOnlyMixin):
    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class OfAnEdition(LookOnly):
    """Rows listed with their edition's code, without the wide columns of an edition, which every row would repeat."""

    edition_path = "edition"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.defer(*(f"{self.edition_path}__{column}" for column in ("frame", "disclaimer")))


class DomainInline(LookOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = DomainRow
    fields = ("code", "title", "pillar", "promise", "who_knows")
    show_change_link = True


class LevelInline(LookOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = LevelRow
    fields = ("number", "text")


class GateInline(LookOnly, admin.StackedInline):  # type: ignore[type-arg]
    model = GateRow
    fields = ("kind", "min_level", "cap_domain", "cap_pillar", "pillars", "reason", "when")


class DutyInline(LookOnly, admin.StackedInline):  # type: ignore[type-arg]
    model = DutyRow
    fields = ("law", "level", "says", "citations", "starts", "when")


class QuestionCitationInline(LookOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = QuestionCitationRow
    fields = ("citation", "verification", "when", "starts")
    readonly_fields = ("verification",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[QuestionCitationRow]":
        rows: QuerySet[QuestionCitationRow] = super().get_queryset(request)
        return rows.select_related("citation")

    @admin.display(description="checked by")
    def verification(self, row: QuestionCitationRow) -> str:
        return row.citation.get_verification_display()


class CoverageInline(LookOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = CoverageRow
    fields = ("item",)


@admin.register(Bank)
class BankAdmin(LookOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Its name and for whom it is can be changed here; which bank new assessments start on, on a page of its own."""

    list_display = ("name", "slug", "language", "audience", "new_assessments")
    fields = ("name", "slug", "language", "audience")
    readonly_fields = ("slug", "language")

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request)

    @admin.display(description=_("new assessments"))
    def new_assessments(self, bank: Bank) -> str:
        return format_html('<a href="{}">{}</a>', reverse("bank_default"), _("Choose the bank"))


@admin.register(EditionRow)
class EditionAdmin(LookOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "bank", "title", "status", "law_status_as_of", "published_at", "offered_at")
    list_filter = ("bank", "status")
    list_select_related = ("bank",)
    search_fields = ("code", "title")
    fields = (
        ("code", "bank", "status", "version"),
        "title",
        "language",
        "law_status_as_of",
        "disclaimer",
        ("predecessor", "drafted_by", "drafted_at"),
        ("published_at", "published_by", "approved_by"),
        ("offered_at", "withdrawn_at", "withdrawn_reason"),
    )
    inlines = (DomainInline,)


@admin.register(DomainRow)
class DomainAdmin(OfAnEdition, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "title", "pillar", "edition")
    list_filter = ("edition", "pillar")
    list_select_related = ("edition",)
    search_fields = ("code", "title")


@admin.register(QuestionRow)
class QuestionAdmin(OfAnEdition, admin.ModelAdmin):  # type: ignore[type-arg]
    edition_path = "domain__edition"
    list_display = ("code", "text", "depth", "weight", "domain")
    list_filter = ("domain__edition", "depth", "weight", "gates__kind", "duties__law", "domain__code")
    list_select_related = ("domain__edition",)
    search_fields = ("code", "text", "help", "levels__text")
    inlines = (LevelInline, GateInline, DutyInline, QuestionCitationInline, CoverageInline)


@admin.register(CitationRow)
class CitationAdmin(OfAnEdition, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("label", "law", "verification", "says")
    list_filter = ("edition", "verification", "law")
    list_select_related = ("edition",)
    search_fields = ("label", "says", "source")


@admin.register(ChecklistItem)
class ChecklistItemAdmin(OfAnEdition, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "text", "edition")
    list_filter = ("edition",)
    search_fields = ("code", "text")
