"""Rules x draft -> findings: run, prefer the specific, sort."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

from reportlint.checks import KINDS
from reportlint.checks.base import Context, Hit
from reportlint.checks.dated import written_before
from reportlint.checks.literals import literal, literals
from reportlint.draft import MASK, Draft
from reportlint.frame import frame
from reportlint.located import shown_path
from reportlint.model import Edit, Finding, Fix, ReportlintError, ReportlintErrors, Severity
from reportlint.outline import Outline, outline
from reportlint.profiles import Profile, Recognised, load_profiles, named, recognise
from reportlint.resources import data_path
from reportlint.rules import SEVERITIES, Rule, code_in_pack, dictionaries_read, load_pack
from reportlint.store import cached

_SHOWN = 24  # code points of the offending text that a message quotes
_OF_NAMES_TOO = ("NUM", "STR", "PLH")  # a list may be of files, and nobody calls a file xx


class Ruleset(NamedTuple):
    """The rules in the order of their codes, and the profiles by name."""

    rules: tuple[Rule, ...]
    profiles: dict[str, Profile]


OFF = "off"
"""The severity that a configuration gives to what it does not want to hear of."""


class Choice(NamedTuple):
    """What one configuration file says of the rules: codes or their beginnings. `select` is None where it says
    nothing of it; `severity` pairs a selector with a level or `OFF`."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    severity: tuple[tuple[str, str], ...] = ()


class Options(NamedTuple):
    """What a run is asked for. `select` and `ignore` are codes or their beginnings, and nearer than `choices`, which
    go from the farthest configuration file to the nearest. What `dropped` names never runs; `accept` are words and
    names that are right."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    language: str = "zh"
    choices: tuple[Choice, ...] = ()
    dropped: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()


class Report(NamedTuple):
    """A checked draft: its findings in order, its outline and its genre; how many more the baseline knows; and what
    is to be said of the suppressions in it, with their offsets."""

    draft: Draft
    tree: Outline | None
    genre: Recognised
    findings: list[Finding]
    known: int = 0
    notes: tuple[tuple[int, str], ...] = ()

    @property
    def outline(self) -> Outline:
        """The outline; of a report whose findings come from the cache it is made when it is asked for."""
        return self.tree or outline(self.draft)


@cache
def shipped() -> Ruleset:
    """The rules and profiles that come with the program, compiled at most once per change of their files."""
    folder = data_path("rules")
    return cached("rules", _stamps(folder), lambda: _without_examples(load_ruleset(folder)))


@cache
def documented() -> Ruleset:
    """The same rules with their examples, which a check has no use for."""
    folder = data_path("rules")
    return cached("packs", _stamps(folder), lambda: load_ruleset(folder))


def _without_examples(ruleset: Ruleset) -> Ruleset:
    return ruleset._replace(rules=tuple(r._replace(examples=()) for r in ruleset.rules))


def rule_stamps() -> list[bytes]:
    """What changes with the shipped rules."""
    return list(_stamps(data_path("rules")))


def pack_stamps(packs: tuple[str, ...]) -> Iterator[bytes]:
    """What changes with packs of one's own: their files, and the dictionaries that packs have named."""
    # Of these packs alone: which others this process has read must not change what is known of a draft.
    named = {path for pack in packs for path in dictionaries_read.get(os.path.abspath(shown_path(pack)), ())}
    for path in (*packs, *sorted(named)):
        with suppress(OSError):
            stat = os.stat(path)
            yield f"{path} {stat.st_size} {stat.st_mtime_ns}".encode()


def _stamps(folder: str) -> Iterator[bytes]:
    """Changes when a file of the packs does, without reading a megabyte of dictionaries."""
    for place in (folder, os.path.join(folder, "profiles"), os.path.join(folder, "words")):
        for entry in sorted(os.scandir(place), key=lambda e: e.name):
            if entry.name.endswith((".yaml", ".tsv")):
                stat = entry.stat()
                yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns}".encode()


def load_ruleset(folder: str) -> Ruleset:
    """The packs and profiles of a folder. YamlError for a mistake in one, ReportlintError for a code given twice."""
    rules: list[Rule] = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".yaml"):
            rules += load_pack(os.path.join(folder, name), KINDS)
    seen: dict[str, str] = {}
    for rule in rules:
        if rule.code in seen:
            raise ReportlintError(f"{rule.path}: 规则 {rule.code} 已在 {seen[rule.code]} 中定义 (defined twice)")
        seen[rule.code] = rule.path
    return Ruleset(tuple(sorted(rules, key=lambda r: r.code)), load_profiles(os.path.join(folder, "profiles")))


