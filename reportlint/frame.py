"""What stands around the numbered body: title, salutation, closing, signature and date.

Plain text has no styles to tell them by, so they are found by place and shape: a title is the first short line
that is no sentence, a salutation ends in a colon, a date of issue stands alone near the end.
"""

from typing import NamedTuple

import regex

from reportlint.draft import Draft, Paragraph
from reportlint.outline import Outline
from reportlint.patterns import pattern

_TITLE_LONGEST = 60
_LABEL_LONGEST = 20
_HEAD = 14  # paragraphs: a title or salutation further down is none
_TAIL = 12

_DOCUMENT_NUMBER = pattern(r"[\u4e00-\u9fff]{1,12}[〔\[（(【]?[\dxX×*]{2,4}[〕\]）)】]\s*第?\s*[\dxX×*]+\s*号")
_GENRE_WORD = pattern(
    r"(?:总结|报告|讲话|致辞|发言|汇报|材料|计划|方案|要点|安排|规划|纲要|意见|通知|通报|公告|通告|决定|决议|请示|批复|函|"
    r"议案|纪要|办法|规定|细则|条例|措施|复函|答复|说明|体会|简报|信息|提纲|预案|制度)(?:稿|书)?(?:[（(《〉》].{0,20})?[\s》]*$"
)
_SALUTATION = pattern(
    r"(?:尊敬的|敬爱的)?(?:各位|同志们|同志|代表们|委员们|朋友们|女士们|先生们|老师们|同学们|主席|市长|书记|主任|局长|领导|"
    r"考核组|评议组|组织部|常委会|主任会议).{0,40}[：:！!，,]?"
)
_ADDRESSEES = pattern(r"[^。；]{2,300}[：:]")
_GREETING = pattern(
    r"(?:尊敬的.{0,30}?|各位(?:代表|委员|领导|同志|来宾|嘉宾|评委|老师|专家|同仁|常委).{0,30}?|同志们|代表们|委员们|朋友们|大家好|女士们.{0,12}|"
    r"(?:主任|主席|市长|书记|县长|局长).{0,30}?)(?=[：:！!，,])"
)
CLOSING = pattern(
    r"(?:特此(?:报告|汇报|通知|通报|通告|公告|请示|函告|函复|批复|总结)|以上(?:报告|汇报|请示|意见|述职|总结|发言|情况|妥否|当否)|"
    r"(?:妥否|当否|可否|是否妥当)[，,]?|请(?:予)?(?:审议|评议|批示|批复|审阅|批评指正)|(?:我的)?(?:汇报|报告|述职|发言|讲话)(?:到此)?(?:完毕|结束|完了)|"
    r"谢谢(?:大家|各位)?|此复|专此|敬请)"
)
_DATE = pattern(
    r"(?:\d{4}|[xX×*]{2,4}|\d{2}[xX×*]{2}|[二〇○◯零一三四五六七八九OＯoｏ0-9]{4})\s*年\s*(?:[一二三四五六七八九十]{1,3}|[xX×*]{1,2}|\d{0,2})\s*月"
    r"\s*(?:[一二三四五六七八九十]{1,3}|[xX×*]{1,2}|\d{0,2})\s*日?"
)
# What stands under a title: the date in brackets, a subtitle, the speaker with office and name.
_BESIDE_TITLE = pattern(
    r"[（(].*[）)]|[—–-]{1,2}.*|.*(?:书记|主任|局长|院长|校长|主席|县长|市长|区长|镇长|乡长|处长|科长|部长|站长|所长|队长|成员|委员|干部|同志)"
    r"[ \u3000]*[\u4e00-\u9fff][ \u3000]?[\u4e00-\u9fff]{1,3}"
)
_YEAR = pattern(r"(?:19|20)\d\d(?=\s*(?:[年—–〕\]）)】-]|/))|[一二][九〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SUBTITLE = pattern("[—–]{1,2}|--")
_BETWEEN_BLANKS = pattern(r"[^ \t\u3000\u00a0]+(?:(?<=[年月]) (?=[月日\d])[^ \t\u3000\u00a0]+)*")
_ORGANISATION = pattern(r"[^。，；：！？,.;:!?]{2,40}")


class Frame(NamedTuple):
    """The paragraphs around the body, None where there is none; `body` is the index of the body's first paragraph and
    `number` the document number (发文字号)."""

    title: Paragraph | None
    salutation: Paragraph | None
    closing: Paragraph | None
    signature: Paragraph | None
    date: Paragraph | None
    body: int
    number: Paragraph | None = None


def frame(draft: Draft, outline: Outline) -> Frame:
    """The frame of a draft."""
    flat = any(n.inline and n.series == "han-comma" for n in outline.sections)
    if flat:
        # Its line breaks have become blanks: what stood on lines of its own now stands between blanks.
        found = _frame(draft._replace(paragraphs=_pieces(draft)), outline.sections[0].start)
        return found._replace(body=0)
    return _frame(
        draft, next((n.start for n in outline.sections if not n.inline and n.series != "dash"), len(draft.text))
    )


def year_of_issue(draft: Draft, frame: Frame) -> int | None:
    """The year in which a draft was written: of its title, else of its document number or date; None where none of
    them has one."""
    for paragraph in (frame.title, frame.number, frame.date):
        if paragraph is not None:
            years = [int(y.translate(_DIGITS)) for y in _YEAR.findall(draft.line(paragraph))]
            # 2035 in a title is a goal, no date.
            years = [y for y in years if y % 5 or y < 2035]
            if years:
                return max(years)
    return None


def _pieces(draft: Draft) -> list[Paragraph]:
    return [
        Paragraph(p.start + m.start(), p.start + m.end())
        for p in draft.paragraphs
        for m in _BETWEEN_BLANKS.finditer(draft.line(p))
    ]


def _frame(draft: Draft, first_marker: int) -> Frame:
    paragraphs = draft.paragraphs
    head = _head(draft, first_marker)
    title, after = _title(draft, head)
    salutation = _salutation(draft, paragraphs[after : after + _HEAD], first_marker)
    body = paragraphs.index(salutation) + 1 if salutation else after
    if salutation is not None and salutation.end - salutation.start > _TITLE_LONGEST:
        body -= 1
    signature, date = _signature(draft)
    number = next((p for p in paragraphs[:_HEAD] if _DOCUMENT_NUMBER.fullmatch(draft.line(p).replace(" ", ""))), None)
    return Frame(title, salutation, _closing(draft, signature, date), signature, date, body, number)


def _head(draft: Draft, first_marker: int) -> list[Paragraph]:
    """The short lines before the body: up to the first marker, sentence or salutation."""
    head = []
    for paragraph in draft.paragraphs[:_HEAD]:
        line = draft.line(paragraph)
        if paragraph.start >= first_marker or paragraph.table:
            break
        if (
            len(line) > _TITLE_LONGEST
            or line[-1] in "。；！？，"
            or "。" in line
            or (line[-1] in "：:" and not line.startswith("（"))
        ):
            break
        if _SALUTATION.fullmatch(line) and not _GENRE_WORD.search(line):
            break
        head.append(paragraph)
    return head


def _title(draft: Draft, head: list[Paragraph]) -> tuple[Paragraph | None, int]:
    """The title (its first line, if a genre word ends the second) and the number of head paragraphs."""
    lines = [p for p in head if not _DOCUMENT_NUMBER.fullmatch(draft.line(p).replace(" ", ""))]
    if not lines:
        return None, len(head)
    if _SUBTITLE.match(draft.text, lines[0].start):
        return None, len(head)  # what a lost title stood above
    declared = next((p for p in lines if p.level), None)
    if declared is not None:
        return declared, len(head)
    for index, paragraph in enumerate(lines):
        if _GENRE_WORD.search(draft.line(paragraph).replace(" ", "").replace("\u3000", "")):
            # A title broken over two lines: the first has no end of its own.
            above = lines[index - 1] if index else None
            if (
                above
                and draft.line(above).startswith(("关于", "国务院", "中共"))
                and not _DATE.search(draft.line(above))
            ):
                return above, len(head)
            return paragraph, len(head)
    # Without a genre word, a line that stands under titles is none; what follows the dashes of a lost one neither.
    return next((p for p in lines if not _BESIDE_TITLE.fullmatch(draft.line(p))), None), len(head)


def _salutation(draft: Draft, candidates: list[Paragraph], first_marker: int) -> Paragraph | None:
    for paragraph in candidates:
        if paragraph.start >= first_marker:
            return None
        line = draft.line(paragraph)
        if len(line) <= _TITLE_LONGEST and _SALUTATION.fullmatch(line) and line[-1] in "：:！!，,们好":
            return paragraph
        if _ADDRESSEES.fullmatch(line) and not regex.search(r"如下|以下|下列|[：:].*[：:]", line):
            return paragraph
        if _GREETING.match(line):
            return paragraph
        if len(line) > _TITLE_LONGEST or (line[-1] in "。；" and len(line) > _LABEL_LONGEST):
            return None
    return None


def _signature(draft: Draft) -> tuple[Paragraph | None, Paragraph | None]:
    tail = draft.paragraphs[-_TAIL:]
    for index in range(len(tail) - 1, 0, -1):
        line = draft.line(tail[index])
        date = _DATE.search(line)
        if date and date.end() == len(line) and len(line) <= 60:
            if date.start() > 2:
                return tail[index], tail[index]
            above = tail[index - 1]
            signed = _ORGANISATION.fullmatch(draft.line(above)) and not above.level
            return (above if signed else None), tail[index]
    return None, None


def _closing(draft: Draft, signature: Paragraph | None, date: Paragraph | None) -> Paragraph | None:
    stop = min((p.start for p in (signature, date) if p), default=len(draft.text))
    for paragraph in [p for p in draft.paragraphs[-_TAIL:] if p.start < stop][: -_TAIL - 1 : -1][:6]:
        line = draft.line(paragraph)
        if len(line) <= 80 and CLOSING.match(line):
            return paragraph
    return None
