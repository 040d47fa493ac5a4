import assert from "node:assert/strict";
import { test } from "node:test";
import { count, label } from "../src/counts";
import { forServer } from "../src/settings";

test("errors, warnings and the rest are counted, of reportlint only", () => {
  const own = [0, 0, 1, 2, 3].map((severity) => ({ severity, source: "reportlint" }));
  const others = [{ severity: 0, source: "cSpell" }, { severity: 0 }];
  assert.deepEqual(count([...own, ...others]), { errors: 2, warnings: 1, infos: 2 });
  assert.deepEqual(count([]), { errors: 0, warnings: 0, infos: 0 });
});

test("the label has every count, and a tick where there is nothing", () => {
  assert.equal(label({ errors: 3, warnings: 0, infos: 12 }), "reportlint $(error) 3 $(warning) 0 $(info) 12");
  assert.equal(label({ errors: 0, warnings: 0, infos: 0 }), "$(check) reportlint");
});

test("the server is told what was set, and nothing that was left empty or is not its concern", () => {
  const all = {
    enable: "auto",
    path: "/opt/reportlint",
    run: "onSave",
    profile: "",
    select: [],
    ignore: ["NUM008"],
    config: null,
    language: "auto",
    trace: { server: "off" },
  };
  assert.deepEqual(forServer(all), { enable: "auto", run: "onSave", ignore: ["NUM008"] });
  assert.deepEqual(forServer({ enable: false, language: "en" }), { enable: false, language: "en" });
});
