"""`reportlint baseline`: writes down today's findings, so that only new ones count."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from reportlint.api import Failure, Project, relative
from reportlint.cli import fail
from reportlint.config import BASELINE, Config, Given
from reportlint.discover import STDIN, NoDraft
from reportlint.engine import Report
from reportlint.model import ReportlintError
from reportlint.replacing import Replacement
from reportlint.visible import trouble, visible

if TYPE_CHECKING:
    from reportlint.baseline import Entry


@click.command("baseline")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option("--output", metavar="FILE", type=click.Path(), help="写到这个文件；缺省按配置，否则为 " + BASELINE)
@click.option("--prune", is_flag=True, help="只删去已不存在的问题，不添新的")
@click.option("--config", metavar="FILE", type=click.Path(), help="用这个配置文件，不用找到的")
@click.option("--encoding", metavar="NAME", help="文稿编码；缺省时自动识别")
@click.option("--lang", type=click.Choice(("zh", "en")), help="信息的语言，缺省为 zh")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output: str | None,
    prune: bool,
    config: str | None,
    encoding: str | None,
    lang: str | None,
) -> None:
    """记下现有的问题，此后 check 只报新问题。PATH 同 check；其他文件原有的记录保留。

    Write a baseline of today's findings, so that only new ones count.
    """
    from reportlint.baseline import Baseline, dump, load_baseline

    default = Config(Given(), config).settings("draft").baseline
    target = os.path.abspath(output or default or BASELINE)
    shown = relative(target)
    name = visible(shown)
    old = load_baseline(target, shown) if os.path.exists(target) else None
    if old is None and prune:
        raise ReportlintError(f"{name}: 没有这个基线文件 (no such baseline)")
    old = old or Baseline(target, Counter())
    # The findings are to be all there are: none is left out as known already.
    project = Project(Config(Given(language=lang, encoding=encoding, baseline=""), config))
    made: Counter[Entry] = Counter()
    checked: set[str] = set()
    failed = False
    for report in _reports(project, paths or (".",)):
        if isinstance(report, Failure):
            failed = True
            continue
        path = report.draft.filename
        checked.add(old.name(path))
        made.update(old.kept(report, path) if prune else old.entries(report, path))
    for entry, count in old.known.items():
        # What was not looked at now stays, unless its file is gone.
        if entry.file not in checked and os.path.exists(os.path.join(old.folder, entry.file)):
            made[entry] += count
    try:
        with Replacement(os.path.realpath(target)) as file:
            file.file.write(dump(made).encode("utf-8", "backslashreplace"))
            file.complete()
            file.put()
    except OSError as error:
        raise ReportlintError(f"{name}: {trouble('无法写出', 'cannot be written', error)}") from None
    gone = old.known.total() - (old.known & made).total()
    click.echo(_summary(name, made.total(), gone, lang or "zh"))
    used = Config(Given(), config).settings("draft").baseline
    if used is None or not os.path.samefile(used, target):
        click.echo(_advice(name, lang or "zh"))
    ctx.exit(2 if failed else 0)


def _reports(project: Project, paths: tuple[str, ...]) -> Iterator[Report | Failure]:
    said: set[str] = set()
    for found in project.drafts(paths):
        if found == STDIN:
            raise ReportlintError("基线只能记文件中的问题，不能用于标准输入 (no baseline of standard input)")
        result = Failure("", str(found)) if isinstance(found, NoDraft) else project.check(found)
        if isinstance(result, Failure):
            for error in result.errors or (result.reason,):
                if error not in said:
                    said.add(error)
                    fail(error)
        yield result


def _summary(path: str, known: int, gone: int, language: str) -> str:
    if language == "en":
        return f"{path}: {known} known finding(s)" + (f", {gone} taken out" if gone else "")
    return f"{path}：记有 {known} 个问题" + (f"，删去 {gone} 个已不存在的" if gone else "")


def _advice(path: str, language: str) -> str:
    if language == "en":
        return f"To use it: reportlint check --baseline {path}, or baseline: {path} in .reportlint.yaml"
    return f"要用它，请运行 reportlint check --baseline {path}，或者在 .reportlint.yaml 中写 baseline: {path}"
