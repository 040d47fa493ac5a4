"""The command line: one file per command, imported only when the command is called."""

from __future__ import annotations

import gc

gc.disable()  # what a start-up makes lives to the end: looking through it costs a tenth of a short check

import atexit  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from contextlib import suppress  # noqa: E402
from typing import IO  # noqa: E402

from reportlint.model import ReportlintError, each  # noqa: E402
from reportlint.readers import SUFFIXES  # noqa: E402
from reportlint.visible import trouble, visible_lines  # noqa: E402


def main() -> None:
    """The `reportlint` command. Exit status 0: nothing at or above the fail level, 1: findings, 2: wrong usage,
    bad configuration or an unreadable file."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller (`>&-`)
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        _leave(_run(_called_by_name(sys.argv[1:])))
    except ReportlintError as error:
        fail_all(error)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing more to say, and not to complain at exit either.
        hush(sys.stdout)
        sys.exit(1)
    except (RecursionError, ValueError, AttributeError, TypeError, LookupError) as error:
        if os.environ.get("REPORTLINT_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        fail(f"内部错误，请报告给开发者：{what} (internal error; REPORTLINT_DEBUG=1 shows it)")
        sys.exit(2)
    except OSError as error:
        fail(f"标准输出: {trouble('无法写入', 'cannot be written', error)}")
        hush(sys.stdout)
        sys.exit(2)


def _run(args: list[str]) -> int:
    """Runs a command, and yields its exit status."""
    if args[:1] == ["check"]:
        from reportlint.cli.options import plain

        call = plain(args[1:])
        if call is not None:
            from reportlint.cli.check import check

            return check(call)
    from reportlint.cli.commands import run

    return run(args)


def _called_by_name(args: list[str]) -> list[str]:
    """The arguments, a draft whose name begins with - made a path: hooks and wildcards hand over what is there."""
    return [f"./{a}" if a.startswith("-") and a.lower().endswith(SUFFIXES) and os.path.isfile(a) else a for a in args]


def _leave(status: int) -> None:
    """Ends the process without taking every module and object apart first, which costs a tenth of a short check.
    What is registered to run at exit runs, what is written is flushed."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def fail(message: str) -> None:
    """Says on standard error what went wrong. That nobody is listening stops nothing."""
    try:
        print(f"reportlint: {visible_lines(message)}", file=sys.stderr, flush=True)
    except OSError:
        hush(sys.stderr)


def hush(stream: IO[str]) -> None:
    """Sends to nowhere what is still to be written to a stream that cannot be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def fail_all(error: ReportlintError) -> None:
    """Says of each of several errors what went wrong."""
    for one in each(error):
        fail(str(one))
