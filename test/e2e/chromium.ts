/**
 * The Chromium of this machine, and what a person would notice on any page of it: errors on the console, a document
 * that scrolls sideways, what axe calls serious or critical, words of the other language.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What `CHROMIUM` names, and only that when it is set; else the first of the usual places. `undefined` when none is there. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'] ?? '';
  return (named === '' ? places : [named]).find((path) => existsSync(path));
}

export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A desk and a phone, in CSS pixels. */
const widths = [1280, 390];
const height = 900;
export const atDesk = { width: 1280, height };

/** What was found wrong, each as `page: what`. Gathered, so that a fault of looks does not end the story. */
export interface Findings {
  readonly console: string[];
  readonly responses: string[];
  readonly scrolls: string[];
  readonly axe: string[];
  readonly words: string[];
  /** Pages that were looked at, each with its width. */
  readonly looked: string[];
  /** What axe has seen, by language, width and content: many roles have the same page. */
  readonly known: Set<string>;
}

export function findings(): Findings {
  return { console: [], responses: [], scrolls: [], axe: [], words: [], looked: [], known: new Set() };
}

/** Notes what the pages of this context write to the console, and every answer of 400 and more. */
export function listen(context: BrowserContext, who: string, found: Findings): void {
  context.on('console', (message) => {
    // Chromium's line for an answer of 4xx and 5xx: the answer itself is noted below.
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource: the server responded'))
      return;
    found.console.push(`${who}, ${message.location().url}: ${message.text()}`);
  });
  context.on('weberror', (error) => found.console.push(`${who}: ${error.error().message}`));
  context.on('response', (response) => {
    if (response.status() >= 400) found.responses.push(`${response.status()} ${templateOf(response.url())}`);
  });
}

/** `/dot/0199-…/quyet-dinh` → `/dot/:/quyet-dinh`: which page, whatever it shows; `demo-…` is an id too. */
export function templateOf(url: string): string {
  const words = /^(?!demo-)[a-z][a-z-]*$/;
  return new URL(url).pathname
    .split('/')
    .map((part, index) => (index < 2 || words.test(part) ? part : ':'))
    .join('/');
}

/** Looks at the page as it stands, at both widths. `name` is what the findings and the picture are called. */
export async function look(page: Page, name: string, found: Findings): Promise<void> {
  await checkWords(page, name, found);
  for (const width of widths) {
    await resize(page, width);
    await checkWidth(page, `${name} (${width})`, found);
    if (await isNew(page, width, found)) await checkAxe(page, `${name} (${width})`, found);
    await picture(page, `${name}-${width}`);
    found.looked.push(`${name} (${width})`);
  }
  await resize(page, atDesk.width);
}

async function resize(page: Page, width: number): Promise<void> {
  if (page.viewportSize()?.width !== width) await page.setViewportSize({ width, height });
}

/** What stands out beyond the window, unless it scrolls within a box of its own. */
const standsOut = `[...document.body.querySelectorAll('*')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 && one.closest('.scroll') === null)
  .map((one) => one.tagName.toLowerCase() + (one.className === '' ? '' : '.' + String(one.className)))
  .slice(0, 4).join(', ')`;

async function checkWidth(page: Page, name: string, found: Findings): Promise<void> {
  const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  if (over <= 0) return;
  found.scrolls.push(`${name}: ${over} px, ${await page.evaluate<string>(standsOut)}`);
}

/** Whether the main part is another than on every page before; the frame around it has gone with another one then. */
async function isNew(page: Page, width: number, { known }: Findings): Promise<boolean> {
  const content = await page.evaluate<string>(
    `document.documentElement.lang + (document.querySelector('main')?.innerHTML ?? '').replaceAll(/name="csrf" value="[^"]*"/g, '')`,
  );
  const before = known.size;
  return known.add(`${width} ${content}`).size > before;
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly html: string }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function checkAxe(page: Page, name: string, found: Findings): Promise<void> {
  // It stays with the page while the window is made narrower; its text is half a megabyte.
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(`(() => { ${axe} })()`);
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) =>
      ({ id, impact, nodes: nodes.slice(0, 3).map(({ target, html }) => ({ target, html: html.slice(0, 160) })) })))`,
  );
  for (const { id, impact, nodes } of violations) {
    const where = nodes.map(({ target, html }) => `${target.join(' ')} ${html}`).join(' | ');
    const line = `${name}: ${id} (${impact}): ${where}`;
    if (impact === 'serious' || impact === 'critical') found.axe.push(line);
  }
}

/** Words that only the English pages have, and what an unfilled gap in a sentence looks like. */
const englishWords =
  /\b(?:Sign (?:in|out)|Submit|Submitted|Upload|Download|Page \d|of \d|People|Persons?|Batch|Batches|Waiting|State|Since|Unit|Units|Total|Find|Filter|Choose|Next|Before|Go on|Disbursement|Intake|Entitlement|Approval|Completion|My work|Mailbox|Name|Employer|Regime|Reason|Confirm|Credited|Returned|Refused|Held|Estimate|Decision|Case|Cases|List|Lists|Row|Sheet|Cell|Source|Record|Import|Skip|Since|until|from|the|and)\b/;
const gaps = /\b(?:undefined|null|NaN)\b|\[object \w+\]/;

async function checkWords(page: Page, name: string, found: Findings): Promise<void> {
  // The name of the other language, and hints marked as being in another one, stand rightly there.
  const text = await page.evaluate<string>(
    `(() => { const copy = document.body.cloneNode(true); copy.querySelectorAll('[lang], .found, code').forEach((one) => one.remove());
      return [...copy.querySelectorAll('*')].flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3)
        .map((node) => node.data).concat(['aria-label', 'title', 'placeholder'].map((key) => one.getAttribute(key) ?? '')))
        .join('\\n') + '\\n' + document.title; })()`,
  );
  const language = await page.evaluate<string>('document.documentElement.lang');
  for (const line of text.split('\n')) {
    const odd = gaps.exec(line) ?? (language === 'vi' ? englishWords.exec(line) : null);
    if (odd !== null) found.words.push(`${name}: “${odd[0]}” in “${line.trim().slice(0, 160)}”`);
  }
}

/** Kept in the folder `SCREENSHOTS` when it is set. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name.replaceAll(/[^\p{L}\d-]+/gu, '_')}.png`), fullPage: true });
}
