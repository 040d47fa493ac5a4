"""`reportlint outline`: the tree that the grammar yields."""

from __future__ import annotations

import sys

import click

from reportlint.api import Project, read_draft, recognised
from reportlint.config import Config, Given
from reportlint.discover import STDIN
from reportlint.draft import Draft
from reportlint.outline import Node, Outline
from reportlint.render.terminal import text_width
from reportlint.visible import visible

_SIGNS = {
    "title": "标题",
    "salutation": "称谓",
    "opening": "开头",
    "heading": "小标题",
    "closing": "结语",
    "option": "--profile",
}


@click.command("outline")
@click.argument("path", type=click.Path())
@click.option(
    "--format",
    "--output-format",
    "output_format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="输出格式",
)
@click.option("--profile", metavar="NAME", help="文种；缺省时自动识别")
@click.option("--encoding", metavar="NAME", help="文稿编码；缺省时自动识别")
@click.option("--stdin-filename", metavar="NAME", help="标准输入的文件名")
def command(
    path: str, output_format: str, profile: str | None, encoding: str | None, stdin_filename: str | None
) -> None:
    """显示文稿的层次结构、标题、称谓、结语，以及识别出的文种和依据。

    Show the outline of a draft, its genre and why.
    """
    name = stdin_filename or "<stdin>" if path == STDIN else path
    project = Project(Config(Given(profile=profile, encoding=encoding)))
    project.checker(name)  # says what is wrong with a configuration
    settings = project.config.settings(name)
    draft = read_draft(path, settings.encoding, stdin_filename)
    tree, around, genre = recognised(draft, settings.options.profile)
    if output_format == "json":
        from reportlint.render import outline as as_json

        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        sys.stdout.write(as_json.render(draft, tree, around, genre))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(visible(draft.filename), "bold"))
    console.print(Text(f"文种：{genre.profile.title['zh']}（{genre.profile.name}）"))
    if genre.reasons:
        shown = [f"{_SIGNS[sign]}“{_short(text, 16)}”" for sign, text in genre.reasons[:4]]
        console.print(Text(f"依据：{'，'.join(shown)}"))
    parts = (
        ("标题", around.title),
        ("称谓", around.salutation),
        ("结语", around.closing),
        ("落款", around.signature),
        ("日期", around.date),
    )
    for name, part in parts:
        if part is not None:
            row = draft.source.position(part.start)[0]
            console.print(Text.assemble(f"{name}：", _short(draft.line(part), 28), (f"  第 {row} 行", "dim")))
    _print_tree(console, draft, tree)


def _print_tree(console: object, draft: Draft, tree: Outline) -> None:
    from rich.console import Console
    from rich.text import Text
    from rich.tree import Tree

    assert isinstance(console, Console)
    if not tree.sections:
        console.print("（没有带序号的层次）")
        return

    def add(branch: Tree, node: Node) -> None:
        marker = draft.shown(node.start, node.marker_end).strip()
        row, column = draft.source.position(node.start)
        place = f"  {row}:{column}"
        # Four cells of branches for each level, and the place has to be seen whatever the title's length.
        room = console.width - 4 * node.level - text_width(marker + place) - 2
        title = visible(draft.shown(node.title_start, node.title_end))
        label = Text.assemble((marker, "bold cyan"), _fitted(title, room), (place, "dim"))
        label.no_wrap = True
        label.overflow = "ellipsis"
        below = branch.add(label)
        for child in node.children:
            add(below, child)

    root = Tree("", hide_root=True)
    for section in tree.sections:
        add(root, section)
    console.print(root)


def _short(text: str, longest: int) -> str:
    return visible(text if len(text) <= longest else text[: longest - 1] + "…")


def _fitted(text: str, room: int) -> str:
    if text_width(text) <= room:
        return text
    while text and text_width(text) > room - 1:
        text = text[:-1]
    return text + "…"
