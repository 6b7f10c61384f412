import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import {
  factName,
  figureSentences,
  groundSentences,
  lineNames,
  lineSentence,
  markSentence,
  reasonSentence,
} from '../../../shared/case/explain.ts';
import { periodAccounts, periodSentence } from '../../../shared/case/explain-service.ts';
import { facts, type Facts, type Period } from '../../../shared/case/facts.ts';
import { formatDong } from '../../../shared/dong.ts';
import { assess } from '../../../shared/entitlement/assess.ts';
import { groundCodes } from '../../../shared/entitlement/evaluation.ts';
import { regimeIds, reviewCodes } from '../../../shared/entitlement/regime.ts';
import { isReadingNumber, readingNumbers, type SetReadings } from '../../../shared/law/readings.ts';
import { regimeNames } from '../../../functions/web/words.ts';

const folder = new URL('../../golden/', import.meta.url);
const golden = z.object({ facts, readings: z.record(z.string(), z.string()).default({}) });
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => z.array(golden).parse(parse(readFileSync(new URL(name, folder), 'utf8'), { merge: true })));

function setOf(given: Readonly<Record<string, string>>): SetReadings {
  const set: SetReadings = {};
  for (const [number, value] of Object.entries(given)) if (isReadingNumber(number)) set[number] = value;
  return set;
}

function entitled(of: Facts, set: SetReadings = {}) {
  const answer = assess(of, set);
  if (answer.outcome !== 'entitled') throw new Error(`expected a sum, got ${JSON.stringify(answer)}`);
  return answer;
}

/** What a working such as `(4,98 × (1 + 5%) + 0,5) × 2.340.000` comes to: sums of products, with brackets. */
function valueOf(text: string): number {
  const tokens =
    text
      .replaceAll(/\.(?=\d{3})/g, '')
      .replaceAll(',', '.')
      .match(/[\d.]+|[()+×%]/g) ?? [];
  const next = (token: string) => tokens[0] === token && tokens.shift() !== undefined;
  const factor = (): number => {
    if (!next('(')) {
      const value = Number(tokens.shift());
      return next('%') ? value / 100 : value;
    }
    const inner = sumOf();
    if (!next(')')) throw new Error(`no closing bracket in ${text}`);
    return inner;
  };
  const product = (): number => {
    let value = factor();
    while (next('×')) value *= factor();
    return value;
  };
  const sumOf = (): number => {
    let value = product();
    while (next('+')) value += product();
    return value;
  };
  const value = sumOf();
  if (tokens.length > 0 || Number.isNaN(value)) throw new Error(`not a working: ${text}`);
  return value;
}

const said = (of: Facts, set: SetReadings = {}) => entitled(of, set).lines.map((line) => lineSentence(line).vi);

