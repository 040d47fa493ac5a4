"""What holds for a document: settings of the client, configuration files, several folders; and all of it changing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportlint.lsp.settings import Settings, read
from tests.lsp.client import Client

Start = Callable[..., Client]
TEXT = "𠮷县工作通报\n布署工作,很好。\n"


def codes(found: list[dict[str, Any]]) -> set[str]:
    return {d["code"] for d in found}


@pytest.mark.parametrize(
    ("given", "settings"),
    [
        (None, Settings()),
        ({"settings": {"enable": "auto"}}, Settings("auto")),
        ({"settings": {"reportlint": {"select": "num, TYP001，PUN"}}}, Settings(select=("NUM", "TYP001", "PUN"))),
        (
            {"ignore": ["str"], "profile": " 讲话 ", "language": "en"},
            Settings(ignore=("STR",), profile="讲话", language="en"),
        ),
        ({"profile": "", "config": None, "run": "onSave", "trace": {"server": "off"}}, Settings(run="onSave")),
    ],
)
def test_settings(given: Any, settings: Settings) -> None:
    assert read(given) == (settings, [])


@pytest.mark.parametrize(
    "given", [{"enable": "yes"}, {"select": 3}, {"select": [3]}, {"language": "fr"}, {"run": True}]
)
def test_a_wrong_setting_counts_as_none(given: Any) -> None:
    found, wrong = read(given)
    assert found == Settings()
    assert len(wrong) == 1


def test_initial_settings(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path], options={"settings": {"select": ["TYP"], "language": "en"}})
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, TEXT)
    (finding,) = client.diagnostics(uri)
    assert finding["code"] == "TYP001"
    assert finding["message"].isascii() or "should be" in finding["message"] or "→" in finding["message"]


def test_settings_that_the_server_asks_for(start: Start, tmp_path: Path) -> None:
    client = start()
    client.settings = {"ignore": ["PUN"]}
    capabilities = {"workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}}}
    client.initialize([tmp_path], capabilities)
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, TEXT)
    assert codes(client.diagnostics(uri)) == {"TYP001"}
    client.settings = {"enable": False}
    client.notify("workspace/didChangeConfiguration", {"settings": None})
    assert client.diagnostics(uri) == []
    client.settings = {"enable": "auto"}
    client.notify("workspace/didChangeConfiguration", {"settings": None})
    assert client.diagnostics(uri) == []
    (tmp_path / ".reportlint.yaml").write_text("ignore: [TYP]\n", encoding="utf-8")
    client.notify(
        "workspace/didChangeWatchedFiles", {"changes": [{"uri": (tmp_path / ".reportlint.yaml").as_uri(), "type": 1}]}
    )
    assert codes(client.diagnostics(uri)) == {"PUN001"}


def test_settings_that_the_client_tells(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path])
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, TEXT)
    assert codes(client.diagnostics(uri)) == {"TYP001", "PUN001"}
    client.notify("workspace/didChangeConfiguration", {"settings": {"reportlint": {"select": "PUN001"}}})
    assert codes(client.diagnostics(uri)) == {"PUN001"}
    client.notify("workspace/didChangeConfiguration", {"settings": {"reportlint": {"language": "fr"}}})
    assert "reportlint.language" in client.note("window/showMessage")["message"]


def test_a_client_that_never_tells_its_settings(start: Start, tmp_path: Path) -> None:
    client = start()
    client.answers["workspace/configuration"] = lambda _: None
    client.initialize([tmp_path], {"workspace": {"configuration": True}})
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, TEXT)
    assert codes(client.diagnostics(uri)) == {"TYP001", "PUN001"}


def test_only_on_save(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path], options={"settings": {"run": "onSave"}})
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, "一切正常。")
    assert client.diagnostics(uri) == []
    client.change(uri, 2, {"text": TEXT})
    client.quiet(0.5)
    assert not client.notes
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert codes(client.diagnostics(uri, 2)) == {"TYP001", "PUN001"}


def test_only_on_save_where_the_client_asks(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path], {"textDocument": {"diagnostic": {}}}, {"settings": {"run": "onSave"}})
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, "一切正常。")
    what: dict[str, Any] = {"textDocument": {"uri": uri}}
    first = client.request("textDocument/diagnostic", what)
    what["previousResultId"] = first["resultId"]
    client.change(uri, 2, {"text": TEXT})
    assert client.request("textDocument/diagnostic", what)["kind"] == "unchanged"
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert codes(client.request("textDocument/diagnostic", what)["items"]) == {"TYP001", "PUN001"}


def test_two_folders_with_two_configurations(start: Start, tmp_path: Path) -> None:
    folders = [tmp_path / "甲", tmp_path / "乙"]
    for folder, ignored in zip(folders, ("PUN", "TYP"), strict=True):
        folder.mkdir()
        (folder / ".reportlint.yaml").write_text(f"ignore: [{ignored}]\n", encoding="utf-8")
    client = start()
    client.settings = lambda scope: {"language": "en"} if scope and scope.endswith(folders[1].as_uri()) else {}
    client.initialize(folders, {"workspace": {"configuration": True}})
    uris = [(folder / "a.txt").as_uri() for folder in folders]
    for uri in uris:
        client.open(uri, TEXT)
    (first,) = client.diagnostics(uris[0])
    (second,) = client.diagnostics(uris[1])
    assert (first["code"], second["code"]) == ("TYP001", "PUN001")
    assert "半角" not in second["message"]
    # One folder goes: what lies in it is checked by what is found on disk, no longer by the folder's settings.
    removed = [{"uri": folders[1].as_uri(), "name": "乙"}]
    client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": removed}})
    (second,) = client.diagnostics(uris[1])
    assert "半角" in second["message"]


def test_a_configuration_that_is_named(start: Start, tmp_path: Path) -> None:
    (tmp_path / "规则.yaml").write_text("select: [PUN001]\n", encoding="utf-8")
    client = start()
    client.initialize([tmp_path], options={"settings": {"config": "规则.yaml"}})
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, TEXT)
    assert codes(client.diagnostics(uri)) == {"PUN001"}
    watched = [
        w
        for _ in range(2)
        for r in client.wait_asked("client/registerCapability")["registrations"]
        for w in r["registerOptions"]["watchers"]
    ]
    assert {"baseUri": tmp_path.as_uri(), "pattern": "规则.yaml"} in [w["globPattern"] for w in watched]
    assert "**/.reportlint.yaml" in [w["globPattern"] for w in watched]
    (tmp_path / "规则.yaml").write_text("select: [TYP001]\n", encoding="utf-8")
    client.notify(
        "workspace/didChangeWatchedFiles", {"changes": [{"uri": (tmp_path / "规则.yaml").as_uri(), "type": 2}]}
    )
    assert codes(client.diagnostics(uri)) == {"TYP001"}


def test_a_named_configuration_that_is_missing(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path], options={"settings": {"config": "无.yaml"}})
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, TEXT)
    assert "无.yaml" in client.note("window/showMessage")["message"]
    assert client.diagnostics(uri) == []


def test_a_wrong_configuration_is_shown_where_it_is_wrong_and_said_once(start: Start, tmp_path: Path) -> None:
    config = tmp_path / ".reportlint.yaml"
    config.write_text("# 𠮷\nlanguage: 中文\nignore: [XYZ]\n", encoding="utf-8")
    client = start()
    client.initialize([tmp_path])
    uris = [(tmp_path / f"{n}.txt").as_uri() for n in (1, 2)]
    for uri in uris:
        client.open(uri, TEXT)
    said = client.note("window/showMessage")
    assert ".reportlint.yaml:2:11" in said["message"]
    for uri in uris:
        client.change(uri, 2, {"text": TEXT + "。"})
        assert client.diagnostics(uri, 2) == []
    client.quiet(0.3)
    assert not [n for n in client.notes if n["method"] == "window/showMessage"]
    changed = {"changes": [{"uri": config.as_uri(), "type": 2}]}
    config.write_text("language: zh\nignore: [XYZ]\n", encoding="utf-8")
    client.notify("workspace/didChangeWatchedFiles", changed)
    (mistake,) = client.note("textDocument/publishDiagnostics", lambda p: p["uri"] == config.as_uri())["diagnostics"]
    assert mistake["range"] == {"start": {"line": 1, "character": 9}, "end": {"line": 1, "character": 12}}
    config.write_text("ignore: [PUN]\n", encoding="utf-8")
    client.notify("workspace/didChangeWatchedFiles", changed)
    # Taken back as soon as no draft shows it any more.
    gone = "textDocument/publishDiagnostics", lambda p: p["uri"] == config.as_uri() and not p["diagnostics"]
    client.note(*gone)
    assert codes(client.diagnostics(uris[1], 2)) == {"TYP001"}


def test_packs_and_baselines_count_as_soon_as_they_change(start: Start, tmp_path: Path) -> None:
    pack = tmp_path / "规则" / "own.yaml"
    pack.parent.mkdir()
    rule = (
        "rules:\n  - code: ORG001\n    name: own\n    kind: pattern\n    severity: error\n"
        "    message: {{zh: 不用“{word}”, en: not “{word}”}}\n    params: {{patterns: [{{find: '{word}'}}]}}\n"
        "    examples:\n      - bad: ⟦{word}⟧。\n      - good: 好。\n"
    )
    pack.write_text(rule.format(word="很好"), encoding="utf-8")
    (tmp_path / ".reportlint.yaml").write_text("packs: [规则]\nselect: [ORG, TYP]\n", encoding="utf-8")
    client = start()
    client.initialize([tmp_path])
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, TEXT)
    found = client.diagnostics(uri)
    assert codes(found) == {"ORG001", "TYP001"}
    pack.write_text(rule.format(word="通报"), encoding="utf-8")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": pack.as_uri(), "type": 2}]})
    (own,) = [d for d in client.diagnostics(uri) if d["code"] == "ORG001"]
    assert own["range"]["start"]["line"] == 0
    baseline = tmp_path / ".reportlint-baseline.json"
    entry = {"file": "a.txt", "code": "TYP001", "text": "布署", "before": "", "after": "工作很好"}

    baseline.write_text(json.dumps({"version": 1, "findings": [entry]}), encoding="utf-8")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": baseline.as_uri(), "type": 1}]})
    assert codes(client.diagnostics(uri)) == {"ORG001"}


def test_a_client_that_does_not_watch(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path], {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": False}}})
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, TEXT)
    client.diagnostics(uri)
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    client.quiet(0.3)
    (tmp_path / ".reportlint.yaml").write_text("ignore: [PUN]\n", encoding="utf-8")
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert codes(client.diagnostics(uri)) == {"TYP001"}


def test_a_configuration_counts_as_it_is_in_the_editor(start: Start, tmp_path: Path) -> None:
    config = tmp_path / ".reportlint.yaml"
    config.write_text("ignore: [PUN]\n", encoding="utf-8")
    client = start()
    client.initialize([tmp_path])
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, TEXT)
    assert codes(client.diagnostics(uri)) == {"TYP001"}
    client.open(config.as_uri(), config.read_text(encoding="utf-8"), "yaml")
    end = {"line": 1, "character": 0}
    client.change(config.as_uri(), 2, {"range": {"start": end, "end": end}, "text": "accept: [布署]\n"})
    assert client.diagnostics(uri) == []
    # An action now edits what the editor has, and says so.
    client.change(uri, 2, {"text": TEXT + "挂起沟来。"})
    (typo,) = client.diagnostics(uri, 2)
    found = client.request(
        "textDocument/codeAction",
        {"textDocument": {"uri": uri}, "range": typo["range"], "context": {"diagnostics": []}},
    )
    (accept,) = [a for a in found if "认可" in a["title"]]
    change = accept["edit"]["documentChanges"][0]
    assert change["textDocument"]["version"] == 2
    assert change["edits"][0]["newText"].startswith(", ")
    client.close(config.as_uri())
    assert codes(client.diagnostics(uri)) == {"TYP001"}


def test_what_the_configuration_excludes_is_not_checked(start: Start, tmp_path: Path) -> None:
    (tmp_path / ".reportlint.yaml").write_text("exclude: [存档/]\n", encoding="utf-8")
    client = start()
    client.initialize([tmp_path])
    uri = (tmp_path / "存档" / "a.txt").as_uri()
    client.open(uri, TEXT)
    assert client.diagnostics(uri) == []


def test_a_selection_of_a_whole_draft_is_offered_fixes_but_nothing_that_silences(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path], options={"select": ["TYP001"]})
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, "某县工作通报\n" + "布署工作。\n" * 60)
    assert len(client.diagnostics(uri)) == 60
    titles = {}
    for last in (2, 61):
        selected = {"start": {"line": 1, "character": 0}, "end": {"line": last, "character": 0}}
        context = {"diagnostics": [], "only": ["quickfix"]}
        found = client.request(
            "textDocument/codeAction", {"textDocument": {"uri": uri}, "range": selected, "context": context}
        )
        titles[last] = [a["title"] for a in found]
    assert sum("改为" in t for t in titles[61]) == 60
    assert any("认可" in t for t in titles[2])
    assert not any("认可" in t or "不查" in t for t in titles[61])
