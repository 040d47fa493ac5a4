/** Where the language server is: the setting, the environment of the workspace, the search path, the user's own folder. */
import * as path from "node:path";

export type Source = "setting" | "environment" | "interpreter" | "path" | "user";

export interface Surroundings {
  /** `reportlint.path` as the user wrote it; empty where it is not set. */
  readonly setting: string;
  /** Folders of a workspace that is trusted, the one of the active draft first; none of one that is not. */
  readonly folders: readonly string[];
  /** What the Python extension has chosen: an interpreter, or the folder of its environment. */
  readonly interpreter: string | undefined;
  /** The variable PATH. */
  readonly searchPath: string;
  readonly home: string;
  readonly windows: boolean;
  /** Whether there is a file at a path that may be run. */
  readonly runs: (file: string) => boolean;
}

export interface Found {
  readonly kind: "found";
  readonly command: string;
  readonly source: Source;
}

export interface Missing {
  readonly kind: "missing";
  /** `setting`: what the setting names is not there. `nowhere`: nothing is set, and nothing was found. */
  readonly reason: "setting" | "nowhere";
  /** Every place that was looked at, in order. */
  readonly tried: readonly string[];
}

const ENVIRONMENTS = [".venv", "venv"];

/** Looks for reportlint; what the setting names is taken or reported as missing, never replaced in silence. */
export function findServer(around: Surroundings): Found | Missing {
  const rules = around.windows ? path.win32 : path.posix;
  const tried: string[] = [];
  const look = (file: string, source: Source): Found | undefined => {
    if (tried.includes(file)) return undefined;
    tried.push(file);
    return around.runs(file) ? { kind: "found", command: file, source } : undefined;
  };

  if (around.setting.trim() !== "") {
    const named = expand(around.setting.trim(), around);
    for (const file of named) {
      const found = look(file, "setting");
      if (found) return found;
    }
    return { kind: "missing", reason: "setting", tried };
  }
  const program = around.windows ? "reportlint.exe" : "reportlint";
  const scripts = around.windows ? "Scripts" : "bin";
  for (const folder of around.folders) {
    for (const environment of ENVIRONMENTS) {
      const found = look(rules.join(folder, environment, scripts, program), "environment");
      if (found) return found;
    }
  }
  if (around.interpreter) {
    const beside = rules.dirname(around.interpreter);
    for (const folder of [beside, rules.join(beside, scripts), rules.join(around.interpreter, scripts)]) {
      const found = look(rules.join(folder, program), "interpreter");
      if (found) return found;
    }
  }
  for (const folder of around.searchPath.split(rules.delimiter)) {
    // An entry that is empty or relative would mean the folder of the draft, which is not ours to run programs from.
    if (!rules.isAbsolute(folder)) continue;
    const found = look(rules.join(folder, program), "path");
    if (found) return found;
  }
  // Programs started from a desktop often lack the folder that `pip install --user`, pipx and uv write to.
  if (!around.windows) {
    const found = look(rules.join(around.home, ".local", "bin", program), "user");
    if (found) return found;
  }
  return { kind: "missing", reason: "nowhere", tried };
}

/** The paths a setting may mean: `~` and `${workspaceFolder}` are replaced; a relative one counts from each folder. */
function expand(setting: string, around: Surroundings): string[] {
  const rules = around.windows ? path.win32 : path.posix;
  const text = setting.replace(/^~(?=[\\/]|$)/u, () => around.home);
  if (text.includes("${workspaceFolder}")) {
    return around.folders.map((folder) => rules.normalize(text.replaceAll("${workspaceFolder}", () => folder)));
  }
  if (rules.isAbsolute(text)) return [rules.normalize(text)];
  if (/[\\/]/u.test(text)) return around.folders.map((folder) => rules.join(folder, text));
  return around.searchPath
    .split(rules.delimiter)
    .filter((folder) => rules.isAbsolute(folder))
    .map((folder) => rules.join(folder, text));
}
