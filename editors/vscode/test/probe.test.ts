import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { probe } from "../src/probe";

const folder = mkdtempSync(join(tmpdir(), "reportlint-"));
after(() => {
  rmSync(folder, { recursive: true });
});
const skip = process.platform === "win32" ? "the programs here are shell scripts" : false;

function program(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

test("one with a server", { skip }, async () => {
  const file = program("new", 'case "$1" in --version) echo reportlint 9.9.9;; server) echo usage;; esac');
  assert.deepEqual(await probe(file), { serves: true, said: "reportlint 9.9.9" });
});

test("one from before there was a server", { skip }, async () => {
  const file = program("old", 'case "$1" in --version) echo reportlint 0.0.1;; *) exit 2;; esac');
  assert.deepEqual(await probe(file), { serves: false, said: "reportlint 0.0.1" });
});

test("one that cannot run", { skip }, async () => {
  const broken = await probe(program("broken", "echo no module named reportlint >&2; exit 1"));
  assert.deepEqual(broken, { serves: false, said: "no module named reportlint" });
  assert.equal((await probe(join(folder, "gone"))).serves, false);
});

test("one that hangs", { skip }, async () => {
  assert.equal((await probe(program("slow", "exec sleep 30"), 300)).serves, false);
});
