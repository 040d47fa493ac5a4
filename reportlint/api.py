"""What both shells and other programs call: text, a file or paths to reports."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from reportlint.config import Config
from reportlint.discover import NoDraft, discover
from reportlint.draft import Draft
from reportlint.engine import (
    Options,
    Report,
    Ruleset,
    check,
    chosen,
    documented,
    fits,
    profile_named,
    severities,
    shipped,
    unknown,
    verify,
    with_packs,
)
from reportlint.frame import Frame, frame
from reportlint.model import ReportlintError, ReportlintErrors, each
from reportlint.outline import Outline, outline
from reportlint.profiles import Recognised, recognise
from reportlint.readers import read, read_text
from reportlint.rules import Rule, codes_named
from reportlint.visible import trouble, visible

if TYPE_CHECKING:
    from reportlint.baseline import Baseline

_OFFICE = {
    b"PK\x03\x04": "Word/WPS 文档或压缩包，请另存为 .txt 或 .md 后再检查 (save it as text first)",
    b"\xd0\xcf\x11\xe0": "旧版 Word/WPS 文档（.doc），请另存为 .txt 后再检查 (save it as text first)",
    b"%PDF": "PDF 文件，请先导出为文本 (export it as text first)",
}


class Failure(NamedTuple):
    """A file that could not be checked, and why: one line that names it. Where not the file is wrong but its
    configuration, which may be that of many files, `errors` are the mistakes in that, with frames."""

    filename: str
    reason: str
    errors: tuple[str, ...] = ()


class Checker:
    """Rules and options, resolved once for many drafts. ReportlintError for an unknown code or profile, or a mistake
    in one of the `packs` of one's own."""

    def __init__(self, options: Options | None = None, packs: tuple[str, ...] = (), *, verified: bool = False) -> None:
        """`verified`: what `select` and `ignore` name is known to exist, if not among the rules of these packs."""
        self.options = options or Options()
        self.packs = packs
        self.ruleset = with_packs(packs)
        if not verified:
            verify((*self.options.select, *self.options.ignore), [r.code for r in self.ruleset.rules])
        self.rules: list[Rule] = chosen(self.ruleset.rules, self.options)
        self.severities = severities(self.rules, self.options.choices)
        if self.options.profile:
            profile_named(self.ruleset.profiles, self.options.profile)

    def check_draft(self, draft: Draft, stopped: Callable[[], bool] | None = None) -> Report:
        """The report on a draft that was read already, without what its comments and the accepted words silence.
        engine.Stopped where `stopped`, asked now and then, says that it is not wanted any more."""
        report = check(draft, self.ruleset, self.rules, self.options, stopped)
        options, findings = self.options, report.findings
        notes: list[tuple[int, str]] = []
        if self.severities:
            levels = self.severities
            findings = [f._replace(severity=levels[f.code]) if f.code in levels else f for f in findings]
        if options.accept or draft.comments:
            from reportlint.suppress import without_accepted, without_commented

            if options.accept:
                findings = without_accepted(findings, draft.text, options.accept, options.language)
            if draft.comments:
                known, run = ([r.code for r in rules] for rules in (self.ruleset.rules, self.rules))
                everything = not options.select and not any(c.select for c in options.choices)
                findings, notes = without_commented(findings, draft, known, run, everything, options.language)
        return report._replace(findings=findings, notes=tuple(notes))

    def check_bytes(self, filename: str, data: bytes, encoding: str | None = None) -> Report:
        """The report on a file's bytes. ReportlintError where they are no draft, or an empty one."""
        return self.check_draft(_read(filename, data, encoding))

    def check_file(self, filename: str, data: bytes, encoding: str | None = None) -> Report | Failure:
        """The report on a file's bytes, or why there is none."""
        try:
            return self.check_bytes(filename, data, encoding)
        except ReportlintError as error:
            return Failure(filename, f"{visible(filename)}: {error}")
        except Exception as error:
            if os.environ.get("REPORTLINT_DEBUG"):
                raise
            # A slip of ours in one draft must not cost the user the reports on the others.
            what = f"{type(error).__name__}: {error}".splitlines()[0]
            said = f"内部错误，请报告给开发者：{what} (internal error; REPORTLINT_DEBUG=1 shows it)"
            return Failure(filename, f"{visible(filename)}: {said}")


