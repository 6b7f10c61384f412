/** The printed notice, read by programs that nobody here wrote (poppler). */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { qrPicture } from '../../../functions/papers/qr-picture.ts';
import { writeResultNotices } from '../../../functions/papers/result-notice-pdf.ts';
import { encode } from 'uqr';
import { inflateSync } from 'node:zlib';
import { facts as factsOf, type Facts, type Period } from '../../../shared/case/facts.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { historiesAsOf } from '../../../shared/completion/histories-as-of.ts';
import { noticeFor, type SignedNotice } from '../../../shared/completion/issue-notice.ts';
import { type NoticeSource, readNoticeSource } from '../../../shared/completion/result-notice-source.ts';
import { resultNotice } from '../../../shared/completion/result-notice.ts';
import { formatDong } from '../../../shared/dong.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { openProvince } from '../../province.ts';

const checkedAt = 'https://chitra.example.vn/kiem-tra/thong-bao';
const printed = { asOf: '2025-10-03T02:05:07.089Z', checkedAt };
const hasPoppler = spawnSync('pdftotext', ['-v']).error === undefined;
if (!hasPoppler) console.warn('pdftotext (poppler-utils) is not installed: the printed notice was NOT read');

let source: NoticeSource;
let examined: SignedNotice;
let decided: SignedNotice;

beforeAll(async () => {
  const made = await openProvince({ people: 8 });
  const partId = await made.somebody();
  const own = async () => {
    const asOf = made.still.now();
    return (await noticeFor(caseIdOf(partId), asOf, made.account('inspector'), made.still)) ?? expect.fail();
  };
  examined = await own();
  await made.sentBatch('b1');
  decided = await own();
  const { asOf } = decided.notice;
  const past = { ...made.still, store: historiesAsOf(made.store, asOf) };
  source = (await readNoticeSource(caseIdOf(partId), asOf, past)) ?? expect.fail();
  await made.close();
}, 60_000);

/** The decided notice of somebody of other facts. */
function noticeOf(facts: Facts, repeated = 1): SignedNotice | undefined {
  const assessment = assess(facts);
  if (assessment.outcome !== 'entitled') return undefined;
  const lines = Array.from({ length: repeated }, () => assessment.lines).flat();
  const parts = source.parts.map((part) => {
    const share = part.share ?? expect.fail();
    const of = { ...share.of, assessment, submitted: { ...share.of.submitted, facts } };
    return { ...part, share: { ...share, of, lines, total: BigInt(assessment.total) } };
  });
  return { ...decided, notice: resultNotice({ ...source, parts }) };
}

function pagesOf(pdf: Uint8Array): readonly string[] {
  const text = execFileSync('pdftotext', ['-layout', '-enc', 'UTF-8', '-', '-'], { input: pdf, encoding: 'utf8' });
  return text.split('\f').slice(0, -1);
}

/** Lines of a page are broken anywhere. */
function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

const golden = z.object({ facts: factsOf }).loose();
const folder = new URL('../../golden/', import.meta.url);
const goldenFacts = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => z.array(golden).parse(parse(readFileSync(new URL(name, folder), 'utf8'), { merge: true })))
  .map(({ facts }) => facts);

const employers = ['state', 'party', 'front', 'armed-forces', 'private', 'commune-part-time'] as const;
const twelvePeriods: readonly Period[] = Array.from({ length: 12 }, (_none, index) => ({
  from: `${1996 + 2 * index}-02`,
  to: `${1997 + 2 * index}-05`,
  employer: employers[index % employers.length] ?? 'state',
  insured: index % 5 !== 4,
  compensated: index % 6 === 5,
  conditions: [],
}));

test('the same notices are printed to the same bytes', async () => {
  const [one, other] = [await writeResultNotices([decided], printed), await writeResultNotices([decided], printed)];
  expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
});

