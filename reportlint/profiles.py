"""Genres of report: what each must contain, and how to tell one from another.

A profile is a file of `rules/profiles/`; the parts that reports share (成绩, 问题, 打算 …) are its `roles.yaml`.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

import regex

from reportlint.draft import Draft
from reportlint.frame import Frame
from reportlint.located import Value, load, suggest
from reportlint.model import Severity
from reportlint.outline import Node, Outline
from reportlint.patterns import pattern
from reportlint.rules import LANGUAGES, SEVERITIES, compile_regex

GENERAL = "general"
_ENOUGH = 3  # points: below, no genre is claimed
_OPENING = 900  # code points of the body that an opening is looked for in
_DEEPEST = 3
_PREAMBLE = 200  # code points
_EXPLAINED = pattern(r"《[^》]*》(?=.*的(?:说明|解读|审查结果报告|决议))")  # what a draft is about, not what it is
_LAST = 6  # paragraphs
_ADDRESSED = pattern(r"(?:同志们|各位|主任[、，]|主席[、，]|朋友们|委员们|代表们)[^。；]{0,24}[：！，](?=.)")
_BLANK = pattern(r"(?<=[\u4e00-\u9fff])[ \u3000](?=[\u4e00-\u9fff])")
_LINE = 20  # code points: a line up to this length may be a heading that lost its marker

_SIGNS = {"title": 10, "salutation": 4, "opening": 3, "untitled": 3, "heading": 2, "closing": 3}


class Role(NamedTuple):
    """A part of a report, found by its heading or, failing that, by a sentence; a `vague` sentence, such as any that
    says something was done, counts only outside the sections of other roles. A heading with what `anywhere` finds has
    no place among the others."""

    name: str
    title: dict[str, str]
    heading: regex.Pattern[str]
    sentence: regex.Pattern[str] | None
    vague: bool
    anywhere: regex.Pattern[str] | None


class Part(NamedTuple):
    """A role in a profile. `headed`: it should have a heading of its own; `ordered`: its place counts."""

    role: Role
    required: bool
    headed: bool
    ordered: bool


class Element(NamedTuple):
    """A piece of the frame that a profile wants: what it looks like, how one would write it, and how grave it is
    where it lacks (None: as the rule says)."""

    pattern: regex.Pattern[str] | None
    example: str
    severity: Severity | None


class Profile(NamedTuple):
    """A genre. `signs` are what it is recognised by; `wants` the pieces of the frame it needs."""

    name: str
    title: dict[str, str]
    aliases: tuple[str, ...]
    signs: dict[str, regex.Pattern[str]]
    wants: dict[str, Element]
    parts: tuple[Part, ...]


class Recognised(NamedTuple):
    """Which profile a draft has, and why: (sign, the text that showed it)."""

    profile: Profile
    reasons: tuple[tuple[str, str], ...]


class Found(NamedTuple):
    """Where a role stands: its headings, or the place of a sentence."""

    headings: tuple[Node, ...]
    sentence: tuple[int, int] | None


def load_profiles(folder: str) -> dict[str, Profile]:
    """Every profile of a folder, by name. YamlError for a mistake in a file."""
    roles = _load_roles(os.path.join(folder, "roles.yaml"))
    names = sorted(f for f in os.listdir(folder) if f.endswith(".yaml") and f != "roles.yaml")
    profiles = [_load_profile(os.path.join(folder, name), roles) for name in names]
    return {p.name: p for p in profiles}


def _load_roles(path: str) -> dict[str, Role]:
    out = {}
    for key, value in load(path).mapping(("roles",), ("roles",))["roles"].entries():
        given = value.mapping(("title", "heading", "sentence", "vague", "anywhere"), ("title", "heading"))
        sentence, vague, anywhere = given.get("sentence"), given.get("vague"), given.get("anywhere")
        name = key.string()
        out[name] = Role(
            name,
            _names(given["title"]),
            compile_regex(given["heading"]),
            compile_regex(sentence) if sentence else None,
            vague.boolean() if vague else False,
            compile_regex(anywhere) if anywhere else None,
        )
    return out


def _names(value: Value) -> dict[str, str]:
    given = value.mapping(LANGUAGES, LANGUAGES)
    return {language: given[language].string() for language in LANGUAGES}


def _load_profile(path: str, roles: Mapping[str, Role]) -> Profile:
    given = load(path).mapping(("name", "title", "aliases", "signs", "wants", "parts"), ("name", "title"))
    signs: dict[str, regex.Pattern[str]] = {}
    if found := given.get("signs"):
        signs = {k: compile_regex(v) for k, v in found.mapping(tuple(_SIGNS)).found.items()}
    wants: dict[str, Element] = {}
    if found := given.get("wants"):
        for name, value in found.mapping(("title", "salutation", "closing", "signature")).found.items():
            element = value.mapping(("pattern", "example", "severity"), ("example",))
            pattern, severity = element.get("pattern"), element.get("severity")
            wants[name] = Element(
                compile_regex(pattern) if pattern else None,
                element["example"].string(),
                SEVERITIES[severity.choice(tuple(SEVERITIES))] if severity else None,
            )
    aliases = given.get("aliases")
    parts = given.get("parts")
    return Profile(
        given["name"].string(),
        _names(given["title"]),
        aliases.strings() if aliases else (),
        signs,
        wants,
        tuple(_part(item, roles) for item in parts.items()) if parts else (),
    )


def _part(value: Value, roles: Mapping[str, Role]) -> Part:
    given = value.mapping(("role", "required", "headed", "ordered"), ("role",))
    name = given["role"].string()
    if name not in roles:
        raise given["role"].error(f"未知的部分“{name}”{suggest(name, tuple(roles))} (unknown role)")

    def flag(key: str) -> bool:
        value = given.get(key)
        return value.boolean() if value else True

    return Part(roles[name], flag("required"), flag("headed"), flag("ordered"))


def named(profiles: Mapping[str, Profile], name: str) -> Profile | None:
    """The profile of a name or a Chinese alias, None if there is none."""
    for profile in profiles.values():
        if name == profile.name or name in profile.aliases or name == profile.title["zh"]:
            return profile
    return None


def recognise(profiles: Mapping[str, Profile], draft: Draft, outline: Outline, frame: Frame) -> Recognised:
    """The genre of a draft: the profile with the most points by its title, salutation, opening, headings and
    closing; `general`, which wants nothing, where none has enough."""
    seen = _showing(draft, outline, frame)
    best, best_points = profiles[GENERAL], _ENOUGH - 1
    reasons: tuple[tuple[str, str], ...] = ()
    for profile in profiles.values():
        points, why = 0, []
        for sign, shape in profile.signs.items():
            for text in seen[sign]:
                match = shape.search(text)
                if match:
                    points += _SIGNS[sign]
                    why.append((sign, match[0].strip()[:40]))
                    if sign != "heading":
                        break
        if points > best_points:
            best, best_points, reasons = profile, points, tuple(why)
    return Recognised(best, reasons)


def _showing(draft: Draft, outline: Outline, frame: Frame) -> dict[str, list[str]]:
    text = draft.text
    body = draft.paragraphs[frame.body].start if frame.body < len(draft.paragraphs) else 0
    title = []
    if frame.title is not None:
        # A long title runs over several lines; the genre word ends the last. In a report pasted into one line the
        # title is no paragraph of its own.
        own = frame.title in draft.paragraphs[: frame.body]
        index = draft.paragraphs.index(frame.title) if own else 0
        lines = [draft.line(p) for p in draft.paragraphs[index : frame.body][:3]] if own else [draft.line(frame.title)]
        joined = ["".join(lines[:n]) for n in range(1, len(lines) + 1)]
        title = [_EXPLAINED.sub("", line.replace(" ", "").replace("\u3000", "")) for line in joined]
    return {
        "title": title,
        "salutation": [draft.line(frame.salutation)] if frame.salutation else [],
        "opening": [text[body : body + _OPENING]],
        # With a title, the first words of a summary are those of many another text.
        "untitled": [text[body : body + _OPENING]] if frame.title is None and outline.sections else [],
        "heading": [text[n.title_start : n.title_end] for n in outline.sections if n.region == 0],
        "closing": [draft.line(p) for p in draft.paragraphs[-10:] if p.end - p.start < 80],
    }


def find_roles(roles: Sequence[Role], draft: Draft, outline: Outline, body: int) -> list[Found]:
    """Where a draft plays each of the roles: by the headings of its sections down to the third level, else by a
    sentence or a short line of its paragraphs from number `body` on (the title says what a report should hold, not
    what it does) that is not in the section of another role."""
    text = draft.text
    heads = [
        (node, _BLANK.sub("", text[node.title_start : min(node.title_end, node.title_start + 60)]))
        for node in outline.walk()
        if node.level <= _DEEPEST and (not node.inline or node.level == 1)
    ]
    titles = {title for _, title in heads}
    said = [{title for title in titles if role.heading.search(title)} for role in roles]
    headings = [tuple(node for node, title in heads if title in own) for own in said]
    headings = [_own(index, roles, headings) for index in range(len(roles))]
    found = []
    for index, (role, own) in enumerate(zip(roles, headings, strict=True)):
        if own or role.sentence is None:
            found.append(Found(own, None))
            continue
        others = {(n.start, n.end) for i, nodes in enumerate(headings) if role.vague and i != index for n in nodes}
        if outline.sections:
            others |= _parting(draft)
        place = _unheaded(role, role.sentence, draft, outline, body, sorted(others))
        found.append(Found((), place or _across_blanks(role.sentence, draft, body)))
    return found


def _parting(draft: Draft) -> set[tuple[int, int]]:
    """The last words to those who hear a report: they say what is to be done, but not as a part of it."""
    last = [p for p in draft.paragraphs[-_LAST:] if _ADDRESSED.match(draft.text, p.start, p.end)]
    return {(last[0].start, len(draft.text))} if last else set()


def _across_blanks(sentence: regex.Pattern[str], draft: Draft, body: int) -> tuple[int, int] | None:
    """The paragraph in which a sentence stands that a stray blank breaks: 还 有一些短板."""
    for paragraph in draft.paragraphs[body:]:
        line = draft.line(paragraph)
        plain = _BLANK.sub("", line)
        if len(plain) < len(line) and sentence.search(plain):
            return paragraph.start, paragraph.end
    return None


def _own(index: int, roles: Sequence[Role], headings: list[tuple[Node, ...]]) -> tuple[Node, ...]:
    """The headings of a role; of a vague one, not those in a section of another role that is none of its own."""
    own = headings[index]
    if not roles[index].vague:
        return own
    starts = {n.start for n in own}
    others = sorted(
        (n.start, n.end) for i, nodes in enumerate(headings) if i != index for n in nodes if n.start not in starts
    )
    # How far the sections reach that begin up to each of them.
    reach = [0, *accumulate((end for _, end in others), max)]
    return tuple(n for n in own if reach[bisect_left(others, (n.start, 0))] <= n.start)


def _unheaded(
    role: Role,
    sentence: regex.Pattern[str],
    draft: Draft,
    outline: Outline,
    body: int,
    others: list[tuple[int, int]],
) -> tuple[int, int] | None:
    """Where running text plays the role."""
    text, paragraphs = draft.text, draft.paragraphs
    starts = [p.start for p in paragraphs]
    position = starts[body] if body < len(starts) else 0
    first = outline.sections[0].start if outline.sections else 0
    if others and 0 < first - position < _PREAMBLE:
        position = first  # a few opening words announce what the sections are to say
    for low, high in [*others, (len(text), len(text))]:
        match = sentence.search(text, position, low) if position < low else None
        if match:
            index = bisect_right(starts, match.start()) - 1
            end = paragraphs[index].end if index >= 0 else match.end()
            return match.start(), min(match.end(), end)
        position = max(position, high)
    lines = (p for p in paragraphs[body:] if p.end - p.start <= _LINE and text[p.end - 1] not in "。；，：")
    return next(((p.start, p.end) for p in lines if role.heading.search(text[p.start : p.end])), None)