@cache
def with_packs(packs: tuple[str, ...]) -> Ruleset:
    """The shipped rules and those of packs of one's own. YamlError for a mistake in one or a code given twice."""
    ruleset = shipped()
    if not packs:
        return ruleset
    rules = {r.code: r for r in ruleset.rules}
    for path in packs:
        path = shown_path(path)
        for rule in load_pack(path, KINDS):
            if rule.code in rules:
                raise code_in_pack(path, rule.code).error(
                    f"规则 {rule.code} 已在 {_shown_pack(rules[rule.code].path)} 中定义，请换一个代码 (defined already)"
                )
            rules[rule.code] = rule
    return ruleset._replace(rules=tuple(rules[code] for code in sorted(rules)))


def _shown_pack(path: str) -> str:
    return os.path.basename(path) if path.startswith(data_path("rules")) else path


def chosen(rules: Iterable[Rule], options: Options) -> list[Rule]:
    """The rules that run. A longer selector outweighs a shorter one, of two as long the nearer, in one place
    `ignore` outweighs `select`."""
    layers = (*options.choices, Choice(options.select or None, options.ignore))
    return [rule for rule in rules if _runs(rule, layers) and not rule.code.startswith(options.dropped)]


def verify(selectors: Iterable[str], codes: Sequence[str]) -> None:
    """ReportlintErrors for the selectors that fit none of the codes."""
    wrong = unknown(selectors, codes)
    if wrong:
        raise ReportlintErrors(wrong)


def unknown(selectors: Iterable[str], codes: Sequence[str]) -> list[ReportlintError]:
    """An error for each selector that fits none of the codes."""
    return [
        ReportlintError(f"没有规则与“{selector}”相符，见 reportlint rules list (no such rule)")
        for selector in dict.fromkeys(selectors)
        if not fits(selector, codes)
    ]


def fits(selector: str, codes: Iterable[str]) -> bool:
    """Whether a selector is `ALL`, a code or the beginning of one."""
    return selector == "ALL" or any(code.startswith(selector) for code in codes)


def _weight(code: str, selectors: Iterable[str]) -> int:
    return max((0 if s == "ALL" else len(s) for s in selectors if s == "ALL" or code.startswith(s)), default=-1)


def _runs(rule: Rule, layers: Sequence[Choice]) -> bool:
    code = rule.code
    # (length of the selector, how near it is): what is said for the rule and what against it.
    given = [(_weight(code, layer.select), n) for n, layer in enumerate(layers) if layer.select is not None]
    levels = [(s, level, n) for n, layer in enumerate(layers) for s, level in layer.severity]
    if given:
        best = given[-1]
        if best[0] < (0 if rule.default else len(code)):
            return False  # a rule that is off by default runs only where it is named
    elif rule.default or any(s == code and level != OFF for s, level, _ in levels):
        best = (0, -1)
    else:
        return False
    against = max((_weight(code, layer.ignore), n) for n, layer in enumerate(layers))
    # A level says how grave a rule is, not that it runs: it only takes back what a shorter or farther `OFF` says.
    graded = max(((_weight(code, (selector,)), n), level) for selector, level, n in levels) if levels else None
    if graded and graded[1] == OFF:
        against = max(against, graded[0])
    return against[0] < 0 or against < best


def severities(rules: Iterable[Rule], choices: Sequence[Choice]) -> dict[str, Severity]:
    """The severity that the configuration gives to each code; none for a code it does not speak of."""
    out = {}
    for rule in rules:
        said = [
            ((_weight(rule.code, (selector,)), n), level)
            for n, choice in enumerate(choices)
            for selector, level in choice.severity
            if level != OFF and fits(selector, (rule.code,))
        ]
        if said:
            out[rule.code] = SEVERITIES[max(said)[1]]
    return out


def profile_named(profiles: dict[str, Profile], name: str) -> Profile:
    """The profile of that name or alias; ReportlintError with the known names where there is none."""
    found = named(profiles, name)
    if found is None:
        known = "、".join(f"{p.name}（{p.title['zh']}）" for p in profiles.values())
        raise ReportlintError(f"没有名为“{name}”的文种；可用：{known} (unknown profile)")
    return found


class Stopped(Exception):
    """A check whose result nobody wants any more."""


