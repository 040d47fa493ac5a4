"""The grammar at run time: `grammar/numbering.lark` to tables, and tokens to a tree.

Lark reads the grammar, proves it free of conflicts and builds the LALR(1) tables; the loop below runs them.
It exists so that a check need not import Lark (40 ms) or build the tables (150 ms): they come from the cache.
`tests/property/test_parse.py` holds it to the tree of Lark's own parser.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from reportlint.resources import data_path
from reportlint.store import cached

END = "$END"


class Token(NamedTuple):
    """A piece of the draft, `[start, end)`. For a marker: its series (CONTRACT 3), its ordinal (the last number of
    a decimal, None where a series counts nothing), whether it stands inside its paragraph, and whether it is
    spelt in a malformed or doubtful way."""

    type: str
    start: int
    end: int
    series: str = ""
    ordinal: int | None = None
    inline: bool = False
    odd: bool = False


class Tree(NamedTuple):
    """A rule of the grammar and what it matched. `_rules` of the grammar are spliced into the one above."""

    rule: str
    children: list["Token | Tree"]


class Grammar(NamedTuple):
    """What is kept of a grammar: `terminals` in the order of the file; `actions[state][symbol]`, the state to go
    to, or `~r` to reduce by rule r; `rules[r]`, (name, length, spliced)."""

    terminals: dict[str, str]
    actions: list[dict[str, int]]
    rules: list[tuple[str, int, bool]]
    start: int
    end: int


def grammar_source() -> str:
    """The text of `grammar/numbering.lark`."""
    with open(data_path("grammar", "numbering.lark"), encoding="utf-8") as file:
        return file.read()


@cache
def load_grammar() -> Grammar:
    """The compiled grammar, built at most once per change of its text."""
    source = grammar_source()
    return cached("grammar", [source.encode()], lambda: _compile(source))


def _compile(source: str) -> Grammar:
    """Builds the tables with Lark. GrammarError where the grammar has a conflict."""
    from lark import Lark
    from lark.lexer import Lexer
    from lark.parsers.lalr_analysis import Shift

    class NoLexer(Lexer):
        """The lexer is ours; with a custom one, Lark does not judge the terminals' patterns."""

        def __init__(self, conf: object) -> None:
            pass

        def lex(self, *_: object) -> Iterable[object]:  # type: ignore[override]
            return iter(())

    lark = Lark(source, parser="lalr", strict=True, lexer=NoLexer, regex=True)
    table = lark.parser.parser._parse_table
    number = {rule: i for i, rule in enumerate(lark.rules)}
    actions: list[dict[str, int]] = [{} for _ in table.states]
    for state, row in table.states.items():
        for symbol, (action, argument) in row.items():
            # A plain str: the cache has to load without Lark.
            actions[state][str(symbol)] = argument if action is Shift else ~number[argument]
    rules = [(str(r.origin.name), len(r.expansion), r.origin.name.startswith("_")) for r in lark.rules]
    patterns = {str(t.name): t.pattern.to_regexp() for t in lark.terminals if t.pattern is not None}
    # Lark hands the terminals out in no order; the file's is the order they are tried in.
    order = sorted(patterns, key=lambda name: source.index(f"\n{name}:"))
    terminals = {name: patterns[name] for name in order}
    return Grammar(terminals, actions, rules, table.start_states["start"], table.end_states["start"])


def parse(tokens: Iterable[Token]) -> Tree:
    """The tree of a draft's tokens. Total: any sequence of the grammar's terminals has exactly one."""
    grammar = load_grammar()
    actions, rules = grammar.actions, grammar.rules
    states = [grammar.start]
    values: list[Token | Tree | list[Token | Tree]] = []
    for token in (*tokens, Token(END, 0, 0)):
        symbol = token.type
        while True:
            if symbol == END and states[-1] == grammar.end:
                root = values[-1]
                assert isinstance(root, Tree)
                return root
            action = actions[states[-1]][symbol]
            if action >= 0:
                states.append(action)
                values.append(token)
                break
            name, size, spliced = rules[~action]
            children: list[Token | Tree] = []
            if size:
                popped = values[-size:]
                del values[-size:], states[-size:]
                # The list of a spliced first child is taken over, not copied: a long list costs linear time.
                first = popped[0]
                children = first if type(first) is list else [first]  # type: ignore[list-item]
                for value in popped[1:]:
                    if type(value) is list:
                        children.extend(value)
                    else:
                        children.append(value)  # type: ignore[arg-type]
            states.append(actions[states[-1]][name])
            values.append(children if spliced else Tree(name, children))
    raise AssertionError("the grammar is total")
