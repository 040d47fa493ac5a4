"""Every rule is proved by its own examples and explained in both languages."""

from __future__ import annotations

import pytest

from reportlint.engine import Ruleset, documented
from reportlint.explanations import all_explanations
from reportlint.rules import LANGUAGES, Rule
from reportlint.ruletest import run_examples

RULES = documented().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_examples_hold(rule: Rule) -> None:
    count, problems = run_examples(Ruleset((rule,), documented().profiles))
    assert count >= 2
    assert problems == []


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.code)
def test_a_rule_is_explained_in_both_languages(rule: Rule) -> None:
    explanation = all_explanations()[rule.code]
    for part in ("what", "why", "remedy"):
        assert all(explanation[part][language].strip() for language in LANGUAGES)
    assert set(explanation.get("options", dict.fromkeys(LANGUAGES))) == set(LANGUAGES)
    for language in LANGUAGES:
        assert all(template.strip() for template in rule.message[language].values())


def test_every_explanation_has_its_rule() -> None:
    assert set(all_explanations()) == {r.code for r in RULES}


def test_a_rule_with_a_fix_says_whether_it_is_safe_and_shows_it() -> None:
    fixing = {r.code for r in RULES if any(e.fixed is not None for e in r.examples)}
    assert {"NUM002", "NUM006", "NUM007", "PUN001", "PUN003", "TYP001", "TYP002", "STR009"} <= fixing
