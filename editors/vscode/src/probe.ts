/** Asks a program that was found whether it has a language server. */
import { execFile } from "node:child_process";

export interface Answer {
  readonly serves: boolean;
  /** What it said of its version, or why it could not be asked. */
  readonly said: string;
}

/** Runs `reportlint --version` and `reportlint server --help`. Never fails: what goes wrong is the answer. */
export async function probe(command: string, timeout = 20_000): Promise<Answer> {
  const [version, help] = await Promise.all([run(command, ["--version"], timeout), run(command, ["server", "--help"], timeout)]);
  return { serves: help.well, said: version.well || help.well ? version.said : help.said };
}

interface Ran {
  readonly well: boolean;
  readonly said: string;
}

function run(command: string, args: readonly string[], timeout: number): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout, windowsHide: true }, (error, stdout, stderr) => {
      const output = (stdout.trim() || stderr.trim()).split("\n").at(-1) ?? "";
      resolve({ well: error === null, said: output || (error?.message ?? "") });
    });
  });
}
