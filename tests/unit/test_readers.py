"""Plain text and Markdown to drafts: what is a paragraph, what is masked, and that nothing moves."""

from __future__ import annotations

import pytest

from reportlint.api import check_text
from reportlint.draft import MASK, Draft
from reportlint.engine import Options
from reportlint.model import ReportlintError
from reportlint.readers import SUFFIXES, read, read_text


def paragraphs(draft: Draft) -> list[str]:
    return [draft.line(p) for p in draft.paragraphs]


def shown(draft: Draft) -> list[str]:
    """The paragraphs as a reader of the page sees them."""
    return [line.replace(MASK, "") for line in paragraphs(draft)]


def codes(text: str, filename: str, *select: str) -> list[tuple[str, str]]:
    found = check_text(text, filename, Options(profile="general", select=select)).findings
    return [(f.code, text[f.start : f.end]) for f in found]


# ------------------------------------------------------------------------------------------------------- both formats

ANY = [
    "",
    "\n",
    "\r\n\r\n",
    "甲\r\n乙\r丙\n丁",
    "\u3000\u3000甲\n",
    "下载】\n甲\n— 6 —\n",
    "---\na: b\n---\n# 甲 #\r\n\r\n乙\n===\n\n**丙** `丁` [戊](己)\n",
    "```\r\n甲\r\n```\r\n<!--\r\n乙\r\n-->\r\n",
    "| 甲 |\n| - |\n> 乙\n- 丙\n1. 丁\n",
    "𠮷😀\u2028\u0085\x0c\ufeff\u200b",
    "***甲***__乙__*丙*_丁_**",
    "[甲](乙\n丙)<戊\n己>",
]


@pytest.mark.parametrize("filename", ["a.txt", "a.md"])
@pytest.mark.parametrize("text", ANY)
def test_nothing_moves(text: str, filename: str) -> None:
    draft = read_text(filename, text)
    assert draft.source.text == text
    assert len(draft.text) == len(text)
    for before, after in zip(text, draft.text, strict=True):
        assert after in (before, MASK) or before == "\r"
    assert draft.text.count("\n") == len(draft.source.line_starts) - 1
    assert "\r" not in draft.text
    last = 0
    for paragraph in draft.paragraphs:
        assert last <= paragraph.start < paragraph.end <= len(text)
        assert "\n" not in draft.line(paragraph)
        last = paragraph.end


@pytest.mark.parametrize(
    ("filename", "level"),
    [
        ("a.md", 1),
        ("A.MD", 1),
        ("a.markdown", 1),
        ("a.txt", 0),
        ("a", 0),
        ("<stdin>", 0),
        ("md", 0),
        ("a.md.txt", 0),
    ],
)
def test_the_suffix_decides(filename: str, level: int) -> None:
    assert read_text(filename, "# 甲\n").paragraphs[0].level == level


def test_suffixes_of_drafts() -> None:
    assert {".txt", ".md"} <= set(SUFFIXES)


def test_bytes_are_decoded() -> None:
    for data, encoding in (("一、甲。\r\n好。".encode("utf-8-sig"), None), ("一、甲。\r\n好。".encode("gbk"), "gbk")):
        draft = read("a.txt", data, encoding)
        assert draft.source.text == "一、甲。\r\n好。"
        assert paragraphs(draft) == ["一、甲。", "好。"]


def test_unreadable_bytes() -> None:
    with pytest.raises(ReportlintError):
        read("a.txt", b"\x00\x01")


# --------------------------------------------------------------------------------------------------------- plain text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_a_line_is_a_paragraph(line_break: str) -> None:
    text = line_break.join(["某县工作情况", "", "\u3000\u3000一、总体", " \t好。 ", ""])
    draft = read_text("a.txt", text)
    assert paragraphs(draft) == ["某县工作情况", "一、总体", "好。"]
    assert [draft.source.position(p.start) for p in draft.paragraphs] == [(1, 1), (3, 3), (4, 3)]


@pytest.mark.parametrize("blank", [" ", "\t", "\u3000", "\u00a0", "\u2002", "\u2003", "\u200b", "\ufeff"])
def test_indents_and_trailing_blanks(blank: str) -> None:
    draft = read_text("a.txt", f"{blank * 2}一、总体{blank}\n{blank}\n")
    assert paragraphs(draft) == ["一、总体"]
    assert draft.paragraphs[0].start == 2


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085", "\x0c", "\x0b", "\x1c"])
def test_what_breaks_no_line(mark: str) -> None:
    assert paragraphs(read_text("a.txt", f"前半句{mark}后半句。")) == [f"前半句{mark}后半句。"]


