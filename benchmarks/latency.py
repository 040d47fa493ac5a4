"""What the language server costs a writer: from a keystroke to the findings, and whether it stays right and small.

    python benchmarks/latency.py [--edits 200] [--soak 10000] [--size 10000] [--seed 1]

Types into a report of 10,000 characters and prints p50 and p95 of the time from a keystroke to the published
diagnostics, also as a multiple of one full check in this process. Then ten thousand random edits, some of which cut a
character in two: every so often the server's text has to be the client's and its findings those of a fresh check; and
its memory. Budgets: p95 <= 3x a check and < 60 ms; memory at the end <= 1.2x that after the first tenth.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from reportlint.api import Checker  # noqa: E402
from reportlint.readers import read_text  # noqa: E402
from tests.lsp.client import Client  # noqa: E402
from tests.lsp.edits import Editor, random_change  # noqa: E402
from tests.lsp.test_edits import fresh  # noqa: E402

URI = "untitled:report"
TYPED = "推进落实工作，做好。"


def report(size: int, folder: Path) -> str:
    """A report of about so many characters: paragraphs of the drafts, of which no two are the same."""
    text = "\n".join(p.read_text(encoding="utf-8").strip() for p in sorted(folder.glob("*.txt")))
    number, out = 0, ["某县二〇二五年工作总结\n"]
    while sum(map(len, out)) < size:
        number += 1
        out += [f"{line}（第{number}组）。\n" if line.endswith("。") else f"{line}\n" for line in text.split("\n")]
    return "".join(out)[:size]


def memory(pid: int) -> float:
    """Resident megabytes of a process; 0 where that cannot be told."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


def cpu(pid: int) -> float:
    """Milliseconds of processor time that a process has used, which other work on the machine does not lengthen."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def typing(client: Client, text: str, edits: int, dice: random.Random) -> tuple[list[float], list[float]]:
    """Milliseconds from each keystroke to its diagnostics, and of a full check of the same text in this process right
    after it, so that what else the machine does weighs on both."""
    editor, checker, checks = Editor(text), Checker(), []
    client.open(URI, text)
    client.diagnostics(URI, 1)
    times = []
    for version in range(2, edits + 12):
        at = dice.randint(0, len(editor))
        change = editor.edit(at, min(len(editor), at + dice.choice((0, 0, 1))), dice.choice(TYPED))
        start = time.perf_counter()
        client.change(URI, version, change)
        client.diagnostics(URI, version)
        times.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        checker.check_draft(read_text("report.txt", editor.text))
        checks.append((time.perf_counter() - start) * 1000)
    client.close(URI)
    return times[10:], checks[10:]


def soak(client: Client, text: str, edits: int, dice: random.Random) -> tuple[int, list[float]]:
    """Random edits; how often text and findings were compared, and megabytes after each tenth. AssertionError where
    they differ."""
    editor, compared, sizes = Editor(text), 0, []
    client.open(URI, text)
    for number in range(1, edits + 1):
        client.change(URI, number + 1, random_change(editor, dice, len(text)))
        if number % max(1, edits // 100) == 0:
            has = client.request("reportlint/text", {"uri": URI})
            assert has == {"version": number + 1, "text": editor.text}, f"another text after {number} edits"
            found = client.diagnostics(URI, number + 1)
            places = [(d["range"]["start"], d["code"], d["message"]) for d in found]
            told = [(p["line"], p["character"], code, message) for p, code, message in places]
            assert told == fresh(editor.text, "utf-16"), f"other findings after {number} edits"
            compared += 1
            client.notes.clear()
        if number % max(1, edits // 10) == 0:
            sizes.append(memory(client.process.pid))
    client.close(URI)
    return compared, sizes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drafts", type=Path, default=HERE.parent / "examples")
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--soak", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    text, dice = report(options.size, options.drafts), random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        cache.mkdir(mode=0o700)
        client = Client(cache, Path(folder))
        try:
            client.initialize()
            begun = cpu(client.process.pid)
            times, checks = typing(client, text, options.edits, dice)
            used = (cpu(client.process.pid) - begun) / (options.edits + 11)
            one = statistics.median(checks)
            p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[18]
            noise = statistics.quantiles(checks, n=20)[18]
            print(f"{len(text)} characters; one check in process p50 {one:.1f} ms, p95 {noise:.1f} ms")
            print(
                f"{len(times)} keystrokes: p50 {p50:.1f} ms = {p50 / one:.2f}x, p95 {p95:.1f} ms = {p95 / one:.2f}x, "
                f"longest {max(times):.1f} ms; processor time {used:.1f} ms each"
            )
            compared, sizes = soak(client, text[: options.size // 4], options.soak, dice)
            shown = ", ".join(f"{size:.0f}" for size in sizes)
            print(f"{options.soak} random edits: text and findings the same {compared} times; MB by tenths: {shown}")
            assert client.stop() == 0
        finally:
            client.kill()


if __name__ == "__main__":
    main()
