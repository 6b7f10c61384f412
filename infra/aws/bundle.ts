/**
 * The code of every function, made by two calls of esbuild: functions that write papers, and those that do not, whose
 * bundles leave the libraries for it out. A folder a function, with the files that its code reads beside it.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { functionRows } from './functions.ts';

const root = join(import.meta.dirname, '..', '..');

/** Takes an empty or new folder; answers each function's folder, and what esbuild says of what is in it. */
export async function bundle(
  into: string,
): Promise<{ readonly folder: (name: string) => string; readonly inputs: (name: string) => readonly string[] }> {
  const names = Object.keys(functionRows);
  const folder = (name: string) => join(into, name);
  rmSync(into, { recursive: true, force: true });
  const made = await Promise.all([
    build(options(names.filter(writesPapers), into, [])),
    build(
      options(
        names.filter((name) => !writesPapers(name)),
        into,
        [withoutPapers],
      ),
    ),
  ]);
  for (const name of names) addFiles(name, folder(name));
  const outputs = new Map(made.flatMap(({ metafile }) => outputsOf(metafile)));
  return { folder, inputs: (name) => outputs.get(name) ?? [] };
}

const writesPapers = (name: string): boolean => functionRows[name]?.papers !== undefined;

function outputsOf({ outputs }: Metafile): (readonly [name: string, inputs: readonly string[]])[] {
  return Object.values(outputs).map(({ entryPoint = '', inputs }) => [
    entryPoint.replace(/^.*\/|\.ts$/g, ''),
    Object.keys(inputs),
  ]);
}

function options(
  names: readonly string[],
  into: string,
  plugins: Plugin[],
): BuildOptions & { readonly metafile: true } {
  return {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, `functions/aws/lambda/${name}.ts`])),
    outdir: into,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: false,
    minifySyntax: true,
    minifyWhitespace: true,
    // Names of classes are names of faults, which the workflow retries by.
    keepNames: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    metafile: true,
    legalComments: 'none',
    logLevel: 'error',
    plugins,
    // Packages in the old module format ask for `require`, and some for where they lie.
    banner: {
      js: "import{createRequire as ownRequire}from'node:module';const require=ownRequire(import.meta.url);const __dirname=import.meta.dirname;const __filename=import.meta.filename;",
    },
  };
}

/** What a page loads when it needs it, a step never needs: such an import stays, and would fail if it were ever reached. */
const withoutPapers: Plugin = {
  name: 'without-papers',
  setup({ onResolve }) {
    onResolve({ filter: /\/papers\// }, ({ path, kind, importer }) =>
      kind === 'dynamic-import'
        ? { path, external: true }
        : { errors: [{ text: `${importer} loads ${path} at once, and its function writes no papers` }] },
    );
  },
};

const require = createRequire(import.meta.url);
const packageFolder = (name: string) => dirname(require.resolve(`${name}/package.json`));

/** Read by their path at run time: style sheet, typefaces, metrics of the standard fonts. */
function addFiles(name: string, folder: string): void {
  if (name === 'web') {
    cpSync(join(root, 'functions/web/style.css'), join(folder, 'style.css'));
    addPackage(
      '@fontsource/be-vietnam-pro',
      folder,
      /^files\/be-vietnam-pro-(latin|latin-ext|vietnamese)-(400|600)-normal\.woff2$/,
    );
  }
  if (functionRows[name]?.papers === 'pdf') addPackage('@expo-google-fonts/tinos', folder, /\.ttf$/);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n');
}

function addPackage(name: string, folder: string, wanted: RegExp): void {
  const from = packageFolder(name);
  const to = join(folder, 'node_modules', name);
  mkdirSync(to, { recursive: true });
  cpSync(join(from, 'package.json'), join(to, 'package.json'));
  for (const file of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    const path = file.replaceAll('\\', '/');
    if (wanted.test(path) && existsSync(join(from, file))) cpSync(join(from, file), join(to, path));
  }
}
