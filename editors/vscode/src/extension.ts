import * as vscode from "vscode";
import { fixAll, openConfiguration } from "./commands";
import { Server } from "./server";
import { Status } from "./status";
import { Disk, environments, isWanted } from "./workspace";

const WATCHED = "**/{.reportlint.yaml,.reportlint.yml,pyproject.toml}";
/** A change of these finds or starts another program; the rest the server takes up while it runs. */
const RESTARTS = ["reportlint.path", "reportlint.trace"];

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel("reportlint", { log: true });
  const running = new Server(log, vscode.Uri.joinPath(context.extensionUri, "INSTALL.md"));
  const status = new Status();
  const disk = new Disk();
  server = running;

  const active = (): vscode.TextDocument | undefined => {
    const document = vscode.window.activeTextEditor?.document;
    return document && isWanted(document, disk) ? document : undefined;
  };
  const show = (): void => {
    status.show(active(), running.phase);
  };
  const see = (document: vscode.TextDocument): void => {
    if (isWanted(document, disk)) void running.start(document.uri);
    show();
  };
  const seeAll = (): void => {
    disk.forget();
    const documents = vscode.workspace.textDocuments;
    if (!documents.some((document) => isWanted(document, disk))) void running.stop();
    documents.forEach(see);
    show();
  };

  const watcher = vscode.workspace.createFileSystemWatcher(WATCHED);
  context.subscriptions.push(
    log,
    running,
    status,
    watcher,
    watcher.onDidCreate(seeAll),
    watcher.onDidChange(seeAll),
    watcher.onDidDelete(seeAll),
    vscode.commands.registerCommand("reportlint.restart", () => running.restart(active()?.uri)),
    vscode.commands.registerCommand("reportlint.showOutput", () => {
      log.show();
    }),
    vscode.commands.registerCommand("reportlint.fixDraft", fixAll),
    vscode.commands.registerCommand("reportlint.openConfiguration", () => openConfiguration(log)),
    vscode.workspace.onDidOpenTextDocument(see),
    vscode.workspace.onDidChangeWorkspaceFolders(seeAll),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (running.phase === "missing") void running.restart(active()?.uri);
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration("reportlint")) return;
      if (RESTARTS.some((name) => event.affectsConfiguration(name)) && running.phase !== "off") {
        void running.restart(active()?.uri);
      } else {
        void running.configure();
      }
      seeAll();
    }),
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const shown = vscode.window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === shown)) show();
    }),
    running.onDidChange(show),
  );
  seeAll();

  const python = await environments().catch(() => undefined);
  if (python) {
    context.subscriptions.push(
      python.onDidChangeActiveEnvironmentPath(() => {
        if (running.phase !== "off") void running.restart(active()?.uri);
      }),
    );
  }
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
