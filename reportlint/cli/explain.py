"""`reportlint explain`: one rule, what it checks and why."""

from __future__ import annotations

import os
from typing import Any

import click

from reportlint.engine import documented
from reportlint.located import suggest
from reportlint.model import ReportlintError
from reportlint.resources import data_path
from reportlint.rules import Example, Rule

_WORDS = {
    "zh": {
        "what": "检查什么", "why": "为什么", "standard": "依据", "remedy": "怎么改", "bad": "错误示例", "good": "正确示例",
        "fixed": "改为", "none": "无", "safe": "有可自动修正的改法", "unsafe": "有修正建议，须核对", "off": "默认不启用，用 --select 选用",
    },
    "en": {
        "what": "What it does", "why": "Why", "standard": "Standard", "remedy": "What to do", "bad": "Bad", "good": "Good",
        "fixed": "fixed", "none": "none", "safe": "has a safe fix", "unsafe": "has a suggestion to be checked", "off": "off unless selected",
    },
}  # fmt: skip
_SEVERITIES = {"zh": {"error": "错误", "warning": "警告", "info": "提示"}, "en": {}}


@click.command("explain")
@click.argument("code")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="说明的语言")
def command(code: str, lang: str) -> None:
    """说明一条规则：检查什么、为什么、依据、正误示例、怎么改。

    Explain one rule.
    """
    rules = {r.code: r for r in documented().rules}
    wanted = code.upper()
    rule = rules.get(wanted) or next((r for r in rules.values() if r.name == code.lower()), None)
    if rule is None:
        hint = suggest(wanted, tuple(rules))
        raise ReportlintError(f"没有规则“{code}”{hint}；全部规则见 reportlint rules list (no such rule)")
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    words = _WORDS[lang]
    console = Console(highlight=False)
    label = _SEVERITIES[lang].get(rule.severity.label, rule.severity.label)
    console.print(Text.assemble((rule.code, "bold"), "  ", rule.name, "  ", (label, "bold yellow")))
    notes = [] if rule.default else [words["off"]]
    if _has_fix(rule):
        notes.append(words["safe"] if rule.safe else words["unsafe"])
    if notes:
        console.print(Text("；".join(notes) if lang == "zh" else "; ".join(notes), "dim"))
    texts = load_explanation(rule.code)
    for part in ("what", "why", "standard", "remedy"):
        text = texts.get(part)
        if text is None:
            continue
        console.print()
        console.print(Text(words[part], "bold"))
        console.print(Padding(Text(text if isinstance(text, str) else text[lang]), (0, 0, 0, 2)))
    for key, wanted_spans in (("bad", True), ("good", False)):
        examples = [e for e in rule.examples if bool(e.spans) is wanted_spans][:3]
        console.print()
        console.print(Text(words[key], "bold"))
        for example in examples:
            console.print(Padding(_shown(example, words["fixed"]), (0, 0, 0, 2)))


def _has_fix(rule: Rule) -> bool:
    return rule.safe or any(e.fixed is not None for e in rule.examples)


def _shown(example: Example, fixed: str) -> Any:
    from rich.text import Text

    text = Text(example.text)
    for start, end in example.spans:
        text.stylize("bold red underline", start, max(end, start + 1))
    if example.fixed is not None:
        text.append(f"\n{fixed}：", "dim")
        text.append(example.fixed, "green")
    return text


def load_explanation(code: str) -> dict[str, Any]:
    """The explanation of a rule, empty where none is written: `what`, `why` and `remedy` in zh and en, `standard`."""
    import yaml

    folder = data_path("rules", "explain")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            texts: dict[str, Any] = yaml.safe_load(file)
        if code in texts:
            found: dict[str, Any] = texts[code]
            return found
    return {}
