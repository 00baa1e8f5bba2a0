"""The page needs nothing but itself, says everything that the report says, and shows its plots in a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from reticent.attack.findings import RISKS, Finding, Utility
from reticent.attack.page import html_page
from reticent.attack.report import AttackReport

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
with_browser = pytest.mark.skipif(BROWSER is None, reason="no browser: apt-get install chromium, or Google Chrome")
PROBE = """<script>addEventListener("load", () => {
  const box = each => { const r = each.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const found = {
    fetched: performance.getEntriesByType("resource").map(each => each.name),
    wide: document.documentElement.scrollWidth, window: innerWidth,
    plots: [...document.querySelectorAll("svg")].map(svg => ({
      box: box(svg), marks: [...svg.querySelectorAll("circle")].map(box),
      words: [...svg.querySelectorAll("text")].map(box),
      ink: getComputedStyle(svg.querySelector("text")).fill,
      paper: getComputedStyle(document.body).backgroundColor })) };
  const out = document.createElement("script");
  out.type = "application/json"; out.id = "found"; out.textContent = JSON.stringify(found);
  document.body.append(out);
});</script>"""


def finding(defence: str, value: float, **other) -> Finding:
    """A figure of free text."""
    facts = {"attack": "free text", "data": "Aalto", "risk": "singling out", "measure": "rank-1", "chance": 0.001}
    return Finding(
        defence=defence, value=value, low=value - 0.01, high=value + 0.01, people=1000, probes=1000, **(facts | other)
    )


def utility(defence: str, value: float) -> Utility:
    """A time error."""
    return Utility(data="Aalto", defence=defence, measure="time error", unit="ms", value=value, low=0, high=2 * value,
                   people=1000)  # fmt: skip


def report(name: str = "balanced") -> AttackReport:
    """Raw data and one policy."""
    pad = {"attack": "PIN pad", "measure": "top-1", "risk": "inference"}
    findings = (finding("raw", 0.79), finding(name, 0.013), finding("raw", 0.9, **pad), finding(name, 0.02, **pad))
    return AttackReport(
        version="1", command="reticent attack <x>", machine={"system": "here"}, quick=True, seeds=2,
        policies={"raw": "", name: "abc"}, findings=findings, utilities=(utility("raw", 0), utility(name, 120)),
        not_run={"mouse": "no <corpus>"},
    )  # fmt: skip


class Page(HTMLParser):
    """Whatever a browser would fetch, the tags, and the words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str | None] = []
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"src", "href", "srcset", "action", "data", "poster"}]

    def handle_data(self, data):
        self.words += data


def test_the_page_fetches_and_runs_nothing():
    """No link, no script, no style from elsewhere."""
    text = html_page(report())
    page = Page(text)
    assert page.links == []
    assert not {"script", "link", "iframe", "object", "embed", "img"} & {*page.tags}
    assert not re.search(r"url\(|@import|https?:", text)


def test_what_the_report_says_is_on_the_page():
    """Figures with intervals, chance, sample sizes, plain words, what did not run, and how it was measured."""
    words = Page(html_page(report())).words
    for said in ("1.3 %", "0.3 % to 2.3 %", "0.10 %", "1,000 people", "Sample: a sample", "repetitions: 2",
                 "Not run: mouse: no <corpus>", "reticent attack <x>", "sha256 abc", "120.0"):  # fmt: skip
        assert said.replace("0.10 %", "0.1 %") in words, said
    for risk in ("singling out", "inference"):
        assert RISKS[risk] in words
    assert RISKS["linkability"] not in words
    assert "anonymous" not in words.lower()


def test_names_are_not_markup():
    """Of policies, corpora and commands."""
    page = Page(html_page(report('<script>alert("x")</script>')))
    assert "script" not in page.tags


def shown(page: Path, width: int = 1000) -> dict:
    """What a browser makes of a page."""
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
         "--disable-component-update", "--no-first-run", f"--user-data-dir={page.parent / 'profile'}",
         f"--window-size={width},900", "--virtual-time-budget=2000", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    found = re.search(r'id="found">(.*?)</script>', done.stdout, re.DOTALL)
    assert found, done.stderr[-2000:]
    return json.loads(found[1])


@with_browser
@pytest.mark.parametrize("width", [1200, 600])
def test_plots_are_seen_and_nothing_is_fetched(tmp_path, width):
    """In a real browser, in a wide window and in a narrow one: marks lie inside their plots, in ink that shows."""
    page = tmp_path / "page.html"
    page.write_text(html_page(report()).replace("</main>", "</main>" + PROBE), "utf-8")
    found = shown(page, width)
    assert found["fetched"] == []
    assert found["wide"] <= found["window"]
    assert len(found["plots"]) == 4
    for plot in found["plots"]:
        left, top, right, bottom = plot["box"]
        assert right - left > 250
        assert bottom - top > 40
        assert plot["ink"] != plot["paper"]
        assert len(plot["marks"]) == 2
        for mark in plot["marks"]:
            assert left <= mark[0] < mark[2] <= right
            assert top <= mark[1] < mark[3] <= bottom
        for word in plot["words"]:
            assert left - 1 <= word[0] < word[2] <= right + 1


@with_browser
def test_the_browser_would_notice_a_fetch(tmp_path):
    """A planted fault: a picture from elsewhere."""
    page = tmp_path / "page.html"
    text = html_page(report()).replace("</main>", '<img src="http://127.0.0.1:9/x.png"></main>' + PROBE)
    page.write_text(text, "utf-8")
    assert shown(page)["fetched"] == ["http://127.0.0.1:9/x.png"]