def check(
    draft: Draft, ruleset: Ruleset, rules: Sequence[Rule], options: Options, stopped: Callable[[], bool] | None = None
) -> Report:
    """The findings of the given rules on a draft. `stopped` is asked before each rule; Stopped where it says so."""
    tree = outline(draft)
    around = frame(draft, tree)
    if options.profile:
        genre = Recognised(profile_named(ruleset.profiles, options.profile), (("option", options.profile),))
    else:
        genre = recognise(ruleset.profiles, draft, tree, around)
    vocabularies = tuple(words(rule.params) for rule in rules if (words := KINDS[rule.kind].words))
    context = Context(draft, tree, around, genre.profile, vocabularies)
    findings: list[Finding] = []
    shared: dict[tuple[str, str, str], str] = {}
    for rule in rules:
        if stopped is not None and stopped():
            raise Stopped
        names = () if rule.code.startswith(_OF_NAMES_TOO) else literals(context)
        for hit in KINDS[rule.kind].run(rule.params, context):
            if names and literal(names, hit.start, hit.end):
                continue
            if written_before(rule.since, context):
                break  # a standard does not bind what is older than it
            findings.append(_finding(rule, hit, context, options.language, shared))
    findings.sort(key=lambda f: (f.start, f.code, f.end))
    return Report(draft, tree, genre, _preferred(findings, rules))


def _finding(rule: Rule, hit: Hit, context: Context, language: str, shared: dict[tuple[str, str, str], str]) -> Finding:
    text = context.text[hit.start : hit.end]
    if MASK in text:
        text = context.draft.shown(hit.start, hit.end)
    # The same is said of many places in a bad draft: made once, kept once.
    key = (rule.code, hit.variant, text if hit.args is None else "")
    message = shared.get(key) if hit.args is None else None
    if message is None:
        message = _message(rule, hit, text, language)
        message = shared.setdefault(key if hit.args is None else ("", "", message), message)
    fix = None
    if hit.edits:
        safe = rule.safe if hit.safe is None else hit.safe
        fix = Fix(safe, advice(hit.edits, context.text, language), hit.edits)
    severity = rule.severity if hit.severity is None else hit.severity
    return Finding(hit.start, hit.end, rule.code, rule.name, severity, message, fix, hit.key)


def _message(rule: Rule, hit: Hit, text: str, language: str) -> str:
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    args: dict[str, Any] = {"text": shown.replace("\n", "⏎")}
    for key, value in (hit.args or {}).items():
        args[key] = value[language] if isinstance(value, dict) else value
    wordings = rule.message[language]
    return wordings.get(hit.variant, wordings[""]).format_map(_Args(args))


class _Args(dict[str, Any]):
    """The arguments of a message; one that a pack names and its check does not give stays as it is written."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def advice(edits: tuple[Edit, ...], text: str, language: str) -> str:
    """What a fix does, in words."""
    parts = []
    for edit in edits[:2]:
        old = text[edit.start : edit.end]
        if not old:
            parts.append(f"补上“{edit.content}”" if language == "zh" else f"insert “{edit.content}”")
        elif edit.content:
            parts.append(f"“{old}”改为“{edit.content}”" if language == "zh" else f"“{old}” → “{edit.content}”")
        else:
            name = "空格" if not old.strip() and language == "zh" else "the blank" if not old.strip() else f"“{old}”"
            parts.append(f"删去{name}" if language == "zh" else f"delete {name}")
    if len(edits) > 2:
        parts.append(f"等 {len(edits)} 处" if language == "zh" else f"and {len(edits) - 2} more")
    return ("，" if language == "zh" else ", ").join(parts)


def _preferred(findings: list[Finding], rules: Sequence[Rule]) -> list[Finding]:
    """Of two findings at one place the more specific: a rule yields to those it names."""
    yields = {r.code: r.yields_to for r in rules if r.yields_to}
    wanted = {f.code for f in findings}
    named = ((code, tuple(c for c in wanted if c.startswith(to))) for code, to in yields.items())
    yields = {code: codes for code, codes in named if codes}
    strong = {c for codes in yields.values() for c in codes}
    places: dict[str, list[tuple[int, int]]] = {c: [] for c in strong}
    for f in findings:
        if f.code in strong:
            places[f.code].append((f.start, f.end))
    return [f for f in findings if f.code not in yields or not _gives_way(f, yields[f.code], places)]


def _gives_way(finding: Finding, codes: tuple[str, ...], places: dict[str, list[tuple[int, int]]]) -> bool:
    # XX（待确认）, 待定万元: what a family finds side by side is one defect.
    return any(_meets(places[code], finding, int(code[:3] == finding.code[:3])) for code in codes)


def _meets(spans: list[tuple[int, int]], finding: Finding, reach: int) -> bool:
    """Whether a span overlaps the finding; with a `reach` of 1, whether it touches it."""
    index = bisect_left(spans, (max(finding.end, finding.start + 1) + reach, 0))
    # Spans of one rule do not nest, so the last few that begin before the finding's end are all that can meet it.
    return any(end > finding.start - reach for _, end in spans[max(0, index - 4) : index])
