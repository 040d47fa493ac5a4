"""The HTML page in a real browser: what a reader clicks, filters, prints and sees.

REPORTLINT_SCREENSHOTS=FOLDER keeps the screenshots.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reportlint.api import Checker
from reportlint.engine import Options, Report
from reportlint.readers import read_text
from reportlint.render import RunInfo, render
from tests.browser.find import browser, missing

_LACKS = missing()
pytestmark = pytest.mark.skipif(_LACKS is not None, reason=str(_LACKS))

# What a browser does of its own accord on start, and none of these pages needs.
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

DRAFT = """\
柳河县水利局2025年工作总结

今年以来，全局认真落实《水法》、《防洪法》，周密布署、狠抓落实。现将工作情况总结如下。

一、主要工作完成情况
（一）项目建设有序推进。全年完成投资xx亿元，同比增长％，石桥水库除险加固主体完工。
（三）防汛抗旱扎实有力。截止九月底，共排查隐患46处,全部整改到位。

二、存在的问题
基层力量不足，信息化水平不高。

三、下步打算
继续抓好河湖管护，加快补齐短板。

柳河县水利局
2025年12月20日
"""
HOSTILE = (
    "某县</script><script>window.hacked = 1</script>工作总结\n"
    "一、<img src=x onerror='window.hacked = 1'>布署\x01\x0b \u202e倒写\u202c &amp; &#60;\n"
    "今年布署《甲法》、《乙法》。\n"
)


def report(text: str, name: str = "工作总结.txt", language: str = "zh") -> Report:
    return Checker(Options(language=language)).check_draft(read_text(name, text))


class Opened:
    """A page in a tab of its own, and what went wrong in it."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self.wrong: list[str] = []
        tab.on("console", lambda message: self.wrong.append(message.text))
        tab.on("pageerror", lambda error: self.wrong.append(str(error)))
        tab.on("request", lambda request: None if request.url.startswith("file:") else self.wrong.append(request.url))

    def picture(self, name: str, folder: Path) -> bytes:
        kept = os.environ.get("REPORTLINT_SCREENSHOTS")
        path = Path(kept) if kept else folder
        path.mkdir(parents=True, exist_ok=True)
        made: bytes = self.tab.screenshot(path=str(path / f"{name}.png"))
        return made

    def in_sight(self, selector: str) -> bool:
        """Whether an element lies inside the window."""
        place = self.tab.locator(selector).first.bounding_box()
        size = self.tab.viewport_size
        return place is not None and 0 <= place["y"] < size["height"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser(), args=list(_QUIET))
        yield started
        started.close()