class Project:
    """Drafts with what holds for each: the configuration found beside it, and its baseline. The shells ask this."""

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self.stale: list[tuple[str, int]] = []
        self._checkers: dict[tuple[Options, tuple[str, ...]], Checker] = {}
        self._baselines: dict[str, Baseline] = {}

    def drafts(self, paths: Iterable[str], force_exclude: bool = False) -> Iterator[str | NoDraft]:
        """What `discover` yields, without what the configuration excludes."""
        return discover(paths, self.config.excluded, force_exclude)

    def verify(self, filenames: Iterable[str]) -> None:
        """ReportlintErrors where the command line names a rule, profile or baseline that none of the drafts knows; with
        them, what is wrong with configurations and packs, which may be why."""
        given = self.config.given
        selectors = (*given.select, *given.ignore)
        codes = [r.code for r in shipped().rules]
        wrong: list[ReportlintError] = []
        broken: dict[str, ReportlintError] = {}
        if not all(fits(s, codes) for s in selectors):
            known = set(codes)
            for filename in filenames:
                packs: tuple[str, ...] = ()
                try:
                    packs = self.config.settings(filename).packs
                    known.update(r.code for r in with_packs(packs).rules)
                except ReportlintError as error:
                    broken |= {str(e): e for e in each(error)}
                    # Of a configuration with mistakes, too, it can be told which packs it means.
                    layers = getattr(error, "layers", ())
                    packs = packs or tuple(a.value for layer in layers for a in layer.atoms.get("packs", ()))
                    known.update(*map(codes_named, packs))
            wrong += unknown(selectors, sorted(known))
        if given.profile:
            try:
                profile_named(shipped().profiles, given.profile)
            except ReportlintError as error:
                wrong.append(error)
        if given.baseline:
            try:
                self.baseline("")
            except ReportlintError as error:
                wrong.append(error)
        if wrong:
            raise ReportlintErrors([*broken.values(), *wrong])

    def checker(self, filename: str) -> Checker:
        """The checker of a draft; drafts with the same settings share it. ReportlintError for a wrong configuration."""
        settings = self.config.settings(filename)
        key = settings.options, settings.packs
        found = self._checkers.get(key)
        if found is None:
            self.config.validate(filename)
            found = self._checkers[key] = Checker(*key, verified=True)
        return found

    def rules(self, filenames: Iterable[str]) -> list[Rule]:
        """The rules that run on any of the drafts, in the order of their codes; one with a wrong configuration has
        none."""
        found: dict[str, Rule] = {}
        for filename in filenames:
            with suppress(ReportlintError):
                found |= {rule.code: rule for rule in self.checker(filename).rules}
        return [found[code] for code in sorted(found)]

    def check(self, filename: str, data: bytes | None = None) -> Report | Failure:
        """The report on a draft, what its baseline knows left out; `data` stands for the file's bytes."""
        checker = self.ready(filename)
        if isinstance(checker, Failure):
            return checker
        if data is None:
            found = contents(filename)
            if isinstance(found, Failure):
                return found
            data = found
        return self.known(filename, checker.check_file(filename, data, self.config.settings(filename).encoding))

    def ready(self, filename: str) -> Checker | Failure:
        """The checker of a draft, or why its configuration or baseline does not let it be checked."""
        try:
            checker = self.checker(filename)
            self.baseline(filename)
        except ReportlintError as error:
            return Failure(filename, str(error), tuple(map(str, each(error))))
        return checker

    def known(self, filename: str, result: Report | Failure) -> Report | Failure:
        """A report without what the draft's baseline knows."""
        baseline = self.baseline(filename)
        if baseline is None or isinstance(result, Failure):
            return result
        matched = baseline.match(result, filename, (r.code for r in self.checker(filename).rules))
        if matched.stale:
            self.stale.append((baseline.path, len(matched.stale)))
        return result._replace(findings=matched.new, known=matched.known)

    def leftovers(self) -> dict[str, int]:
        """For each baseline that was used the number of its entries that nothing of the drafts fits, or whose file is
        gone; none for one that is all in use."""
        found = {path: baseline.gone() for path, baseline in self._baselines.items()}
        for path, count in self.stale:
            found[path] = found.get(path, 0) + count
        return {path: count for path, count in found.items() if count}

    def recheck(self, filename: str, text: str) -> Report:
        """The report on another text of a draft that was checked, what its baseline knows left out."""
        checker, baseline = self.checker(filename), self.baseline(filename)
        report = checker.check_draft(read_text(filename, text))
        if baseline is None:
            return report
        matched = baseline.match(report, filename, (r.code for r in checker.rules))
        return report._replace(findings=matched.new, known=matched.known)

    def baseline(self, filename: str) -> Baseline | None:
        """The baseline that holds for a draft. ReportlintError where it is missing or none."""
        path = self.config.settings(filename).baseline
        if path is None:
            return None
        if path not in self._baselines:
            from reportlint.baseline import load_baseline

            origin = self.config.origin(filename, "baseline") if self.config.given.baseline is None else None
            if not os.path.exists(path):
                said = f"没有基线文件 {visible(relative(path))}，可用 reportlint baseline 生成 (no such baseline)"
                raise origin.at.error(said) if origin else ReportlintError(said)
            if origin and not os.path.isfile(path):
                raise origin.at.error(f"{visible(relative(path))} 不是普通文件 (not a file)")
            self._baselines[path] = load_baseline(path, relative(path))
        return self._baselines[path]


