/** Which documents reportlint may look at: nobody's shopping list is a government report. */
import * as path from "node:path";

export type Enable = boolean | "auto";

export interface Candidate {
  readonly language: string;
  readonly scheme: string;
  /** The path on disk; undefined for a document that was never saved. */
  readonly file: string | undefined;
}

/** What a folder says about reportlint. */
export interface Folders {
  /** The text of a file; undefined where there is none. */
  readonly read: (file: string) => string | undefined;
  /** The folders of the workspace. */
  readonly roots: readonly string[];
}

export const LANGUAGES = ["plaintext", "markdown"] as const;
export const SCHEMES = ["file", "untitled"] as const;
/** In one folder the first that is there counts, as on the command line. */
export const CONFIGURATIONS = [".reportlint.yaml", ".reportlint.yml"] as const;

/** The value of the setting `reportlint.enable`, whatever a user has written there. */
export function enableOf(value: unknown): Enable {
  return typeof value === "boolean" ? value : "auto";
}

/**
 * Whether a document is to be checked. With "auto" it is where a configuration of reportlint holds for it: one in its
 * folder or above, or the one that the setting `reportlint.config` names.
 */
export function wanted(document: Candidate, enable: Enable, folders: Folders, named = ""): boolean {
  if (!(LANGUAGES as readonly string[]).includes(document.language)) return false;
  if (!(SCHEMES as readonly string[]).includes(document.scheme)) return false;
  if (enable !== "auto") return enable;
  if (named.trim() !== "") return true;
  if (document.file === undefined) return folders.roots.some((root) => configurationFor(root, folders) !== undefined);
  return configurationFor(path.dirname(document.file), folders) !== undefined;
}

/** The configuration file that is nearest to a folder, there or further up; undefined where there is none. */
export function configurationFor(folder: string, folders: Pick<Folders, "read">): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    for (const name of CONFIGURATIONS) {
      const file = path.join(at, name);
      if (folders.read(file) !== undefined) return file;
    }
    const project = path.join(at, "pyproject.toml");
    const text = folders.read(project);
    if (text !== undefined && hasTable(text)) return project;
    if (path.dirname(at) === at) return undefined;
  }
}

/** Whether the text of a pyproject.toml has the table [tool.reportlint], or one inside it. */
export function hasTable(toml: string): boolean {
  return /^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*["']?reportlint["']?[ \t]*[\].]/mu.test(toml);
}
