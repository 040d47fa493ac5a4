/** The side of the pure modules that looks at the real window: documents, settings, folders, the Python extension. */
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import * as vscode from "vscode";
import { enableOf, wanted, type Folders } from "./activation";
import { findServer, type Found, type Missing } from "./find";

/** Reads what folders say about reportlint, and remembers it until `forget`. */
export class Disk implements Folders {
  private readonly texts = new Map<string, string | undefined>();

  get roots(): readonly string[] {
    return roots();
  }

  readonly read = (file: string): string | undefined => {
    if (!this.texts.has(file)) this.texts.set(file, textOf(file));
    return this.texts.get(file);
  };

  forget(): void {
    this.texts.clear();
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function roots(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === "file")
    .map((folder) => folder.uri.fsPath);
}

/** Whether a document is one for reportlint, by its kind, its folder and the setting. */
export function isWanted(document: vscode.TextDocument, disk: Disk): boolean {
  const { uri } = document;
  const settings = vscode.workspace.getConfiguration("reportlint", uri);
  return wanted(
    {
      language: document.languageId,
      scheme: uri.scheme,
      file: uri.scheme === "file" ? uri.fsPath : undefined,
    },
    enableOf(settings.get("enable")),
    disk,
    settings.get("config") ?? "",
  );
}

/** Looks for the server, for the draft that wants it. */
export async function locate(document: vscode.Uri | undefined): Promise<Found | Missing> {
  const own = document && vscode.workspace.getWorkspaceFolder(document)?.uri;
  // A folder that is not trusted brings no program of its own.
  const trusted = vscode.workspace.isTrusted;
  const all = trusted ? roots() : [];
  const first = trusted && own?.scheme === "file" ? [own.fsPath] : [];
  return findServer({
    setting: vscode.workspace.getConfiguration("reportlint", document).get<string>("path") ?? "",
    folders: [...new Set([...first, ...all])],
    interpreter: trusted ? await interpreter(document) : undefined,
    searchPath: process.env.PATH ?? "",
    home: homedir(),
    windows: process.platform === "win32",
    runs,
  });
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

interface Environments {
  getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
  readonly onDidChangeActiveEnvironmentPath: vscode.Event<unknown>;
}

/** The part of the Python extension that says which interpreter was chosen; undefined where it is not installed. */
export async function environments(): Promise<Environments | undefined> {
  const python = vscode.extensions.getExtension<{ environments?: Environments }>("ms-python.python");
  if (!python) return undefined;
  // It may take its time, and nobody should wait for a draft to be checked because of it.
  const api = await Promise.race([python.activate(), after(5000, undefined)]);
  return api?.environments;
}

async function interpreter(document: vscode.Uri | undefined): Promise<string | undefined> {
  try {
    return (await environments())?.getActiveEnvironmentPath(document).path;
  } catch {
    return undefined;
  }
}
