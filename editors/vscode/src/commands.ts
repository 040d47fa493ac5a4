/** The commands that concern a draft: mend it, open its configuration. */
import { execFile } from "node:child_process";
import * as path from "node:path";
import * as vscode from "vscode";
import { configurationFor } from "./activation";
import { Disk, locate } from "./workspace";

/** Applies every safe fix to the active draft. */
export async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.reportlint", apply: "first" });
}

/** Opens the configuration that holds for the active draft; where there is none, offers to write one. */
export async function openConfiguration(log: vscode.LogOutputChannel): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const folder =
    active?.scheme === "file" ? path.dirname(active.fsPath) : vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (folder === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t("Open a draft or a folder first."));
    return;
  }
  const found = configurationFor(folder, new Disk());
  if (found !== undefined) {
    await open(found);
    return;
  }
  const root = (active && vscode.workspace.getWorkspaceFolder(active)?.uri.fsPath) ?? folder;
  const create = vscode.l10n.t("Write it");
  const choice = await vscode.window.showInformationMessage(
    vscode.l10n.t("No configuration of reportlint holds here. Write a commented one to {0}?", root),
    create,
  );
  if (choice === create) await write(root, active, log);
}

async function write(folder: string, draft: vscode.Uri | undefined, log: vscode.LogOutputChannel): Promise<void> {
  const server = await locate(draft);
  if (server.kind === "missing") {
    // Finds nothing either, and says what to do.
    await vscode.commands.executeCommand("reportlint.restart");
    return;
  }
  const language = vscode.env.language.toLowerCase().startsWith("zh") ? "zh" : "en";
  try {
    await new Promise<void>((resolve, reject) => {
      execFile(server.command, ["init", folder, "--lang", language], { timeout: 20_000 }, (error, _, stderr) => {
        if (error) reject(new Error(stderr.trim() || error.message));
        else resolve();
      });
    });
    await open(path.join(folder, ".reportlint.yaml"));
  } catch (error) {
    log.error(String(error));
    await vscode.window.showErrorMessage(String(error));
  }
}

async function open(file: string): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(file));
}
