/**
 * Writes the files of this folder anew, by a LibreOffice that is installed: `node test/functions/papers/office/make.ts`.
 * The Python that LibreOffice brings stores the two with a password; where it is another one, name it in UNO_PYTHON.
 */
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cellAddress } from '../../../../shared/case/sheet.ts';
import { boxesOf, escaped, officeBooks, type Page, type Value } from '../corpus.ts';

const filters: Readonly<Record<string, string>> = {
  xlsx: 'xlsx:Calc MS Excel 2007 XML',
  xls: 'xls:MS Excel 97',
  // Delimiter, quotation mark, encoding, first line, formats of columns, language, texts quoted, as shown.
  'semicolon.csv': 'csv:Text - txt - csv (StarCalc):59,34,76,1,,1066,false,true',
  'comma.csv': 'csv:Text - txt - csv (StarCalc):44,34,76,1,,1066,true,true',
  'tab.csv': 'csv:Text - txt - csv (StarCalc):9,34,65535,1,,1066,false,true',
};

const spaces = [
  ['office', 'office'],
  ['style', 'style'],
  ['text', 'text'],
  ['table', 'table'],
  ['number', 'datastyle'],
  ['fo', 'xsl-fo-compatible'],
  ['svg', 'svg-compatible'],
  ['of', 'of', '1.2'],
].map(
  ([prefix, name, version = '1.0']) => `xmlns:${prefix}="urn:oasis:names:tc:opendocument:xmlns:${name}:${version}"`,
);

/** Names of styles, made when they are first asked for. */
class Styles {
  readonly #made = new Map<string, string>();
  readonly #fonts = new Set<string>();

  cell(font: string | undefined, shows: 'day' | 'percent' | undefined): string {
    return this.#style('table-cell', font, shows === undefined ? '' : ` style:data-style-name="${shows}"`);
  }

  run(font: string): string {
    return this.#style('text', font, '');
  }

  #style(family: string, font: string | undefined, data: string): string {
    if (font !== undefined) this.#fonts.add(font);
    const properties = font === undefined ? '' : `<style:text-properties style:font-name="${escaped(font)}"/>`;
    const body = `style:family="${family}"${data}>${properties}</style:style>`;
    const name = this.#made.get(body) ?? `s${this.#made.size}`;
    this.#made.set(body, name);
    return name;
  }

  get fonts(): string {
    const faces = [...this.#fonts].map(
      (font) => `<style:font-face style:name="${escaped(font)}" svg:font-family="'${escaped(font)}'"/>`,
    );
    return `<office:font-face-decls>${faces.join('')}</office:font-face-decls>`;
  }

  get automatic(): string {
    const made = [...this.#made].map(([body, name]) => `<style:style style:name="${name}" ${body}`);
    return `<office:automatic-styles><number:date-style style:name="day"><number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style><number:percentage-style style:name="percent"><number:number number:decimal-places="0"/><number:text>%</number:text></number:percentage-style><style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>${made.join('')}</office:automatic-styles>`;
  }
}

export function flatXml(pages: readonly Page[]): string {
  const styles = new Styles();
  const tables = pages.map((page) => tableXml(page, styles)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<office:document ${spaces.join(' ')} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">${styles.fonts}${styles.automatic}<office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document>`;
}

function tableXml(page: Page, styles: Styles): string {
  const boxes = new Map(boxesOf(page).map((box) => [cellAddress(box), box.value]));
  const all = boxesOf(page);
  const rows = Math.max(...all.map(({ row }) => row));
  const columns = Math.max(...all.map(({ column }) => column));
  const isHidden = (column: number) => (page.hiddenColumns ?? []).some(([from, to]) => column >= from && column <= to);
  const collapsed = (is: boolean) => (is ? ' table:visibility="collapse"' : '');
  const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);
  const columnXml = upTo(columns).map((column) => `<table:table-column${collapsed(isHidden(column))}/>`);
  const merges = (page.merges ?? []).map(areaOf);
  const rowXml = upTo(rows).map((row) => {
    const cells = upTo(columns).map((column) => {
      const area = merges.find((of) => row >= of.top && row <= of.bottom && column >= of.left && column <= of.right);
      const isMaster = area?.top === row && area.left === column;
      if (area !== undefined && !isMaster) return '<table:covered-table-cell/>';
      const span =
        area === undefined
          ? ''
          : ` table:number-columns-spanned="${area.right - area.left + 1}" table:number-rows-spanned="${area.bottom - area.top + 1}"`;
      return cellXml(boxes.get(cellAddress({ row, column })) ?? null, span, styles);
    });
    return `<table:table-row${collapsed(page.hiddenRows?.includes(row) === true)}>${cells.join('')}</table:table-row>`;
  });
  const style = page.state === undefined ? 'shown' : 'hidden';
  return `<table:table table:name="${escaped(page.name)}" table:style-name="${style}">${columnXml.join('')}${rowXml.join('')}</table:table>`;
}