describe('each line is a sentence with its numbers and its article', () => {
  test('Decree 154, article 9(1)(c)', () => {
    const of = facts.parse({
      person: { sex: 'female', birth: '1985-05' },
      subject: 'commune-part-timer',
      leaving: { cause: 'post-abolished', on: '2025-07-01', decidedOn: '2025-06-20' },
      pay: { kind: 'part-time', multiple: '1.5' },
      service: [{ from: '2015-01', to: '2025-06', employer: 'commune-part-time', insured: false }],
    });
    expect(said(of)).toEqual([
      'Trợ cấp theo số tháng: 3.510.000 × 0,8 × 60 tháng = 168.480.000 đồng (Nghị định 154/2025/NĐ-CP, Điều 9 khoản 1 điểm c).',
      'Trợ cấp theo số năm công tác có đóng BHXH bắt buộc: 3.510.000 × 1,5 × 10,5 năm = 55.282.500 đồng (Nghị định 154/2025/NĐ-CP, Điều 9 khoản 1).',
      'Trợ cấp tìm việc làm: 3.510.000 × 3 = 10.530.000 đồng (Nghị định 154/2025/NĐ-CP, Điều 9 khoản 1).',
    ]);
    const answer = entitled(of);
    expect(figureSentences(answer.figures, '2025-07-01', of.pay, answer.regime).map(({ vi }) => vi)).toEqual([
      'Phụ cấp hàng tháng hiện hưởng của tháng liền kề trước khi nghỉ: 1,5 × 2.340.000 = 3.510.000 đồng (Nghị định 154/2025/NĐ-CP, Điều 5 khoản 2).',
      'Nghỉ từ 01/07/2025; thời điểm nghỉ hưu theo Phụ lục I Nghị định 135/2020/NĐ-CP là tháng 06/2045; nghỉ sớm 239 tháng (19 năm 11 tháng).',
      'Thời gian giữ chức danh không chuyên trách và đóng BHXH bắt buộc ở công việc khác, chưa hưởng trợ cấp: 126 tháng, tính là 10,5 năm (lẻ 1–6 tháng tính nửa năm, trên 6 tháng tính một năm).',
    ]);
  });

  test('Resolution 07: months past the age in the working, and how far past', () => {
    const of = facts.parse({
      person: { sex: 'male', birth: '1963-01' },
      subject: 'cadre',
      leaving: { cause: 'over-age', on: '2025-07-01', decidedOn: '2025-06-20' },
      pay: { kind: 'contract', amount: '10000000' },
    });
    expect(said(of)).toEqual([
      'Trợ cấp một lần: 10.000.000 × (15 + 0,5 × 5 tháng) = 175.000.000 đồng (Nghị quyết 07/2025/NQ-CP).',
    ]);
    const answer = entitled(of);
    expect(figureSentences(answer.figures, '2025-07-01', of.pay, answer.regime).map(({ vi }) => vi)).toContain(
      'Nghỉ từ 01/07/2025; thời điểm nghỉ hưu theo Phụ lục I Nghị định 135/2020/NĐ-CP là tháng 11/2023; đã quá 20 tháng (1 năm 8 tháng).',
    );
  });

  test('what the regime leaves out of the salary is named: less than expected, and why', () => {
    const of = facts.parse({
      person: { sex: 'male', birth: '1990-05' },
      subject: 'civil-servant',
      leaving: { cause: 'streamlined', on: '2025-07-01', decidedOn: '2025-06-20' },
      pay: {
        kind: 'coefficient',
        grade: '3.66',
        allowances: [
          { name: 'civil-service', percent: '25' },
          { name: 'professional-seniority', percent: '10' },
          { name: 'regional', coefficient: '0.2' },
        ],
      },
      service: [{ from: '2010-07', to: '2025-06', employer: 'state' }],
    });
    const answer = entitled(of);
    const [salary] = figureSentences(answer.figures, '2025-07-01', of.pay, answer.regime);
    expect(salary).toEqual({
      vi: 'Tiền lương tháng hiện hưởng của tháng liền kề trước khi nghỉ: (3,66) × (1 + 10%) × 2.340.000 = 9.420.840 đồng (Nghị định 154/2025/NĐ-CP, Điều 5 khoản 1). Không tính: phụ cấp công vụ, phụ cấp khu vực.',
      en: 'Current monthly salary, of the month before leaving: (3,66) × (1 + 10%) × 2.340.000 = 9.420.840 đồng (Decree 154/2025/NĐ-CP, article 5(1)). Not counted: civil-service allowance, regional allowance.',
    });
  });

  test('the working shown is the working done, whatever was set: every golden salary, under every reading of it', () => {
    const variants: readonly SetReadings[] = [
      {},
      { X13: 'yes' },
      { X16: 'yes' },
      { X21: 'no' },
      { O16: 'yes' },
      { O1: 'fund-per-head' },
      { O11: 'as-154' },
      { O13: 'as-178' },
    ];
    let compared = 0;
    for (const { facts: of, readings } of cases) {
      for (const more of variants) {
        const set = { ...setOf(readings), ...more };
        const answer = assess(of, set);
        if (answer.outcome !== 'entitled') continue;
        const [base] = figureSentences(answer.figures, of.leaving?.on ?? '', of.pay, answer.regime, set);
        const parts = /: ([^:=]+) = ([\d.]+) đồng/.exec(base?.vi ?? '');
        if (parts === null) continue;
        compared += 1;
        expect(Math.abs(valueOf(parts[1] ?? '') - valueOf(parts[2] ?? '')), `${base?.vi}`).toBeLessThanOrEqual(0.51);
      }
    }
    expect(compared).toBeGreaterThan(100);
  });

  test('of every golden case, in both languages, with amount, base and article', () => {
    let lines = 0;
    for (const { facts: of, readings } of cases) {
      const answer = assess(of, setOf(readings));
      if (answer.outcome !== 'entitled') continue;
      for (const line of answer.lines) {
        lines += 1;
        const { vi, en } = lineSentence(line);
        for (const text of [vi, en]) {
          expect(text).toContain(`= ${formatDong(BigInt(line.amount))} đồng (`);
          expect(text).toContain(`: ${formatDong(BigInt(line.base))} × `);
        }
        expect(lineNames[line.line]).toBeDefined();
        expect(vi).toMatch(/\((Nghị định .*, Điều \d+|Nghị quyết )/);
        expect(en).toMatch(/\((Decree .*, article \d+|Resolution )/);
      }
    }
    expect(lines).toBeGreaterThan(200);
  });
});

describe('words in both languages', () => {
  const isWorded = ({ vi, en }: { vi: string; en: string }, code: string) => vi !== '' && vi !== code && en !== code;

  test.each(groundCodes)('why not: %s', (code) => {
    expect(groundSentences[code]).toBeDefined();
  });

  test.each([...reviewCodes, ...readingNumbers])('why a person must decide: %s', (code) => {
    expect(isWorded(reasonSentence(code), code)).toBe(true);
  });

  test.each(regimeIds)('the regime %s', (id) => {
    expect(regimeNames[id]).toBeDefined();
  });

  test('every mark and every missing fact of the golden cases', () => {
    for (const { facts: of, readings } of cases) {
      const answer = assess(of, setOf(readings));
      for (const mark of answer.marks) expect(isWorded(markSentence(mark), mark), mark).toBe(true);
      if (answer.outcome === 'incomplete')
        for (const path of answer.missing) expect(factName(path, 'vi')).not.toBe(path);
    }
    for (const path of ['pay.multiple', 'leaving.notReElected', 'averagePay60Months', 'termEndsOn']) {
      expect(factName(path, 'vi')).not.toBe(path);
    }
  });
});

describe('which periods count', () => {
  const period = (employer: Period['employer'], more: Partial<Period> = {}): Period => ({
    from: '2010-01',
    to: '2010-12',
    employer,
    insured: true,
    compensated: false,
    conditions: [],
    ...more,
  });
  const why = (of: Period, regime: string, readings: SetReadings = {}, leaveOn = '2025-07-01') =>
    periodAccounts([of], leaveOn, regime, readings).map(({ counts, why: reason }) => (counts ? 'counts' : reason))[0];

  test.each([
    ['178/7', period('state'), {}, 'counts'],
    ['178/7', period('state', { compensated: true }), {}, 'compensated'],
    ['178/7', period('state', { insured: false }), {}, 'uninsured'],
    ['178/7', period('private'), {}, 'counts'],
    ['178/7', period('private'), { X19: 'excluded' }, 'private'],
    ['178/9', period('commune-part-time'), {}, 'counts'],
    ['178/9', period('commune-part-time'), { X22: 'no' }, 'part-time'],
    ['154/6', period('private'), {}, 'private'],
    ['154/9', period('commune-part-time', { insured: false }), {}, 'counts'],
    ['154/9', period('village-part-time', { insured: false }), {}, 'village'],
    ['154/9', period('village-part-time', { insured: false }), { O17: 'included' }, 'counts'],
    ['154/10', period('village-part-time', { insured: false }), {}, 'counts'],
    ['154/9', period('private'), {}, 'private'],
    ['154/9', period('private'), { O6: 'included' }, 'counts'],
    ['154/9', period('state', { insured: false }), {}, 'uninsured'],
    ['29/5', period('private'), {}, 'private'],
    ['29/5', period('private'), { O13: 'as-178' }, 'counts'],
  ] as const)('%s: %o with %o', (regime, of, readings, expected) => {
    expect(why(of, regime, readings)).toBe(expected);
  });

  test('months after leaving are cut, and a period wholly after it does not count', () => {
    const [cut] = periodAccounts([period('state', { to: '2026-12' })], '2025-07-01', '178/7', {});
    expect(cut?.months).toBe(186);
    expect(why(period('state', { from: '2026-01', to: '2026-12' }), '178/7')).toBe('after-leaving');
    const [within] = periodAccounts([period('state', { to: '2026-12' })], '2025-07-15', '178/7', {});
    expect(within?.months).toBe(187);
  });

  test('as a sentence', () => {
    const sentences = periodAccounts(
      [period('state'), period('private', { compensated: true })],
      '2025-07-01',
      '178/7',
      {},
    ).map((account) => periodSentence(account));
    expect(sentences).toEqual([
      {
        vi: '01/2010–12/2010, cơ quan, đơn vị Nhà nước: 12 tháng, được tính.',
        en: '01/2010–12/2010, State body: 12 months, counted.',
      },
      {
        vi: '01/2010–12/2010, doanh nghiệp: 12 tháng, không tính: đã hưởng trợ cấp hoặc BHXH một lần.',
        en: '01/2010–12/2010, private company: 12 months, not counted: already compensated.',
      },
    ]);
  });

  test('the months of the counted periods are those that the assessment counts', () => {
    let compared = 0;
    for (const { facts: of, readings } of cases) {
      const answer = assess(of, setOf(readings));
      if (answer.outcome !== 'entitled' || answer.marks.includes('overlap') || answer.regime === '07/NQ-CP') continue;
      const accounts = periodAccounts(of.service ?? [], of.leaving?.on ?? '', answer.regime, setOf(readings));
      const months = accounts.reduce((total, { counts, months: own }) => total + (counts ? own : 0), 0);
      if (answer.open.length === 0) expect(months, JSON.stringify(of)).toBe(answer.figures.serviceMonths);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(80);
  });
});
