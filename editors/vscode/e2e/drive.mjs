// Drives VS Code in a browser: what a writer sees and does, compared with what the command line says of the same draft.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startCode } from "./code.mjs";
import { Window } from "./window.mjs";

const [drafts, vsix] = process.argv.slice(2);
const { REPORTLINT_E2E_WORK: work, REPORTLINT_E2E_SERVER: reportlint, REPORTLINT_SCREENSHOTS: pictures } = process.env;
mkdirSync(pictures, { recursive: true });

/** A folder with copies of drafts; with `configured`, one that reportlint looks at. */
function folder(name, files, { configured = true, server = true } = {}) {
  const path = join(work, name);
  mkdirSync(path);
  for (const file of files) copyFileSync(join(drafts, file), join(path, file));
  if (configured) writeFileSync(join(path, ".reportlint.yaml"), "# 本文件夹的稿件由 reportlint 检查\n");
  if (server) install(path);
  return path;
}

/** What `pip install reportlint` into .venv of a folder does, as far as the extension sees it. */
function install(path) {
  mkdirSync(join(path, ".venv", "bin"), { recursive: true });
  symlinkSync(reportlint, join(path, ".venv", "bin", "reportlint"));
}

function cli(...args) {
  try {
    return execFileSync(reportlint, args, { encoding: "utf8" });
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw error;
  }
}

/** What the command line finds in a file or a folder, and how often each severity. */
function checked(path) {
  const findings = JSON.parse(cli("check", "--output-format", "json", "--no-cache", path));
  const of = (severity) => findings.filter((finding) => finding.severity === severity).length;
  return { findings, errors: of("error"), warnings: of("warning"), infos: of("info") };
}

/** The column that VS Code shows, in UTF-16 units, of a location on the command line, in code points. */
function column(file, { row, column: characters }) {
  return [...read(file).split("\n")[row - 1]].slice(0, characters - 1).join("").length + 1;
}

const read = (...path) => readFileSync(join(...path), "utf8");
const counts = ({ errors, warnings, infos }) => `reportlint ${errors} ${warnings} ${infos}`;

