/** Scope and drawing of an inspection as sentences, for pages and for the files that leave. */
import { formatDay } from '../calendar.ts';
import { formatDong } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import type { Criteria, Drawing } from './sample.ts';

/** Of whom it is drawn. */
export function scopeWords({ unit, source, level, regime, batch, leftFrom, leftTo, least }: Criteria): Sentence {
  const parts: Sentence[] = [];
  const add = (value: string | undefined, vi: string, en: string) => {
    if (value !== undefined) parts.push({ vi: `${vi} ${value}`, en: `${en} ${value}` });
  };
  add(unit, 'đơn vị', 'unit');
  add(source, 'nguồn', 'source');
  add(level, 'cấp ngân sách', 'level');
  add(regime, 'chế độ', 'regime');
  add(batch, 'đợt', 'batch');
  add(leftFrom === undefined ? undefined : formatDay(leftFrom), 'nghỉ từ', 'left from');
  add(leftTo === undefined ? undefined : formatDay(leftTo), 'nghỉ đến hết', 'left until');
  add(least === undefined ? undefined : `${formatDong(BigInt(least))} đồng`, 'từ', 'at least');
  if (parts.length === 0) return { vi: 'mọi người có số tiền được hưởng', en: 'everybody with a sum' };
  return { vi: parts.map(({ vi }) => vi).join('; '), en: parts.map(({ en }) => en).join('; ') };
}

export function drawingWords(how: Drawing): Sentence {
  switch (how.how) {
    case 'all':
      return { vi: 'toàn bộ', en: 'everybody' };
    case 'random': {
      const by =
        how.by === undefined
          ? { vi: '', en: '' }
          : how.by === 'regime'
            ? { vi: ', phân tầng theo chế độ', en: ', stratified by regime' }
            : { vi: ', phân tầng theo đơn vị', en: ', stratified by unit' };
      return {
        vi: `ngẫu nhiên ${how.count} người${by.vi}, hạt giống “${how.seed}”`,
        en: `${how.count} people at random${by.en}, seed “${how.seed}”`,
      };
    }
    case 'by-money':
      return {
        vi: `theo tiền, ${how.count} điểm chọn, hạt giống “${how.seed}”`,
        en: `weighted by money, ${how.count} points, seed “${how.seed}”`,
      };
  }
}
