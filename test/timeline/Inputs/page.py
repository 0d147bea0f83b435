"""Whether a page of a timeline does what it should in a browser.

usage: page.py BROWSER PAGE...
"""

import sys

from browser import Browser

# Pairs of names that lie over each other; names that leave the drawing.
NAMES = """(() => {
  const faults = [];
  for (const svg of document.querySelectorAll("figure svg")) {
    const sheet = svg.getBoundingClientRect();
    const names = [...svg.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    names.forEach(([name, a], k) => {
      if (a.left < sheet.left - 1 || a.right > sheet.right + 1 || a.top < sheet.top - 1) faults.push(name + " leaves");
      for (const [other, b] of names.slice(0, k))
        if (a.left < b.right - 2 && b.left < a.right - 2 && a.top < b.bottom - 4 && b.top < a.bottom - 4)
          faults.push(name + " is over " + other);
    });
  }
  return faults;
})()"""

# The least contrast of a name in a bar with the bar, as WCAG counts it.
CONTRAST = """(() => {
  const parts = (colour) => colour.match(/[0-9.]+/g).slice(0, 3).map(Number);
  const light = (colour) => {
    const [r, g, b] = parts(colour).map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  let least = 21;
  const body = getComputedStyle(document.body);
  for (const text of document.querySelectorAll("figure svg text")) {
    const bar = text.classList.contains("out") ? null : text.parentNode.querySelector(".bytes");
    const ground = bar ? getComputedStyle(bar).fill : body.backgroundColor;
    least = Math.min(least, contrast(getComputedStyle(text).fill, ground));
  }
  for (const text of document.querySelectorAll("p, td, th, li, h1, h2"))
    least = Math.min(least, contrast(getComputedStyle(text).color, body.backgroundColor));
  for (const edge of document.querySelectorAll("figure svg .edge"))
    least = Math.min(least, contrast(getComputedStyle(edge).stroke, body.backgroundColor) * 1.5);
  return least;
})()"""

DETAILS = "document.getElementById('details')"
FOCUS = "document.activeElement.id || document.activeElement.tagName"


class Check:
    def __init__(self, page):
        self.page = page
        self.faults = 0

    def equal(self, what, got, wanted):
        if got != wanted:
            self.faults += 1
            print(f"{self.page}: {what}: {got!r}, not {wanted!r}")


def ids(browser, side):
    return browser.evaluate(f"[...document.querySelectorAll('#{side} .block')].map((block) => block.id)")


def details(browser):
    """What is shown, or None."""
    return browser.evaluate(f"{DETAILS}.hidden ? null : {DETAILS}.innerText")


def compare_details(check, browser, block):
    """The bar's number of bytes is shown, beside the name that it has in the data."""
    text = details(browser)
    number = browser.evaluate(f"document.getElementById('{block}').dataset.bytes")
    name = browser.evaluate(f"JSON.parse(document.getElementById('data').textContent).blocks['{block}'].name")
    check.equal(f"details of {block} are shown", text is not None, True)
    check.equal(f"details of {block} begin with {name}", (text or "").startswith(name), True)
    check.equal(f"details of {block} have {number} bytes", f"= {number} bytes" in (text or ""), True)
    window = browser.evaluate(f"(() => {{ const box = {DETAILS}.getBoundingClientRect();"
                              " return box.left >= 0 && box.right <= innerWidth && box.top >= 0; })()")
    check.equal(f"details of {block} are in the window", window, True)


def check_pointer(check, browser):
    check.equal("details at first", details(browser), None)
    for block in ids(browser, "before")[:6] + ids(browser, "after")[:6]:
        # The bar's first rectangle: a bar with gaps is not in its own middle, names may be over it.
        browser.point(f"#{block} .edge")
        compare_details(check, browser, block)
    browser.mouse("mouseMoved", 1, 1)
    check.equal("details behind the pointer", details(browser), None)


def check_pin(check, browser):
    block = ids(browser, "after")[0]
    browser.point(f"#{block} .edge", click=True)
    browser.mouse("mouseMoved", 1, 1)
    compare_details(check, browser, block)
    browser.key("Escape")
    check.equal("details after Escape", details(browser), None)