let done = 0;
async function step(name, does) {
  process.stdout.write(`  ${name} … `);
  const began = Date.now();
  await does();
  done += 1;
  console.log(`ok (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

const code = await startCode(vsix);
let window;
try {
  window = await Window.open(code.url, pictures);

  console.log("a folder that has no configuration");
  const plain = folder("plain", ["购物清单.txt"], { configured: false });
  await window.folder(plain);
  await window.file("购物清单.txt");
  await step("nothing is marked, nothing is said", async () => {
    await window.pause(4000);
    assert.equal(await window.squiggles(), 0);
    assert.equal(await window.status(), undefined);
    assert.deepEqual(await window.notifications(), []);
  });

  console.log("a folder that has one, but no reportlint is installed");
  const bare = folder("bare", ["工作总结.txt"], { server: false });
  await window.folder(bare);
  await window.file("工作总结.txt");
  await step("it says what to do", async () => {
    await window.until("a message", async () => (await window.notifications()).some((text) => text.includes("pip install")));
    assert.match(await window.status(), /reportlint$/);
    await window.picture("vscode-not-installed");
  });
  await step("after installing, a click on the status item is enough", async () => {
    install(bare);
    await window.clickStatus();
    await window.until("findings", async () => (await window.squiggles()) > 0);
    await window.clearNotifications();
  });

  console.log("a draft");
  const office = folder("office", ["工作总结.txt", "督查汇报.md"]);
  const draft = join(office, "工作总结.txt");
  const before = checked(draft);
  assert.ok(before.errors > 2 && before.warnings > 2, "the draft has too few faults to show anything");
  await window.folder(office);
  await window.file("工作总结.txt");
  await step("the status item has the counts of the command line", async () => {
    await window.until(counts(before), async () => (await window.status()) === counts(before));
  });
  await step("faults are underlined", async () => {
    await window.until("squiggles", async () => (await window.squiggles()) >= 5);
    await window.press("Control+End");
    await window.picture("vscode-squiggles");
  });
  await step("the Problems list has every finding, also of the drafts that are not open", async () => {
    const { findings } = checked(office);
    assert.ok(findings.length > before.findings.length);
    await window.command("聚焦到 问题 视图");
    let rows = [];
    await window.until(`${findings.length} rows`, async () => {
      rows = await window.problems();
      return rows.length === findings.length;
    });
    const shown = rows.join("\n");
    for (const { filename, code: rule, message, location } of findings) {
      assert.ok(shown.includes(message.slice(0, 20)), `${message} not in ${shown}`);
      assert.ok(shown.includes(rule), rule);
      const place = `[行 ${location.row}，列 ${column(filename, location)}]`;
      assert.ok(shown.includes(`${rule} ${place}`), `${rule} ${place} not in ${shown}`);
    }
    await window.press("Home");
    await window.picture("vscode-problems");
  });
  await step("the pointer shows the rule", async () => {
    await window.command("View: Hide Panel");
    await window.goto(draft, "布署", 1);
    await window.hover();
    await window.until("the message", async () => (await window.hoverText()).includes("“布署”应为“部署”"));
    await window.picture("vscode-hover");
    await window.escape();
  });
  await step("a quick fix mends the word", async () => {
    await window.goto(draft, "布署", 1);
    await window.quickFixes();
    const offered = await window.offered();
    assert.ok(offered.some((text) => text.includes("部署")), offered.join(" | "));
    await window.picture("vscode-quick-fix");
    await window.choose("部署");
    await window.save();
    await window.until("the word", () => read(draft).includes("周密部署、"));
    assert.equal(read(draft), read(drafts, "工作总结.txt").replace("周密布署", "周密部署"));
    const rest = checked(draft);
    assert.equal(rest.findings.length, before.findings.length - 1);
    await window.until(counts(rest), async () => (await window.status()) === counts(rest));
  });
  await step("the outline is that of the command line", async () => {
    await window.command("聚焦到 大纲 视图");
    const tree = JSON.parse(cli("outline", "--format", "json", draft));
    const titles = (nodes) => nodes.flatMap((node) => [`${node.marker}${node.title}`, ...titles(node.children)]);
    const expected = [tree.title.text, ...titles(tree.sections)];
    await window.until(expected.join(" "), async () => (await window.outline()).join("\n") === expected.join("\n"));
    await window.picture("vscode-outline");
  });
  await step("fix all gives what `check --fix` gives", async () => {
    const copy = join(work, "copy.txt");
    copyFileSync(draft, copy);
    cli("check", "--fix", "-q", copy);
    await window.focusEditor();
    await window.command("reportlint: 改正本稿中可直接改正的问题");
    await window.until("a change", async () => {
      await window.save();
      return read(draft) === read(copy);
    });
    const rest = checked(draft);
    await window.until(counts(rest), async () => (await window.status()) === counts(rest));
    await window.picture("vscode-fixed");
  });

  await step("a word that is accepted is written to the configuration and no longer reported", async () => {
    const first = checked(draft);
    await window.goto(draft, "xx", 1);
    await window.quickFixes();
    await window.choose("认可“xx”");
    await window.until("the configuration", async () => {
      await window.command("File: Save All");
      return /^accept: *(\[xx\]|\n *- xx)/m.test(read(office, ".reportlint.yaml"));
    });
    await window.until("one less", async () => {
      const now = checked(draft);
      return now.findings.length === first.findings.length - 1 && (await window.status()) === counts(now);
    });
    writeFileSync(join(office, ".reportlint.yaml"), "# 本文件夹的稿件由 reportlint 检查\n");
    await window.until(counts(first), async () => (await window.status()) === counts(first));
  });

  console.log("while typing, in Markdown, behind characters of two UTF-16 units");
  const report = join(office, "督查汇报.md");
  await window.file("督查汇报.md");
  await step("a finding appears with the word and goes with it", async () => {
    const first = checked(report);
    await window.until(counts(first), async () => (await window.status()) === counts(first));
    const copy = join(work, "copy.md");
    writeFileSync(copy, `${read(report)}\n周密布署。\n`);
    const more = checked(copy);
    await window.focusEditor();
    await window.press("Control+End");
    await window.type("\n周密布署。\n");
    await window.until(counts(more), async () => (await window.status()) === counts(more));
    for (let i = 0; i < 4; i++) await window.press("Control+z");
    await window.until(counts(first), async () => (await window.status()) === counts(first));
  });
  await step("a fix behind 𠮷 and 😀 hits the word", async () => {
    await window.goto(report, "布署", 1);
    await window.quickFixes();
    await window.choose("部署");
    await window.save();
    await window.until("the word", () => read(report).includes("说明𠮷字部署在前"));
    assert.equal(read(report), read(drafts, "督查汇报.md").replace("字布署", "字部署"));
  });

  console.log("the rest");
  await step("the configuration opens", async () => {
    await window.command("reportlint: 打开配置文件");
    await window.until("the file", async () => (await window.title()).includes(".reportlint.yaml"));
  });
  await step("what it says holds at once", async () => {
    writeFileSync(join(office, ".reportlint.yaml"), "select: [TYP001]\n");
    await window.file("督查汇报.md");
    const only = checked(report);
    await window.until(counts(only), async () => (await window.status()) === counts(only));
  });
  await step("without it the folder is left alone", async () => {
    rmSync(join(office, ".reportlint.yaml"));
    await window.until("silence", async () => (await window.status()) === undefined && (await window.squiggles()) === 0);
    writeFileSync(join(office, ".reportlint.yaml"), "");
    await window.until("findings", async () => (await window.squiggles()) > 0);
  });
  await step("the output names the program that was found", async () => {
    await window.command("reportlint: 查看运行日志");
    const log = await code.log("reportlint");
    assert.ok(log.includes(join(office, ".venv", "bin", "reportlint")), log);
  });
  console.log(`e2e: ${done} steps passed`);
} catch (error) {
  console.log("failed");
  await window?.picture("failure").catch(() => undefined);
  console.error(code.said().split("\n").slice(-20).join("\n"));
  console.error(await code.log("reportlint").catch(String));
  throw error;
} finally {
  await window?.close();
  await code.stop();
}
