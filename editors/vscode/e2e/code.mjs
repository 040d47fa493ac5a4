// Starts code-server with a user of its own, who has the extension and nothing else.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";

const SETTINGS = {
  "editor.wordWrap": "on",
  "editor.fontSize": 15,
  "editor.lineHeight": 1.8,
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.unicodeHighlight.ambiguousCharacters": false,
  "editor.fontFamily": "'Noto Sans CJK SC', 'WenQuanYi Zen Hei', monospace",
  "workbench.colorTheme": "Default Light Modern",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.layoutControl.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "window.commandCenter": false,
  "chat.disableAIFeatures": true,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "extensions.autoCheckUpdates": false,
  "git.enabled": false,
  "files.exclude": { "**/.venv": true },
};

/**
 * Makes a language pack out of a few labels, for this version of VS Code: there is none to be had from npm, and without
 * one VS Code, and with it every extension, speaks English.
 */
function chinese(entry, user) {
  const out = join(dirname(entry), "..", "..", "lib", "vscode", "out");
  const load = (file) => JSON.parse(readFileSync(file, "utf8"));
  const labels = load(new URL("labels.zh-cn.json", import.meta.url));
  const messages = load(join(out, "nls.messages.json"));
  const contents = {};
  let next = 0;
  for (const [module, keys] of load(join(out, "nls.keys.json"))) {
    for (const key of keys) {
      const message = messages[next++];
      if (Object.hasOwn(labels, message)) (contents[module] ??= {})[key] = labels[message];
    }
  }
  const file = join(user, "labels.json");
  writeFileSync(file, JSON.stringify({ contents }));
  const extensions = [{ extensionIdentifier: { id: "reportlint.labels" }, version: "1.0.0" }];
  const pack = { hash: "e2e", label: "中文", translations: { vscode: file }, extensions };
  writeFileSync(join(user, "languagepacks.json"), JSON.stringify({ "zh-cn": pack }));
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Installs the extension, starts the server; its `url`, its `log(NAME)` of an output channel, and `stop()`. */
export async function startCode(vsix) {
  const { REPORTLINT_E2E_WORK: work, REPORTLINT_E2E_NODE: node, REPORTLINT_E2E_CODE: entry } = process.env;
  const user = join(work, "user");
  const extensions = join(work, "extensions");
  mkdirSync(join(user, "User"), { recursive: true });
  writeFileSync(join(user, "User", "settings.json"), JSON.stringify(SETTINGS));
  // A path without reportlint, and a home without one, so that what is found is what a step has put there.
  const env = { ...process.env, PATH: `${dirname(node)}:/usr/bin:/bin`, HOME: work, LANG: "C.UTF-8" };
  for (const name of Object.keys(env)) if (/^(npm_|VSCODE_|XDG_|CODE_SERVER)/.test(name)) delete env[name];
  const shared = ["--user-data-dir", user, "--extensions-dir", extensions];
  execFileSync(node, [entry, ...shared, "--install-extension", vsix], { env, stdio: "pipe" });
  chinese(entry, user);
  const port = await freePort();
  const args = [entry, ...shared, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry"];
  args.push("--disable-update-check", "--disable-workspace-trust", "--disable-getting-started-override", "--locale", "zh-cn");
  const child = spawn(node, args, { env, detached: true });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
  const url = `http://127.0.0.1:${port}/`;
  for (let tries = 0; ; tries++) {
    if (await fetch(`${url}healthz`).then((answer) => answer.ok, () => false)) break;
    if (child.exitCode !== null || tries > 120) throw new Error(`code-server did not start:\n${said}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return {
    url,
    said: () => said,
    async log(name) {
      const files = readdirSync(join(user, "logs"), { recursive: true })
        .map((file) => join(user, "logs", file))
        .filter((file) => file.endsWith(`${name}.log`) && statSync(file).isFile());
      return files.map((file) => readFileSync(file, "utf8")).join("\n");
    },
    async stop() {
      try {
        process.kill(-child.pid, "SIGTERM");
      } catch {
        // It has gone by itself.
      }
    },
  };
}