def check_keys(check, browser, page):
    """From the top of the page with Tab into the picture, then from bar to bar."""
    browser.open(page)
    for _ in range(9):
        browser.key("Tab")
        if browser.evaluate("document.activeElement.classList.contains('block')"):
            break
    blocks = ids(browser, "before")
    check.equal("Tab goes to", browser.evaluate(FOCUS), blocks[0])
    compare_details(check, browser, blocks[0])
    ring = browser.evaluate("getComputedStyle(document.activeElement.querySelector('.edge')).strokeWidth")
    check.equal("the focus is seen", ring, "4px")
    if len(blocks) > 3:
        check_arrows(check, browser, blocks)
    browser.key("End")
    check.equal("End goes to", browser.evaluate(FOCUS), blocks[-1])
    browser.key("Home")
    browser.key("Enter")
    check.equal("Enter presses", browser.evaluate("document.activeElement.getAttribute('aria-pressed')"), "true")
    browser.key("Escape")
    check.equal("details after Escape", details(browser), None)
    browser.key("Tab")
    check.equal("Tab leaves the picture",
                browser.evaluate("document.activeElement.closest('#before svg') === null"), True)


def check_arrows(check, browser, blocks):
    browser.key("Home")
    seen = {browser.evaluate(FOCUS)}
    for key, back in (("ArrowUp", "ArrowDown"), ("ArrowRight", "ArrowLeft")):
        here = browser.evaluate(FOCUS)
        browser.key(key)
        there = browser.evaluate(FOCUS)
        seen.add(there)
        check.equal(f"{key} moves", there != here and there in blocks, True)
        compare_details(check, browser, there)
        browser.key(back)


def check_marks(check, browser):
    """Every bar has a name for who does not see it; tables have a row for each."""
    for side in ("before", "after"):
        bars = len(ids(browser, side))
        named = browser.evaluate(f"document.querySelectorAll('#{side} .block[aria-label][role=button]').length")
        rows = browser.evaluate(f"document.querySelectorAll('#{side}-blocks tbody tr:has(td:nth-child(5))').length")
        check.equal(f"bars with a label {side}", named, bars)
        check.equal(f"rows {side}", rows, bars)
        numbers = browser.evaluate(f"[...document.querySelectorAll('#{side}-blocks tbody td:nth-child(5)')]"
                                   ".map((cell) => cell.textContent)")
        wanted = browser.evaluate(f"[...document.querySelectorAll('#{side} .block')].map((bar) => bar.dataset.bytes)")
        check.equal(f"bytes {side}", numbers, wanted)


def check_looks(check, browser, page):
    for dark in (False, True):
        for width in (1300, 420):
            browser.open(page, width=width, dark=dark)
            check.equal(f"names at width {width}", browser.evaluate(NAMES), [])
            check.equal("contrast", browser.evaluate(CONTRAST) >= 4.5, True)
            wide = browser.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            check.equal(f"the page scrolls sideways at width {width}", wide, False)


def check_without_script(check, browser, page):
    browser.open(page, script=False)
    check.equal("titles without a script", browser.evaluate("document.querySelectorAll('.block > title').length"),
                browser.evaluate("document.querySelectorAll('.block').length"))
    browser.open(page)
    check.equal("titles with one", browser.evaluate("document.querySelectorAll('.block > title').length"), 0)


def check_page(browser, page):
    check = Check(page)
    browser.open(page)
    check_marks(check, browser)
    check_pointer(check, browser)
    check_pin(check, browser)
    check_keys(check, browser, page)
    check_looks(check, browser, page)
    check_without_script(check, browser, page)
    check.equal("complaints", browser.faults, [])
    return check.faults


def main():
    program, *pages = sys.argv[1:]
    with Browser(program) as browser:
        faults = sum(check_page(browser, page) for page in pages)
    print(f"{len(pages)} pages, {faults} faults")
    return 1 if faults else 0


sys.exit(main())
