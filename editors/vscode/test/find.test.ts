import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { findServer, type Surroundings } from "../src/find";

const around = (there: readonly string[], rest: Partial<Surroundings> = {}): Surroundings => ({
  setting: "",
  folders: ["/drafts"],
  interpreter: undefined,
  searchPath: "/usr/local/bin:/usr/bin",
  home: "/home/li",
  windows: false,
  runs: (file) => there.includes(file),
  ...rest,
});
const found = (command: string, source: string): unknown => ({ kind: "found", command, source });

const EVERYWHERE = [
  "/opt/reportlint",
  "/drafts/.venv/bin/reportlint",
  "/drafts/venv/bin/reportlint",
  "/conda/bin/reportlint",
  "/usr/bin/reportlint",
  "/home/li/.local/bin/reportlint",
];

describe("the order in which places are looked at", () => {
  const all = { setting: "/opt/reportlint", interpreter: "/conda/bin/python" };
  test("the setting comes first", () => {
    assert.deepEqual(findServer(around(EVERYWHERE, all)), found("/opt/reportlint", "setting"));
  });
  test("then the environment of the workspace, the Python extension, PATH, the user's folder", () => {
    const order = [
      ["/drafts/.venv/bin/reportlint", "environment"],
      ["/drafts/venv/bin/reportlint", "environment"],
      ["/conda/bin/reportlint", "interpreter"],
      ["/usr/bin/reportlint", "path"],
      ["/home/li/.local/bin/reportlint", "user"],
    ] as const;
    order.forEach(([command, source], index) => {
      const left = EVERYWHERE.slice(index + 1);
      assert.deepEqual(findServer(around(left, { ...all, setting: "" })), found(command, source));
    });
  });
  test("of two folders the first given wins", () => {
    const there = ["/a/.venv/bin/reportlint", "/b/.venv/bin/reportlint"];
    assert.deepEqual(findServer(around(there, { folders: ["/b", "/a"] })), found("/b/.venv/bin/reportlint", "environment"));
  });
});

describe("the setting", () => {
  test("what it names is never replaced by something else", () => {
    const answer = findServer(around(EVERYWHERE, { setting: "/opt/gone" }));
    assert.deepEqual(answer, { kind: "missing", reason: "setting", tried: ["/opt/gone"] });
  });
  for (const [setting, command] of [
    ["~/tools/reportlint", "/home/li/tools/reportlint"],
    ["${workspaceFolder}/env/bin/reportlint", "/drafts/env/bin/reportlint"],
    ["env/bin/reportlint", "/drafts/env/bin/reportlint"],
    ["  /opt/报告/reportlint ", "/opt/报告/reportlint"],
    ["reportlint-dev", "/usr/bin/reportlint-dev"],
  ] as const) {
    test(`${setting} is ${command}`, () => {
      assert.deepEqual(findServer(around([command], { setting })), found(command, "setting"));
    });
  }
  test("a folder whose name holds a dollar sign stays as it is", () => {
    const options = { setting: "${workspaceFolder}/r", folders: ["/a/$&b"] };
    assert.deepEqual(findServer(around(["/a/$&b/r"], options)), found("/a/$&b/r", "setting"));
  });
  test("without a folder a relative one is missing", () => {
    assert.equal(findServer(around(EVERYWHERE, { setting: "env/bin/reportlint", folders: [] })).kind, "missing");
  });
});

describe("what is not taken", () => {
  test("nothing of a folder that is not trusted, which is a folder that is not given", () => {
    const answer = findServer(around(["/drafts/.venv/bin/reportlint"], { folders: [] }));
    assert.equal(answer.kind, "missing");
  });
  test("an empty or relative entry of PATH", () => {
    const answer = findServer(around(["reportlint", "./reportlint", "bin/reportlint"], { searchPath: ":.:bin" }));
    assert.equal(answer.kind, "missing");
  });
  test("with nothing anywhere, every place is named once", () => {
    const answer = findServer(around([], { searchPath: "/usr/bin:/usr/bin", interpreter: "/usr/bin/python3" }));
    assert.ok(answer.kind === "missing" && answer.reason === "nowhere");
    assert.equal(new Set(answer.tried).size, answer.tried.length);
    for (const place of ["/drafts/.venv/bin/reportlint", "/usr/bin/reportlint", "/home/li/.local/bin/reportlint"]) {
      assert.ok(answer.tried.includes(place), place);
    }
  });
});

describe("the interpreter of the Python extension", () => {
  for (const [name, interpreter, command] of [
    ["a program", "/conda/bin/python3", "/conda/bin/reportlint"],
    ["the folder of an environment", "/conda/env", "/conda/env/bin/reportlint"],
  ] as const) {
    test(name, () => {
      assert.deepEqual(findServer(around([command], { interpreter })), found(command, "interpreter"));
    });
  }
});

describe("Windows", () => {
  const windows = {
    windows: true,
    folders: ["C:\\稿件"],
    home: "C:\\Users\\li",
    searchPath: "C:\\Windows;C:\\Python311\\Scripts",
  };
  for (const [name, command, source, rest] of [
    ["the environment", "C:\\稿件\\.venv\\Scripts\\reportlint.exe", "environment", {}],
    ["PATH", "C:\\Python311\\Scripts\\reportlint.exe", "path", {}],
    ["a virtual environment", "D:\\e\\Scripts\\reportlint.exe", "interpreter", { interpreter: "D:\\e\\Scripts\\python.exe" }],
    ["a system Python", "D:\\py\\Scripts\\reportlint.exe", "interpreter", { interpreter: "D:\\py\\python.exe" }],
    ["the setting", "C:\\Users\\li\\r.exe", "setting", { setting: "~\\r.exe" }],
  ] as const) {
    test(name, () => {
      assert.deepEqual(findServer(around([command], { ...windows, ...rest })), found(command, source));
    });
  }
});
