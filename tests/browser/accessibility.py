"""axe in the running page, and what axe does not check."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}

WIDTHS = (1280, 320)
HEIGHT = 900


def check_looks(page: Page) -> None:
    """The page as it stands, wide and narrow, light and dark: no broken rule, nothing too small, nothing cut off."""
    page.evaluate("[...document.querySelectorAll('main details')].slice(0, 3).forEach((each) => { each.open = true; })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        where = f"{page.url} at {width} px"
        assert violations(page) == [], where
        assert not scrolls_sideways(page), where
        assert small_targets(page) == [], where
        page.emulate_media(color_scheme="dark")
        assert violations(page, colours_alone=True) == [], f"{where}, dark"
        page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})
    assert page.locator("h1").count() == 1, page.url
    assert page.title().endswith("– Evenkeel"), page.url


def small_targets(page: Page) -> list[str]:
    """Buttons, boxes and links on a line of their own under 24 pixels: axe checks only the distance between them."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => [...document.querySelectorAll("button, summary, input:not([type=hidden]), nav a, .btn, .back-link")]
            .filter((element) => element.checkVisibility() && !element.closest(".skip-link, .visually-hidden"))
            .filter((element) => element.getBoundingClientRect().height < 24)
            .map((element) => element.outerHTML)"""
    )


def violations(page: Page, *, colours_alone: bool = False) -> list[str]:
    """Each broken rule with the places where it is broken. In another colour scheme only the colours differ."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(
        "options => axe.run(options).then(results => results.violations)", COLOURS if colours_alone else RULES
    )
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
