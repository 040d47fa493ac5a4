"""YAML packs to rules.

A pack is data: each rule names one of the closed set of check kinds and gives its parameters, its messages and
examples that prove them. A mistake is an error with file, line, column and a frame of the text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import regex

from reportlint.located import Value, YamlError, load, read_source, suggest
from reportlint.model import Severity
from reportlint.visible import visible

LANGUAGES = ("zh", "en")
SEVERITIES = {s.label: s for s in Severity}
dictionaries_read: dict[str, set[str]] = {}
"""The files that packs have named since the program began; what a pack finds depends on them."""
OPEN, CLOSE = "⟦", "⟧"
"""Stand in an example around what the rule has to find."""


class Param(NamedTuple):
    """One parameter of a check kind: its type, whether it must be given, and what it means.

    Types: `string`, `bool`, `int`, `regex`, `regexes`, `strings`, `file` (beside the pack), `choice` (of
    `choices`), `list` (of mappings with `items`).
    """

    type: str
    doc: str
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    items: Mapping[str, Param] = {}


class Kind(NamedTuple):
    """A check kind: what parameters it takes, how they are compiled once, and the function that runs.

    `compile` gets the parameters as a dict and the pack's folder and yields what `run` gets; it has to pickle.
    `run(params, context)` yields hits (`checks.base.Hit`). `words(params)` tells of a kind that looks for literal
    words which they are, one to a line, so that those of all rules are sought in one pass (`checks.vocabulary`).
    """

    name: str
    doc: str
    params: Mapping[str, Param]
    run: Callable[..., Iterable[Any]]
    compile: Callable[[dict[str, Any], str], Any] = lambda params, folder: params
    words: Callable[[Any], str] | None = None


class Example(NamedTuple):
    """A text that the rule must find something in (`spans`, and `fixed` after its fix), or nothing (no spans)."""

    text: str
    spans: tuple[tuple[int, int], ...]
    fixed: str | None
    filename: str
    profile: str | None
    line: int


class Rule(NamedTuple):
    """One entry of a pack, ready to run. `message` maps a language to a variant to a template; drafts of years before
    `since` know nothing of the rule (0: it always held)."""

    code: str
    name: str
    kind: str
    severity: Severity
    message: dict[str, dict[str, str]]
    safe: bool
    default: bool
    yields_to: tuple[str, ...]
    since: int
    params: Any
    examples: tuple[Example, ...]
    path: str


RULE_KEYS = (
    "code", "name", "kind", "severity", "message", "variants", "fix", "default", "since", "yields-to", "params",
    "examples",
)  # fmt: skip
RULE_REQUIRED = ("code", "name", "kind", "severity", "message", "examples")
CODE_PATTERN = r"[A-Z]{2,8}\d{3}"
_CODE = regex.compile(CODE_PATTERN)
_NAMED = regex.compile(rf"\bcode\W{{1,4}}({CODE_PATTERN})\b")


PACK_KEYS = ("fragments", "rules")
FRAGMENT_PATTERN = r"[a-z][a-z0-9-]*"
_FRAGMENT = regex.compile(r"(?<!\\)⟨([^⟨⟩\s]{1,40})⟩")
_FRAGMENT_NAME = regex.compile(FRAGMENT_PATTERN)


class _Pack(NamedTuple):
    """Where a pack stands, and its named pieces of regular expressions."""

    path: str
    fragments: dict[str, str]


def load_pack(path: str, kinds: Mapping[str, Kind]) -> list[Rule]:
    """The rules of one pack file. YamlError with its place for every mistake."""
    root = load(path).mapping(PACK_KEYS, ("rules",))
    pack = _Pack(path, _fragments(root.get("fragments")))
    rules = [_rule(item, pack, kinds) for item in root["rules"].items()]
    seen: dict[str, int] = {}
    for rule, item in zip(rules, root["rules"].items(), strict=True):
        if rule.code in seen:
            raise item.error(f"规则 {rule.code} 重复 (duplicate rule)")
        seen[rule.code] = 1
    return rules


def code_in_pack(path: str, code: str) -> Value:
    """Where a pack gives a code."""
    for item in load(path).mapping(PACK_KEYS)["rules"].items():
        found = item.mapping(RULE_KEYS)["code"]
        if found.string() == code:
            return found
    raise KeyError(code)


def codes_named(path: str) -> set[str]:
    """The codes that a pack seems to give, which may be too wrong to be read."""
    try:
        return set(_NAMED.findall(read_source(path).text))
    except YamlError:
        return set()


def _fragments(value: Value | None) -> dict[str, str]:
    """The fragments of a pack by name; one may be made of those above it."""
    out: dict[str, str] = {}
    for key, item in value.entries() if value else ():
        name = key.string()
        if not _FRAGMENT_NAME.fullmatch(name):
            raise key.error("片段的名称用小写字母、数字和连字符 (a fragment's name is lower-case letters, digits, -)")
        compile_regex(item, out)  # for its error
        out[name] = _expanded(item, out)
    return out


def _expanded(value: Value, fragments: Mapping[str, str]) -> str:
    """A regular expression with its fragments in place of their names; an error for a name that is none."""

    def text(match: regex.Match[str]) -> str:
        if match[1] not in fragments:
            raise value.error(f"没有名为“{match[1]}”的片段{suggest(match[1], tuple(fragments))} (unknown fragment)")
        return f"(?:{fragments[match[1]]})"

    return _FRAGMENT.sub(text, value.string())


def _rule(value: Value, pack: _Pack, kinds: Mapping[str, Kind]) -> Rule:
    given = value.mapping(RULE_KEYS, RULE_REQUIRED)
    code = given["code"].string()
    if not _CODE.fullmatch(code):
        raise given["code"].error("规则代码应为大写字母加三位数字，如 NUM001 (a code is capitals and three digits)")
    name = given["kind"].string()
    if name not in kinds:
        raise given["kind"].error(f"未知的检查类型“{name}”{suggest(name, tuple(kinds))} (unknown check kind)")
    kind = kinds[name]
    params = _params(given.get("params"), given["kind"], kind.params, pack)
    try:
        compiled = kind.compile(params, os.path.dirname(pack.path))
    except YamlError:
        raise
    except UnicodeDecodeError:
        said = "所引用的文件不是 UTF-8 文本 (a file that it names is not UTF-8)"
        raise (given.get("params") or value).error(said) from None
    except ValueError as error:
        raise (given.get("params") or value).error(str(error)) from None
    messages = _messages(given["message"], given.get("variants"))
    for item in params.get("patterns") or ():
        if isinstance(item, dict) and item["variant"] not in messages[LANGUAGES[0]]:
            raise given["params"].error(f"variants 中没有“{item['variant']}”的说法 (a variant without wording)")
    fix = given.get("fix")
    default = given.get("default")
    yields_to = given.get("yields-to")
    since = given.get("since")
    return Rule(
        code=code,
        name=given["name"].string(),
        kind=name,
        severity=SEVERITIES[given["severity"].choice(tuple(SEVERITIES))],
        message=messages,
        safe=fix is not None and fix.choice(("safe", "unsafe")) == "safe",
        default=default.boolean() if default else True,
        yields_to=yields_to.strings() if yields_to else (),
        since=since.integer() if since else 0,
        params=compiled,
        examples=_examples(given["examples"]),
        path=pack.path,
    )


def _messages(value: Value, variants: Value | None) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    named = [("", value)]
    if variants:
        named += [(key.string(), item) for key, item in variants.entries()]
    for name, item in named:
        given = item.mapping(LANGUAGES, LANGUAGES)
        for language in LANGUAGES:
            out[language][name] = _template(given[language])
    return out


def pack_names(folder: str) -> list[str]:
    """The names of the packs in a folder, sorted. What begins with a dot is a configuration, no pack."""
    return sorted(n for n in os.listdir(folder) if n.endswith((".yaml", ".yml")) and not n.startswith("."))


def _template(value: Value) -> str:
    """A message with its {fields}; an error where they are malformed."""
    from string import Formatter

    text = value.string()
    try:
        fields = [
            f"{field}{f'!{conversion}' if conversion else ''}{f':{form}' if form else ''}"
            for _, field, form, conversion in Formatter().parse(text)
            if field is not None
        ]
    except ValueError as error:
        raise value.error(f"信息模板有误：{error} (bad message template)") from None
    for field in fields:
        if not field.isidentifier():
            raise value.error(f"信息模板中的“{{{field}}}”应为单个名称 (a field is a plain name)")
    return text


def _params(value: Value | None, owner: Value, spec: Mapping[str, Param], pack: _Pack) -> dict[str, Any]:
    required = tuple(name for name, param in spec.items() if param.required)
    if value is None:
        if required:
            raise owner.error(f"缺少 params：{'、'.join(required)} (missing params)")
        return {name: param.default for name, param in spec.items()}
    given = value.mapping(tuple(spec), required)
    out = {}
    for name, param in spec.items():
        item = given.get(name)
        out[name] = param.default if item is None else _param(item, param, pack)
    return out


def _param(value: Value, param: Param, pack: _Pack) -> Any:
    match param.type:
        case "string":
            return value.string()
        case "bool":
            return value.boolean()
        case "int":
            return value.integer()
        case "regex":
            return compile_regex(value, pack.fragments)
        case "regexes":
            return tuple(compile_regex(item, pack.fragments) for item in value.items())
        case "strings":
            return value.strings()
        case "choice":
            return value.choice(param.choices)
        case "file":
            found = os.path.join(os.path.dirname(pack.path), value.string())
            dictionaries_read.setdefault(os.path.abspath(pack.path), set()).add(os.path.abspath(found))
            if not os.path.isfile(found):
                raise value.error(f"没有这个文件：{visible(found)} (no such file)")
            return found
        case "list":
            return tuple(_params(item, item, param.items, pack) for item in value.items())
    raise AssertionError(param.type)


def compile_regex(value: Value, fragments: Mapping[str, str] | None = None) -> regex.Pattern[str]:
    """A pattern of the `regex` module, with the fragments that it names; an error points at it."""
    text = value.string() if fragments is None else _expanded(value, fragments)
    try:
        return regex.compile(text)
    except regex.error as error:
        raise value.error(f"正则表达式有误：{error} (bad regular expression)") from None


def _examples(value: Value) -> tuple[Example, ...]:
    out = []
    for item in value.items():
        given = item.mapping(("bad", "good", "fixed", "filename", "profile"))
        bad, good = given.get("bad"), given.get("good")
        if (bad is None) == (good is None):
            raise item.error("示例应有 bad 或 good 之一 (an example is either bad or good)")
        text, spans = _marked(bad) if bad else (good.string() if good else "", ())
        if bad and not spans:
            raise bad.error(f"bad 示例要用 {OPEN}{CLOSE} 标出应报的位置 (mark what is to be found)")
        fixed, filename, profile = given.get("fixed"), given.get("filename"), given.get("profile")
        out.append(
            Example(
                text,
                spans,
                fixed.string() if fixed else None,
                filename.string() if filename else "example.txt",
                profile.string() if profile else None,
                item.node.start_mark.line + 1,
            )
        )
    if not any(e.spans for e in out) or all(e.spans for e in out):
        raise value.error("每条规则至少要有一个 bad 和一个 good 示例 (a rule needs a bad and a good example)")
    return tuple(out)


def _marked(value: Value) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of a bad example without its marks, and what they enclosed."""
    text, spans, stack = "", [], []
    for piece in regex.split(f"([{OPEN}{CLOSE}])", value.string()):
        if piece == OPEN:
            stack.append(len(text))
        elif piece == CLOSE:
            if not stack:
                raise value.error(f"{CLOSE} 没有配对的 {OPEN} (unpaired mark)")
            spans.append((stack.pop(), len(text)))
        else:
            text += piece
    if stack:
        raise value.error(f"{OPEN} 没有配对的 {CLOSE} (unpaired mark)")
    return text, tuple(sorted(spans))
