/** The text of the QR: what it holds, and that nothing of it can be changed unseen. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifiesNotice } from '../../../functions/home/notice-keys.ts';
import { noticeSigner } from '../../../infra/local/notice-key.ts';
import type { NoticeKey } from '../../../shared/case/ports.ts';
import { checkSeal, readSeal, sealText, withSignature } from '../../../shared/completion/result-notice-seal.ts';
import { initialsOf, maskedMiddle, type ResultNotice } from '../../../shared/completion/result-notice.ts';

const sentence = { vi: 'Một câu.', en: 'A sentence.' };
const notice: ResultNotice = {
  caseId: '2815f84f888a9fe03ae1',
  asOf: '2025-10-03T02:05:07.089Z',
  fullName: 'Nguyễn Văn Đông',
  maskedCitizenId: maskedMiddle('040066000999'),
  initials: initialsOf('Nguyễn Văn Đông'),
  unit: { code: '1094107', name: 'Sở Quy hoạch' },
  headline: sentence,
  sum: {
    total: 277_500_000n,
    inWords: 'Hai trăm bảy mươi bảy triệu năm trăm nghìn đồng',
    by: [sentence],
    decisionNumber: '123/QĐ-UBND',
    lines: [sentence],
    figures: [],
    periods: [],
    periodsInShort: [],
    notes: [],
  },
  whyNoSum: [],
  standings: [],
  askAt: [],
  complaint: sentence,
  warning: sentence,
  state: 'treasury-paid',
};
const folder = mkdtempSync(join(tmpdir(), 'seal-'));
let key: NoticeKey;
let seal = '';

beforeAll(async () => {
  const signer = noticeSigner(folder);
  key = await signer.current();
  const text = sealText(notice, key.id);
  seal = withSignature(text, await signer.sign(key.id, text));
  return () => rmSync(folder, { recursive: true });
});

const check = (typed: string, keys = [key]) => checkSeal(typed, keys, verifiesNotice);

describe('a genuine seal', () => {
  test('says to a checker what stands on the paper, and no more', () => {
    expect(check(seal)).toEqual({
      outcome: 'genuine',
      says: {
        keyId: key.id,
        caseId: '2815f84f888a9fe03ae1',
        initials: 'N.V.D',
        maskedCitizenId: '040******999',
        total: 277_500_000n,
        state: 'treasury-paid',
        asOf: '2025-10-03T02:05:07.089Z',
        decisionNumber: '123/QD-UBND',
        content: readSeal(seal)?.says.content,
      },
    });
    expect(seal).not.toContain('040066000999');
    expect(seal.toLowerCase()).not.toContain('nguyen');
  });

  test('holds no link, and only what a QR packs closest', () => {
    expect(seal).toMatch(/^CT1:[0-9A-Z $%*+\-./:]+$/);
    expect(seal.slice(0, seal.lastIndexOf(':'))).not.toMatch(/HTTP|WWW|\.VN/);
    expect(seal.length).toBeLessThan(300);
  });

  test('may be typed in small letters, in groups, over several lines', () => {
    const typed = seal
      .toLowerCase()
      .replaceAll(/(.{7})/g, '$1 ')
      .replaceAll(/(.{40})/g, '$1\n');
    expect(check(typed).outcome).toBe('genuine');
  });

  test('tells no sum where nothing is decided', async () => {
    const { sum: _none, ...examined } = notice;
    const text = sealText({ ...examined, state: 'assessed' }, key.id);
    const signed = withSignature(text, await noticeSigner(folder).sign(key.id, text));
    const found = check(signed);
    expect(found).toMatchObject({ outcome: 'genuine', says: { state: 'assessed', decisionNumber: '-' } });
    expect(found.outcome === 'genuine' && found.says.total).toBeUndefined();
  });
});

describe('an altered seal fails', () => {
  const others = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:.-*/+ ';

  test('whichever character is another one', () => {
    const passed: string[] = [];
    for (let place = 0; place < seal.length; place += 1) {
      const own = seal.charAt(place);
      for (const other of others) {
        if (other === own) continue;
        const altered = `${seal.slice(0, place)}${other}${seal.slice(place + 1)}`;
        if (check(altered).outcome === 'genuine') passed.push(altered);
      }
    }
    expect(passed).toEqual([]);
  });

  test('whichever character is gone, doubled, or changed with its neighbour', () => {
    for (let place = 0; place < seal.length; place += 1) {
      const [before, after] = [seal.slice(0, place), seal.slice(place + 1)];
      const swapped = `${before}${seal.charAt(place + 1)}${seal.charAt(place)}${seal.slice(place + 2)}`;
      for (const altered of [before + after, `${seal.slice(0, place + 1)}${seal.slice(place)}`, swapped]) {
        if (altered !== seal) expect(check(altered).outcome).not.toBe('genuine');
      }
    }
  });

  test('when its sum, state, day or decision is another, or it lacks its end', () => {
    const [sum, state] = [seal.replace('277500000', '877500000'), seal.replace('TREASURY-PAID', 'CREDITED')];
    const [day, decision] = [seal.replace('20251003', '20251004'), seal.replace('123/QD', '124/QD')];
    for (const altered of [sum, state, day, decision]) expect(check(altered)).toEqual({ outcome: 'altered' });
    expect(check(seal.slice(0, -4)).outcome).toBe('unreadable');
  });

  test('when another key signed it, even one that calls itself by the same name', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'forger-'));
    const forger = noticeSigner(elsewhere);
    const own = await forger.current();
    const text = sealText(notice, own.id);
    const forged = withSignature(text, await forger.sign(own.id, text));
    expect(check(forged)).toEqual({ outcome: 'unknown-key', keyId: own.id });
    const named = sealText(notice, key.id);
    expect(check(withSignature(named, await forger.sign(own.id, named)))).toEqual({ outcome: 'altered' });
    rmSync(elsewhere, { recursive: true });
  });

  test('and nothing that people may type makes the check fail or pass', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ maxLength: 700 }), fc.constant('CT1:'), fc.constant(seal.repeat(3))),
        (typed) => {
          expect(['unreadable', 'unknown-key', 'altered']).toContain(check(typed).outcome);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what stands for a person in a seal', () => {
  test.each([
    ['Nguyễn Thị Ánh Tuyết', 'N.T.A.T'],
    ['Đặng Đình Ước', 'D.D.U'],
    ['–', '-'],
  ])('%s is %s', (name, initials) => expect(initialsOf(name)).toBe(initials));

  test.each([
    ['123456', '***'],
    ['1234567', '123*567'],
    ['040066000999', '040******999'],
  ])('%s is %s', (text, masked) => expect(maskedMiddle(text)).toBe(masked));
});
