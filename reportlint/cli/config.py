"""`reportlint config`: what holds for a file and where it is said; the JSON Schema of the configuration."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from reportlint.config import Config, Given, profile_of
from reportlint.visible import visible

if TYPE_CHECKING:
    from reportlint.configfile import Layer
    from reportlint.configvalues import Atom

_WORDS = {
    "zh": {
        "files": "配置文件（后面的优先）：", "none": "没有配置文件，全部用缺省值", "key": "键", "value": "值",
        "from": "来自", "default": "缺省", "found": "自动找到",
    },
    "en": {
        "files": "configuration files (the later wins):", "none": "no configuration file: defaults only", "key": "key",
        "value": "value", "from": "from", "default": "default", "found": "found",
    },
}  # fmt: skip
_NOTHING = {
    "zh": {"select": "默认的全部规则", "profile": "自动识别", "exclude": "不排除", "encoding": "自动识别"},
    "en": {"select": "all on by default", "profile": "recognised", "exclude": "not excluded", "encoding": "recognised"},
}
_NO_BASELINE = {"zh": "无", "en": "none"}


class _Row(NamedTuple):
    """One value that holds, and where it stands; None for a default."""

    key: str
    value: str
    at: Atom | None = None
    found: bool = False


@click.group("config")
def command() -> None:
    """显示对某个文件起作用的配置；输出配置的 JSON Schema。"""


@command.command("show")
@click.argument("file", metavar="FILE", type=click.Path())
@click.option("--config", "config_file", metavar="FILE", type=click.Path(), help="用这个配置文件，不用找到的")
@click.option(
    "--output-format", type=click.Choice(("text", "json")), default="text", show_default=True, help="输出格式"
)
@click.option("--lang", type=click.Choice(("zh", "en")), help="说明的语言，缺省按配置")
def show(file: str, config_file: str | None, output_format: str, lang: str | None) -> None:
    """显示对一个文件起作用的配置，以及每个值写在哪里。文件不必存在。

    Show what holds for a file, and where each value comes from.
    """
    config = Config(Given(language=lang), config_file)
    settings = config.settings(file)
    config.validate(file)
    layers = config.layers(file)
    rows = list(_rows(config, layers, file))
    if output_format == "json":
        click.echo(json.dumps(_as_json(file, layers, rows), ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    words = _WORDS[settings.options.language]
    console = Console(highlight=False)
    console.print(Text(visible(file), "bold"))
    console.print(Text(words["files"] if layers else words["none"]))
    for layer in layers:
        console.print(Text(f"  {visible(layer.path)}"))
    console.print()
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(words["key"], no_wrap=True)
    table.add_column(words["value"], overflow="fold")
    table.add_column(words["from"], overflow="fold")
    language = settings.options.language
    nothing = _NOTHING[language]
    last = ""
    for row in rows:
        place = _place(row.at) if row.at else words["found" if row.found else "default"]
        value = row.value or nothing.get(row.key, _NO_BASELINE[language])
        dim = "" if row.at or row.found else "dim"
        table.add_row(row.key if row.key != last else "", Text(visible(value), dim), Text(visible(place), dim))
        last = row.key
    console.print(table)


@command.command("schema")
def schema() -> None:
    """输出配置文件的 JSON Schema，供编辑器补全和检查。Print the JSON Schema of the configuration."""
    from reportlint.schema import config_schema

    click.echo(json.dumps(config_schema(), ensure_ascii=False, indent=2))


def _place(atom: Atom) -> str:
    return f"{atom.at.path}:{atom.at.line}"


def _rows(config: Config, layers: tuple[Layer, ...], file: str) -> Iterator[_Row]:
    """What holds for a file, in the order of the table of keys; a key that nothing is said of by its default."""
    from reportlint.configkeys import KEYS
    from reportlint.located import shown_path

    path = os.path.abspath(file)
    settings = config.settings(file)
    for key, about in KEYS.items():
        if key in ("root", "extends", "profiles"):
            continue
        rows: list[_Row] = []
        if key == "profile":
            atom = profile_of(layers, path)
            rows = [_Row(key, atom.value + (f"  ({atom.name})" if atom.name else ""), atom)] if atom else []
        elif key == "per-file-ignores":
            fitting = [a for layer in layers for a in layer.fitting(key, path)]
            rows = [_Row(key, f"{a.value}  ({a.name})", a) for a in fitting]
            if not rows:
                continue
        elif key == "exclude":
            atom = config.excluded(path)
            rows = [_Row(key, atom.value, atom)] if atom else []
        elif key == "severity":
            nearest = {a.name: a for layer in layers for a in layer.atoms.get(key, ())}
            rows = [_Row(key, f"{name}: {a.value}", a) for name, a in sorted(nearest.items())]
        elif about.joins:
            rows = [_Row(key, a.value, a) for layer in layers for a in layer.atoms.get(key, ())]
        else:
            said = next((layer.atoms[key] for layer in reversed(layers) if layer.atoms.get(key)), ())
            rows = [_Row(key, a.value, a) for a in said]
        if about.type in ("path", "paths"):
            rows = [row._replace(value=shown_path(row.value)) for row in rows]
        if key == "baseline" and not rows and settings.baseline:
            rows = [_Row(key, shown_path(settings.baseline), None, True)]
        if not rows and about.joins and key != "exclude":
            continue
        yield from rows or [_Row(key, about.default if key != "baseline" else "")]


def _as_json(file: str, layers: tuple[Layer, ...], rows: list[_Row]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for row in rows:
        at = {"file": row.at.at.path, "line": row.at.at.line} if row.at else None
        value = (f"{row.at.name}: {row.at.value}" if row.key == "severity" else row.at.value) if row.at else row.value
        entry: dict[str, Any] = {"value": value or None, "from": at}
        if row.at and row.at.name and row.key != "severity":
            entry["pattern"] = row.at.name
        values.setdefault(row.key, []).append(entry)
    return {"filename": file, "files": [layer.path for layer in layers], "settings": values}
