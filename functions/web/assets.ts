/** What the browser fetches besides pages: the style sheet, the typeface, the icon. Read once, at the first request. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const fonts = dirname(createRequire(import.meta.url).resolve('@fontsource/be-vietnam-pro/package.json'));

export async function styleSheet(): Promise<string> {
  return readFile(new URL('./style.css', import.meta.url), 'utf8');
}

/** `undefined` for a name that is not one of the few the style sheet uses. */
export async function font(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!/^be-vietnam-pro-(latin|latin-ext|vietnamese)-(400|600)-normal\.woff2$/.test(name)) return undefined;
  return new Uint8Array(await readFile(join(fonts, 'files', name)));
}

export const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b4f6c"/><path d="M8 17l5 5L24 10" fill="none" stroke="#fff" stroke-width="4"/></svg>';
