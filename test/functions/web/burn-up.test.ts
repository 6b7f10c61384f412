import fc from 'fast-check';
import { jsx } from 'hono/jsx';
import { describe, expect, test } from 'vitest';
import { BurnUp } from '../../../functions/web/pages/burn-up.tsx';
import type { BurnUpFigures, Speaker } from '../../../functions/web/pages/burn-up-figures.ts';
import { dayTicks, peopleTicks } from '../../../functions/web/pages/burn-up-scale.ts';
import { chanceWords, ForecastSentences, howSure } from '../../../functions/web/pages/forecast-sentences.tsx';
import { addDays, daysBetween } from '../../../shared/calendar.ts';
import type { Forecast } from '../../../shared/completion/forecast.ts';
import { waitingStatuses } from '../../../shared/completion/waits.ts';
import { formatDong } from '../../../shared/dong.ts';
import type { Language } from '../../../shared/vietnamese.ts';

const speaking = (language: Language): Speaker => ({
  say: (vi, en) => (language === 'vi' ? vi : en),
  words: (sentence) => sentence?.[language] ?? '–',
});

const expected: Forecast = {
  outcome: 'expected',
  lastPayment: { low: '2025-10-07', middle: '2025-10-09', high: '2025-10-14' },
  chances: [
    { limit: '2025-09-30', chance: 0 },
    { limit: '2025-10-10', chance: 0.72 },
    { limit: '2026-06-30', chance: 0.99 },
  ],
  threeWaits: [
    { stage: 'waiting-for-estimate', people: 45, daysSoFar: 1230, daysToCome: 400, daysLost: 1630 },
    { stage: 'refused', people: 0, daysSoFar: 0, daysToCome: 12, daysLost: 12 },
  ],
  coming: [
    { day: '2025-10-02', low: 1905, middle: 2000, high: 2100 },
    { day: '2025-10-03', low: 1950, middle: 2200, high: 2500 },
    { day: '2025-10-06', low: 2000, middle: 2400, high: 2700 },
    { day: '2025-10-14', low: 2700, middle: 2739, high: 2739 },
  ],
};
const figures: BurnUpFigures = {
  credited: [
    { day: '2025-09-10', people: 60 },
    { day: '2025-09-22', people: 1124 },
    { day: '2025-09-30', people: 704 },
  ],
  people: 2739,
  today: '2025-10-01',
  forecast: expected,
  limits: [
    { day: '2025-09-30', label: { vi: 'Công điện 62/CĐ-TTg', en: 'Telegram 62/CĐ-TTg' } },
    { day: '2025-10-10', label: { vi: 'Nghị quyết 303/NQ-CP', en: 'Resolution 303/NQ-CP' } },
    { day: '2026-06-30', label: { vi: 'Kết luận 202-KL/TW', en: 'Conclusion 202-KL/TW' } },
  ],
};

const chartOf = (given: BurnUpFigures, language: Language = 'vi') =>
  String(jsx(BurnUp, { visit: speaking(language), figures: given }));
const sentencesOf = (forecast: Forecast, language: Language = 'vi') =>
  String(
    jsx(ForecastSentences, {
      visit: speaking(language),
      forecast,
      today: figures.today,
      limits: figures.limits,
    }),
  );
const cells = (html: string) =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = '']) => cell.replaceAll(/<[^>]+>/g, '')),
  );

