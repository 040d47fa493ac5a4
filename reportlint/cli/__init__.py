"""The command line: one file per command, imported only when the command is called."""

from __future__ import annotations

import gc

gc.disable()  # what a start-up makes lives to the end: looking through it costs a tenth of a short check

import atexit  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from importlib import import_module  # noqa: E402

import click  # noqa: E402

from reportlint import __version__  # noqa: E402
from reportlint.model import ReportlintError, ReportlintErrors  # noqa: E402
from reportlint.readers import SUFFIXES  # noqa: E402

_COMMANDS = {
    "check": ("检查文稿，列出问题", "reportlint.cli.check"),
    "outline": ("显示文稿的层次结构", "reportlint.cli.outline"),
    "explain": ("说明一条规则", "reportlint.cli.explain"),
    "rules": ("列出规则；运行规则自带的示例", "reportlint.cli.rules"),
    "init": ("写一份带说明的配置文件 .reportlint.yaml", "reportlint.cli.init"),
    "config": ("显示对某个文件起作用的配置", "reportlint.cli.config"),
    "baseline": ("记下现有的问题，以后只报新问题", "reportlint.cli.baseline"),
    "server": ("编辑器用的语言服务器（LSP）", "reportlint.cli.server"),
}


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


def main() -> None:
    """The `reportlint` command. Exit status 0: nothing at or above the fail level, 1: findings, 2: wrong usage,
    bad configuration or an unreadable file."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = group.main(_called_by_name(sys.argv[1:]), prog_name="reportlint", standalone_mode=False)
        _leave(status if isinstance(status, int) else 0)
    except ReportlintError as error:
        fail_all(error)
        sys.exit(2)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "")
        sys.exit(2)
    except click.ClickException as error:
        fail(_in_words(error))
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing more to say, and not to complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (RecursionError, ValueError, AttributeError, TypeError, LookupError) as error:
        if os.environ.get("REPORTLINT_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        fail(f"内部错误，请报告给开发者：{what} (internal error; REPORTLINT_DEBUG=1 shows it)")
        sys.exit(2)
    except OSError as error:
        fail(f"无法写出结果：{error.strerror or error} (cannot write the output)")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(2)


def _called_by_name(args: list[str]) -> list[str]:
    """The arguments, a draft whose name begins with - made a path: hooks and wildcards hand over what is there."""
    return [f"./{a}" if a.startswith("-") and a.lower().endswith(SUFFIXES) and os.path.isfile(a) else a for a in args]


def _in_words(error: click.ClickException) -> str:
    """One line for a wrong call, Chinese first."""
    english = " ".join(error.format_message().split())
    match error:
        case click.NoSuchOption():
            return f"没有选项 {error.option_name} ({english})"
        case click.MissingParameter():
            return f"缺少参数 ({english})"
        case click.BadParameter():
            name = error.param.opts[0] if error.param and error.param.opts else ""
            return f"参数 {name} 的值有误 ({english})"
        case _:
            return f"用法有误 ({english})"


def _leave(status: int) -> None:
    """Ends the process without taking every module and object apart first, which costs a tenth of a short check.
    What is registered to run at exit runs, what is written is flushed."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def fail(message: str) -> None:
    """Says on standard error what went wrong."""
    click.echo(f"reportlint: {message}", err=True)


def fail_all(error: ReportlintError) -> None:
    """Says of each of several errors what went wrong."""
    for each in error.errors if isinstance(error, ReportlintErrors) else (error,):
        fail(str(each))
