/** What the server is told of the settings. */

export type Values = Record<string, unknown>;

const OWN = new Set(["path", "trace"]);

/**
 * The settings of the section `reportlint` as the server takes them: what only concerns the extension is left out, and
 * so is what was left empty, for which the configuration file has the word.
 */
export function forServer(values: Values): Values {
  const kept: Values = {};
  for (const [name, value] of Object.entries(values)) {
    if (OWN.has(name) || value === "" || value === null || value === undefined) continue;
    if (Array.isArray(value) && value.length === 0) continue;
    if (name === "language" && value === "auto") continue;
    kept[name] = value;
  }
  return kept;
}
