"""Comments of Markdown drafts and accepted words."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint.api import Checker, check_text
from reportlint.engine import Options, Report
from reportlint.fixes import fix_text
from reportlint.readers import read_text

LINE = "今年以来,工作进展的的较快。"


def found(text: str, filename: str = "a.md", **options: object) -> list[tuple[int, str]]:
    report = check_text(text, filename, Options(select=("PUN001", "TYP003"), **options))  # type: ignore[arg-type]
    return [(report.draft.source.position(f.start)[0], f.code) for f in report.findings]


def notes(text: str, select: tuple[str, ...] = (), language: str = "zh") -> list[tuple[int, int, str]]:
    report = check_text(text, "a.md", Options(select=select, profile="general", language=language))
    return [(*report.draft.source.position(at), note) for at, note in report.notes]


BOTH = ["PUN001", "TYP003"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{LINE}\n\n{LINE}\n", [(1, BOTH), (3, BOTH)]),
        (f"<!-- reportlint-disable-next-line -->\n{LINE}\n{LINE}\n", [(3, BOTH)]),
        (f"<!-- reportlint-disable-next-line -->\n\n{LINE}\n\n{LINE}\n", [(5, BOTH)]),
        (f"<!-- reportlint-disable-next-line PUN001 -->\n{LINE}\n", [(2, ["TYP003"])]),
        (f"<!-- reportlint-disable-next-line PUN001,TYP003 -->\n{LINE}\n", []),
        (f"<!-- reportlint-disable-next-line pun、 typ -->\n{LINE}\n", []),
        (f"<!--reportlint-disable-next-line PUN -- 原文如此 TYP003 -->\n{LINE}\n", [(2, ["TYP003"])]),
        (f"<!-- reportlint-disable-next-line\n     PUN001\n-->\n{LINE}\n", [(4, ["TYP003"])]),
        (f"<!-- reportlint-disable-next-line ZZZ -->\n{LINE}\n", [(2, BOTH)]),
        (f"{LINE}<!-- reportlint-disable-line TYP003 -->\n{LINE}\n", [(1, ["PUN001"]), (2, BOTH)]),
        (f"{LINE}\n<!-- reportlint-disable-file PUN001 -->\n{LINE}\n", [(1, ["TYP003"]), (3, ["TYP003"])]),
        (f"{LINE}\n<!-- reportlint-disable-file -->\n", []),
        (f"{LINE}\n<!-- reportlint-disable -->\n{LINE}\n<!-- reportlint-enable -->\n{LINE}\n", [(1, BOTH), (5, BOTH)]),
        (f"<!-- reportlint-disable PUN -->\n{LINE}\n\n{LINE}\n", [(2, ["TYP003"]), (4, ["TYP003"])]),
        (
            f"<!-- reportlint-disable -->\n{LINE}\n<!-- reportlint-enable PUN001 -->\n{LINE}\n",
            [(4, ["PUN001"])],
        ),
        (
            f"<!-- reportlint-disable PUN TYP -->\n{LINE}\n<!-- reportlint-enable TYP -->\n{LINE}\n",
            [(4, ["TYP003"])],
        ),
        (f"```\n<!-- reportlint-disable-file -->\n```\n{LINE}\n", [(4, BOTH)]),
        (f"写法是`<!-- reportlint-disable-file -->`。\n{LINE}\n", [(2, BOTH)]),
        (f"<!-- reportlint 已查 -->\n{LINE}\n", [(2, BOTH)]),
    ],
)
def test_comments(text: str, expected: list[tuple[int, list[str]]]) -> None:
    wanted = [(row, code) for row, codes in expected for code in codes]
    assert found(text) == wanted
    assert found(text.replace("\n", "\r\n")) == wanted


def test_plain_text_has_no_comments() -> None:
    text = f"<!-- reportlint-disable-file -->\n{LINE}\n"
    assert (2, "TYP003") in found(text, "a.txt")


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("reportlint-disable-next-line ZZZ001", "没有规则与“ZZZ001”相符"),
        ("reportlint-disable-next-line PUM001", "是否为“PUN001”"),
        ("reportlint-disabel PUN001", "未知的注释“reportlint-disabel”，是否为“disable”"),
        ("reportlint: disable-file", "应写作“reportlint-disable-file”"),
        ("reportlint disable", "应写作“reportlint-disable”"),
        ("reportlint-disable-next-line NUM001", "“NUM001”没有屏蔽任何问题"),
        ("reportlint-disable-next-line", "没有屏蔽任何问题"),
    ],
)
def test_a_comment_that_does_nothing_is_remarked_on(comment: str, said: str) -> None:
    (row, column, note), *more = notes(f"第一行。\n\n 二<!-- {comment} -->\n\n工作进展顺利。\n")
    assert (row, column, more) == (3, 3, [])
    assert said in note
    assert note.isprintable()


def test_a_comment_for_a_rule_that_was_not_run_is_not_remarked_on() -> None:
    text = "<!-- reportlint-disable-next-line NUM001 -->\n工作进展顺利。\n\n<!-- reportlint-disable-line -->\n"
    assert notes(text, ("PUN",)) == []
    assert len(notes(text)) == 2
    assert notes(f"<!-- reportlint-disable-next-line PUN001, TYP -->\n{LINE}\n") == []


# -------------------------------------------------------------------------------------------------- accepted words


def codes(text: str, *accept: str) -> list[str]:
    report = check_text(text, "a.txt", Options(profile="general", accept=accept))
    return [f.code for f in report.findings]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("我们依托xx云平台开展布控，服务群众2万人次。", ("xx云平台",)),
        ("我们依托xx云平台开展布控，服务群众2万人次。", ("xx云",)),
        ("我们走访了布署村，服务群众2万人次。", ("布署村",)),
        ("我们走访了布署，服务群众2万人次。", ("布署",)),
        ("我们依法开展招投标法宣传，服务群众2万人次。", ("招投标",)),
    ],
)
def test_an_accepted_word_is_silent(text: str, words: tuple[str, ...]) -> None:
    assert codes(text)
    assert codes(text, *words) == []
    assert codes(text, "别的词", "布", "x", "署村") == codes(text)


def test_an_accepted_word_is_silent_only_where_it_stands() -> None:
    text = "我们走访了布署村，作了布署。"
    assert codes(text) == ["TYP001", "TYP001"]
    assert codes(text, "布署村") == ["TYP001"]


def test_a_term_that_is_accepted_may_be_mixed() -> None:
    text = "在县委县政府的领导下，工作进展顺利。\n县委、县政府高度重视，县委、县政府多次部署。\n"
    assert codes(text) == ["CON002"]
    assert codes(text, "县委县政府") == []


def test_an_accepted_word_says_nothing_of_numbers_and_structure() -> None:
    text = "一、工作回顾\n工作进展顺利。\n三、工作打算\n继续努力。\n"
    assert codes(text) == ["NUM001"]
    assert codes(text, "三、", "三、工作打算") == ["NUM001"]


def test_an_accepted_word_is_silent_for_a_rule_of_ones_own(tmp_path: Path) -> None:
    pack = tmp_path / "own.yaml"
    pack.write_text(
        "rules:\n- {code: OWN001, name: a-word, kind: pattern, severity: warning, message: {zh: 甲, en: a},\n"
        "   params: {patterns: [{find: 平台}]}, examples: [{bad: 搭建⟦平台⟧。}, {good: 搭建网络。}]}\n",
        encoding="utf-8",
    )
    text = "各部门依托云平台开展工作，服务群众2万人次。"

    def own(*accept: str) -> list[str]:
        checker = Checker(Options(profile="general", accept=accept), (str(pack),))
        return [f.code for f in checker.check_draft(read_text("a.txt", text)).findings]

    assert own() == ["OWN001"]
    assert own("云平台") == []


# --- one finding for many slips ---

SLIPS = [f"今年以来第{n},我们抓好落实工作第{n}项。" for n in "一二三四五六七"]


def _mended(lines: list[str], *accept: str) -> str:
    def check(text: str) -> Report:
        return check_text(text, "a.md", Options(accept=tuple(sorted(accept)), select=("PUN001",)))

    return fix_text("\n\n".join(lines), check, unsafe=True).text


@pytest.mark.parametrize("at", [0, 3, 6])
def test_a_line_that_is_not_to_be_checked_is_not_mended_with_the_others(at: int) -> None:
    comment = "<!-- reportlint-disable-next-line PUN001 -->"
    lines = [*SLIPS[:at], f"{comment}\n{SLIPS[at]}", *SLIPS[at + 1 :]]
    mended = [line.replace(",", "，") for line in lines]
    mended[at] = lines[at]
    assert _mended(lines) == "\n\n".join(mended)
    report = check_text("\n\n".join(lines), "a.md", Options(select=("PUN001",)))
    assert report.notes == ()
    [finding] = report.findings
    assert finding.fix is not None
    assert finding.start == finding.fix.edits[0].start
    assert len(finding.fix.edits) == len(SLIPS) - 1


def test_an_accepted_word_is_not_mended_with_the_others() -> None:
    wanted = "\n\n".join(SLIPS).replace(",", "，").replace("第二，我们", "第二,我们")
    assert _mended(SLIPS, "第二,我们") == wanted
    assert _mended(SLIPS[1:], "第二,我们") == wanted.partition("\n\n")[2]


def test_all_of_them_may_be_silent() -> None:
    text = "<!-- reportlint-disable PUN001 -->\n" + "\n\n".join(SLIPS)
    report = check_text(text, "a.md", Options(select=("PUN001",)))
    assert (report.findings, report.notes) == ([], ())
