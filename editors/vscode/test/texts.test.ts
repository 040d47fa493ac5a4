import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const json = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;

test("every text of package.json is there in both languages, and none besides", () => {
  const used = [...readFileSync("package.json", "utf8").matchAll(/"%([\w.]+)%"/gu)].map((match) => match[1]).sort();
  const unique = [...new Set(used)];
  assert.deepEqual(Object.keys(json("package.nls.json")).sort(), unique);
  assert.deepEqual(Object.keys(json("package.nls.zh-cn.json")).sort(), unique);
});

test("every message of the code has its Chinese, and none besides", () => {
  const sources = readdirSync("src").map((name) => readFileSync(`src/${name}`, "utf8"));
  const said = sources.flatMap((source) => [...source.matchAll(/l10n\.t\(\s*"([^"]+)"/gu)].map((match) => match[1]));
  const chinese = json("l10n/bundle.l10n.zh-cn.json");
  assert.deepEqual([...new Set(said)].sort(), Object.keys(chinese).sort());
  const gaps = (text: unknown): string[] => [...String(text).matchAll(/\{\d\}/gu)].map((match) => match[0]).sort();
  for (const [english, translated] of Object.entries(chinese)) assert.deepEqual(gaps(translated), gaps(english), english);
});