@pytest.fixture
def show(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    contexts = []
    pages = []

    def opened(*reports: Report, language: str = "zh", failures: Any = (), **options: Any) -> Opened:
        path = tmp_path / f"page{len(contexts)}.html"
        run = RunInfo(language, lambda: Checker().rules, failures=failures)
        path.write_text("".join(render("html", reports, run)), encoding="utf-8", newline="")
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = Opened(context.new_page())
        pages.append(page)
        page.tab.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [wrong for page in pages for wrong in page.wrong] == []


def test_a_click_on_a_finding_shows_what_it_is(show: Callable[..., Opened], tmp_path: Path) -> None:
    page = show(report(DRAFT))
    mark = page.tab.locator("mark", has_text="布署")
    note = page.tab.locator(".note", has_text="“布署”应为“部署”")
    assert not note.is_visible()
    closed = page.picture("closed", tmp_path)
    mark.click()
    assert note.is_visible()
    assert "改法：“布署”改为“部署”" in note.inner_text()
    assert "TYP001" in note.inner_text()
    assert mark.get_attribute("aria-expanded") == "true"
    opened = page.picture("opened", tmp_path)
    assert opened.startswith(b"\x89PNG")
    assert min(len(closed), len(opened)) > 20_000
    assert closed != opened
    mark.click()
    assert not note.is_visible()
    assert mark.get_attribute("aria-expanded") == "false"


def test_a_filter_hides_and_shows(show: Callable[..., Opened], tmp_path: Path) -> None:
    draft = report(DRAFT)
    page = show(draft)
    tab = page.tab
    total = len(draft.findings)
    errors = sum(f.severity.label == "error" for f in draft.findings)
    assert 0 < errors < total
    assert tab.locator("#shown").inner_text() == f"显示 {total} / {total} 处"
    tab.locator("#expand").check()
    assert tab.locator(".note:visible").count() == total
    tab.locator("input[data-level=error]").uncheck()
    assert tab.locator("mark.error").count() == 0
    assert tab.locator(".note:visible").count() == total - errors
    assert tab.locator("#shown").inner_text() == f"显示 {total - errors} / {total} 处"
    assert tab.locator("nav .file > a .count").inner_text() == str(total - errors)
    page.picture("filtered", tmp_path)
    tab.locator("input[data-level=error]").check()
    tab.locator("#rules summary").click()
    tab.locator("button[data-pick=none]").click()
    assert tab.locator(".note:visible").count() == 0
    assert tab.locator("mark[tabindex]").count() == 0
    tab.locator("input[data-rule=TYP001]").check()
    assert tab.locator(".note:visible").count() == sum(f.code == "TYP001" for f in draft.findings)
    page.picture("rules", tmp_path)
    tab.locator("main").click(position={"x": 5, "y": 5})
    assert not tab.locator("button[data-pick=all]").is_visible()


def test_of_two_findings_at_one_place_the_other_stays(show: Callable[..., Opened]) -> None:
    page = show(report("某县2025年工作总结\n全年完成投资6.8亿元，增长5%，工业同比增长％，利税增长6%，税收增长7%。\n"))
    mark = page.tab.locator("mark", has_text="％")
    assert len((mark.get_attribute("data-f") or "").split()) == 2
    assert mark.get_attribute("class") == "error"
    page.tab.locator("input[data-level=error]").uncheck()
    assert mark.get_attribute("class") == "warning"
    mark.click()
    assert page.tab.locator(".note:visible").count() == 1


def test_the_keyboard_does_all_of_it(show: Callable[..., Opened]) -> None:
    page = show(report(DRAFT))
    keyboard = page.tab.keyboard
    keyboard.press("n")
    focused = page.tab.locator("mark:focus")
    assert focused.count() == 1
    first = focused.inner_text()
    assert page.tab.locator(".note:visible").count() == 1
    keyboard.press("n")
    second = focused.inner_text()
    assert page.tab.locator(".note:visible").count() == 2
    keyboard.press("p")
    assert focused.inner_text() == first != second
    keyboard.press("Escape")
    assert page.tab.locator(".note:visible").count() == 1
    keyboard.press("Tab")
    keyboard.press("Shift+Tab")
    assert page.tab.locator("#tip").is_visible()
    keyboard.press("Enter")
    assert not page.tab.locator("#tip").is_visible()
    assert page.tab.locator(".note:visible").count() == 2


def test_the_pointer_shows_the_message(show: Callable[..., Opened]) -> None:
    page = show(report(DRAFT))
    page.tab.locator("mark", has_text="布署").hover()
    assert page.tab.locator("#tip").inner_text() == "“布署”应为“部署”"
    page.tab.locator("h1").hover()
    assert not page.tab.locator("#tip").is_visible()


def test_the_outline_leads_to_its_section(show: Callable[..., Opened]) -> None:
    page = show(report(DRAFT + "\n续写。" * 80 + "\n四、附带说明\n无。\n"), report(DRAFT, "another.txt"))
    link = page.tab.locator("nav a", has_text="四、附带说明").first
    target = link.get_attribute("href")
    assert not page.in_sight(target)
    link.click()
    assert page.in_sight(target)
    bar = page.tab.locator(".bar").bounding_box()
    assert page.tab.locator(target).bounding_box()["y"] >= bar["height"]
    page.tab.locator("nav a", has_text="another.txt").click()
    assert page.in_sight("#d2")


def test_next_brings_what_is_far_below_into_sight(show: Callable[..., Opened]) -> None:
    page = show(report("工作情况\n" + "\n工作顺利。" * 200 + "\n狠抓布署。\n"))
    assert not page.in_sight("mark:has-text('布署')")
    for _ in range(page.tab.locator(".note").count()):
        page.tab.locator("#next").click()
        if page.in_sight("mark:has-text('布署')"):
            return
    pytest.fail("never came into sight")


def test_a_draft_cannot_reach_the_page(show: Callable[..., Opened]) -> None:
    page = show(report(HOSTILE, "<b>名.txt"), failures=[("<x>", "<img src=x onerror='window.hacked = 1'>")])
    page.tab.wait_for_timeout(100)
    assert page.tab.evaluate("window.hacked") is None
    assert page.tab.locator("main img").count() == 0
    assert page.tab.locator("#d1l2 p").inner_text().startswith("一、<img src=x onerror='window.hacked = 1'>布署␁␋ ")
    assert page.tab.locator("mark", has_text="布署").count() == 2


def test_a_phone_shows_it_without_scrolling_sideways(show: Callable[..., Opened], tmp_path: Path) -> None:
    size = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
    page = show(report(DRAFT), report("Ｗ" * 300 + "布署" + "w" * 300, "很" * 60 + ".txt"), **size)
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert not page.tab.locator("nav li").first.is_visible()
    page.tab.locator("#outline > summary").tap()
    page.tab.locator("nav a", has_text="三、下步打算").tap()
    assert not page.tab.locator("nav li").first.is_visible()
    page.tab.locator("mark", has_text="截止").tap()
    assert page.tab.locator(".note", has_text="截至").is_visible()
    assert page.in_sight("#next")
    page.picture("phone", tmp_path)
    page.tab.locator("#rules summary").tap()
    panel = page.tab.locator(".panel").bounding_box()
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 360
    page.picture("phone-rules", tmp_path)


def test_paper_has_every_note_and_no_buttons(show: Callable[..., Opened], tmp_path: Path) -> None:
    draft = report(DRAFT)
    page = show(draft)
    page.tab.locator("input[data-level=info]").uncheck()
    page.tab.emulate_media(media="print")
    shown = sum(f.severity.label != "info" for f in draft.findings)
    assert page.tab.locator(".note:visible").count() == shown
    assert page.tab.locator(".note:visible .number:visible").count() == shown
    for hidden in ("#filters", ".steps", "nav"):
        assert not page.tab.locator(hidden).is_visible()
    page.picture("print", tmp_path)
    assert page.tab.pdf(format="A4").startswith(b"%PDF")


def test_without_a_script_everything_can_be_read(show: Callable[..., Opened]) -> None:
    draft = report(DRAFT)
    page = show(draft, java_script_enabled=False)
    assert page.tab.locator(".note:visible").count() == len(draft.findings)
    assert not page.tab.locator("#filters").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str, show: Callable[..., Opened], tmp_path: Path) -> None:
    page = show(report(DRAFT), color_scheme=scheme)
    page.tab.locator("#expand").check()
    page.picture(scheme, tmp_path)
    pairs = [
        (".line p", ".paper"),
        ("mark.error", "mark.error"),
        ("mark.warning", "mark.warning"),
        (".note .where", ".note"),
    ]
    pairs += [(".note.error .level", ".note"), (".note.warning .level", ".note"), (".chip", ".chip"), ("nav a", "body")]
    for text, ground in pairs:
        colours = [
            page.tab.locator(selector).first.evaluate(f"e => getComputedStyle(e).{name}")
            for selector, name in ((text, "color"), (ground, "backgroundColor"))
        ]
        assert _contrast(*colours) >= 4.5, (scheme, text, colours)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [int(n) / 255 for n in re.findall(r"\d+", colour)[:3]]
        r, g, b = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_english(show: Callable[..., Opened], tmp_path: Path) -> None:
    page = show(report(DRAFT, language="en"), language="en")
    assert page.tab.locator("html").get_attribute("lang") == "en"
    page.tab.locator("mark", has_text="布署").click()
    assert "“布署” should be “部署”" in page.tab.locator(".note:visible").inner_text()
    chrome = page.tab.locator(".bar").inner_text() + page.tab.locator("#outline > summary").inner_text()
    assert not re.search("[\u4e00-\u9fff]", chrome)
    page.picture("english", tmp_path)


def test_two_thousand_findings_are_quick(show: Callable[..., Opened]) -> None:
    line = "今年完成投资xx亿元，同比增长％，布署《公路法》、《安全法》,工作xx进展顺利。"
    draft = report("某县2025年工作总结\n\n" + "\n".join(f"{n}日{line}" for n in range(400)))
    assert len(draft.findings) >= 2000
    begun = time.monotonic()
    page = show(draft)
    assert page.tab.locator("#shown").inner_text().startswith(f"显示 {len(draft.findings)} ")
    loaded = time.monotonic() - begun
    click = """selector => {
        const begun = performance.now();
        document.querySelector(selector).click();
        document.body.offsetHeight;
        return performance.now() - begun;
    }"""
    clicked = ("input[data-level=error]", "#next", "#expand", "button[data-pick=none]")
    took = {selector: page.tab.evaluate(click, selector) for selector in clicked}
    # A tenth of this on an idle machine; the slack is for a busy one.
    assert loaded < 10, loaded
    assert max(took.values()) < 3000, took
