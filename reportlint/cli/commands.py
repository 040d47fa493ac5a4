"""The commands as click knows them. All but `check` are in files of their own, imported only when they are called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from reportlint import __version__
from reportlint.cli import fail
from reportlint.cli.check import check
from reportlint.cli.options import CHECK, CHOICE, COUNT, FLAG, PATH, Call, Option
from reportlint.patterns import pattern

_COMMANDS = {
    "check": ("检查文稿，列出问题", __name__),
    "outline": ("显示文稿的层次结构", "reportlint.cli.outline"),
    "explain": ("说明一条规则", "reportlint.cli.explain"),
    "rules": ("列出规则；运行规则自带的示例", "reportlint.cli.rules"),
    "init": ("写一份带说明的配置文件 .reportlint.yaml", "reportlint.cli.init"),
    "config": ("显示对某个文件起作用的配置", "reportlint.cli.config"),
    "baseline": ("记下现有的问题，以后只报新问题", "reportlint.cli.baseline"),
    "server": ("编辑器用的语言服务器（LSP）", "reportlint.cli.server"),
}


# As click words it; where it words it otherwise, the general sentence is said.
_UNKNOWN = pattern("No such command '(.+?)'")


class _Commands(click.Group):
    """Knows the commands' names and one-liners without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        command: click.Command = import_module(_COMMANDS[name][1]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令 Commands"):
            formatter.write_dl([(name, text) for name, (text, _) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="reportlint %(version)s")
def group() -> None:
    """中文公文与工作报告的检查工具：结构、序号、占位符、错别字、标点。

    A linter for Chinese government reports.
    """


def _parameter(option: Option) -> click.Option:
    kinds: dict[str, Any] = {CHOICE: click.Choice(option.choices), COUNT: click.IntRange(1), PATH: click.Path()}
    return click.Option(
        option.names,
        type=kinds.get(option.kind),
        is_flag=option.kind == FLAG,
        multiple=option.many,
        metavar=option.metavar,
        default=Call._field_defaults[option.field],
        help=option.help,
    )


def _check(**values: Any) -> int:
    return check(Call(**values))


command = click.Command(
    "check",
    callback=_check,
    params=[
        click.Argument(("paths",), nargs=-1, metavar="[PATH]...", type=click.Path()),
        *map(_parameter, CHECK),
    ],
    help="""检查文稿。PATH 是文件、文件夹（含下级）或 -（标准输入），缺省为当前文件夹。

    退出码：0 没有问题，1 有问题，2 用法、配置或文件有误。

    Check drafts: files, folders (recursively) or - for standard input.
    """,
)


def run(args: list[str]) -> int:
    """Runs a command with its arguments, and yields its exit status; of a wrong call it says what is wrong."""
    try:
        status = group.main(args, prog_name="reportlint", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        return 2
    except click.ClickException as error:
        fail(_in_words(error))
        return 2
    except click.Abort:
        return 130
    return status if isinstance(status, int) else 0


def _in_words(error: click.ClickException) -> str:
    """One line for a wrong call, Chinese first."""
    from reportlint.located import suggest

    english = " ".join(error.format_message().split())
    match error:
        case click.UsageError() if error.ctx is not None and (wrong := _UNKNOWN.match(error.message)):
            above = error.ctx.command
            known = tuple(above.list_commands(error.ctx)) if isinstance(above, click.Group) else ()
            near = suggest(wrong[1], known) or "；"
            return f"没有命令“{wrong[1]}”{near}全部命令见 {error.ctx.command_path} --help ({english})"
        case click.NoSuchOption():
            return f"没有选项 {error.option_name} ({english})"
        case click.MissingParameter():
            return f"缺少参数 ({english})"
        case click.BadParameter():
            name = error.param.opts[0] if error.param and error.param.opts else ""
            return f"参数 {name} 的值有误 ({english})"
        case _:
            return f"用法有误 ({english})"
