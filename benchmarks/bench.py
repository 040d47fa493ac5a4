"""Speed and memory of `reportlint check`, as ratios that mean something on any machine.

    python benchmarks/bench.py [--drafts FOLDER] [--size MB]

Prints the cold start as a multiple of a bare interpreter, and for texts of 1, 5 and 20 MB (the drafts repeated)
MB/s of a full check on one core and peak memory as a multiple of the input. Budgets: cold <= 8x, >= 3 MB/s,
cost linear, memory <= 12x.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = str(Path(sysconfig.get_path("scripts")) / "reportlint")
# Compiled modules are part of an installed program; a machine that forbids writing them measures the compiler.
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": ENVIRONMENT}


def seconds(command: list[str], runs: int) -> float:
    """The median wall time of a command, after one run that is not counted."""
    times = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(command, **QUIET)  # type: ignore[call-overload]
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def peak(command: list[str]) -> tuple[float, int]:
    """Wall seconds and peak resident bytes of one run."""
    code = (
        "import resource,subprocess,sys,time;s=time.perf_counter();"
        "subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);"
        "print(time.perf_counter()-s,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, check=True, env=ENVIRONMENT
    )
    wall, memory = done.stdout.split()
    return float(wall), int(memory) * (1 if sys.platform == "darwin" else 1024)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--drafts", type=Path, default=HERE.parent / "examples")
    parser.add_argument("--size", type=int, default=20, help="MB of the largest text")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    texts = [p.read_text(encoding="utf-8") for p in sorted(options.drafts.glob("*.txt"))]
    if not texts:
        sys.exit(f"no drafts in {options.drafts}")
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.txt"
        small.write_bytes("".join(texts).encode()[:3072].decode("utf-8", "ignore").encode())
        bare = seconds([sys.executable, "-c", "pass"], options.runs)
        cold = seconds([PROGRAM, "check", str(small)], options.runs)
        print(f"bare python {bare * 1000:.1f} ms; cold check of 3 KB {cold * 1000:.1f} ms = {cold / bare:.1f}x")
        whole = "".join(t if t.endswith("\n") else t + "\n" for t in texts)
        for size in sorted({1, 5, options.size}):
            path = Path(folder) / f"{size}.txt"
            count = max(1, round(size * 1_000_000 / len(whole.encode())))
            path.write_text(whole * count, encoding="utf-8")
            total = os.path.getsize(path)
            for form in ("json", "concise"):
                wall, memory = peak([PROGRAM, "check", "--output-format", form, "--no-cache", str(path)])
                print(
                    f"{total / 1e6:5.1f} MB {form:8} {wall:6.2f} s  {total / 1e6 / wall:5.1f} MB/s  "
                    f"peak {memory / 1e6:6.0f} MB = {memory / total:.1f}x the input"
                )


if __name__ == "__main__":
    main()
