import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configurationFor, enableOf, hasTable, wanted, type Candidate, type Folders } from "../src/activation";

const draft = (rest: Partial<Candidate> = {}): Candidate => ({
  language: "plaintext",
  scheme: "file",
  file: "/office/2025/总结.txt",
  ...rest,
});
const disk = (files: Record<string, string> = {}, roots: readonly string[] = ["/office"]): Folders => ({
  roots,
  read: (file) => files[file],
});
const OURS = '[project]\nname = "x"\n\n[tool.reportlint]\nignore = ["NUM008"]\n';
const OTHERS = '[project]\nname = "reportlint"\n\n[tool.ruff]\n# [tool.reportlint]\n';

describe("auto", () => {
  for (const [name, files, expected] of [
    ["no configuration", {}, false],
    ["in the folder", { "/office/2025/.reportlint.yaml": "" }, true],
    ["with the other ending", { "/office/2025/.reportlint.yml": "" }, true],
    ["further up", { "/office/.reportlint.yaml": "" }, true],
    ["above the folder that is open", { "/.reportlint.yaml": "" }, true],
    ["in a folder beside", { "/office/2024/.reportlint.yaml": "" }, false],
    ["a pyproject.toml with the table", { "/office/pyproject.toml": OURS }, true],
    ["a pyproject.toml without it", { "/office/pyproject.toml": OTHERS }, false],
  ] as const) {
    test(name, () => {
      assert.equal(wanted(draft(), "auto", disk(files)), expected);
    });
  }
  test("a configuration named in the settings holds everywhere", () => {
    assert.equal(wanted(draft(), "auto", disk(), "common.yaml"), true);
    assert.equal(wanted(draft(), false, disk(), "common.yaml"), false);
    assert.equal(wanted(draft(), "auto", disk(), " "), false);
  });
  test("a document never saved is one for reportlint where the open folder is", () => {
    const unsaved = draft({ scheme: "untitled", file: undefined });
    assert.equal(wanted(unsaved, "auto", disk()), false);
    assert.equal(wanted(unsaved, "auto", disk({ "/office/.reportlint.yaml": "" })), true);
    assert.equal(wanted(unsaved, "auto", disk({ "/office/.reportlint.yaml": "" }, [])), false);
  });
});

describe("the setting", () => {
  test("true and false have the last word", () => {
    assert.equal(wanted(draft(), true, disk()), true);
    assert.equal(wanted(draft(), false, disk({ "/office/.reportlint.yaml": "" })), false);
  });
  test("whatever is not true or false is auto", () => {
    assert.deepEqual([true, false, "auto", "yes", null, undefined, 1].map(enableOf), [true, false, ...Array<string>(5).fill("auto")]);
  });
});

describe("the kind of document", () => {
  for (const [name, rest, expected] of [
    ["Markdown", { language: "markdown" }, true],
    ["a program", { language: "python" }, false],
    ["a commit message", { language: "git-commit" }, false],
    ["the other side of a comparison", { scheme: "git" }, false],
    ["what an extension shows", { scheme: "output" }, false],
  ] as const) {
    test(name, () => {
      assert.equal(wanted(draft(rest), true, disk()), expected);
    });
  }
});

describe("the configuration that holds for a folder", () => {
  test("is the nearest", () => {
    const files = { "/office/.reportlint.yaml": "", "/office/2025/pyproject.toml": OURS };
    assert.equal(configurationFor("/office/2025/附件", disk(files)), "/office/2025/pyproject.toml");
    assert.equal(configurationFor("/office/2024", disk(files)), "/office/.reportlint.yaml");
    assert.equal(configurationFor("/home", disk(files)), undefined);
  });
  test("in one folder the YAML file stands before pyproject.toml", () => {
    const files = { "/office/.reportlint.yaml": "", "/office/pyproject.toml": OURS };
    assert.equal(configurationFor("/office", disk(files)), "/office/.reportlint.yaml");
  });
});

test("a table of reportlint is recognised however TOML lets it be written", () => {
  for (const line of ["[tool.reportlint]", "[ tool . reportlint ]", '[tool."reportlint"]', "[tool.reportlint.severity]"]) {
    assert.ok(hasTable(`a = 1\r\n${line}\r\n`), line);
  }
  for (const line of ["[tool.reportlinter]", "# [tool.reportlint]", 'x = "[tool.reportlint]"', "[mytool.reportlint]"]) {
    assert.ok(!hasTable(line), line);
  }
});
