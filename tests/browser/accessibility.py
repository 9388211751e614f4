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
ZOOMS = (2, 4)


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


def check_enlarged(page: Page) -> None:
    """The page as it stands in forced colours, and with each pixel two and four times as large, as zooming makes them.

    A window 1280 pixels wide is then one of 640 or 320 CSS pixels. Nothing may break a rule, ask for scrolling
    sideways, or cover what is read.
    """
    page.emulate_media(forced_colors="active")
    assert violations(page) == [], f"{page.url} in forced colours"
    assert not scrolls_sideways(page), f"{page.url} in forced colours"
    page.emulate_media(forced_colors="none")
    devtools = page.context.new_cdp_session(page)
    for zoom in ZOOMS:
        size = {"width": WIDTHS[0] // zoom, "height": HEIGHT // zoom}
        devtools.send("Emulation.setDeviceMetricsOverride", {**size, "deviceScaleFactor": zoom, "mobile": False})
        where = f"{page.url} at {zoom}00 %"
        assert violations(page) == [], where
        assert not scrolls_sideways(page), where
        assert small_targets(page) == [], where
        assert stuck(page) == [], where
    devtools.detach()
    page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT})


def small_targets(page: Page) -> list[str]:
    """Buttons, boxes and links on a line of their own under 24 pixels: axe checks only the distance between them."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => [...document.querySelectorAll("button, summary, input:not([type=hidden]), nav a, .btn, .back-link")]
            .filter((element) => element.checkVisibility() && !element.closest(".skip-link, .visually-hidden"))
            .filter((element) => element.getBoundingClientRect().height < 24)
            .map((element) => element.outerHTML)"""
    )


def stuck(page: Page) -> list[str]:
    """What stays in sight while the page scrolls and takes more than a third of the window, so that little is left."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => [...document.querySelectorAll("body *")].filter((element) => {
            const style = getComputedStyle(element);
            const stays = style.position === "fixed" || style.position === "sticky";
            return stays && element.checkVisibility() && element.getBoundingClientRect().height > innerHeight / 3;
        }).map((element) => element.className || element.localName)"""
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