def _read(filename: str, data: bytes, encoding: str | None) -> Draft:
    """The draft in a file's bytes, with advice where they are another program's."""
    for magic, advice in _OFFICE.items():
        if data.startswith(magic):
            raise ReportlintError(advice)
    draft = read(filename, data, encoding)
    if not draft.paragraphs:
        raise ReportlintError("文件是空的，没有可检查的文字 (nothing to check: the file is empty)")
    return draft


def documented_with(config: Config) -> Ruleset:
    """The shipped rules and those of the packs that hold in the working folder, with their examples. ReportlintError
    for a mistake in the configuration or a pack."""
    rules = documented()
    codes = {r.code for r in rules.rules}
    own = [r for r in with_packs(config.settings("draft").packs).rules if r.code not in codes]
    return rules._replace(rules=tuple(sorted((*rules.rules, *own), key=lambda r: r.code)))


def check_text(text: str, filename: str = "<text>", options: Options | None = None) -> Report:
    """The report on a text; `filename` decides how it is read."""
    return Checker(options).check_draft(read_text(filename, text))


def check_file(path: str, options: Options | None = None, encoding: str | None = None) -> Report:
    """The report on one file. ReportlintError where it cannot be read."""
    result = _check_path(Checker(options), path, encoding)
    if isinstance(result, Failure):
        raise ReportlintError(result.reason)
    return result


def check_paths(
    paths: Iterable[str], options: Options | None = None, encoding: str | None = None
) -> Iterator[Report | Failure]:
    """A report on every draft of the paths, or why there is none, one at a time."""
    checker = Checker(options)
    for found in discover(paths):
        yield no_draft(found) if isinstance(found, NoDraft) else _check_path(checker, found, encoding)


def no_draft(found: NoDraft) -> Failure:
    """What to say of a path that leads to no draft."""
    return Failure(found.path, str(found))


def contents(path: str) -> bytes | Failure:
    """The bytes of a file, or why they cannot be had."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        return Failure(path, f"{visible(path)}: {trouble('无法读取', 'cannot be read', error)}")
    except ValueError as error:
        return Failure(path, f"{path!r}: 无法读取：{error} (cannot be read)")


def _check_path(checker: Checker, path: str, encoding: str | None) -> Report | Failure:
    data = contents(path)
    return data if isinstance(data, Failure) else checker.check_file(path, data, encoding)


def relative(path: str) -> str:
    """The path as reports show it: relative to the working folder where it lies below it."""
    try:
        short = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if short.startswith("..") else short


def read_draft(path: str, encoding: str | None = None, stdin_filename: str | None = None) -> Draft:
    """The draft of a file or, for `-`, of standard input. ReportlintError where there is none."""
    import sys

    if path == "-":
        name, data = stdin_filename or "<stdin>", sys.stdin.buffer.read()
    else:
        name, found = path, contents(path)
        if isinstance(found, Failure):
            raise ReportlintError(found.reason)
        data = found
    try:
        return _read(name, data, encoding)
    except ReportlintError as error:
        raise ReportlintError(f"{visible(name)}: {error}") from None


def recognised(draft: Draft, profile: str | None = None) -> tuple[Outline, Frame, Recognised]:
    """The outline, the frame and the genre of a draft, without checking it."""
    profiles = shipped().profiles
    tree = outline(draft)
    around = frame(draft, tree)
    if profile:
        return tree, around, Recognised(profile_named(profiles, profile), (("option", profile),))
    return tree, around, recognise(profiles, draft, tree, around)
