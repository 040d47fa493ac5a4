"""Every output format: any characters, any findings, overlapping as they like."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.api import Checker
from reportlint.engine import Report
from reportlint.model import Edit, Finding, Fix, Severity
from reportlint.readers import read_text
from reportlint.render import FORMATS, render

CHECKER = Checker()
characters = st.sampled_from("一是甲乙，。<>&\"'%:\t\x00\x07\x7f\x85\u2028\ufeff\U00020bb7a\n\r") | st.characters()
texts = st.text(characters, min_size=1, max_size=60)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(texts)
    report = CHECKER.check_draft(read_text(draw(st.sampled_from(["a.txt", "b,:%.md"])), text))
    text = report.draft.source.text
    findings = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)) | st.just(len(text)))
        end = draw(st.integers(start, min(len(text), start + 20)))
        fix = Fix(draw(st.booleans()), draw(texts), (Edit(start, end, draw(texts)),)) if draw(st.booleans()) else None
        severity = draw(st.sampled_from(Severity))
        findings.append(Finding(start, end, f"OWN{number:03}", "own", severity, draw(texts), fix))
    findings.sort(key=lambda f: (f.start, f.code))
    return report._replace(findings=findings)


@given(st.lists(reports(), max_size=3))
@settings(max_examples=120, deadline=None)
def test_every_format_is_well_formed(made: list[Report]) -> None:
    count = sum(len(r.findings) for r in made)
    out = {form: "".join(render(form, made)) for form in FORMATS}
    assert len(json.loads(out["json"])) == count
    assert len(json.loads(out["sarif"])["runs"][0]["results"]) == count
    assert len({i["fingerprint"] for i in json.loads(out["gitlab"])}) == count
    assert len(json.loads(out["rdjson"])["diagnostics"]) == count
    root = ET.fromstring(out["junit"].encode("utf-8", "xmlcharrefreplace"))
    assert len(root.findall(".//testcase")) == sum(max(1, len(r.findings)) for r in made)
    commands = out["github"].split("\n")
    assert len(commands) == count + 1
    assert all(re.match(r"::(error|warning|notice) title=[^,:]+,file=[^,:]+,line=\d+", c) for c in commands[:-1])
    out["html"].encode()


@given(reports())
@settings(max_examples=200, deadline=None)
def test_marks_cover_what_was_found_and_nothing_is_lost(report: Report) -> None:
    page = "".join(render("html", [report]))
    source = report.draft.source
    rows = re.findall(r'<a class="no"[^>]*>(\d+)</a><p>(.*?)</p></div>\n', page, re.DOTALL)
    covered = ["" for _ in report.findings]
    for number, row in rows:
        start, end = source.line_starts[int(number) - 1], source.line_end(int(number))
        assert _plain(re.sub(r"</?mark[^>]*>", "", row)) == _shown(source.text[start:end])
        for numbers, text in re.findall(r'<mark[^>]*data-f="([\d ]+)"[^>]*>(.*?)</mark>', row, re.DOTALL):
            for n in numbers.split():
                covered[int(n)] += text
    for finding, text in zip(report.findings, covered, strict=True):
        assert _plain(text) == _shown(re.sub("[\r\n]", "", source.text[finding.start : finding.end]))
    begins = [int(n) for group in re.findall(r'data-b="([\d ]+)"', page) for n in group.split()]
    assert sorted(begins) == list(range(len(report.findings)))


def _plain(text: str) -> str:
    return unescape(text)


def _shown(text: str) -> str:
    from reportlint.render.html import escaped

    return unescape(escaped(text))
