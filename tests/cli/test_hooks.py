"""pre-commit with the project's hooks, in a git repository: what it blocks and what it lets pass."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = "县水利局工作简况\n全年任务圆满完成，群众满意。\n"
WRONG = "县水利局工作简况\n全年任务周密布署，群众满意。\n"
BAD = "县水利局工作简况\n同比增长％，群众满意。\n"

pytestmark = pytest.mark.skipif(
    shutil.which("git") is None or subprocess.run([sys.executable, "-m", "pre_commit", "--version"]).returncode != 0,
    reason="git or pre-commit is not installed",
)


class Repository:
    """A git repository with drafts and the hooks."""

    def __init__(self, folder: Path, hooks: Path, revision: str, home: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.env = os.environ | {
            "PRE_COMMIT_HOME": str(home),
            "REPORTLINT_CACHE_DIR": str(home / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }
        self.git("init", "-q")
        self.git("config", "user.email", "clerk@example.org")
        self.git("config", "user.name", "clerk")
        self.git("config", "core.quotepath", "false")
        self.config = f"repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n  - id: "
        self.use("reportlint")

    def use(self, hook: str) -> None:
        (self.folder / ".pre-commit-config.yaml").write_text(f"{self.config}{hook}\n", encoding="utf-8")
        self.git("add", ".pre-commit-config.yaml")

    def git(self, *args: str) -> str:
        return subprocess.run(
            ["git", *args], cwd=self.folder, env=self.env, check=True, capture_output=True, text=True, encoding="utf-8"
        ).stdout

    def run(self) -> subprocess.CompletedProcess[str]:
        """pre-commit on what is staged."""
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color", "never", "--verbose"],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")
        self.git("add", "--", name)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, Path]:
    """A repository of the project as it stands here, the revision in it, and a home for pre-commit."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in ("reportlint", "rules", "grammar"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "_data"))
    for name in ("pyproject.toml", "README.md", "README.zh-CN.md", "LICENSE", "NOTICE", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, folder / name)
    env = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    author = ["-c", "user.email=a@example.org", "-c", "user.name=a"]
    for command in (["init", "-q"], ["add", "-A"], [*author, "commit", "-q", "-m", "as it stands"]):
        subprocess.run(["git", *command], cwd=folder, env=env, check=True)
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=folder, env=env, check=True, capture_output=True, text=True)
    return folder, done.stdout.strip(), tmp_path_factory.mktemp("home")


@pytest.fixture
def repository(hooks: tuple[Path, str, Path], tmp_path: Path) -> Repository:
    return Repository(tmp_path / "drafts", *hooks)


def test_a_bad_draft_blocks_and_a_mended_one_passes(repository: Repository) -> None:
    repository.write("报告.txt", BAD)
    done = repository.run()
    assert done.returncode == 1, done.stdout + done.stderr
    assert "PLH003" in done.stdout
    repository.write("报告.txt", GOOD)
    assert repository.run().returncode == 0


def test_an_odd_name_does_no_harm(repository: Repository) -> None:
    repository.write("-n 报告 (终稿).txt", GOOD)
    done = repository.run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    repository.write("-n 报告 (终稿).txt", BAD)
    assert "PLH003" in repository.run().stdout


def test_a_deleted_or_renamed_draft_does_no_harm(repository: Repository) -> None:
    for name in ("甲.txt", "乙.txt"):
        repository.write(name, GOOD)
    repository.git("commit", "-q", "--no-verify", "-m", "two drafts")
    repository.git("rm", "-q", "甲.txt")
    repository.git("mv", "乙.txt", "丙 新.txt")
    done = repository.run()
    assert done.returncode == 0, done.stdout + done.stderr


def test_other_files_are_left_alone(repository: Repository) -> None:
    repository.write("数据.csv", BAD)
    assert "no files to check" in repository.run().stdout


def test_the_fixing_hook_mends_what_is_safe(repository: Repository) -> None:
    repository.use("reportlint-fix")
    repository.write("报告.txt", WRONG)
    assert repository.run().returncode == 1  # it changed the file
    assert (repository.folder / "报告.txt").read_text(encoding="utf-8") == WRONG.replace("布署", "部署")
    repository.git("add", "-A")
    assert repository.run().returncode == 0


def test_what_the_configuration_excludes_is_not_checked(repository: Repository) -> None:
    repository.write(".reportlint.yaml", "exclude: [草稿]\n")
    (repository.folder / "草稿").mkdir()
    repository.write("草稿/报告.txt", BAD)
    assert repository.run().returncode == 0
