// Bundles the extension into dist/extension.js, or with --tests the tests into dist/test/.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import esbuild from "esbuild";

const has = (flag) => process.argv.includes(flag);
const shared = { bundle: true, platform: "node", format: "cjs", target: "node18", logLevel: "warning" };

if (has("--tests")) {
  rmSync("dist/test", { recursive: true, force: true });
  const entryPoints = readdirSync("test")
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => `test/${name}`);
  await esbuild.build({ ...shared, entryPoints, outdir: "dist/test", sourcemap: "inline" });
} else {
  const context = await esbuild.context({
    ...shared,
    entryPoints: ["src/extension.ts"],
    outfile: "dist/extension.js",
    external: ["vscode"],
    minify: has("--production"),
    sourcemap: !has("--production"),
    metafile: true,
  });
  if (has("--watch")) {
    await context.watch();
  } else {
    const { metafile } = await context.rebuild();
    writeFileSync("dist/NOTICE.txt", notices(Object.keys(metafile.inputs)));
    await context.dispose();
  }
}

/** The licences of the packages that the bundle holds parts of, which ask to go wherever these go. */
function notices(inputs) {
  const folders = inputs.map((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter(Boolean);
  return [...new Set(folders)]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, "utf8") : license;
      return `${name} ${version}\n\n${text.trim()}\n`;
    })
    .join("\n----\n\n");
}