describe('the burn-up', () => {
  test('has every figure in its table: each day of payment, and each week to come', () => {
    const [head, ...rows] = cells(chartOf(figures));
    expect(head).toEqual(['Ngày', 'Trong ngày', 'Cộng dồn', 'Dự báo thấp', 'Dự báo giữa', 'Dự báo cao']);
    expect(rows).toEqual([
      ['10/09/2025', '60', '60', '–', '–', '–'],
      ['22/09/2025', '1.124', '1.184', '–', '–', '–'],
      ['30/09/2025', '704', '1.888', '–', '–', '–'],
      // A Friday, and the last day.
      ['03/10/2025', '–', '–', '1.950', '2.200', '2.500'],
      ['14/10/2025', '–', '–', '2.700', '2.739', '2.739'],
    ]);
  });

  test('says in one sentence, for whoever cannot see it, what it shows', () => {
    const [label] = /(?<=aria-label=")[^"]+/.exec(chartOf(figures)) ?? [];
    expect(label).toContain('đến ngày 01/10/2025, 1.888 trên 2.739 người đã nhận tiền');
    expect(label).toContain('lần chi cuối ngày 09/10/2025, khoảng từ 07/10/2025 đến 14/10/2025');
  });

  test('names each limit with its document, one beyond the chart too', () => {
    const text = chartOf(figures).replaceAll(/<[^>]+>/g, '');
    expect(text).toContain('Hạn 10/10/2025: Nghị quyết 303/NQ-CP');
    expect(text).not.toContain('Nghị quyết 303/NQ-CP (ngoài biểu đồ)');
    expect(text).toContain('Hạn 30/06/2026: Kết luận 202-KL/TW (ngoài biểu đồ)');
    // On the wide and on the narrow one.
    expect(chartOf(figures).match(/<path class="limit" d="M[\d.]+ [\d.]+V/g)).toHaveLength(4);
  });

  test('draws within its frame, whatever the figures', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2025-03-03', days));
    const some = fc.record({
      days: fc.uniqueArray(day, { minLength: 1, maxLength: 20 }),
      counts: fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 20, maxLength: 20 }),
      limits: fc.array(day, { maxLength: 5 }),
      left: fc.integer({ min: 0, max: 5000 }),
    });
    fc.assert(
      fc.property(some, ({ days, counts, limits, left }) => {
        const credited = days.toSorted().map((one, index) => ({ day: one, people: counts[index] ?? 1 }));
        const html = chartOf({
          credited,
          people: credited.reduce((sum, one) => sum + one.people, left),
          today: credited.at(-1)?.day ?? '',
          forecast: { outcome: 'nothing-moves', why: { vi: '', en: '' }, threeWaits: [] },
          limits: limits.map((one) => ({ day: one, label: { vi: 'x', en: 'x' } })),
        });
        for (const [svg = '', width = '', height = ''] of html.matchAll(
          /<svg class="(?:wide|narrow)" viewBox="0 0 (\d+) (\d+)".*?<\/svg>/gs,
        )) {
          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
          for (const [, x, y] of svg.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) {
            if (Number(x) < 0 || Number(x) > Number(width)) expect.unreachable(`x ${x} of ${width}`);
            if (Number(y) < 0 || Number(y) > Number(height)) expect.unreachable(`y ${y} of ${height}`);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('has no style of its own, which the page would refuse, and no pattern twice', () => {
    const html = chartOf(figures);
    expect(html).not.toMatch(/style=|<style|<script/);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of html.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
  });

  test('ends with the campaign, however long ago that was', () => {
    const over = { ...figures, people: 1888, today: '2027-03-01' };
    const html = chartOf({ ...over, forecast: { outcome: 'complete', lastPayment: '2025-09-30' } });
    expect(html).not.toContain('Hôm nay');
    expect(html).not.toContain('2027</text>');
  });

  test('is left out until somebody has the money', () => {
    expect(chartOf({ ...figures, credited: [] })).toBe('');
  });

  test('speaks English only where English is asked for', () => {
    const words = /\b(forecast|credited|limit|today|chance|paid)\b/i;
    const seen = (html: string) => html.replaceAll(/<[^>]+>/g, ' ');
    expect(seen(chartOf(figures))).not.toMatch(words);
    expect(seen(sentencesOf(expected))).not.toMatch(words);
    expect(seen(chartOf(figures, 'en'))).toMatch(words);
    expect(seen(sentencesOf(expected, 'en'))).toMatch(words);
  });
});

describe('the axes', () => {
  test('name at most so many days and numbers, from the first to the last', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 200_000 }), (days, most) => {
        const last = addDays('2025-03-03', days);
        for (const count of [5, 11]) {
          const ticks = dayTicks('2025-03-03', last, count);
          expect(ticks.length).toBeLessThanOrEqual(count + 1);
          for (const day of ticks) expect(daysBetween({ from: day, to: last })).toBeGreaterThanOrEqual(0);
        }
        const numbers = peopleTicks(most, 5);
        expect(numbers.length).toBeLessThanOrEqual(6);
        expect(numbers[0]).toBe(0);
        expect(numbers.at(-1)).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe('the forecast in words', () => {
  test('says the last payment with its band, and each limit with its chance or that it has passed', () => {
    const text = sentencesOf(expected).replaceAll(/<[^>]+>/g, '');
    expect(text).toContain('nhận tiền ngày 09/10/2025; 8 phần 10 là từ 07/10/2025 đến 14/10/2025.');
    expect(text).toContain('Hạn 30/09/2025 (Công điện 62/CĐ-TTg) đã qua mà chưa chi xong.');
    expect(text).toContain('hạn 10/10/2025 (Nghị quyết 303/NQ-CP): 7 phần 10, nhiều khả năng kịp.');
    expect(text).toContain('hạn 30/06/2026 (Kết luận 202-KL/TW): trên 9 phần 10, gần như chắc kịp.');
  });

  test('says of a chance a number of ten and a word for it', () => {
    const said = [0, 0.006, 0.049, 0.05, 0.34, 0.35, 0.36, 0.64, 0.65, 0.66, 0.94, 0.95, 0.99];
    expect(said.map((chance) => chanceWords(chance).vi)).toEqual([
      'không còn ngày làm việc nào',
      'dưới 1 phần 10, khó kịp',
      'dưới 1 phần 10, khó kịp',
      '1 phần 10, ít khả năng kịp',
      '3 phần 10, ít khả năng kịp',
      '4 phần 10, chưa chắc kịp',
      '4 phần 10, chưa chắc kịp',
      '6 phần 10, chưa chắc kịp',
      '7 phần 10, nhiều khả năng kịp',
      '7 phần 10, nhiều khả năng kịp',
      '9 phần 10, nhiều khả năng kịp',
      'trên 9 phần 10, gần như chắc kịp',
      'trên 9 phần 10, gần như chắc kịp',
    ]);
  });

  test('names for each wait who is in it, what it costs and who must act', () => {
    const text = sentencesOf(expected).replaceAll(/<[^>]+>/g, '');
    expect(text).toContain(
      'Chờ giao dự toán: 45 người đang chờ, tổng cộng đã chờ 1.230 ngày làm việc, dự kiến còn 400 ngày. Phải xử lý: Sở Tài chính',
    );
    expect(text).toContain('Kho bạc từ chối thanh toán: chưa có ai chờ, dự kiến còn 12 ngày. Phải xử lý: đơn vị');
    for (const stage of waitingStatuses) {
      const wait = { stage, people: 1, daysSoFar: 1, daysToCome: 1, daysLost: 2 };
      for (const language of ['vi', 'en'] as const) {
        const one = sentencesOf({ outcome: 'nothing-moves', why: { vi: '', en: '' }, threeWaits: [wait] }, language);
        expect(one).not.toContain('–.');
      }
    }
  });

  test('says how far it held where the end is known, and that a real campaign may differ', () => {
    expect(sentencesOf(expected)).toContain(howSure().vi);
    expect(howSure().vi).toMatch(/Thử trên \d+ chiến dịch chi trả mô phỏng: \d+ trên \d+ lần \(\d\d %\)/);
  });

  test('gives the reason instead of a day where it cannot know one', () => {
    const why = { vi: 'Chưa đủ số liệu để dự báo.', en: 'Not enough history yet.' };
    const text = sentencesOf({ outcome: 'not-enough-history', why, threeWaits: [] });
    expect(text).toContain(why.vi);
    expect(text).not.toContain('phần 10');
  });

  test('says of a campaign that is over the last day, and each limit that was met or missed', () => {
    const over = (lastPayment: string) => sentencesOf({ outcome: 'complete', lastPayment }).replaceAll(/<[^>]+>/g, '');
    expect(over('2025-10-09')).toContain('lần chi cuối ngày 09/10/2025.');
    expect(over('2025-10-09')).toContain('Kịp hạn 10/10/2025 (Nghị quyết 303/NQ-CP).');
    expect(over('2025-10-10')).toContain('Kịp hạn 10/10/2025 (Nghị quyết 303/NQ-CP).');
    expect(over('2025-10-11')).toContain('Sau hạn 10/10/2025 (Nghị quyết 303/NQ-CP) 1 ngày.');
  });
});

test('people are written as sums are', () => {
  expect(chartOf({ ...figures, people: 150_000 })).toContain(formatDong(150_000n));
});
