"""The pictures of the README and of docs/reports.md, taken from the demo that `./run` makes.

Run it with python -m tests.browser.screenshots. The report's pages are drawn by pdftoppm (Debian: poppler-utils).
"""

import io
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from launch.machine import CHROMIUM_NAMES, find_program
from tests.launch.running import Product, running_product

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "images"
WIDTH, HEIGHT, COLOURS = 1200, 1000, 96
REPORT_PAGES = (1, 2, 5)
# What has changed is none of them: the demo has one result.
KINDS = ("owner", "workings", "plan", "evidence", "statement")
REPORT_PATIENCE_MILLISECONDS = 60_000


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_product(Path(folder) / "data") as product,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=find_program(*CHROMIUM_NAMES), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(base_url=product.url, viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
        take(page, product)
        browser.close()


def take(page: Page, product: Product) -> None:
    page.goto("/")
    keep(picture(page), "landing")
    page.goto(next(word for word in product.said.split() if "/sign-in/" in word))
    page.get_by_role("button", name="Sign in").click()
    page.goto("/home/")
    business = page.url
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("link", name="Who gets in").click()
    keep(picture(page), "domain")
    page.goto(business)
    page.get_by_role("link", name="Result of").first.click()
    keep(picture(page), "result")
    result = page.url
    keep(side_by_side(report(page), REPORT_PAGES, 75, "#d9d4c6"), "report")
    for kind in KINDS:
        page.goto(result)
        page.locator(f"input[name=kind][value={kind}]").first.check()
        keep(side_by_side(report(page), range(1, 5), 35, "#87979d"), f"kind-{kind}")


def picture(page: Page) -> Image.Image:
    page.wait_for_load_state("networkidle")
    return Image.open(io.BytesIO(page.screenshot()))


def report(page: Page) -> Path:
    """What the form on the page asks for."""
    page.get_by_role("button", name="Make the report").click()
    link = page.get_by_role("link", name="Download the report")
    expect(link).to_be_visible(timeout=REPORT_PATIENCE_MILLISECONDS)
    with page.expect_download() as download:
        link.click()
    return Path(download.value.path())


def side_by_side(file: Path, pages: Iterable[int], dots: int, ground: str) -> Image.Image:
    """Those of its pages that there are."""
    sheets = [drawn for number in pages if (drawn := sheet(file, number, dots)) is not None]
    width, height = sheets[0].size
    together = Image.new("RGB", ((width + 20) * len(sheets) - 20, height), ground)
    for place, drawn in enumerate(sheets):
        together.paste(drawn, ((width + 20) * place, 0))
    return together


def sheet(file: Path, number: int, dots: int) -> Image.Image | None:
    """A page at so many dots an inch; None where the file has fewer."""
    place = ["-f", str(number), "-l", str(number)]
    drawn = subprocess.run(["pdftoppm", "-r", str(dots), "-png", *place, file], check=False, capture_output=True)
    return Image.open(io.BytesIO(drawn.stdout)) if drawn.stdout else None


def keep(drawn: Image.Image, name: str) -> None:
    """Few colours make small files, and no one sees the difference."""
    drawn.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
