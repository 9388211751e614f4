import colorsys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.branding.colours import ENOUGH_CONTRAST, contrast_with_white, dark_enough

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("colour", "contrast"),
    [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0), ("#0000ff", 8.59)],
)
def test_contrast_is_that_of_the_standard(colour: str, contrast: float) -> None:
    assert contrast_with_white(colour) == pytest.approx(contrast, abs=0.01)


@given(colours)
def test_the_tone_offered_always_works_and_is_the_nearest(colour: str) -> None:
    tone = dark_enough(colour)
    assert contrast_with_white(tone) >= ENOUGH_CONTRAST
    if contrast_with_white(colour) >= ENOUGH_CONTRAST:
        assert tone == colour
    else:
        lighter = [min(255, int(tone[place : place + 2], 16) + 6) for place in (1, 3, 5)]
        assert contrast_with_white("#{:02x}{:02x}{:02x}".format(*lighter)) < ENOUGH_CONTRAST * 1.1


@pytest.mark.parametrize("colour", ["#ffd200", "#33ccff", "#ff8866"])
def test_it_stays_the_same_colour(colour: str) -> None:
    def hue(text: str) -> float:
        return colorsys.rgb_to_hls(*(int(text[place : place + 2], 16) / 255 for place in (1, 3, 5)))[0]

    assert hue(dark_enough(colour)) == pytest.approx(hue(colour), abs=0.02)
