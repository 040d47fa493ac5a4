"""Plain text: a paragraph is a line. What web pages and page layouts leave behind is masked."""

import regex

from reportlint.draft import BLANKS, MASK, Draft, Paragraph
from reportlint.patterns import pattern
from reportlint.text import SourceText

# Whole lines only: buttons and labels of the page a text was copied from, and page numbers.
_JUNK = pattern(
    r"""
    (?:下载|打印|全屏|收藏|关闭|分享(?:到)?[:：]?|首页|加大|还原|减小|大\s+中\s+小|[【\[]?字[号体][:：].{0,12}|】
      |[【\[](?:打印|关闭|收藏|下载|字体).{0,20}
      |来源[:：].{0,30}|(?:发布)?(?:时间|日期)[:：]\s*\d{4}.{0,20}|浏览(?:次数|量)?[:：].{0,12}
      |责任编辑[:：].{0,20}|相关(?:报道|链接|新闻|阅读)[:：]?.{0,40}|扫一扫.{0,20}|上一篇[:：].{0,60}|下一篇[:：].{0,60}
      |当前位置[:：].{0,60}
      |(?:索\s*引\s*号|主题分类|发文机关|成文日期|标\s+题|发文字号|发布(?:日期|时间)|时间|来源|作者|编辑|字号|主\s*题\s*词|有\s*效\s*性)[:：]
      |[-—–－─]\s*\d{1,4}\s*[-—–－─]|第\s*\d{1,4}\s*页(?:[，,/]?\s*共\s*\d{1,4}\s*页)?)
    [ \t\u3000\u00a0\x00]*""",
    regex.VERBOSE,
)
_JUNK_LONGEST = 80


def normalise_breaks(text: str) -> str:
    """The same text, as long as before, with LF for every line break: the CR of a CRLF becomes a blank."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", " \n").replace("\r", "\n")


def read(filename: str, text: str) -> Draft:
    """The draft of a plain text."""
    plain = normalise_breaks(text)
    paragraphs: list[Paragraph] = []
    masked: list[tuple[int, int]] = []
    start = 0
    for line in plain.split("\n"):
        body = line.strip(BLANKS)
        if body:
            first = start + line.index(body[0])
            if len(body) < _JUNK_LONGEST and _JUNK.fullmatch(body):
                masked.append((first, first + len(body)))
            else:
                paragraphs.append(Paragraph(first, first + len(body)))
        start += len(line) + 1
    return Draft(filename, SourceText(text), mask(plain, masked), paragraphs)


def mask(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the given spans (in order, disjoint) turned into MASK, line breaks kept."""
    if not spans:
        return text
    pieces, last = [], 0
    for start, end in spans:
        pieces.append(text[last:start])
        pieces.append("\n".join(MASK * len(part) for part in text[start:end].split("\n")))
        last = end
    pieces.append(text[last:])
    return "".join(pieces)