describe.skipIf(!hasPoppler)('a reader finds on the page', () => {
  test('the sum, each line with its article, where it stands, whom to ask, how to complain', async () => {
    const pages = pagesOf(await writeResultNotices([decided], printed));
    expect(pages).toHaveLength(1);
    const text = flat(pages[0] ?? '');
    const { sum = expect.fail(), headline, standings, account, askAt, complaint, warning, fullName } = decided.notice;
    expect(text).toContain(`${formatDong(sum.total)} đồng`);
    expect(text).toContain(sum.inWords);
    const said = [...sum.lines, ...sum.figures, ...sum.periods, headline, account ?? expect.fail(), complaint, warning];
    for (const { vi } of said) expect(text).toContain(vi);
    for (const { where, next, expected } of standings) {
      for (const one of [where, next, expected]) if (one !== undefined) expect(text).toContain(one.vi);
    }
    for (const { vi } of askAt) expect(text).toContain(vi);
    expect(text).toContain(`Ông/bà ${fullName}`);
    expect(text).toContain(checkedAt);
    expect(text).not.toMatch(/\b(the|and|with|your)\b/);
  });

  test('no sum before the decision', async () => {
    const [text = ''] = pagesOf(await writeResultNotices([examined], printed));
    expect(flat(text)).toContain('chưa nêu số tiền');
    expect(text).not.toMatch(/\d{1,3}(\.\d{3}){2,}/);
  });

  test('letters of 13 points and more, on A4', async () => {
    const pdf = await writeResultNotices([decided, examined], printed);
    const html = execFileSync('pdftotext', ['-bbox-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
    expect(html).toContain('<page width="595.280000" height="841.890000">');
    const heights = [...html.matchAll(/<word xMin="[\d.]+" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"/g)].map(
      ([, top, bottom]) => Number(bottom) - Number(top),
    );
    expect(heights.length).toBeGreaterThan(100);
    // A word's box is as high as its font's ascent and descent: 1.107 of the size.
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(13 * 1.1);
  });

  test('each person of the golden cases, on one page a person', async () => {
    const notices = goldenFacts.flatMap((facts) => noticeOf(facts) ?? []);
    expect(notices.length).toBeGreaterThan(40);
    const pages = pagesOf(await writeResultNotices(notices, printed));
    expect(pages).toHaveLength(notices.length);
    for (const [index, { notice }] of notices.entries()) {
      const page = flat(pages[index] ?? '');
      for (const { vi } of notice.sum?.lines ?? []) expect(page).toContain(vi);
      expect(page).toContain(notice.complaint.vi);
    }
  });

  test('eight lines and twelve periods of any regime on one page, with each reason why a period does not count', async () => {
    const eight = goldenFacts.flatMap((facts) => {
      const long = noticeOf({ ...facts, service: [...twelvePeriods] }, 8);
      const { sum } = long?.notice ?? {};
      return long === undefined || sum === undefined || sum.periods.length < 2
        ? []
        : [{ ...long, notice: { ...long.notice, sum: { ...sum, lines: sum.lines.slice(0, 8) } } }];
    });
    expect(eight.length).toBeGreaterThan(10);
    const pages = pagesOf(await writeResultNotices(eight, printed));
    expect(pages).toHaveLength(eight.length);
    for (const [index, { notice }] of eight.entries()) {
      const page = flat(pages[index] ?? '');
      for (const { vi } of notice.sum.lines) expect(page).toContain(vi);
      const reasons = notice.sum.periodsInShort.flatMap(({ vi }) => vi.match(/vì [^;.]*/g) ?? []);
      expect(reasons.length).toBeGreaterThan(0);
      for (const reason of reasons) expect(page).toContain(reason);
      expect(page).toContain(notice.complaint.vi);
    }
  });

  test('what no page could hold goes on to a second one, and both bear the seal', async () => {
    const sum = decided.notice.sum ?? expect.fail();
    const lines = Array.from({ length: 40 }, () => sum.lines).flat();
    const pages = pagesOf(
      await writeResultNotices([{ ...decided, notice: { ...decided.notice, sum: { ...sum, lines } } }], printed),
    );
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) expect(page).toContain('Khóa ký');
    expect(flat(pages.join(' '))).toContain(decided.notice.complaint.vi);
  });
});

test('the picture of the QR has the squares of its text', () => {
  const png = qrPicture(decided.seal);
  const side = png.readUInt32BE(16);
  const { data, size } = encode(decided.seal, { ecc: 'M', boostEcc: false, border: 4, maskPattern: 2 });
  const scale = side / size;
  const at = png.indexOf('IDAT');
  const points = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const perLine = Math.ceil(side / 8) + 1;
  expect(points).toHaveLength(perLine * side);
  for (const [y, squares] of data.entries()) {
    for (const [x, isBlack] of squares.entries()) {
      const place = x * scale + 1;
      const byte = points[(y * scale + 1) * perLine + 1 + (place >> 3)] ?? 0;
      expect((byte & (0x80 >> (place & 7))) === 0).toBe(isBlack);
    }
  }
});