interface Area {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** `K1:L2`. */
function areaOf(reference: string): Area {
  const corners = reference.split(':').map((corner) => {
    const letters = corner.replaceAll(/\d/g, '');
    const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    return { row: Number(corner.slice(letters.length)), column };
  });
  const [from, to = from] = corners;
  if (from === undefined || to === undefined) throw new RangeError(reference);
  return { top: from.row, left: from.column, bottom: to.row, right: to.column };
}

const paragraph = (of: string) => `<text:p>${escaped(of)}</text:p>`;

function cellXml(value: Value, span: string, styles: Styles): string {
  const cell = (attributes: string, content = '') =>
    `<table:table-cell${span}${attributes}>${content}</table:table-cell>`;
  const styled = (font: string | undefined, shows?: 'day' | 'percent') =>
    ` table:style-name="${styles.cell(font, shows)}"`;
  if (value === null || value === '') return cell('');
  if (typeof value === 'string') return cell(' office:value-type="string"', paragraph(value));
  if (typeof value === 'number') return cell(` office:value-type="float" office:value="${value}"`);
  if (typeof value === 'boolean') return cell(` office:value-type="boolean" office:boolean-value="${value}"`);
  if ('day' in value) {
    return cell(`${styled(undefined, 'day')} office:value-type="date" office:date-value="${value.day}"`);
  }
  if ('percent' in value) {
    return cell(`${styled(undefined, 'percent')} office:value-type="percentage" office:value="${value.percent}"`);
  }
  if ('runs' in value) {
    const runs = value.runs.map(
      ({ text, font }) => `<text:span text:style-name="${styles.run(font)}">${spaced(text)}</text:span>`,
    );
    return cell(' office:value-type="string"', `<text:p>${runs.join('')}</text:p>`);
  }
  if ('value' in value) {
    const { font } = value;
    if (typeof value.value === 'number') {
      return cell(`${styled(font)} office:value-type="float" office:value="${value.value}"`);
    }
    return cell(`${styled(font)} office:value-type="string"`, paragraph(value.value));
  }
  if ('error' in value) return cell(` table:formula="of:=${value.error}" office:value-type="float" office:value="0"`);
  const shows = typeof value.result === 'object' && 'day' in value.result ? styled(undefined, 'day') : '';
  return cell(`${shows} table:formula="of:=${escaped(value.formula)}"`);
}

/** A space at the end of a run is lost unless it is an element. */
function spaced(of: string): string {
  return escaped(of).replaceAll(' ', '<text:s/>');
}

const storeLocked = `
import sys, time, uno
from com.sun.star.beans import NamedValue, PropertyValue
def given(name, value):
    made = PropertyValue(); made.Name = name; made.Value = value; return made
context = uno.getComponentContext()
resolver = context.ServiceManager.createInstanceWithContext('com.sun.star.bridge.UnoUrlResolver', context)
for _ in range(100):
    try:
        office = resolver.resolve('uno:pipe,name=corpus;urp;StarOffice.ComponentContext'); break
    except Exception: time.sleep(0.3)
desktop = office.ServiceManager.createInstanceWithContext('com.sun.star.frame.Desktop', office)
source, target, name = sys.argv[1:4]
document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), '_blank', 0, (given('Hidden', True),))
key = 'mat-khau'
seal = given('Password', key)
if target.endswith('x'):
    seal = given('EncryptionData', uno.Any('[]com.sun.star.beans.NamedValue', (NamedValue('OOXPassword', key), NamedValue('CryptoType', 'Standard'))))
document.storeToURL(uno.systemPathToFileUrl(target), (given('FilterName', name), seal))
document.close(True)
try: desktop.terminate()
except Exception: pass
`;

/** Until it is told to end. */
function openOffice(profile: string): Promise<unknown> {
  return new Promise((resolve) => {
    execFile('soffice', [profile, '--headless', '--norestore', '--accept=pipe,name=corpus;urp;'], resolve);
  });
}

if (import.meta.main) {
  const work = mkdtempSync(join(tmpdir(), 'office-'));
  const profile = `-env:UserInstallation=file://${join(work, 'profile')}`;
  const here = import.meta.dirname;
  for (const { name, pages, kinds } of officeBooks) {
    const source = join(work, `${name}.fods`);
    writeFileSync(source, flatXml(pages));
    for (const kind of kinds) {
      const filter = filters[kind] ?? '';
      execFileSync('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', work, source], {
        stdio: 'ignore',
      });
      const made = join(work, `${name}.${filter.split(':')[0]}`);
      copyFileSync(made, join(here, `${name}.${kind}`));
    }
  }
  const source = join(work, `${officeBooks[0]?.name}.fods`);
  for (const [kind, filter] of [
    ['xlsx', 'Calc MS Excel 2007 XML'],
    ['xls', 'MS Excel 97'],
  ] as const) {
    const office = openOffice(profile);
    execFileSync(process.env['UNO_PYTHON'] ?? 'python3', [
      '-c',
      storeLocked,
      source,
      join(here, `mat-khau.${kind}`),
      filter,
    ]);
    await office;
  }
  rmSync(work, { recursive: true, force: true });
}
