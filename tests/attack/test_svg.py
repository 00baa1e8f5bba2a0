"""Plots are well-formed, stay inside their frame, and show a mark for each defence."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from reticent.attack.svg import Point, intervals, scatter

POINTS = [Point("raw", 0.9, 0.8, 1.0, "90 %"), Point("<b> & co", 0.1, 0.0, 1.7, "10 %", cost=40.0)]


@pytest.mark.parametrize("plot", [intervals("a < b", POINTS, 0.01), scatter("a < b", POINTS, "ms", "rank-1", 0.01)])
def test_a_plot_is_well_formed(plot):
    """Whatever a policy is called; every mark lies in the frame."""
    root = ElementTree.fromstring(plot)
    _, _, wide, high = map(float, root.attrib["viewBox"].split())
    circles = root.findall("circle")
    assert len(circles) == len(POINTS)
    for circle in circles:
        assert 0 <= float(circle.attrib["cx"]) <= wide
        assert 0 <= float(circle.attrib["cy"]) <= high
    for line in root.findall("line"):
        assert all(0 <= float(line.attrib[name]) <= max(wide, high) for name in ("x1", "x2", "y1", "y2"))
    assert root.findtext("title") == "a < b"
    assert "<b> & co" in [text.text for text in root.findall("text")]
    assert root.find("line[@class='chance']") is not None


def test_what_costs_more_stands_further_right_and_what_tells_less_lower():
    """As the axes say."""
    raw, other = ElementTree.fromstring(scatter("t", POINTS, "ms", "rank-1", 0.01)).findall("circle")
    assert float(raw.attrib["cx"]) < float(other.attrib["cx"])
    assert float(raw.attrib["cy"]) < float(other.attrib["cy"])
