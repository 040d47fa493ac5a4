"""`reportlint explain`: one rule, what it checks and why."""

from __future__ import annotations

from typing import Any

import click
import regex

from reportlint.api import documented_with
from reportlint.config import Config
from reportlint.engine import documented
from reportlint.explanations import load_explanation, what
from reportlint.located import suggest
from reportlint.model import ReportlintError
from reportlint.render.words import PARTS, severity_name
from reportlint.rules import CLOSE, OPEN, Example, Rule
from reportlint.visible import visible

_WORDS = {
    "ignore": {
        "zh": "不查这一条：--ignore {code}；只查这一条：--select {code}",
        "en": "without it: --ignore {code}; it alone: --select {code}",
    },
    "choose": {"zh": "连同这一条一起查：--select ALL,{code}", "en": "to turn it on: --select ALL,{code}"},
    "fixed": {"zh": "改为：", "en": "fixed: "},
    "safe": {"zh": "有确定的改法", "en": "has a safe fix"},
    "unsafe": {"zh": "有修改建议，须核对", "en": "has a suggestion to be checked"},
    "off": {"zh": "默认不启用，用 --select 选用", "en": "off unless selected"},
}


@click.command("explain")
@click.argument("code")
@click.option("--config", metavar="FILE", type=click.Path(), help="用这个配置文件中的规则包，不用找到的")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="说明的语言")
def command(code: str, config: str | None, lang: str) -> None:
    """说明一条规则：检查什么、为什么、依据、正误示例、怎么改、有什么选项。配置中自编的规则也可以。

    Explain one rule, also one of a pack of your own that the configuration names.
    """
    from rich.console import Console
    from rich.text import Text

    rule = _rule(code, config)
    console = Console(highlight=False)
    label = severity_name(rule.severity, lang)
    console.print(Text.assemble((rule.code, "bold"), "  ", rule.name, "  ", (label, "bold yellow")))
    notes = [] if rule.default else ["off"]
    if any(e.fixed is not None for e in rule.examples):
        notes.append("safe" if rule.safe else "unsafe")
    if notes:
        console.print(Text(("；" if lang == "zh" else "; ").join(_WORDS[n][lang] for n in notes), "dim"))
    texts = {**load_explanation(rule.code), "what": what(rule.code, rule.message[lang][""], lang)}
    for part in ("what", "why", "standard", "bad", "good", "remedy", "options"):
        if part == "options":
            own = texts.get(part)
            common = _WORDS["ignore" if rule.default else "choose"][lang].format(code=rule.code)
            shown = [*([Text(own[lang])] if own else []), Text(common)]
        elif part in ("bad", "good"):
            examples = [e for e in rule.examples if bool(e.spans) is (part == "bad")][:3]
            shown = [_shown(e, lang, console.no_color or not console.is_terminal) for e in examples]
        else:
            text = texts.get(part)
            shown = [] if text is None else [Text(text if isinstance(text, str) else text[lang])]
        if shown:
            console.print()
            console.print(Text(PARTS[part][lang], "bold"))
        for text in shown:
            for line in text.split("\n"):
                console.print(Text.assemble("  ", line))


def _rule(code: str, config: str | None) -> Rule:
    wanted = code.upper()
    rules: dict[str, Rule] = {}
    # A mistake in a configuration is no reason not to explain a rule that it has nothing to do with.
    for with_own in (False, True):
        known = documented_with(Config(file=config)) if with_own else documented()
        rules = {r.code: r for r in known.rules}
        rule = rules.get(wanted) or next((r for r in rules.values() if r.name == code.lower()), None)
        if rule is not None:
            return rule
    short = regex.fullmatch(r"([A-Z]+)0*(\d{1,3})", wanted)
    padded = f"{short[1]}{int(short[2]):03d}" if short else ""
    family = sorted(c for c in rules if len(wanted) > 1 and c.startswith(wanted))
    if family:
        raise ReportlintError(f"“{visible(code)}”不是完整的代码；这一类有{'、'.join(family)} (not a whole code)")
    hint = f"，是否为“{padded}”？" if padded in rules else suggest(wanted, tuple(rules)) or "；"
    raise ReportlintError(f"没有规则“{code}”{hint}全部规则见 reportlint rules list (no such rule)")


def _shown(example: Example, lang: str, plain: bool) -> Any:
    """An example with what is wrong in it marked: by colour, or by brackets where there is none."""
    from rich.text import Text

    text = Text(example.text.rstrip("\n"))
    for start, end in reversed(example.spans):
        text.stylize("bold red underline", start, max(end, start + 1))
        if plain:
            text = Text.assemble(text[:start], OPEN, text[start:end], CLOSE, text[end:]) if end > start else text
    if example.fixed is not None:
        text.append(f"\n{_WORDS['fixed'][lang]}", "dim")
        text.append(example.fixed.rstrip("\n"), "green")
    return text
