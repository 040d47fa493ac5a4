"""The keys of a configuration file.

The table is the only list of them: it validates (`configfile`), it is the JSON Schema (`schema`) and it is what
`reportlint init` writes.
"""

from __future__ import annotations

from typing import NamedTuple

from reportlint.engine import OFF
from reportlint.rules import LANGUAGES, SEVERITIES

LEVELS = (*reversed(SEVERITIES), OFF)
FAIL_LEVELS = (*reversed(SEVERITIES), "never")
TABLE = ("tool", "reportlint")


class Key(NamedTuple):
    """One key of a configuration file.

    `type`: `bool`, `choice` (of `choices`), `profile`, `encoding`, `path`, `paths`, `codes`, `words`, `globs`,
    `levels` (code to level), `profiles` (glob to profile), `codes-by-glob`. `joins`: what files farther up say holds
    as well; else the nearest file that has the key is the only one that counts.
    """

    type: str
    joins: bool
    doc: dict[str, str]
    default: str
    example: str
    choices: tuple[str, ...] = ()


KEYS: dict[str, Key] = {
    "root": Key(
        "bool", False,
        {"zh": "到此为止，不再向上级文件夹查找配置", "en": "stop here: look for no configuration in the folders above"},
        "false", "true",
    ),
    "extends": Key(
        "paths", False,
        {
            "zh": "以别的配置文件为基础，路径相对于本文件；几个之中后面的优先，本文件又优先于它们",
            "en": "files that this one builds on, relative to it; a later one wins over an earlier, this one over all",
        },
        "", "../公共/reportlint.yaml",
    ),
    "packs": Key(
        "paths", True,
        {
            "zh": "自编规则包：YAML 文件，或者存放这种文件的文件夹，路径相对于本文件",
            "en": "rule packs of your own: YAML files, or folders of them, relative to this file",
        },
        "", "[own-rules.yaml]",
    ),
    "select": Key(
        "codes", False,
        {"zh": "只用这些规则，可写代码的前几位", "en": "use these rules only; codes or their beginnings"},
        "", "[NUM, PLH, TYP001]",
    ),
    "ignore": Key(
        "codes", True,
        {"zh": "不用这些规则，可写代码的前几位", "en": "leave these rules out; codes or their beginnings"},
        "", "[CON002, NUM008]",
    ),
    "severity": Key(
        "levels", True,
        {
            "zh": "各规则的级别：error 错误、warning 警告、info 提示、off 不用；可写代码的前几位，写得长的优先",
            "en": "how grave each rule is, or off; codes or their beginnings, the longer wins",
        },
        "", "{PUN001: error, NUM: warning, CON002: off}", LEVELS,
    ),
    "profile": Key(
        "profile", False,
        {"zh": "文种，不写则自动识别", "en": "the genre; recognised where it is not given"},
        "", "工作总结",
    ),
    "profiles": Key(
        "profiles", True,
        {
            "zh": "按文件名指定文种；几条都符合的，以后一条为准",
            "en": "the genre of the files that a pattern fits; of several the last counts",
        },
        "", '{"述职/**/*.txt": duty-report, "*讲话*": speech}',
    ),
    "per-file-ignores": Key(
        "codes-by-glob", True,
        {
            "zh": "某些文件不用某些规则；以 ! 开头的，指其余的文件",
            "en": "rules left out for the files that a pattern fits; with ! in front, for the others",
        },
        "", '{"附件/*": [STR, NUM008], "!*讲话*": [CON001]}',
    ),
    "exclude": Key(
        "globs", True,
        {
            "zh": "查文件夹时不查的文件，写法同 .gitignore；.gitignore 排除的本来就不查",
            "en": "left out when a folder is checked, written as in .gitignore, whose own patterns hold anyway",
        },
        "", "[存档/, '*.bak.txt']",
    ),
    "accept": Key(
        "words", True,
        {
            "zh": "本单位认可的词和名称：问题所在的文字就是它，或者包含在它里面的，不报",
            "en": "words and names that are right: a finding that is one, or lies inside one, is not reported",
        },
        "", "[XX云平台, 县委县政府]",
    ),
    "baseline": Key(
        "path", False,
        {
            "zh": "基线文件，由 reportlint baseline 生成，其中记下的问题不再报告；路径相对于本文件",
            "en": "the baseline that reportlint baseline wrote, relative to this file: what it knows is not reported",
        },
        ".reportlint-baseline.json", ".reportlint-baseline.json",
    ),
    "fail-level": Key(
        "choice", False,
        {
            "zh": "有此级别以上的问题时退出码为 1；never 为始终不是",
            "en": "findings from this level on make the exit status 1; never: none does",
        },
        "warning", "error", FAIL_LEVELS,
    ),
    "language": Key(
        "choice", False,
        {"zh": "信息的语言：zh 或 en", "en": "the language of messages: zh or en"},
        "zh", "zh", LANGUAGES,
    ),
    "encoding": Key(
        "encoding", False,
        {
            "zh": "文稿编码；不写则自动识别 UTF-8、UTF-16、GB18030",
            "en": "the encoding of drafts; UTF-8, UTF-16 and GB18030 are told apart where it is not given",
        },
        "", "gb18030",
    ),
}  # fmt: skip

# What the same thing is called in other tools.
MEANT = {
    "disable": "ignore", "disabled": "ignore", "extend-ignore": "ignore", "enable": "select", "rules": "severity",
    "extend-select": "select", "levels": "severity", "extend": "extends", "inherit": "extends", "plugins": "packs",
    "rulesets": "packs", "ignores": "exclude", "ignore-files": "exclude", "ignorepatterns": "exclude",
    "files-exclude": "exclude", "overrides": "per-file-ignores", "vocab": "accept", "words": "accept",
    "names": "accept", "allow": "accept", "dictionary": "accept", "locale": "language", "genre": "profile",
    "fail-on": "fail-level", "charset": "encoding", "代码": "select",
}  # fmt: skip