@pytest.mark.parametrize(
    "junk",
    [
        "下载",
        "打印",
        "【字体：大 中 小】",
        "【打印】【关闭】",
        "来源：某某网",
        "发布时间：2026-01-05 09:00",
        "浏览次数：12",
        "责任编辑：小王",
        "相关报道：",
        "上一篇：某某工作总结",
        "当前位置：首页 > 政务公开",
        "索引号：",
        "— 6 —",
        "- 12 -",
        "第3页",
        "第 3 页 共 12 页",
        "\u3000\u3000扫一扫在手机打开当前页",
    ],
)
def test_what_a_page_leaves_behind_is_masked(junk: str) -> None:
    draft = read_text("a.txt", f"好。\n{junk}\n好。\n")
    assert paragraphs(draft) == ["好。", "好。"]
    assert draft.text == f"好。\n{''.join(MASK if c not in chr(0x3000) else c for c in junk)}\n好。\n"


@pytest.mark.parametrize(
    "line",
    [
        "下载安装手机客户端的群众达三万人。",
        "来源：" + "一" * 40,
        "第3页有误。",
        "- 12 亿元",
        "打印机更新到位。",
        "首页改版完成。",
        "字号大小符合规定，版面整洁美观大方。",
        "相关报道" + "一" * 80,
    ],
)
def test_what_only_looks_like_junk_is_text(line: str) -> None:
    assert paragraphs(read_text("a.txt", f"{line}\n")) == [line]


def test_signs_of_markdown_are_text_in_plain_text() -> None:
    text = "# 甲\n**乙**\n> 丙\n| 丁 |\n```\n"
    draft = read_text("a.txt", text)
    assert draft.text == text
    assert all(p.level == 0 and not p.table for p in draft.paragraphs)


# ----------------------------------------------------------------------------------------------------------- Markdown


@pytest.mark.parametrize("opening", ["", "\ufeff"])
@pytest.mark.parametrize("fence", ["---", "..."])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_front_matter(opening: str, fence: str, line_break: str) -> None:
    text = line_break.join([f"{opening}---", "title: 甲 XX", "一、: 乙", fence, "# 丙", "好。"])
    draft = read_text("a.md", text)
    assert shown(draft) == ["丙", "好。"]
    assert "XX" not in draft.text


def test_a_rule_is_no_front_matter() -> None:
    assert shown(read_text("a.md", "---\n\n甲。\n")) == ["甲。"]
    assert shown(read_text("a.md", "甲。\n\n---\n\n乙。\n\n---\n")) == ["甲。", "乙。"]


@pytest.mark.parametrize(
    ("line", "text", "level"),
    [
        ("# 甲", "甲", 1),
        ("###### 甲", "甲", 6),
        ("####### 甲", "####### 甲", 0),
        ("#甲", "#甲", 0),
        ("   ## 甲", "甲", 2),
        ("## 甲 ##", "甲", 2),
        ("## 甲#", "甲#", 2),
        ("##\u3000甲", "甲", 2),
        ("## 一、甲 乙", "一、甲 乙", 2),
        ("## **甲**", "甲", 2),
    ],
)
def test_hash_headings(line: str, text: str, level: int) -> None:
    draft = read_text("a.md", f"{line}\n\n好。\n")
    assert [(draft.line(p), p.level) for p in draft.paragraphs] == [(text, level), ("好。", 0)]


def test_empty_headings_are_none() -> None:
    assert shown(read_text("a.md", "#\n## \n好。\n")) == ["好。"]


@pytest.mark.parametrize(("underline", "level"), [("===", 1), ("=", 1), ("---", 2), ("--", 2), ("  ---  ", 2)])
def test_setext_headings(underline: str, level: int) -> None:
    draft = read_text("a.md", f"甲\n{underline}\n\n好。\n")
    assert [(draft.line(p), p.level) for p in draft.paragraphs] == [("甲", level), ("好。", 0)]


def test_a_line_apart_is_no_setext_heading() -> None:
    draft = read_text("a.md", "甲\n\n---\n\n乙\n")
    assert [(draft.line(p), p.level) for p in draft.paragraphs] == [("甲", 0), ("乙", 0)]


@pytest.mark.parametrize("rule", ["---", "***", "___", "- - -", "* * *", " ----------"])
def test_thematic_breaks(rule: str) -> None:
    assert shown(read_text("a.md", f"甲。\n\n{rule}\n\n乙。\n")) == ["甲。", "乙。"]


@pytest.mark.parametrize(
    "code",
    [
        "```\n一、XX 布署\n```",
        "~~~ python\n一、XX 布署\n~~~",
        "````\n```\n一、XX 布署\n````",
        "  ```\n一、XX 布署\n  ```",
    ],
)
def test_code_fences(code: str) -> None:
    text = f"甲。\n\n{code}\n\n一、乙。\n"
    draft = read_text("a.md", text)
    assert paragraphs(draft) == ["甲。", "一、乙。"]
    assert codes(text, "a.md", "TYP", "PLH") == []


