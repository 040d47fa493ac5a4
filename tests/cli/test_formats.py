"""Every output format: golden files in both languages, published schemas, escaping, files and several at once."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import xmlschema

from reportlint.api import Checker
from reportlint.engine import Options, Report
from reportlint.model import Edit, Finding, Fix, Severity
from reportlint.readers import read_text
from reportlint.render import FORMATS, RunInfo, render
from tests.cli.helper import GOLDEN, Cli, compare

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
MACHINE = [name for name, form in FORMATS.items() if form.machine]
SUFFIXES = {
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab.json",
    "junit": "xml",
    "rdjson": "rdjson",
    "html": "html",
}

# Control characters, markup, quotes, characters beyond the BMP, overlapping findings, both kinds of line end.
HOSTILE = (
    "某县“</script><script>hacked()</script>”工作总结\r\n"
    "一、主要工作 & <b>'成效'</b>]]>\x01\x0b\x1f\x7f\n"
    "𠮷镇布署《甲法》、《乙法》,完成投资xx亿元，同比增长％。\u2028\ufffe\n"
    "::error::,%0A\t布署布署\n"
)


def report(text: str, name: str = "来稿/某, 县:100%.txt", language: str = "zh") -> Report:
    return Checker(Options(language=language)).check_draft(read_text(name, text))


def written(form: str, *reports: Report, language: str = "zh", **run: Any) -> str:
    return "".join(render(form, reports, RunInfo(language, lambda: Checker().rules, **run)))


def points(text: str) -> Iterator[str]:
    """The lines of a text as every format here counts them."""
    return iter(re.split(r"\r\n|\r|\n", text))


# ------------------------------------------------------------------------------------------------------ golden files


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", SUFFIXES)
def test_golden(form: str, language: str, cli: Cli) -> None:
    chosen = "NUM001,NUM005,NUM007,PUN001,PUN003,PLH003,TYP001,STR008"
    paths = ("summary.txt", "briefing.md", "clean.txt", "crlf.txt", "nothing.txt")
    done = cli("check", "--select", chosen, "--lang", language, "--output-format", form, *paths)
    assert done.status == 2
    assert done.stderr.count("\n") == 1
    text = done.stdout
    if form == "html":
        # The style and the script are files of their own, which a golden file would only repeat.
        text = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1…\3", text, flags=re.DOTALL)
        text = re.sub(r"sha256-[^']+", "sha256-…", text)
    compare(GOLDEN / f"check.{language}.{SUFFIXES[form]}", text)


# ----------------------------------------------------------------------------------------------------------- schemas


@pytest.fixture(scope="module")
def sarif_schema() -> Any:
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema)


@pytest.fixture(scope="module")
def junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


def cases(cli: Cli) -> list[Report]:
    drafts = sorted(p for p in cli.folder.glob("*.txt") if p.name != "gb18030.txt")
    return [report(HOSTILE), *(report(p.read_bytes().decode("utf-8-sig"), p.name) for p in drafts)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sarif_is_valid(language: str, cli: Cli, sarif_schema: Any) -> None:
    lost = [("没有.txt", "没有.txt: 没有这个文件 (no such file)")]
    for reports, failures in ((cases(cli), lost), ([], lost), ([], []), ([report("一、总体情况\n很好。\n")], [])):
        log = json.loads(written("sarif", *reports, language=language, failures=failures))
        assert [e.message for e in sarif_schema.iter_errors(log)] == []
        assert len(log["runs"][0]["results"]) == sum(len(r.findings) for r in reports)
        assert log["runs"][0]["invocations"][0]["executionSuccessful"] is not failures or not failures


@pytest.mark.parametrize("language", ["zh", "en"])
def test_junit_is_valid(language: str, cli: Cli, junit_schema: xmlschema.XMLSchema) -> None:
    lost = [("没\x02有.txt", "没\x02有.txt: <没有>这个文件 (no such file)")]
    for reports, failures in ((cases(cli), lost), ([], lost), ([], [])):
        root = ET.fromstring(written("junit", *reports, language=language, failures=failures))
        junit_schema.validate(root)
        assert len(root.findall("testsuite")) == len(reports) + len(failures)
        for suite in root.findall("testsuite"):
            cases_ = suite.findall("testcase")
            assert int(suite.get("tests", "")) == len(cases_)
            for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
                assert int(suite.get(name, "")) == sum(c.find(element) is not None for c in cases_)


# -------------------------------------------------------------------------------------------------- what is in them


def test_sarif_points_at_the_text() -> None:
    run = json.loads(written("sarif", report(HOSTILE)))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    lines = list(points(HOSTILE))
    assert run["results"]
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))
        region = result["locations"][0]["physicalLocation"]["region"]
        if region["startLine"] == region["endLine"] and "snippet" in region:
            line = lines[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
    typo = next(r for r in run["results"] if r["ruleId"] == "TYP001")
    assert typo["locations"][0]["physicalLocation"]["region"]["startColumn"] == 3
    change = typo["fixes"][0]["artifactChanges"][0]
    assert change["replacements"][0]["insertedContent"]["text"] == "部署"
    assert unquote(change["artifactLocation"]["uri"]) == "来稿/某, 县:100%.txt"
    assert re.fullmatch(r"[A-Za-z0-9/%._~-]+", change["artifactLocation"]["uri"])


def test_fingerprints_outlive_a_moved_line_and_are_never_shared() -> None:
    text = "今年布署工作。\n今年布署工作。\n全面布署落实。\n"

    def prints(form: str, draft: str) -> list[str]:
        log = json.loads(written(form, report(draft)))
        if form == "gitlab":
            return [i["fingerprint"] for i in log if i["check_name"] == "TYP001"]
        return [r["partialFingerprints"]["reportlint/v1"] for r in log["runs"][0]["results"] if r["ruleId"] == "TYP001"]

    for form in ("sarif", "gitlab"):
        before = prints(form, text)
        assert len(set(before)) == 3
        assert prints(form, "各位代表：\n\n" + text) == before


def test_gitlab_fingerprints_are_unique_over_all_files(cli: Cli) -> None:
    done = cli("check", "--output-format", "gitlab", ".")
    issues = json.loads(done.stdout)
    assert len({i["fingerprint"] for i in issues}) == len(issues) > 20
    assert {i["severity"] for i in issues} <= {"info", "minor", "major"}
    assert all(i["location"]["lines"]["begin"] >= 1 for i in issues)
    assert not any(i["location"]["path"].startswith(("./", "/")) for i in issues)


def test_a_path_below_the_working_folder_is_relative(cli: Cli) -> None:
    for form in ("sarif", "github", "gitlab", "junit", "rdjson"):
        text = cli("check", "--output-format", form, str(cli.folder / "crlf.txt")).stdout
        assert re.search(r'(file=|uri": "|path": "|classname=")crlf\.txt', text), form


def test_github_escapes_what_its_syntax_needs() -> None:
    for line in written("github", report(HOSTILE)).splitlines():
        command, _, message = line[2:].partition("::")
        name, _, properties = command.partition(" ")
        assert name in ("error", "warning", "notice")
        values = dict(p.split("=", 1) for p in properties.split(","))
        assert values["file"] == "来稿/某%2C 县%3A100%25.txt"
        assert int(values["line"]) <= int(values["endLine"])
        assert ":" not in properties
        assert "\r" not in message
    text = "".join(render("github", [_made("甲\r\n乙100%")], RunInfo()))
    assert text.count("\n") == 1
    assert "甲\\r%0A乙100%25%0A改法：%25" in text


def _made(message: str) -> Report:
    draft = report("一、总体情况\n今年工作很好。\n")
    fix = Fix(True, "%", (Edit(0, 1, "\x00"),))
    return draft._replace(findings=[Finding(0, 2, "OWN001", "own", Severity.INFO, message, fix)])


def test_junit_says_what_xml_cannot_hold() -> None:
    made = _made("\x00\x08]]>&<'\">\ud800\ufffe\t\n终")
    root = ET.fromstring(written("junit", made))
    skipped = root.find(".//skipped")
    assert skipped is not None
    assert skipped.get("message") == "��]]>&<'\">��\t\n终"
    failure = ET.fromstring(written("junit", made, fail_level=lambda _: Severity.INFO)).find(".//failure")
    assert failure is not None
    assert ET.fromstring(written("junit", made, fail_level=lambda _: None)).find(".//failure") is None


def test_junit_has_a_passing_test_for_a_clean_draft(cli: Cli) -> None:
    root = ET.fromstring(cli("check", "--output-format", "junit", "clean.txt").stdout)
    case = root.find("testsuite/testcase")
    assert case is not None
    assert list(case) == []


def test_rdjson_counts_bytes_and_its_suggestion_is_the_fix() -> None:
    draft = report(HOSTILE)
    found = json.loads(written("rdjson", draft))
    assert found["source"]["name"] == "reportlint"
    lines = [line.encode() for line in points(HOSTILE)]
    for finding, diagnostic in zip(draft.findings, found["diagnostics"], strict=True):
        assert diagnostic["severity"] in ("ERROR", "WARNING", "INFO")
        start, end = diagnostic["location"]["range"]["start"], diagnostic["location"]["range"]["end"]
        if start["line"] == end["line"]:
            text = lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1].decode()
            assert text == HOSTILE[finding.start : finding.end]
        assert len(diagnostic.get("suggestions", [])) == (finding.fix is not None)


def test_rdjson_joins_the_edits_of_one_fix() -> None:
    draft = report("甲乙丙丁戊己\n")
    fix = Fix(True, "改", (Edit(4, 5, "5"), Edit(1, 2, "")))
    draft = draft._replace(findings=[Finding(1, 5, "OWN001", "own", Severity.ERROR, "错", fix)])
    suggestion = json.loads(written("rdjson", draft))["diagnostics"][0]["suggestions"][0]
    assert suggestion["text"] == "丙丁5"
    assert suggestion["range"] == {"start": {"line": 1, "column": 4}, "end": {"line": 1, "column": 16}}


# -------------------------------------------------------------------------------------------------------------- HTML


class _Page(HTMLParser):
    """The tags of a page, whether they balance, and its text by element id."""

    VOID = frozenset({"meta", "input", "br"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            assert not (tag == "mark" and "mark" in self.open)
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-2:] in (["div", "p"], ["p", "mark"]) and "main" in self.open:
            self.text.append(data)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_html_is_whole_and_asks_for_nothing(language: str, cli: Cli) -> None:
    reports = cases(cli)
    text = written("html", *reports, language=language, failures=[("<没有>", "<没有>: \x00")])
    page = _Page(text)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    notes = [a for t, a in page.tags if t == "div" and (a.get("class") or "").startswith("note ")]
    assert len(notes) == sum(len(r.findings) for r in reports)
    marked = {n for t, a in page.tags if t == "mark" for n in (a["data-f"] or "").split()}
    assert marked == {str(n) for n in range(len(notes))}
    links = [a.get("href") or a.get("src") for _, a in page.tags if "href" in a or "src" in a]
    assert all(link and link.startswith("#") and link[1:] in ids for link in links)
    assert not re.search(r"https?://|@import|url\(", text)
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert sum(tag == "script" for tag, _ in page.tags) == 2
    assert "hacked()</script>" not in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", text)


def test_html_marks_exactly_the_text(cli: Cli) -> None:
    for draft in cases(cli):
        lines = _lines(written("html", draft))
        source = list(points(draft.draft.source.text))
        if source[-1] == "":
            source.pop()
        shown = [re.sub("[\x00-\x08\x0b-\x1f\x7f\u2400-\u2421\ufffd\ufffe]", "?", line) for line in lines]
        assert shown == [re.sub("[\x00-\x08\x0b-\x1f\x7f\ufffe]", "?", line) for line in source]


def _lines(page: str) -> list[str]:
    from html import unescape

    paragraphs = re.findall(r'<a class="no"[^>]*>\d+</a><p>(.*?)</p></div>\n', page, re.DOTALL)
    return [unescape(re.sub(r"</?mark[^>]*>", "", p)) for p in paragraphs]


def test_html_cuts_overlapping_findings() -> None:
    spans = [(0, 6), (2, 4), (3, 9), (5, 5), (9, 9), (2, 4), (4, 14)]
    draft = report("甲乙丙丁戊己庚辛壬癸\n子丑寅卯\n")
    findings = [
        Finding(start, end, f"OWN00{n}", "own", Severity(1 + n % 3), "错") for n, (start, end) in enumerate(spans)
    ]
    findings.sort(key=lambda f: (f.start, f.code))
    page = written("html", draft._replace(findings=findings))
    assert _lines(page) == ["甲乙丙丁戊己庚辛壬癸", "子丑寅卯"]
    covered: dict[str, str] = {}
    for numbers, text in re.findall(r'<mark[^>]*data-f="([\d ]+)"[^>]*>(.*?)</mark>', page):
        for number in numbers.split():
            covered[number] = covered.get(number, "") + text
    text = draft.draft.source.text
    assert covered == {str(n): text[f.start : f.end].replace("\n", "") for n, f in enumerate(findings)}
    begins = [n for group in re.findall(r'data-b="([\d ]+)"', page) for n in group.split()]
    assert sorted(begins, key=int) == [str(n) for n in range(len(spans))]


def test_html_has_the_line_of_a_finding_at_the_very_end() -> None:
    draft = report("很好。\n")
    finding = Finding(4, 4, "OWN001", "own", Severity.ERROR, "错")
    assert _lines(written("html", draft)) == ["很好。"]
    page = written("html", draft._replace(findings=[finding]))
    assert _lines(page) == ["很好。", ""]
    assert 'data-b="0"' in page


# ------------------------------------------------------------------------------------------------ files and several


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_what_standard_output_would(form: str, cli: Cli) -> None:
    printed = cli.raw("check", "-q", "--output-format", form, "summary.txt", "briefing.md")
    done = cli("check", "-q", "--output-format", form, "--output-file", "结果", "summary.txt", "briefing.md")
    assert (done.status, done.stdout) == (printed.returncode, "")
    assert (cli.folder / "结果").read_bytes() == printed.stdout
    assert not list(cli.folder.glob(".reportlint*"))


def test_several_outputs_of_one_run(cli: Cli) -> None:
    more = [arg for form in FORMATS for arg in ("--output", f"{form}=out-{form}")]
    done = cli("check", "-q", "--output-format", "concise", *more, "summary.txt", "briefing.md", "clean.txt")
    alone = {f: cli("check", "-q", "--output-format", f, "summary.txt", "briefing.md", "clean.txt") for f in FORMATS}
    assert done.stdout == alone["concise"].stdout
    for form in FORMATS:
        assert (cli.folder / f"out-{form}").read_bytes().decode() == alone[form].stdout


@pytest.mark.parametrize("form", MACHINE)
def test_a_machine_gets_no_summary(form: str, cli: Cli) -> None:
    quiet = cli("check", "-q", "--output-format", form, "summary.txt")
    assert cli("check", "--output-format", form, "summary.txt").stdout == quiet.stdout
    told = cli("check", "--output-format", form, "--output-file", "out", "summary.txt").stdout
    assert told.startswith("检查 1 个文件")
    assert told.count("\n") == 1


def test_statistics_go_to_the_main_output_only(cli: Cli) -> None:
    done = cli("check", "--statistics", "--output-file", "table.csv", "--output", "json=out.json", "summary.txt")
    assert done.stdout.startswith("检查")
    table = (cli.folder / "table.csv").read_text(encoding="utf-8")
    assert sum(int(line.split()[0]) for line in table.splitlines()) == len(
        json.loads((cli.folder / "out.json").read_text(encoding="utf-8"))
    )


def test_an_output_never_replaces_a_draft_of_a_folder(cli: Cli) -> None:
    draft = next(p for p in (cli.folder / "folder").rglob("*.txt"))
    before = draft.read_bytes()
    done = cli("check", "--output", f"concise={draft}", "folder")
    assert done.status == 2
    assert done.stdout == ""
    assert draft.read_bytes() == before


def test_a_file_is_replaced_whole_or_not_at_all(cli: Cli) -> None:
    target = cli.folder / "out.json"
    target.write_text("旧", encoding="utf-8")
    target.chmod(0o640)
    assert cli("check", "--select", "ZZZ", "--output-file", "out.json", "summary.txt").status == 2
    assert target.read_text(encoding="utf-8") == "旧"
    assert cli("check", "--output-format", "json", "--output-file", "out.json", "summary.txt").status == 1
    assert json.loads(target.read_text(encoding="utf-8"))
    assert target.stat().st_mode & 0o777 == 0o640


def test_an_output_through_a_link_leaves_the_link(cli: Cli) -> None:
    (cli.folder / "real.json").write_text("", encoding="utf-8")
    (cli.folder / "link.json").symlink_to("real.json")
    cli("check", "--output-format", "json", "--output-file", "link.json", "summary.txt")
    assert (cli.folder / "link.json").is_symlink()
    assert json.loads((cli.folder / "real.json").read_text(encoding="utf-8"))


def test_a_difference_on_standard_output_and_findings_in_files(cli: Cli) -> None:
    shown = cli("check", "--diff", "crlf.txt")
    done = cli("check", "--diff", "--output-format", "sarif", "--output", "json=out.json", "crlf.txt")
    assert done == shown
    assert "+" in done.stdout
    found = json.loads((cli.folder / "out.json").read_text(encoding="utf-8"))
    assert found == json.loads(cli("check", "--output-format", "json", "crlf.txt").stdout)


def test_the_mended_text_is_alone_on_standard_output(cli: Cli) -> None:
    draft = "一、总体情况\n今年周密布署工作。\n".encode()
    done = cli("check", "--fix", "-q", "--output-format", "json", "--output-file", "out.json", "-", stdin=draft)
    assert done.stdout == "一、总体情况\n今年周密部署工作。\n"
    left = json.loads((cli.folder / "out.json").read_text(encoding="utf-8"))
    assert "TYP001" not in {f["code"] for f in left}


def test_each_draft_has_its_own_fail_level_and_severities(cli: Cli) -> None:
    for name, says in (("strict", "fail-level: info"), ("lax", "fail-level: error\nseverity:\n  TYP001: warning")):
        (cli.folder / name).mkdir()
        (cli.folder / name / ".reportlint.yaml").write_text(f"{says}\n", encoding="utf-8")
        (cli.folder / name / "a.txt").write_text("一、总体情况\n今年周密布署工作。\n", encoding="utf-8")
    arguments = ("check", "-q", "--select", "TYP001", "strict", "lax", "--output", "sarif=out.sarif")
    root = ET.fromstring(cli(*arguments, "--output-format", "junit").stdout)
    assert {s.get("name"): (s.get("failures"), s.get("skipped")) for s in root} == {
        "strict/a.txt": ("1", "0"),
        "lax/a.txt": ("0", "1"),
    }
    run = json.loads((cli.folder / "out.sarif").read_text(encoding="utf-8"))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["TYP001"]
    assert {r["level"] for r in run["results"]} == {"error", "warning"}
