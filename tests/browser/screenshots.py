"""The pictures of the README, taken from the demo that `./run` makes: python -m tests.browser.screenshots

The report's pages are drawn by pdftoppm (Debian: poppler-utils).
"""

import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from launch.machine import CHROMIUM_NAMES, find_program
from tests.launch.running import Product, running_product

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "images"
WIDTH, HEIGHT, COLOURS = 1200, 1000, 96
REPORT_PAGES = (1, 2, 5)
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
    keep(report(page), "report")


def picture(page: Page) -> Image.Image:
    page.wait_for_load_state("networkidle")
    return Image.open(io.BytesIO(page.screenshot()))


def report(page: Page) -> Image.Image:
    """Some of its pages side by side."""
    page.get_by_role("button", name="Make the report").click()
    link = page.get_by_role("link", name="Download the report")
    expect(link).to_be_visible(timeout=REPORT_PATIENCE_MILLISECONDS)
    with page.expect_download() as download:
        link.click()
    sheets = [sheet(Path(download.value.path()), number) for number in REPORT_PAGES]
    width, height = sheets[0].size
    side_by_side = Image.new("RGB", ((width + 20) * len(sheets) - 20, height), "#d9d4c6")
    for place, drawn in enumerate(sheets):
        side_by_side.paste(drawn, ((width + 20) * place, 0))
    return side_by_side


def sheet(file: Path, number: int) -> Image.Image:
    place = ["-f", str(number), "-l", str(number)]
    drawn = subprocess.run(["pdftoppm", "-r", "75", "-png", *place, file], check=True, capture_output=True)
    return Image.open(io.BytesIO(drawn.stdout))


def keep(drawn: Image.Image, name: str) -> None:
    """Few colours make small files, and no one sees the difference."""
    drawn.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
