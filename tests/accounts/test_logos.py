"""What people upload as a logo becomes a small PNG of ours, or is refused with a reason."""

import tracemalloc
from io import BytesIO

import pytest
from PIL import Image, ImageFile

from accounts.branding import logos
from accounts.branding.logos import Logo, LogoRefused, read_logo
from accounts.models.brand import LOGO_BYTES
from tests.accounts.pictures import claims_to_be, noise, picture, with_endless_scans, with_endless_text


def read(content: bytes) -> Logo:
    return read_logo(BytesIO(content), len(content))


def opened(logo: Logo) -> Image.Image:
    image = Image.open(BytesIO(logo.content), formats=["PNG"])
    image.load()
    return image


def near(colour: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_each_kind_becomes_a_png_that_looks_the_same(kind: str) -> None:
    logo = read(picture(kind=kind))
    image = opened(logo)
    assert (logo.width, logo.height) == image.size == (400, 150)
    assert near(image.getpixel((20, 75)), (255, 0, 0))  # type: ignore[arg-type]
    assert near(image.getpixel((380, 75)), (0, 0, 255))  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["L", "P", "1", "LA", "RGBA", "CMYK", "I;16"])
def test_every_way_to_store_colours_is_read(mode: str) -> None:
    file = BytesIO()
    Image.new(mode, (40, 20)).save(file, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(read(file.getvalue())).mode in ("RGB", "RGBA")


def test_what_is_see_through_stays_so() -> None:
    file = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(read(file.getvalue())).getpixel((5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [((1600, 300), (800, 150)), ((500, 900), (167, 300)), ((799, 299), (799, 299)), ((9000, 1), (800, 1))],
)
def test_it_is_scaled_to_fit_and_never_enlarged(sent: tuple[int, int], kept: tuple[int, int]) -> None:
    logo = read(picture(*sent))
    assert (logo.width, logo.height) == kept


def test_a_photograph_is_made_small_enough_to_keep() -> None:
    logo = read(noise(1200, 450))
    assert len(logo.content) <= LOGO_BYTES
    assert logo.width / logo.height == pytest.approx(1200 / 450, rel=0.02)


def test_a_picture_that_was_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    logo = read(picture(400, 150, "JPEG", exif=exif))
    assert (logo.width, logo.height) == (112, 300)
    assert near(opened(logo).getpixel((50, 20)), (255, 0, 0))  # type: ignore[arg-type]


def test_nothing_else_of_the_file_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    for kind in ("JPEG", "PNG", "WEBP"):
        sent = (
            picture(kind=kind, exif=exif, icc_profile=b"a profile that names its owner") + b"<script>alert(1)</script>"
        )
        logo = read(sent)
        assert b"taken at home" in sent
        assert not any(part in logo.content for part in (b"taken at home", b"owner", b"script", b"eXIf", b"iCCP"))
        assert opened(logo).info == {}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_taken(kind: str) -> None:
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], lossless=True)
    image = opened(read(file.getvalue()))
    assert near(image.convert("RGB").getpixel((5, 5)), (255, 0, 0))  # type: ignore[arg-type]
    assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"%PDF-1.7\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        picture(kind="GIF"),
        picture(kind="BMP"),
        picture(kind="TIFF"),
        picture(kind="ICO"),
        picture(kind="PPM"),
        picture()[:-200],
        picture(kind="JPEG")[:300],
        picture(kind="WEBP")[:60],
        picture()[:50] + b"\0" * 500,
        with_endless_text(),
    ],
    ids=lambda content: repr(content[:12]),
)
@pytest.mark.parametrize("lenient", [False, True], ids=["", "where-reports-are-made"])
def test_anything_else_is_refused_in_plain_words(
    content: bytes, lenient: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    with pytest.raises(LogoRefused, match="PNG, JPEG or WebP"):
        read(content)


@pytest.mark.parametrize("size", [(3163, 3163), (10_000, 1_001), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_they_are_unpacked(size: tuple[int, int]) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(LogoRefused, match=r"10 million|can be read"):
            read(claims_to_be(*size))
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_ten_million_pixels_are_still_read() -> None:
    assert read(picture(4000, 2500, mode="L")).width == 480


def test_a_large_file_is_refused_unread() -> None:
    with pytest.raises(LogoRefused, match="5 MB"):
        read_logo(BytesIO(b""), 5 * 1024 * 1024 + 1)


def test_a_jpeg_that_goes_over_its_pixels_again_and_again_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    read(with_endless_scans(20))
    content = with_endless_scans(1_000)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _self: pytest.fail("it was decoded"))
    with pytest.raises(LogoRefused, match="Save it as PNG"):
        read(content)


def test_one_picture_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes tens of megabytes: so many at once as the server has threads would use up its memory."""
    monkeypatch.setattr(logos, "SECONDS_OF_WAITING", 0.01)
    with logos._one_at_a_time, pytest.raises(LogoRefused, match="Other pictures are being read"):
        read(picture(kind="PNG"))
    assert read(picture(kind="PNG"))
    with pytest.raises(LogoRefused):
        read(b"no picture")
    assert read(picture(kind="PNG"))
