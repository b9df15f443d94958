"""Every component, in both languages, by day and by night: it fits, and its words can be read."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK_EN, PHONE_ZH, Opening, Screen

pytestmark = pytest.mark.usefixtures("transactional_db")

GROUND = "getComputedStyle(document.documentElement).backgroundColor"
Mode = Literal["light", "dark"]

# Words with less contrast to what lies behind them than WCAG AA asks for: 4.5, or 3 if large.
FAINT = """() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (colours) => {
    paint.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
    }
    return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((one) => {
      const part = one / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const colours = [];
    for (let one = element; one; one = one.parentElement) {
      colours.unshift(getComputedStyle(one).backgroundColor);
    }
    return colours;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const faint = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(":disabled, [aria-disabled=true], script, style, option")) continue;
    const style = getComputedStyle(element);
    const ground = behind(element);
    const [dark, bright] = [light(over(ground)), light(over([...ground, style.color]))].sort(
      (one, other) => one - other,
    );
    const ratio = (bright + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) faint.push(`${text.data.trim()}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("screen", [PHONE_ZH, DESK_EN], indirect=True, ids=lambda s: s.name)
def test_every_component_fits_and_can_be_read(
    opened: Opening, photograph: Callable[..., None], screen: Screen, mode: Mode
) -> None:
    page: Page = opened("/style")
    page.emulate_media(color_scheme=mode)
    expect(page.locator("html")).to_have_attribute("lang", "en" if screen is DESK_EN else "zh-Hans")
    page.locator("[data-calendar] .fc-event").first.wait_for()
    photograph(page, f"style-{mode}", whole=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= screen.width
    assert page.evaluate(FAINT) == []


@pytest.mark.parametrize("screen", [DESK_EN], indirect=True, ids=lambda s: s.name)
def test_the_night_of_the_device_is_that_of_the_page_unless_the_address_says_otherwise(
    opened: Opening,
) -> None:
    page = opened("/style")
    light = page.evaluate(GROUND)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(GROUND)
    assert light != dark
    for mode, ground in (("light", light), ("dark", dark)):
        for device in ("light", "dark"):
            page.emulate_media(color_scheme=device)
            page.goto(f"{page.url.partition('?')[0]}?mode={mode}")
            assert page.evaluate(GROUND) == ground