def test_a_fence_that_is_never_closed_runs_to_the_end() -> None:
    assert paragraphs(read_text("a.md", "甲。\n```\n一、乙。\n# 丙\n")) == ["甲。"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**重点**工作", "重点工作"),
        ("**重点：**工作", "重点：工作"),
        ("抓好**重点**", "抓好重点"),
        ("**“甲”**乙", "“甲”乙"),
        ("__重点__工作", "重点工作"),
        ("*注：好。*", "注：好。"),
        ("`甲`乙", "乙"),
        ("``甲`乙``丙", "丙"),
        ("见[清单](a.md)。", "见清单。"),
        ("![图示](a.png)", "图示"),
        ("<b>甲</b>乙", "甲乙"),
        ("甲<br>乙", "甲乙"),
        ("见<https://example.org/a>。", "见。"),
        ("<!-- 备注 -->甲", "甲"),
        ("甲<!-- 备注 -->乙<!-- 又 -->", "甲乙"),
        ("[主送单位]：", "[主送单位]："),
        ("{{单位}}", "{{单位}}"),
        ("<填写单位>", "<填写单位>"),
        ("10*3=30", "10*3=30"),
        ("a_b_c", "a_b_c"),
    ],
)
def test_marks_inside_a_line(text: str, seen: str) -> None:
    assert "".join(shown(read_text("a.md", f"{text}\n"))) == seen


@pytest.mark.parametrize(
    "text", ["**重点**工作。\n", "抓好**重点**，管住**要害**。\n", "__重点__工作。\n", "*注：好。*\n"]
)
def test_emphasis_is_no_placeholder(text: str) -> None:
    assert codes(text, "a.md", "PLH") == []


def test_a_lone_asterisk_is_a_placeholder() -> None:
    assert codes("完成投资*亿元。\n", "a.md", "PLH") == [("PLH002", "*")]


@pytest.mark.parametrize("text", ["完成投资**亿元。\n", "同比增长**。\n\n新增**人。\n"])
def test_a_lone_pair_of_asterisks_is_a_placeholder(text: str) -> None:
    assert {c for c, _ in codes(text, "a.md", "PLH")} == {"PLH002"}


def test_bold_italics_with_underscores_are_no_placeholder() -> None:
    assert codes("___三___字要记牢。\n", "a.md", "PLH") == []


def test_a_character_reference_is_no_punctuation() -> None:
    assert codes("第一段&nbsp;内容。\n", "a.md", "PUN") == []


def test_a_bare_url_is_no_text() -> None:
    assert codes("详见 https://example.org/a?b=XX 页面。\n", "a.md", "PLH") == []


def test_comments_over_several_lines() -> None:
    text = "甲。\n<!--\n一、XX 布署\n-->\n乙。\n"
    assert codes(text, "a.md", "TYP", "PLH") == []
    assert [line for line in shown(read_text("a.md", text)) if line] == ["甲。", "乙。"]


@pytest.mark.parametrize("text", ["<!-- 备注 -->\n好。\n", "<!--\n备注\n-->\n好。\n", "<div>\n好。\n</div>\n"])
def test_what_is_masked_wholly_is_no_paragraph(text: str) -> None:
    assert paragraphs(read_text("a.md", text)) == ["好。"]


@pytest.mark.parametrize("text", ["<b>一、甲</b>\n", "<a name=a></a>一、甲\n", "<!-- a -->一、甲\n", "[一、甲](#a)\n"])
def test_a_paragraph_begins_after_what_is_masked(text: str) -> None:
    draft = read_text("a.md", text)
    assert draft.line(draft.paragraphs[0]).startswith("一、")


def test_tables() -> None:
    draft = read_text("a.md", "| 指标 | 完成 |\n| --- | ---: |\n| 投资 | 12亿元 |\n\n好。\n")
    assert [p.table for p in draft.paragraphs] == [True, True, True, False]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- 甲", "甲"),
        ("* 甲", "甲"),
        ("+ 甲", "甲"),
        ("  - 甲", "甲"),
        ("- [ ] 甲", "甲"),
        ("- [x] 甲", "甲"),
        ("- 一是甲", "一是甲"),
        ("> 甲", "甲"),
        (">甲", "甲"),
        ("> > 甲", "甲"),
        ("> - 甲", "甲"),
        ("1. 甲", "1. 甲"),
        ("-甲", "-甲"),
        ("\u3000\u3000甲", "甲"),
    ],
)
def test_bullets_and_quotes(line: str, text: str) -> None:
    draft = read_text("a.md", f"{line}\n")
    assert paragraphs(draft) == [text]
    assert draft.source.text[draft.paragraphs[0].start : draft.paragraphs[0].end] == text


def test_crlf_in_markdown() -> None:
    text = "# 甲\r\n\r\n- 乙\r\n\r\n## 丙 ##\r\n\r\n```\r\n丁\r\n```\r\n\r\n---\r\n"
    draft = read_text("a.md", text)
    assert [(draft.line(p), p.level) for p in draft.paragraphs] == [("甲", 1), ("乙", 0), ("丙", 2)]


@pytest.mark.parametrize("text", ["甲\r\n===\r\n", "甲  \n===\n"])
def test_setext_headings_after_a_blank(text: str) -> None:
    assert read_text("a.md", text).paragraphs[0].level == 1
