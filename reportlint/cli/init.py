"""`reportlint init`: a configuration file with everything in it explained and nothing of it in force."""

from __future__ import annotations

import os

import click

from reportlint.config import NAMES
from reportlint.configkeys import KEYS
from reportlint.model import ReportlintError
from reportlint.visible import trouble, visible

_HEAD = {
    "zh": """\
# reportlint 的配置。本文件所在文件夹及其下级的文稿都适用；下级文件夹另有配置的，同一个键以近的为准，
# 标有“累加”的键则合起来用。去掉行首的“# ”即可启用；reportlint config show 文件 显示实际起作用的配置。
""",
    "en": """\
# The configuration of reportlint: it holds for the drafts in this folder and below. Where a folder below has one
# too, the nearer counts for each key; keys marked “adds up” hold together. Take away the “# ” in front of a key to
# use it; reportlint config show FILE shows what holds for a file.
""",
}
_JOINS = {"zh": "（累加）", "en": " (adds up)"}


@click.command("init")
@click.argument("folder", default=".", metavar="[FOLDER]", type=click.Path())
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="说明文字的语言")
def command(folder: str, lang: str) -> None:
    """在文件夹（缺省为当前文件夹）中写一份带说明的 .reportlint.yaml。已有配置文件的，不覆盖。

    Write a commented configuration file; never over one that is there.
    """
    path = os.path.join(folder, NAMES[0]).removeprefix(f".{os.sep}")
    for name in NAMES[:2]:
        there = os.path.join(folder, name).removeprefix(f".{os.sep}")
        if os.path.lexists(there):
            raise ReportlintError(f"{visible(there)}: 已有配置文件，没有改动 (exists already; nothing was written)")
    try:
        # "x": of two at once, the second fails.
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(template(lang))
    except OSError as error:
        raise ReportlintError(f"{visible(path)}: {trouble('无法写出', 'cannot be written', error)}") from None
    click.echo(f"已写出 {visible(path)}" if lang == "zh" else f"Wrote {visible(path)}")


def template(lang: str) -> str:
    """The text of the file, made from the table of keys."""
    blocks = [_HEAD[lang]]
    for name, key in KEYS.items():
        blocks.append(f"# {key.doc[lang]}{_JOINS[lang] if key.joins else ''}\n# {name}: {key.example}\n")
    return "\n".join(blocks)
