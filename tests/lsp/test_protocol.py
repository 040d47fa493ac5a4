"""Every feature, over a real process: a draft full of astral characters, with CRLF."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.lsp.client import Client, LspError
from tests.lsp.texts import applied, offset_of, workspace_edit

Start = Callable[..., Client]

DRAFT = (
    "𠮷县2025年工作总结\r\n"
    "一、😀主要工作\r\n"
    "𠮷𠮷布署三个方面工作：一是抓学习；三是抓落实。\r\n"
    "三、下一步打算\r\n"
    "（一）😀要继续努力,再接再厉。\r\n"
    "（二）抓好𠮷县收官。\r\n"
)
PULL = {
    "textDocument": {"diagnostic": {"dynamicRegistration": False}},
    "workspace": {"diagnostics": {"refreshSupport": True}},
}


def where(text: str, part: str) -> dict[str, Any]:
    """The range of the first occurrence of a part, in UTF-16 units."""
    start = text.index(part)
    return {"start": position(text, start), "end": position(text, start + len(part))}


def position(text: str, offset: int) -> dict[str, int]:
    lines = text[:offset].split("\n")
    return {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le")) // 2}


def by_code(found: list[dict[str, Any]], code: str) -> list[dict[str, Any]]:
    return [d for d in found if d["code"] == code]


@pytest.fixture
def server(start: Start, tmp_path: Path) -> tuple[Client, str]:
    """A server with the draft open."""
    client = start()
    client.initialize([tmp_path])
    uri = (tmp_path / "总结.txt").as_uri()
    client.open(uri, DRAFT)
    client.diagnostics(uri, 1)
    return client, uri


def test_capabilities(start: Start, tmp_path: Path) -> None:
    client = start()
    result = client.initialize([tmp_path])
    assert result["serverInfo"]["name"] == "reportlint"
    found = result["capabilities"]
    assert found["textDocumentSync"] == {"openClose": True, "change": 2, "save": True}
    assert found["positionEncoding"] == "utf-16"
    assert found["diagnosticProvider"]["workspaceDiagnostics"] is True
    assert set(found["codeActionProvider"]["codeActionKinds"]) == {
        "quickfix",
        "source.fixAll.reportlint",
        "refactor.rewrite",
    }
    for provider in ("hover", "documentSymbol", "foldingRange", "selectionRange", "completion", "inlayHint"):
        assert found[f"{provider}Provider"] is not None
    assert client.stop() == 0


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 8), ("utf-16", 4), ("utf-32", 2)])
def test_positions_are_in_the_units_agreed_on(start: Start, tmp_path: Path, encoding: str, column: int) -> None:
    client = start()
    result = client.initialize([tmp_path], {"general": {"positionEncodings": [encoding]}})
    assert result["capabilities"]["positionEncoding"] == encoding
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, DRAFT)
    (typo,) = by_code(client.diagnostics(uri), "TYP001")
    width = {"utf-8": 6, "utf-16": 2, "utf-32": 2}[encoding]
    assert typo["range"] == {"start": {"line": 2, "character": column}, "end": {"line": 2, "character": column + width}}


def test_published_diagnostics(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path])
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, DRAFT, version=7)
    note = client.note("textDocument/publishDiagnostics")
    assert (note["uri"], note["version"]) == (uri, 7)
    found = note["diagnostics"]
    (comma,) = by_code(found, "PUN001")
    assert comma["range"] == where(DRAFT, ",")
    assert (comma["severity"], comma["source"], comma["data"]["fix"]) == (2, "reportlint", "safe")
    assert by_code(found, "STR008")[0]["severity"] == 3
    gaps = by_code(found, "NUM001")
    assert [g["range"] for g in gaps] == [where(DRAFT, "三是"), where(DRAFT, "三、")]
    assert gaps[0]["severity"] == 1
    page = Path(gaps[0]["codeDescription"]["href"].removeprefix("file://"))
    # The pages are written when the first findings are out.
    until = time.monotonic() + 60
    while not page.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert page.read_text(encoding="utf-8").startswith("# NUM001 sequence-gap")


def test_incremental_edits_and_versions(server: tuple[Client, str]) -> None:
    client, uri = server
    client.change(uri, 2, {"range": where(DRAFT, "布署"), "text": "部署"})
    assert not by_code(client.diagnostics(uri, 2), "TYP001")
    # Into the middle of a pair and out again: two changes in one message.
    start = position(DRAFT, DRAFT.index("布署"))
    cut = {"line": start["line"], "character": start["character"] - 1}
    behind = {"line": cut["line"], "character": cut["character"] + 1}
    client.change(
        uri, 3, {"range": {"start": cut, "end": cut}, "text": "x"}, {"range": {"start": cut, "end": behind}, "text": ""}
    )
    found = client.diagnostics(uri, 3)
    assert by_code(found, "NUM001")[0]["range"] == where(DRAFT, "三是")
    client.change(uri, 4, {"text": "收官\U00020bb7布署。"})
    (typo,) = by_code(client.diagnostics(uri, 4), "TYP001")
    assert typo["range"]["start"] == {"line": 0, "character": 4}


def test_only_the_last_of_many_edits_is_told(server: tuple[Client, str]) -> None:
    client, uri = server
    for version in range(2, 42):
        client.change(
            uri,
            version,
            {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "甲"},
        )
    versions = []
    while not versions or versions[-1] != 41:
        versions.append(client.note("textDocument/publishDiagnostics")["version"])
    assert versions == sorted(versions)
    assert len(versions) < 40


def test_pulled_diagnostics(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path], PULL)
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, DRAFT)
    what = {"textDocument": {"uri": uri}}
    first = client.request("textDocument/diagnostic", what)
    assert first["kind"] == "full"
    assert by_code(first["items"], "TYP001")[0]["range"] == where(DRAFT, "布署")
    again = client.request("textDocument/diagnostic", what | {"previousResultId": first["resultId"]})
    assert again == {"kind": "unchanged", "resultId": first["resultId"]}
    client.change(uri, 2, {"range": where(DRAFT, "布署"), "text": "部署"})
    changed = client.request("textDocument/diagnostic", what | {"previousResultId": first["resultId"]})
    assert changed["kind"] == "full"
    assert not by_code(changed["items"], "TYP001")
    assert client.request("textDocument/diagnostic", {"textDocument": {"uri": "file:///none.txt"}})["items"] == []
    client.quiet(0.3)
    assert not [n for n in client.notes if n["method"] == "textDocument/publishDiagnostics"]


def test_the_whole_folder(start: Start, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes("布署工作。".encode("gb18030"))
    (tmp_path / "乙.md").write_text("# 题\n\n部署工作。\n", encoding="utf-8")
    (tmp_path / "存档").mkdir()
    (tmp_path / "存档" / "旧.txt").write_text("布署工作。", encoding="utf-8")
    (tmp_path / ".reportlint.yaml").write_text("exclude: [存档/]\n", encoding="utf-8")
    client = start()
    client.initialize([tmp_path], PULL)
    opened = (tmp_path / "丙.txt").as_uri()
    (tmp_path / "丙.txt").write_text("", encoding="utf-8")
    client.open(opened, "挂起沟来。", version=5)
    report = client.request("workspace/diagnostic", {"previousResultIds": []})
    items = {i["uri"]: i for i in report["items"]}
    assert sorted(items) == sorted([opened, (tmp_path / "甲.txt").as_uri(), (tmp_path / "乙.md").as_uri()])
    assert by_code(items[(tmp_path / "甲.txt").as_uri()]["items"], "TYP001")
    assert by_code(items[opened]["items"], "TYP001")
    assert items[opened]["version"] == 5
    before = [{"uri": u, "value": i["resultId"]} for u, i in items.items()]
    (tmp_path / "甲.txt").write_text("部署全年各项工作。", encoding="utf-8")
    (tmp_path / "乙.md").unlink()
    again = {i["uri"]: i for i in client.request("workspace/diagnostic", {"previousResultIds": before})["items"]}
    assert again[opened]["kind"] == "unchanged"
    assert again[(tmp_path / "甲.txt").as_uri()]["kind"] == "full"
    assert again[(tmp_path / "乙.md").as_uri()]["items"] == []


def actions(client: Client, uri: str, at: dict[str, Any], only: list[str] | None = None) -> list[dict[str, Any]]:
    context: dict[str, Any] = {"diagnostics": []} | ({"only": only} if only else {})
    found: list[dict[str, Any]] = client.request(
        "textDocument/codeAction", {"textDocument": {"uri": uri}, "range": at, "context": context}
    )
    return found


def test_quick_fixes(server: tuple[Client, str]) -> None:
    client, uri = server
    (fix,) = [a for a in actions(client, uri, where(DRAFT, "布署"), ["quickfix"]) if "改为" in a["title"]]
    assert fix["isPreferred"] is True
    assert fix["diagnostics"][0]["code"] == "TYP001"
    change = fix["edit"]["documentChanges"][0]
    assert change["textDocument"] == {"uri": uri, "version": 1}
    assert applied(DRAFT, change["edits"]) == DRAFT.replace("布署", "部署")
    (unsafe,) = [a for a in actions(client, uri, where(DRAFT, "三是"), ["quickfix"]) if "改为" in a["title"]]
    assert unsafe["isPreferred"] is False
    assert "请核对" in unsafe["title"]


def test_fix_all(server: tuple[Client, str]) -> None:
    client, uri = server
    everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    for only in ("source.fixAll", "source.fixAll.reportlint", "source"):
        (action,) = actions(client, uri, everywhere, [only])
        assert action["kind"] == "source.fixAll.reportlint"
        fixed = applied(DRAFT, action["edit"]["documentChanges"][0]["edits"])
        assert fixed == DRAFT.replace("布署", "部署").replace(",", "，")
    assert not actions(client, uri, everywhere, ["source.organizeImports"])
    client.answers["workspace/applyEdit"] = lambda _: {"applied": True}
    client.request("workspace/executeCommand", {"command": "reportlint.fixAll", "arguments": [uri]})
    edit = client.wait_asked("workspace/applyEdit")["edit"]
    assert applied(DRAFT, edit["documentChanges"][0]["edits"]) == DRAFT.replace("布署", "部署").replace(",", "，")


def titled(found: list[dict[str, Any]], part: str) -> dict[str, Any]:
    (action,) = [a for a in found if part in a["title"]]
    return action


def test_accept_a_word(server: tuple[Client, str], tmp_path: Path) -> None:
    client, uri = server
    action = titled(actions(client, uri, where(DRAFT, "布署")), "认可“布署”")
    workspace_edit(action["edit"])
    config = tmp_path / ".reportlint.yaml"
    assert config.read_text(encoding="utf-8") == "accept:\n  - 布署\n"
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": config.as_uri(), "type": 1}]})
    assert not by_code(client.diagnostics(uri, 1), "TYP001")


def test_ignore_a_rule_in_a_file_and_in_a_folder(server: tuple[Client, str], tmp_path: Path) -> None:
    client, uri = server
    config = tmp_path / ".reportlint.yaml"
    config.write_text("# 本局\nignore: [NUM008]  # 一项\n", encoding="utf-8")
    changed = {"changes": [{"uri": config.as_uri(), "type": 2}]}
    client.notify("workspace/didChangeWatchedFiles", changed)
    found = client.diagnostics(uri, 1)
    assert by_code(found, "TYP001")
    workspace_edit(titled(actions(client, uri, where(DRAFT, "布署")), "本文件不查 TYP001")["edit"])
    client.notify("workspace/didChangeWatchedFiles", changed)
    found = client.diagnostics(uri, 1)
    assert not by_code(found, "TYP001")
    assert by_code(found, "PUN001")
    workspace_edit(titled(actions(client, uri, where(DRAFT, ",")), "本文件夹不查 PUN001")["edit"])
    client.notify("workspace/didChangeWatchedFiles", changed)
    assert not by_code(client.diagnostics(uri, 1), "PUN001")
    text = config.read_text(encoding="utf-8")
    assert text == '# 本局\nignore: [NUM008, PUN001]  # 一项\nper-file-ignores:\n  "/总结.txt": [TYP001]\n'


def test_ignore_a_rule_here_in_markdown(start: Start) -> None:
    client = start()
    client.initialize()
    text = "# 𠮷县工作总结\r\n\r\n布署工作,很好。\r\n\r\n| 布署 | 乙 |\r\n"
    uri = "untitled:Untitled-1"
    client.open(uri, text, "markdown")
    found = client.diagnostics(uri)
    assert len(by_code(found, "TYP001")) == 2
    action = titled(actions(client, uri, where(text, "布署")), "此处不查 TYP001")
    after = applied(text, action["edit"]["documentChanges"][0]["edits"])
    assert "\r\n\r\n<!-- reportlint-disable-next-line TYP001 -->\r\n布署工作" in after
    client.change(uri, 2, {"text": after})
    found = client.diagnostics(uri, 2)
    assert len(by_code(found, "TYP001")) == 1
    action = titled(actions(client, uri, where(after, ",很")), "此处不查 PUN001")
    after = applied(after, action["edit"]["documentChanges"][0]["edits"])
    assert "<!-- reportlint-disable-next-line TYP001, PUN001 -->" in after
    client.change(uri, 3, {"text": after})
    assert not by_code(client.diagnostics(uri, 3), "PUN001")
    at = after.index("| 布署") + 2
    cell = {"start": position(after, at), "end": position(after, at)}
    action = titled(actions(client, uri, cell), "此处不查 TYP001")
    after = applied(after, action["edit"]["documentChanges"][0]["edits"])
    assert after.endswith("| 布署 | 乙 | <!-- reportlint-disable-line TYP001 -->\r\n")
    client.change(uri, 4, {"text": after})
    assert not by_code(client.diagnostics(uri, 4), "TYP001")


def test_a_client_that_cannot_create_files(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize(
        [tmp_path], {"workspace": {"workspaceEdit": {"documentChanges": False, "resourceOperations": []}}}
    )
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, DRAFT)
    client.diagnostics(uri)
    found = actions(client, uri, where(DRAFT, "布署"))
    fix = next(a for a in found if "改为" in a["title"])
    assert list(fix["edit"]["changes"]) == [uri]
    command = titled(found, "认可")["command"]
    client.request("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})
    assert (tmp_path / ".reportlint.yaml").read_text(encoding="utf-8") == "accept:\n  - 布署\n"
    assert not by_code(client.diagnostics(uri), "TYP001")


def test_hover(server: tuple[Client, str]) -> None:
    client, uri = server
    at = where(DRAFT, "三是")["start"]
    found = client.request("textDocument/hover", {"textDocument": {"uri": uri}, "position": at})
    assert found["range"] == where(DRAFT, "三是")
    assert found["contents"]["kind"] == "markdown"
    for part in ("**NUM001**", "sequence-gap", "为什么", "怎么改", "二是"):
        assert part in found["contents"]["value"]
    client.change(uri, 2, {"text": "1.𠮷甲工作。\r\n2、乙工作。\r\n3.丙工作。\r\n"})
    found = client.request(
        "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 0}}
    )
    assert "**依据**　GB/T 9704-2012" in found["contents"]["value"]
    nothing = {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 4}}
    assert client.request("textDocument/hover", nothing) is None


def test_document_symbols(server: tuple[Client, str]) -> None:
    client, uri = server
    found = client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert [s["name"] for s in found] == ["𠮷县2025年工作总结", "一、😀主要工作", "三、下一步打算"]
    assert [s["name"] for s in found[1]["children"]] == ["一是抓学习", "三是抓落实"]
    assert [s["name"] for s in found[2]["children"]][1] == "（二）抓好𠮷县收官"
    assert found[1]["selectionRange"] == where(DRAFT, "一、😀主要工作")
    assert found[1]["range"]["end"] == position(DRAFT, DRAFT.index("\r\n三、"))


def test_flat_symbols(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path], {"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": False}}})
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, DRAFT)
    found = client.request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    assert found[2]["name"] == "一是抓学习"
    assert found[2]["containerName"] == "一、😀主要工作"


def test_folding(server: tuple[Client, str]) -> None:
    client, uri = server
    found = client.request("textDocument/foldingRange", {"textDocument": {"uri": uri}})
    assert [(f["startLine"], f["endLine"]) for f in found] == [(1, 2), (3, 5)]


def test_selection_ranges(server: tuple[Client, str]) -> None:
    client, uri = server
    at = position(DRAFT, DRAFT.index("收官"))
    (found,) = client.request("textDocument/selectionRange", {"textDocument": {"uri": uri}, "positions": [at]})
    shown = []
    while found:
        low, high = (offset_of(DRAFT, found["range"][side]) for side in ("start", "end"))
        shown.append(DRAFT[low:high])
        found = found.get("parent")
    assert shown[0] == "（二）抓好𠮷县收官"
    assert shown[1] == "（二）抓好𠮷县收官。"
    assert shown[-2].startswith("三、下一步打算\r\n（一）")
    assert shown[-1] == DRAFT
    assert all(inner in outer for inner, outer in pairwise(shown))


def labels(client: Client, uri: str, at: dict[str, int]) -> list[str]:
    found = client.request("textDocument/completion", {"textDocument": {"uri": uri}, "position": at})
    return [item["label"] for item in found or []]


def test_completion_of_the_next_ordinal(start: Start) -> None:
    client = start()
    client.initialize()
    uri = "untitled:1"
    client.open(uri, "𠮷县工作总结\r\n一、主要工作\r\n抓好三个方面工作：\r\n")
    assert labels(client, uri, {"line": 2, "character": 9}) == ["一是"]
    client.change(uri, 2, {"text": "一、主要工作\r\n𠮷抓好三个方面工作：一是抓学习；\r\n"})
    assert labels(client, uri, {"line": 1, "character": 17}) == ["二是"]
    client.change(uri, 3, {"text": "一、主要工作\r\n𠮷抓好三个方面工作：一是抓学习；二\r\n"})
    found = client.request(
        "textDocument/completion", {"textDocument": {"uri": uri}, "position": {"line": 1, "character": 18}}
    )
    assert found[0]["label"] == "二是"
    assert found[0]["textEdit"]["range"] == {"start": {"line": 1, "character": 17}, "end": {"line": 1, "character": 18}}
    text = "工作总结\n一、主要工作\n（一）抓学习。\n1.抓制度。\n"
    client.change(uri, 4, {"text": text})
    assert labels(client, uri, {"line": 4, "character": 0})[:4] == ["2.", "（二）", "二、", "（1）"]
    client.change(uri, 5, {"text": text + "（"})
    assert labels(client, uri, {"line": 4, "character": 1}) == ["（二）", "（1）"]


def test_completion_of_headings_that_are_wanted(start: Start) -> None:
    client = start()
    client.initialize()
    uri = "untitled:1"
    text = "某局2025年工作总结\n一、工作完成情况\n完成了任务。\n"
    client.open(uri, text)
    found = labels(client, uri, {"line": 3, "character": 0})
    assert "二、存在的问题" in found
    assert "二、下一步打算" in found
    client.change(uri, 2, {"text": text + "二、存在的问题\n问题不少。\n"})
    found = labels(client, uri, {"line": 5, "character": 0})
    assert "三、下一步打算" in found
    assert not [label for label in found if "存在" in label]


def test_renumbering(server: tuple[Client, str]) -> None:
    client, uri = server
    (action,) = actions(client, uri, where(DRAFT, "三是"), ["refactor.rewrite"])
    after = applied(DRAFT, action["edit"]["documentChanges"][0]["edits"])
    assert after == DRAFT.replace("三是", "二是")
    (action,) = actions(client, uri, where(DRAFT, "三、"), ["refactor"])
    assert applied(DRAFT, action["edit"]["documentChanges"][0]["edits"]) == DRAFT.replace("三、", "二、")
    assert not actions(client, uri, where(DRAFT, "（二）"), ["refactor.rewrite"])
    text = "𠮷\r\n（三）甲。\r\n（三）乙。\r\n（一）丙。\r\n（十）丁。\r\n"
    client.change(uri, 2, {"text": text})
    client.diagnostics(uri, 2)
    (action,) = actions(client, uri, where(text, "乙"), ["refactor.rewrite"])
    after = applied(text, action["edit"]["documentChanges"][0]["edits"])
    assert after == "𠮷\r\n（一）甲。\r\n（二）乙。\r\n（三）丙。\r\n（四）丁。\r\n"


def test_inlay_hints(start: Start) -> None:
    client = start()
    client.initialize()
    uri = "untitled:1"
    text = "𠮷重点抓好以下三个方面：一是抓学习；二是抓落实。\n"
    client.open(uri, text)
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    (hint,) = client.request("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole})
    assert hint["position"] == where(text, "三个方面")["end"]
    assert "2" in hint["label"]
    client.change(uri, 2, {"range": where(text, "三个"), "text": "两个"})
    assert client.request("textDocument/inlayHint", {"textDocument": {"uri": uri}, "range": whole}) == []


def test_a_request_for_a_document_that_is_not_open(start: Start) -> None:
    client = start()
    client.initialize()
    where_ = {"textDocument": {"uri": "file:///none.txt"}, "position": {"line": 0, "character": 0}}
    assert client.request("textDocument/hover", where_) is None
    assert client.request("textDocument/documentSymbol", where_) is None
    with pytest.raises(LspError):
        client.request("workspace/executeCommand", {"command": "none"})
