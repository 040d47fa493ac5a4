"""`reportlint rules`: the list of rules, and their examples run as tests."""

from __future__ import annotations

import json
import os
import sys

import click

from reportlint.api import documented_with
from reportlint.cli import fail
from reportlint.config import Config
from reportlint.engine import Ruleset, documented
from reportlint.model import ReportlintError
from reportlint.rules import Rule, pack_names
from reportlint.ruletest import run_examples
from reportlint.visible import visible


@click.group("rules")
def command() -> None:
    """列出规则；运行规则包自带的示例。"""


@command.command("list")
@click.option(
    "--output-format", type=click.Choice(("text", "json")), default="text", show_default=True, help="输出格式"
)
@click.option("--config", metavar="FILE", type=click.Path(), help="用这个配置文件中的规则包，不用找到的")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="说明的语言")
def list_rules(output_format: str, config: str | None, lang: str) -> None:
    """列出全部规则，包括配置中自编的。List every rule, those of your own packs included."""
    rules = documented_with(Config(file=config)).rules
    if output_format == "json":
        table = [
            {
                "code": r.code,
                "rule": r.name,
                "severity": r.severity.label,
                "default": r.default,
                "fix": fix_of(r),
            }
            for r in rules
        ]
        click.echo(json.dumps(table, ensure_ascii=False, indent=2))
        return
    from rich.console import Console
    from rich.table import Table

    from reportlint.explanations import what
    from reportlint.render.words import severity_name

    names = ("代码", "级别", "改法", "检查什么") if lang == "zh" else ("code", "severity", "fix", "what")
    table_ = Table(*names[:-1], box=None, pad_edge=False, header_style="bold")
    table_.add_column(names[-1], overflow="fold")
    for rule in rules:
        level = severity_name(rule.severity, lang) + ("" if rule.default else "*")
        fixes = {"safe": "确定", "unsafe": "建议"} if lang == "zh" else {}
        fix = fix_of(rule) or ""
        told = what(rule.code, rule.message[lang][""], lang)
        table_.add_row(rule.code, level, fixes.get(fix, fix), f"{rule.name}  {told}")
    console = Console(highlight=False)
    console.print(table_)
    console.print("* 默认不启用，用 --select 选用" if lang == "zh" else "* off unless selected", style="dim")


def fix_of(rule: Rule) -> str | None:
    """Whether a rule has a fix: safe, unsafe or None."""
    if not any(e.fixed is not None for e in rule.examples):
        return None
    return "safe" if rule.safe else "unsafe"


@command.command("test")
@click.argument("packs", nargs=-1, metavar="[PACK]...", type=click.Path())
def test_rules(packs: tuple[str, ...]) -> None:
    """运行规则包里的示例，缺省为自带的全部规则包。Run the examples inside the packs."""
    from reportlint.checks import KINDS
    from reportlint.resources import data_path
    from reportlint.rules import load_pack

    folder = data_path("rules")
    paths = [path for p in packs for path in _pack_paths(p, folder)] or _packs_in(folder)
    failed = run = 0
    for path in paths:
        rules = load_pack(path, KINDS)
        count, problems = run_examples(Ruleset(tuple(rules), documented().profiles))
        run += count
        failed += len(problems)
        for problem in problems:
            fail(problem)
    click.echo(f"{run} 个示例，{failed} 个不符 ({run} examples, {failed} failed)")
    sys.exit(1 if failed else 0)


@command.command("schema")
def schema() -> None:
    """输出规则包的 JSON Schema，供编辑器补全和检查。Print the JSON Schema of a pack."""
    from reportlint.schema import pack_schema

    click.echo(json.dumps(pack_schema(), ensure_ascii=False, indent=2))


def _packs_in(folder: str) -> list[str]:
    return sorted(os.path.join(folder, n) for n in pack_names(folder))


def _pack_paths(name: str, folder: str) -> list[str]:
    """The packs that a name means: a file, those of a folder as `packs` of a configuration takes it, a shipped one."""
    for path in (name, os.path.join(folder, name), os.path.join(folder, f"{name}.yaml")):
        if os.path.isfile(path):
            return [path]
    inside = _packs_in(name) if os.path.isdir(name) else []
    if inside:
        return inside
    known = "、".join(sorted(n.removesuffix(".yaml") for n in os.listdir(folder) if n.endswith(".yaml")))
    raise ReportlintError(f"{visible(name)}: 没有这个规则包；自带的有：{known} (no such pack)")
