"""A consultancy's look in the PDF, and which report has which look."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from accounts.branding.logos import read_logo
from accounts.forms.brand import BrandForm
from accounts.models import Brand, Organisation, User
from accounts.people_data.deleting import deleting
from accounts.services.brands import BrandDetails, change_brand
from assessments.bank.types import Edition
from assessments.models import EditionRow, Result
from reports import services, storage, tasks
from reports.demo_brand import demo_brand
from reports.document import ReportDocument, build
from reports.formats import pdf
from reports.formats.renderer import RenderedReport
from reports.models import Report, ReportState
from tests.accounts.pictures import picture
from tests.factories import BrandFactory, ConsultancyFactory, EngagementFactory, OrganisationFactory, member
from tests.reports.clients import ask
from tests.reports.paper import broken_rules, says, text_of
from tests.reports.samples import level, mixed, source
from tests.runs import finished_run

CLOSING = "Thank you for your trust.\nWe meet again in spring."


def look(**changed: object) -> Brand:
    content = picture(800, 200)
    logo = read_logo(BytesIO(content), len(content))
    fields = {
        "consultancy": Organisation(name="Haddad & Søn <Advice>"),
        "logo": logo.content,
        "logo_width": logo.width,
        "logo_height": logo.height,
        "colour": "#7a1f5c",
        "contact": "12 Rue du Port\nhello@advice.example",
        "closing": CLOSING,
    }
    return Brand(**{**fields, **changed})


def document(edition: Edition, brand: Brand | None) -> ReportDocument:
    return build(replace(mixed(edition), brand=brand))


@pytest.fixture(scope="module")
def made(edition: Edition) -> RenderedReport:
    return pdf.render_pdf(document(edition, look()))


def test_it_keeps_all_rules_of_pdf_ua(made: RenderedReport) -> None:
    assert broken_rules(made.content) == []


def test_the_cover_says_whose_it_is_and_the_last_page_closes(made: RenderedReport) -> None:
    assert (
        says(made.content, "Haddad & Søn <Advice>", "12 Rue du Port", "hello@advice.example", *CLOSING.split("\n"))
        == []
    )
    text = text_of(made.content)
    assert text.rindex("We meet again in spring.") > text.rindex("Made with Evenkeel")
    assert text.rindex("Made with Evenkeel") > text.rindex("How to read this")
    assert text.index("12 Rue du Port") < text.index("The short version")


def test_the_logo_is_a_picture_with_words(made: RenderedReport) -> None:
    with pikepdf.open(BytesIO(made.content)) as opened:
        parts = [part for part in opened.objects if isinstance(part, pikepdf.Dictionary)]
        words = [str(part["/Alt"]) for part in parts if part.get("/S") == "/Figure"]
        assert "Logo of Haddad & Søn <Advice>" in words
        assert all(words)
        assert any(image.get("/Width") == 800 for image in opened.pages[0].Resources.XObject.values())


def test_the_colour_is_on_the_cover_and_only_where_there_is_one(edition: Edition, made: RenderedReport) -> None:
    fill = b"0.478431 0.121569 0.360784 rg"
    with pikepdf.open(BytesIO(made.content)) as opened:
        assert fill in opened.pages[0].Contents.read_bytes()
    page = pdf.html_of(document(edition, look(colour="")))
    assert "#7a1f5c" not in page
    assert ".cover-logo img" in page


def test_without_a_look_it_is_evenkeels(edition: Edition) -> None:
    page = pdf.html_of(document(edition, None))
    assert '<p class="cover-brand">Evenkeel</p>' in page
    assert not any(word in page for word in ("<style>", "Advised by", "Made with Evenkeel", "cover-logo"))


def test_a_look_of_words_alone_has_the_name_in_place_of_a_logo(edition: Edition) -> None:
    page = pdf.html_of(document(edition, look(logo=b"", logo_width=0, logo_height=0, closing="")))
    assert "Haddad &amp; Søn &lt;Advice&gt;</p>" in page
    assert "<img" not in page
    assert "closing" not in page


def test_the_same_look_makes_the_same_bytes(edition: Edition, made: RenderedReport) -> None:
    assert pdf.render_pdf(document(edition, look())).content == made.content


@pytest.mark.parametrize(("width", "height", "millimetres"), [(800, 100, (70.0, 8.8)), (300, 300, (24.0, 24.0))])
def test_a_logo_fits_its_place(edition: Edition, width: int, height: int, millimetres: tuple[float, float]) -> None:
    part = document(edition, look(logo_width=width, logo_height=height)).brand
    assert part
    assert (float(part.logo_width), float(part.logo_height)) == pytest.approx(millimetres, abs=0.06)


def test_the_longest_texts_fit(edition: Edition) -> None:
    long = look(
        consultancy=Organisation(name="W" * 120), contact="\n".join(["x" * 60] * 8), closing="y" * 1000 + " שלום" * 100
    )
    made = pdf.render_pdf(build(replace(source(edition, otherwise=level(4)), brand=long)))
    assert broken_rules(made.content) == []
    with pikepdf.open(BytesIO(made.content)) as opened:
        assert len(opened.pages) == made.pages


# Which report has which look


@pytest.fixture
def result(edition_row: EditionRow) -> Result:
    return finished_run(OrganisationFactory.create(name="Bakery"))


@pytest.fixture
def consultancy(result: Result) -> Organisation:
    return EngagementFactory.create(client=result.assessment.organisation).consultancy


@pytest.fixture
def consultant(consultancy: Organisation) -> User:
    return member(consultancy)


def asked(result: Result, by: User) -> Report:
    return services.request_report(result=result, requested_by=by, language="en-gb", now=timezone.now())


@pytest.mark.django_db
def test_a_new_look_makes_a_new_report_and_the_old_one_stays(
    result: Result, consultancy: Organisation, consultant: User
) -> None:
    bare = asked(result, consultant)
    assert bare.brand is None
    brand = BrandFactory.create(consultancy=consultancy)
    first = asked(result, consultant)
    assert (first.brand, asked(result, consultant)) == (brand, first)
    assert asked(result, result.finished_by) == first
    change_brand(consultancy=consultancy, details=BrandDetails(contact="Moved"), made_by=consultant)
    assert asked(result, consultant) not in (bare, first)
    change_brand(consultancy=consultancy, details=BrandDetails(), made_by=consultant)
    assert asked(result, consultant) == bare
    assert Report.objects.count() == 3


@pytest.mark.django_db
def test_the_database_takes_one_report_for_each_look(result: Result, consultant: User) -> None:
    report = asked(result, consultant)
    for brand in (None, BrandFactory.create()):
        report.pk, report.brand = None, brand
        fields = {field.name: getattr(report, field.name) for field in Report._meta.fields if field.name != "id"}
        if brand:
            Report.objects.create(**fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(**fields)


@pytest.mark.django_db
def test_a_bundle_has_the_look_of_its_consultancy(result: Result, consultancy: Organisation, consultant: User) -> None:
    other = ConsultancyFactory.create()
    EngagementFactory.create(consultancy=other, client=result.assessment.organisation, granted_at=timezone.now())
    BrandFactory.create(consultancy=other)
    brand = BrandFactory.create(consultancy=consultancy)
    (item,) = ask(consultancy, [result], consultant).items.all()
    assert item.report
    assert item.report.brand == brand


@pytest.mark.django_db
def test_the_worker_makes_it_in_its_look(result: Result, consultancy: Organisation, consultant: User) -> None:
    BrandFactory.create(consultancy=consultancy, contact="At the harbour")
    report = asked(result, consultant)
    tasks.render_report(str(report.pk))
    report.refresh_from_db()
    assert report.state == ReportState.READY
    with storage.open_file(report.file) as file:
        assert says(file.read(), "At the harbour", "Thank you for your trust.") == []


@pytest.mark.django_db
def test_organisations_with_looks_and_reports_can_be_deleted(
    result: Result, consultancy: Organisation, consultant: User
) -> None:
    BrandFactory.create(consultancy=consultancy)
    ask(consultancy, [result], consultant)
    consultancy.delete()
    assert not Report.objects.exists()
    assert Result.objects.filter(pk=result.pk).exists()
    assert asked(result, result.finished_by).brand is None
    with deleting(result.assessment.organisation.pk):
        result.assessment.organisation.delete()
    assert not Report.objects.exists()


def test_the_form_would_take_the_demos_look() -> None:
    look = demo_brand()
    assert look.logo
    sent = SimpleUploadedFile("logo.png", look.logo.content)
    data = {"colour": look.colour, "contact": look.contact, "closing": look.closing}
    form = BrandForm(data, MultiValueDict({"logo": [sent]}))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["logo"] == look.logo
