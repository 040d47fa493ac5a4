/** How many findings a draft has, and how the status bar says so. */

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
}

/** The part of a diagnostic that is counted; severities are numbered as by VS Code: 0 error, 1 warning, 2 and 3 less. */
export interface Counted {
  readonly severity: number;
  readonly source?: string | undefined;
}

/** Counts the findings that are of reportlint. */
export function count(diagnostics: readonly Counted[]): Counts {
  const own = diagnostics.filter((diagnostic) => diagnostic.source === "reportlint");
  const errors = own.filter((diagnostic) => diagnostic.severity === 0).length;
  const warnings = own.filter((diagnostic) => diagnostic.severity === 1).length;
  return { errors, warnings, infos: own.length - errors - warnings };
}

/** The text of the status item: a tick where there is nothing to report. */
export function label(counts: Counts): string {
  const { errors, warnings, infos } = counts;
  if (errors + warnings + infos === 0) return "$(check) reportlint";
  return `reportlint $(error) ${String(errors)} $(warning) ${String(warnings)} $(info) ${String(infos)}`;
}
