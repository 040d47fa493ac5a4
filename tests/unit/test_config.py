"""Which configuration holds: nearest first, what joins, what is extended, which patterns fit."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from reportlint.cli.init import template
from reportlint.config import BASELINE, Config, Given, Settings
from reportlint.configkeys import KEYS
from reportlint.engine import chosen, severities, shipped, with_packs
from reportlint.located import Value
from reportlint.model import ReportlintError, Severity
from reportlint.toml import load_table

FILE = "draft.txt"


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose configuration ends the search, so that none of this machine counts."""
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "root: true\n")
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    return tmp_path


def write(folder: Path, text: str, name: str = ".reportlint.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def settings(path: Path, given: Given | None = None) -> Settings:
    return Config(given).settings(str(path))


def codes(path: Path, given: Given | None = None) -> set[str]:
    found = settings(path, given)
    return {r.code for r in chosen(with_packs(found.packs).rules, found.options)}


ALL = {r.code for r in shipped().rules if r.default}


def family(name: str) -> set[str]:
    return {c for c in ALL if c.startswith(name)}


# ------------------------------------------------------------------------------------------------ what is nearest


def test_without_a_file_everything_is_as_it_always_was(top: Path) -> None:
    assert settings(top / FILE) == Settings()
    assert codes(top / FILE) == ALL


def test_of_a_key_the_nearest_file_counts(top: Path) -> None:
    write(top, "root: true\nfail-level: error\nlanguage: en\nencoding: gbk\nprofile: briefing\n")
    write(top / "sub", "fail-level: never\nprofile: 述职报告\n")
    found = settings(top / "sub" / "deep" / FILE)
    assert (found.fail_level, found.encoding) == ("never", "gbk")
    assert (found.options.language, found.options.profile) == ("en", "述职报告")
    assert settings(top / FILE).fail_level == "error"


def test_a_root_ends_the_search(top: Path) -> None:
    write(top, "root: true\nlanguage: en\n")
    write(top / "sub", "root: true\nfail-level: info\n")
    assert settings(top / "sub" / FILE).options.language == "zh"
    write(top / "sub", "root: false\nfail-level: info\n")
    assert settings(top / "sub" / FILE).options.language == "en"


def test_the_command_line_is_nearest_of_all(top: Path) -> None:
    write(top, "root: true\nfail-level: error\nlanguage: en\nencoding: gbk\nprofile: briefing\n")
    found = settings(top / FILE, Given((), (), "speech", "zh", "info", "utf-8"))
    assert (found.fail_level, found.encoding) == ("info", "utf-8")
    assert (found.options.language, found.options.profile) == ("zh", "speech")


def test_a_file_of_yaml_stands_before_pyproject(top: Path) -> None:
    write(top / "sub", "[tool.reportlint]\nlanguage = 'en'\n", "pyproject.toml")
    assert settings(top / "sub" / FILE).options.language == "en"
    write(top / "sub", "fail-level: info\n")
    assert settings(top / "sub" / FILE).options.language == "zh"


def test_a_pyproject_of_others_is_passed_over(top: Path) -> None:
    write(top, "root: true\nlanguage: en\n")
    for text in ("[project]\nname = 'x'\n", "[tool.ruff]\n# reportlint\n", "not toml, reportlint ["):
        write(top / "sub", text, "pyproject.toml")
        assert settings(top / "sub" / FILE).options.language == "en"


@pytest.mark.parametrize("text", ["", "# nothing\n", "\n---\n"])
def test_a_file_with_nothing_in_it_says_nothing(text: str, top: Path) -> None:
    write(top / "sub", text)
    assert settings(top / "sub" / FILE) == Settings()


def test_drafts_with_the_same_settings_share_them(top: Path) -> None:
    write(top, "root: true\nignore: [NUM008]\nprofiles: {'*述职*': duty-report}\n")
    config = Config()
    one, other, third = (config.settings(str(top / n)) for n in ("一.txt", "sub/二.txt", "述职.txt"))
    assert one == other
    assert hash(one) == hash(other)
    assert third.options.profile == "duty-report"


def test_a_file_named_stands_for_all(top: Path) -> None:
    write(top / "sub", "language: en\n")
    own = write(top, "fail-level: never\nprofiles: {'sub/*': speech}\n", "own.yaml")
    found = Config(file=str(own)).settings(str(top / "sub" / FILE))
    assert (found.options.language, found.fail_level, found.options.profile) == ("zh", "never", "speech")
    assert Config(isolated=True).settings(str(top / "sub" / FILE)) == Settings()


# ---------------------------------------------------------------------------------------- select, ignore, severity


def test_select_is_the_nearest_and_ignore_adds_up(top: Path) -> None:
    write(top, "root: true\nselect: [NUM, PUN]\nignore: NUM008\n")
    write(top / "sub", "ignore: [PUN]\n")
    write(top / "sub" / "deep", "select: [PLH, NUM]\n")
    assert codes(top / FILE) == family("NUM") - {"NUM008"} | family("PUN")
    assert codes(top / "sub" / FILE) == family("NUM") - {"NUM008"}
    assert codes(top / "sub" / "deep" / FILE) == family("NUM") - {"NUM008"} | family("PLH")


def test_what_is_ignored_above_comes_back_by_its_name(top: Path) -> None:
    write(top, "root: true\nignore: [NUM008, PUN]\n")
    assert codes(top / FILE, Given(select=("NUM008",))) == {"NUM008"}
    assert codes(top / FILE, Given(select=("NUM",))) == family("NUM") - {"NUM008"}
    assert codes(top / FILE, Given(select=("PUN",))) == family("PUN")
    assert codes(top / FILE, Given(select=("ALL",))) == ALL - {"NUM008"} - family("PUN")
    assert codes(top / FILE, Given(ignore=("NUM",))) == ALL - family("NUM") - family("PUN")


@pytest.mark.parametrize("text", ["ignore: NUM008, PUN", "ignore: [num008，pun]", "ignore:\n- NUM008\n- PUN"])
def test_codes_may_be_written_in_several_ways(text: str, top: Path) -> None:
    write(top, f"root: true\n{text}\n")
    assert codes(top / FILE) == ALL - family("PUN") - {"NUM008"}


def test_an_empty_selection_selects_nothing(top: Path) -> None:
    write(top, "root: true\nselect: []\n")
    assert codes(top / FILE) == set()


def test_severity_of_a_code_and_of_a_family(top: Path) -> None:
    write(top, "root: true\nseverity: {PUN: error, PUN003: info, CON002: off, NUM: off, NUM001: warning}\n")
    write(top / "sub", "severity:\n  PUN003: warning\n  CON002: info\n")

    def levels(path: Path) -> dict[str, Severity]:
        return severities(shipped().rules, settings(path).options.choices)

    assert levels(top / FILE)["PUN001"] is Severity.ERROR
    assert levels(top / FILE)["PUN003"] is Severity.INFO
    assert levels(top / "sub" / FILE)["PUN003"] is Severity.WARNING
    assert codes(top / FILE) == ALL - {"CON002"} - family("NUM") | {"NUM001"}
    assert codes(top / "sub" / FILE) == ALL - family("NUM") | {"NUM001"}
    assert codes(top / FILE, Given(select=("CON002",))) == {"CON002"}


def test_a_severity_takes_back_no_ignore(top: Path) -> None:
    write(top, "root: true\nseverity: {TYP001: info, NUM: off}\n")
    write(top / "sub", "ignore: TYP\nseverity: {NUM: error}\n")
    assert codes(top / FILE) == ALL - family("NUM")
    assert codes(top / "sub" / FILE) == ALL - family("TYP")


def test_a_severity_turns_on_what_is_off_by_default_but_selects_nothing(top: Path) -> None:
    write(top, "root: true\nseverity: {NUM011: warning}\n")
    assert "NUM011" in codes(top / FILE)
    write(top / "sub", "select: [PLH]\n")
    assert codes(top / "sub" / FILE) == family("PLH")
    write(top, "root: true\nseverity: {NUM: warning}\n")
    assert "NUM011" not in codes(top / FILE)


# ------------------------------------------------------------------------------------------------------- patterns


def test_profiles_by_pattern(top: Path) -> None:
    write(
        top,
        "root: true\nprofile: notice\nprofiles:\n  '*述职*': duty-report\n  讲话/**/*.txt: speech\n  '*.md': plan\n",
    )
    for name, expected in {
        "a.txt": "notice",
        "述职.txt": "duty-report",
        "sub/张三述职.txt": "duty-report",
        "讲话/a.txt": "speech",
        "讲话/2025/a.txt": "speech",
        "sub/讲话/a.txt": "notice",
        "述职.md": "plan",
    }.items():
        assert settings(top / name).options.profile == expected, name


def test_a_nearer_profile_outweighs_a_farther_pattern(top: Path) -> None:
    write(top, "root: true\nprofiles: {'*述职*': duty-report}\n")
    write(top / "sub", "profile: general\n")
    assert settings(top / "sub" / "述职.txt").options.profile == "general"
    assert settings(top / "述职.txt", Given(profile="speech")).options.profile == "speech"


def test_per_file_ignores(top: Path) -> None:
    write(top, "root: true\nper-file-ignores:\n  附件/*: [STR, NUM008]\n  '!*讲话*': CON001\n")
    write(top / "附件", "per-file-ignores: {'*.md': PUN}\n")
    assert codes(top / "讲话.txt") == ALL
    assert codes(top / "a.txt") == ALL - {"CON001"}
    assert codes(top / "附件" / "讲话.txt") == ALL - family("STR") - {"NUM008"}
    assert codes(top / "附件" / "讲话.md") == ALL - family("STR") - {"NUM008"} - family("PUN")
    assert codes(top / "附件" / "讲话.txt", Given(select=("STR",))) == set()


def test_exclude_is_written_as_in_gitignore(top: Path) -> None:
    write(top, "root: true\nexclude: [存档/, '*.bak.txt', /草稿*.txt]\n")
    write(top / "sub", "exclude: ['!留.bak.txt', 旧*]\n")
    config = Config()
    out = {
        "存档": True,
        "sub/存档": True,
        "草稿1.txt": True,
        "sub/草稿1.txt": False,
        "a.bak.txt": True,
        "sub/a.bak.txt": True,
        "sub/留.bak.txt": False,
        "sub/旧.txt": True,
        "旧.txt": False,
    }
    for name, expected in out.items():
        folder = name.endswith("存档")
        assert (config.excluded(str(top / name), folder) is not None) is expected, name
    assert config.excluded(str(top / "存档" / "a.txt")) is not None
    assert config.excluded(str(top / "存档" / "a.txt"), False, str(top / "存档")) is None


# -------------------------------------------------------------------------------------------------------- extends


def test_extends_lies_below_the_file_that_says_so(top: Path) -> None:
    write(top / "common", "language: en\nignore: NUM008\naccept: [甲]\nprofiles: {'*述职*': duty-report}\n", "a.yaml")
    write(top / "common", "language: zh\nfail-level: info\nextends: c.yaml\n", "b.yaml")
    write(top / "common", "encoding: gbk\nroot: true\n", "c.yaml")
    write(top, "root: true\nfail-level: error\n")
    write(top / "sub", "extends: [../common/a.yaml, ../common/b.yaml]\naccept: 乙\n")
    found = settings(top / "sub" / "述职.txt")
    assert (found.options.language, found.fail_level, found.encoding) == ("zh", "info", "gbk")
    assert found.options.accept == ("乙", "甲")
    assert found.options.profile == "duty-report"
    assert "NUM008" not in codes(top / "sub" / FILE)
    # What is extended is no root: only a file in a folder of the draft can end the search.
    write(top, "root: true\nignore: PUN\n")
    assert not codes(top / "sub" / FILE) & family("PUN")


def test_the_same_file_may_be_extended_twice(top: Path) -> None:
    write(top, "language: en\n", "base.yaml")
    write(top, "extends: base.yaml\nignore: PUN\n", "one.yaml")
    write(top, "extends: base.yaml\n", "two.yaml")
    write(top, "root: true\nextends: [one.yaml, two.yaml]\n")
    assert settings(top / FILE).options.language == "en"


def test_a_pyproject_may_be_extended(top: Path) -> None:
    write(top / "a", "[tool.reportlint]\nlanguage = 'en'\n", "pyproject.toml")
    write(top, "root: true\nextends: a/pyproject.toml\n")
    assert settings(top / FILE).options.language == "en"


# ---------------------------------------------------------------------------------------------- packs and baseline

PACK = """\
rules:
  - code: {code}
    name: own
    kind: pattern
    severity: info
    message: {{zh: "不宜写“{{text}}”", en: "avoid “{{text}}”"}}
    params: {{patterns: [{{find: 甲乙}}]}}
    examples: [{{bad: 有⟦甲乙⟧。}}, {{good: 没有。}}]
"""


def test_packs_add_up(top: Path) -> None:
    write(top / "packs", PACK.format(code="OWN001"), "a.yaml")
    write(top / "packs", PACK.format(code="OWN002"), "b.yaml")
    write(top / "sub", PACK.format(code="OWN003"), "own.yaml")
    write(top, "root: true\npacks: packs\nseverity: {OWN001: error}\n")
    write(top / "sub", "packs: own.yaml\nignore: OWN002\n")
    assert codes(top / FILE) == ALL | {"OWN001", "OWN002"}
    assert codes(top / "sub" / FILE) == ALL | {"OWN001", "OWN003"}
    Config().validate(str(top / "sub" / FILE))
    write(top, "root: true\nignore: OWN001\n")
    with pytest.raises(ReportlintError, match="OWN001"):
        Config().validate(str(top / FILE))


def test_the_baseline_is_named_or_the_nearest(top: Path) -> None:
    assert settings(top / "sub" / FILE).baseline is None
    write(top, "{}", BASELINE)
    assert settings(top / "sub" / FILE).baseline == str(top / BASELINE)
    write(top / "sub", "{}", BASELINE)
    assert settings(top / "sub" / "deep" / FILE).baseline == str(top / "sub" / BASELINE)
    write(top, "root: true\nbaseline: known.json\n")
    assert settings(top / "sub" / FILE).baseline == str(top / "known.json")
    assert settings(top / FILE, Given(baseline="own.json")).baseline == os.path.abspath("own.json")
    assert settings(top / FILE, Given(baseline="")).baseline is None


# ------------------------------------------------------------------------------------------------------- the table


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_init_writes_is_valid_as_it_is_and_put_in_force(language: str, top: Path) -> None:
    text = template(language)
    write(top / "sub", text)
    assert settings(top / "sub" / FILE) == Settings()
    assert [m[1] for m in re.finditer(r"^# ([a-z-]+): ", text, re.MULTILINE)] == list(KEYS)
    write(top / "公共", "", "reportlint.yaml")
    write(top / "sub", PACK.format(code="OWN001"), "own-rules.yaml")
    write(top / "sub", re.sub(r"^# (?=[a-z-]+: )", "", text, flags=re.MULTILINE))
    config = Config()
    found = config.settings(str(top / "sub" / FILE))
    config.validate(str(top / "sub" / FILE))
    assert found.options.accept
    assert found.fail_level == "error"


TOML = """\
[project]
name = "x" # [tool.reportlint]
[[other]]
a = 1
[[other]]
a.b = 1979-05-27T07:32:00Z
[tool.reportlint]
select = ["NUM", # one
  'PLH',
]
root = true
accept = ["甲\\u4e59", '丙"丁', \"\"\"戊
己\"\"\"]
severity = { PUN001 = "error", "CON002" = 'off' }
per-file-ignores."附件/*" = ["STR"]
[tool.reportlint.profiles]
"讲话/**" = "speech"
"""


def test_toml_says_the_same_as_yaml(top: Path) -> None:
    write(top / "a", TOML, "pyproject.toml")
    write(
        top / "b",
        'select: [NUM, PLH]\nroot: true\naccept: [甲乙, \'丙"丁\', "戊\\n己"]\n'
        "severity: {PUN001: error, CON002: off}\n"
        "per-file-ignores: {附件/*: STR}\nprofiles: {讲话/**: speech}\n",
    )
    for name in ("a.txt", "附件/a.txt", "讲话/x/a.txt"):
        assert settings(top / "a" / name) == settings(top / "b" / name)
    assert settings(top / "a" / "讲话" / "a.txt").options.profile == "speech"


def test_toml_knows_its_places(top: Path) -> None:
    root = load_table(str(write(top, TOML, "x.toml")), ("tool", "reportlint"))
    assert isinstance(root, Value)
    places = {key.string(): (key.line, key.node.start_mark.column, value.line) for key, value in root.entries()}
    assert places == {
        "select": (8, 0, 8),
        "root": (11, 0, 11),
        "accept": (12, 0, 12),
        "severity": (14, 0, 14),
        "per-file-ignores": (15, 0, 15),
        "profiles": (16, 17, 16),
    }
