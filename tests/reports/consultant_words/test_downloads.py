"""The words of consultants in the files with all data: of the client, of the consultancy, of whoever wrote them."""

from collections.abc import Iterable

import pytest

from accounts.models import Engagement, Organisation, User
from assessments.models import Result
from reports.data_exports.organisation import tables_of_organisation
from reports.data_exports.person import tables_about
from reports.data_exports.tables import DataTable
from reports.models import ConsultantText
from tests.reports.consultant_words.conftest import AddSnippet, Write
from tests.runs import NOW

pytestmark = pytest.mark.django_db


def table(tables: Iterable[DataTable], name: str) -> DataTable:
    [found] = [each for each in tables if each.name.endswith(name)]
    return found


def test_the_clients_file_has_the_texts(result: Result, step: ConsultantText, write: Write) -> None:
    write("A tidy shop.")
    rows = table(tables_of_organisation(result.assessment.organisation), "/consultants_words").rows
    assert {(row["text"], row["written_by__name"], row["consultancy__name"]) for row in rows} == {
        ("Half a day.", "Noor Haddad", "Haddad Advice"),
        ("A tidy shop.", "Noor Haddad", "Haddad Advice"),
    }


def test_the_consultancys_file_has_its_snippets(consultancy: Organisation, snippet: AddSnippet) -> None:
    snippet("Begin with a list.")
    assert [row["text"] for row in table(tables_of_organisation(consultancy), "snippets").rows] == [
        "Begin with a list."
    ]


def test_a_persons_file_has_what_they_wrote_where_they_are_let_in(
    adviser: User, engagement: Engagement, snippet: AddSnippet, write: Write
) -> None:
    write("A tidy shop.")
    snippet("Begin with a list.")
    assert [row["text"] for row in table(tables_about(adviser), "written/consultants_words").rows] == ["A tidy shop."]
    assert [row["text"] for row in table(tables_about(adviser), "written/snippets").rows] == ["Begin with a list."]
    engagement.ended_at = NOW
    engagement.save()
    assert table(tables_about(adviser), "written/consultants_words").rows == []
