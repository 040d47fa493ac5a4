"""JSON Schemas, generated from the tables that validate, so that an editor completes and checks what it edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlint.checks import KINDS
from reportlint.configkeys import KEYS, Key
from reportlint.engine import shipped
from reportlint.rules import CODE_PATTERN, FRAGMENT_PATTERN, LANGUAGES, RULE_KEYS, RULE_REQUIRED, SEVERITIES, Param

_DIALECT = "http://json-schema.org/draft-07/schema#"  # the one that editors for YAML know best
_TEXT = {"type": "string", "minLength": 1}
_REGEX = {"type": "string", "minLength": 1}
_SELECTOR = r"^[A-Za-z]{1,8}[0-9]{0,3}$"


def config_schema() -> dict[str, Any]:
    """The schema of `.reportlint.yaml` and of `[tool.reportlint]`."""
    ruleset = shipped()
    families = sorted({r.code[:3] for r in ruleset.rules})
    codes = ["ALL", *families, *(r.code for r in ruleset.rules)]
    genres = [n for p in ruleset.profiles.values() for n in (p.name, p.title["zh"], *p.aliases)]
    return {
        "$schema": _DIALECT,
        "title": "reportlint",
        "description": KEYS_DOC,
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _documented(key, _of_key(key)) for name, key in KEYS.items()},
        "definitions": {
            "code": {"anyOf": [{"enum": codes}, {"type": "string", "pattern": _SELECTOR}]},
            "codes": _one_or_more({"$ref": "#/definitions/code"}),
            "profile": {"enum": list(dict.fromkeys(genres))},
        },
    }


KEYS_DOC = "reportlint 的配置；reportlint config show 文件 显示对某个文件起作用的是哪些"


def _documented(key: Key, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": f"{key.doc['zh']}\n{key.doc['en']}", **schema}


def _one_or_more(item: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _of_key(key: Key) -> dict[str, Any]:
    code, codes, genre = ({"$ref": f"#/definitions/{n}"} for n in ("code", "codes", "profile"))
    match key.type:
        case "bool":
            return {"type": "boolean", "default": key.default == "true"}
        case "choice":
            return {"enum": list(key.choices), "default": key.default}
        case "profile":
            return genre
        case "codes":
            return codes
        case "paths" | "words" | "globs":
            return _one_or_more(_TEXT)
        case "levels":
            # A bare off is false in YAML 1.1.
            level = {"enum": [*key.choices, False]}
            return {"type": "object", "propertyNames": code, "additionalProperties": level}
        case "profiles":
            return {"type": "object", "additionalProperties": genre}
        case "codes-by-glob":
            return {"type": "object", "additionalProperties": codes}
    return dict(_TEXT)


def pack_schema() -> dict[str, Any]:
    """The schema of a rule pack, with the parameters of every check kind."""
    words = {"type": "object", "additionalProperties": False, "required": list(LANGUAGES)}
    words["properties"] = dict.fromkeys(LANGUAGES, _TEXT)
    properties: dict[str, Any] = {
        "code": {"type": "string", "pattern": f"^{CODE_PATTERN}$"},
        "name": _TEXT,
        "kind": {"enum": list(KINDS)},
        "severity": {"enum": list(SEVERITIES)},
        "message": words,
        "variants": {"type": "object", "additionalProperties": words},
        "fix": {"enum": ["safe", "unsafe"]},
        "default": {"type": "boolean"},
        "since": {"type": "integer"},
        "yields-to": _one_or_more({"type": "string", "pattern": r"^[A-Z]{1,8}[0-9]{0,3}$"}),
        "params": {"type": "object"},
        "examples": {"type": "array", "minItems": 2, "items": _EXAMPLE},
    }
    rule = {
        "type": "object",
        "additionalProperties": False,
        "required": list(RULE_REQUIRED),
        "properties": {name: properties[name] for name in RULE_KEYS},
        "allOf": [
            {
                "if": {"properties": {"kind": {"const": kind.name}}, "required": ["kind"]},
                "then": {
                    "properties": {"params": {"description": kind.doc, **_params(kind.params)}},
                    "required": ["params"] if any(p.required for p in kind.params.values()) else [],
                },
            }
            for kind in KINDS.values()
        ],
    }
    return {
        "$schema": _DIALECT,
        "title": "reportlint: a pack of rules",
        "type": "object",
        "additionalProperties": False,
        "required": ["rules"],
        "properties": {
            "fragments": {
                "type": "object",
                "description": "pieces of regular expressions by name; ⟨name⟩ stands for one in the pack's regexes",
                "propertyNames": {"pattern": f"^{FRAGMENT_PATTERN}$"},
                "additionalProperties": _REGEX,
            },
            "rules": {"type": "array", "items": {"$ref": "#/definitions/rule"}},
        },
        "definitions": {"rule": rule},
    }


_EXAMPLE = {
    "type": "object",
    "additionalProperties": False,
    "properties": dict.fromkeys(("bad", "good", "fixed", "filename", "profile"), _TEXT),
    "oneOf": [{"required": ["bad"]}, {"required": ["good"]}],
}


def _params(params: Mapping[str, Param]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, param in params.items() if param.required],
        "properties": {name: {"description": p.doc, **_of_param(p)} for name, p in params.items()},
    }


def _of_param(param: Param) -> dict[str, Any]:
    match param.type:
        case "bool":
            return {"type": "boolean"}
        case "int":
            return {"type": "integer"}
        case "choice":
            return {"enum": list(param.choices)}
        case "regexes" | "strings":
            return _one_or_more(_REGEX if param.type == "regexes" else {"type": "string"})
        case "list":
            return _one_or_more(_params(param.items))
    return {"type": "string"}
