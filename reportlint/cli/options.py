"""The options of `check`, declared once: click makes its command of them, and most calls are read without it.

Importing click takes a fifth of the time of a short check. Arguments in which nothing is wrong and nothing unusual are
read here; all others go to click, which helps, completes, and says what is wrong.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from reportlint.render import FORMATS

LEVELS = ("error", "warning", "info", "never")
FLAG, TEXT, PATH, CHOICE, COUNT = "flag", "text", "path", "choice", "count"


class Option(NamedTuple):
    """An option: what it is called, what follows it (`FLAG`: nothing), and what its help says. `many`: it may stand
    more than once."""

    names: tuple[str, ...]
    kind: str
    help: str
    metavar: str | None = None
    choices: tuple[str, ...] = ()
    many: bool = False

    @property
    def field(self) -> str:
        """The field of a `Call` that it sets."""
        return self.names[-1].removeprefix("--").replace("-", "_")


class Call(NamedTuple):
    """What `check` is called with."""

    paths: tuple[str, ...] = ()
    output_format: str = "full"
    output_file: str | None = None
    output: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    profile: str | None = None
    fail_level: str | None = None
    config: str | None = None
    isolated: bool = False
    force_exclude: bool = False
    baseline: str | None = None
    no_baseline: bool = False
    stdin_filename: str | None = None
    encoding: str | None = None
    lang: str | None = None
    statistics: bool = False
    quiet: bool = False
    no_progress: bool = False
    no_cache: bool = False
    jobs: int | None = None


CHECK = (
    Option(("--output-format",), CHOICE, "输出格式，缺省为 full", choices=tuple(FORMATS)),
    Option(("--output-file",), PATH, "把结果写入文件（UTF-8），不写到标准输出", "FILE"),
    Option(
        ("--output",),
        TEXT,
        "一次检查，再写一种格式的结果，可多次使用，如 --output html=结果.html --output sarif=结果.sarif",
        "FORMAT=FILE",
        many=True,
    ),
    Option(("--select",), TEXT, "只用这些规则，可用前缀：NUM,PLH0", "CODES", many=True),
    Option(("--ignore",), TEXT, "不用这些规则，可用前缀", "CODES", many=True),
    Option(("--fix",), FLAG, "改正有确定改法的问题，写回文稿"),
    Option(("--unsafe-fixes",), FLAG, "连同须核对的修改建议一并采用，写回文稿"),
    Option(("--diff",), FLAG, "只显示会作哪些改动，不写回；与 --unsafe-fixes 连用时包括须核对的建议"),
    Option(("--profile",), TEXT, "文种，如 述职报告 或 duty-report；缺省时自动识别", "NAME"),
    Option(("--fail-level",), CHOICE, "有此级别以上的问题时退出码为 1，缺省为 warning", choices=LEVELS),
    Option(("--config",), PATH, "用这个配置文件，不用找到的", "FILE"),
    Option(("--isolated",), FLAG, "不用任何配置文件和基线"),
    Option(("--force-exclude",), FLAG, "命令行上指名的文件，被 exclude 排除的也不查"),
    Option(("--baseline",), PATH, "用这个基线，其中已有的问题不报", "FILE"),
    Option(("--no-baseline",), FLAG, "不用基线，全部问题都报"),
    Option(("--stdin-filename",), TEXT, "标准输入的文件名，用于报告和判断格式", "NAME"),
    Option(("--encoding",), TEXT, "文稿编码；缺省时自动识别 UTF-8、UTF-16、GB18030", "NAME"),
    Option(("--lang",), CHOICE, "信息的语言，缺省为 zh", choices=("zh", "en")),
    Option(("--statistics",), FLAG, "只列出各规则的问题数"),
    Option(("-q", "--quiet"), FLAG, "不显示小结和进度"),
    Option(("--no-progress",), FLAG, "不显示进度"),
    Option(("--no-cache",), FLAG, "不用以前的检查结果，全部重新检查"),
    Option(("--jobs",), COUNT, "用几个进程；缺省时按要检查的字节数决定要不要用多个", "N"),
)


def plain(args: list[str]) -> Call | None:
    """The call that the arguments of `check` make, None where it takes click to tell."""
    known = {name: option for option in CHECK for name in option.names}
    paths: list[str] = []
    values: dict[str, Any] = {}
    rest = iter(args)
    for arg in rest:
        if arg == "-" or not arg.startswith("-"):
            paths.append(arg)
            continue
        name, equals, value = arg.partition("=")
        option = known.get(name)
        if option is None or (equals and (option.kind == FLAG or not name.startswith("--"))):
            return None
        if option.kind == FLAG:
            values[option.field] = True
            continue
        if not equals:
            value = next(rest, "")
            if not value or (value.startswith("-") and not (value == "-" and option.kind == PATH)):
                return None
        if option.choices and value not in option.choices:
            return None
        if option.kind == COUNT and not (value.isascii() and value.isdecimal() and int(value)):
            return None
        if option.many:
            values.setdefault(option.field, []).append(value)
        else:
            values[option.field] = int(value) if option.kind == COUNT else value
    given: Any = {field: tuple(value) if isinstance(value, list) else value for field, value in values.items()}
    return Call(tuple(paths), **given)
