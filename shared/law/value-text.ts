/** A value of the law as a person reads it: đồng with dots, ratios with a comma, days as written in Viet Nam. */
import { formatDay, isLocalDate, isMonth } from '../calendar.ts';
import { formatDong, formatRatio, type Ratio } from '../dong.ts';
import type { Sentence } from '../vietnamese.ts';
import { wordNames } from './names.ts';

/** Any value of a row in both languages. Whole numbers of đồng are the only bigints that stand alone in the law. */
export function valueText(value: unknown): Sentence {
  return textOf(value, false);
}

function textOf(value: unknown, isInside: boolean): Sentence {
  if (typeof value === 'bigint') return same(`${formatDong(value)} đồng`);
  if (typeof value === 'number') return same(String(value).replace('.', ','));
  if (typeof value === 'boolean') return value ? { vi: 'có', en: 'yes' } : { vi: 'không', en: 'no' };
  if (typeof value === 'string') return isLocalDate(value) || isMonth(value) ? same(formatDay(value)) : word(value);
  if (Array.isArray(value)) return joined(value.map((one) => textOf(one, true)));
  if (typeof value !== 'object' || value === null) return same('–');
  if (isRatio(value)) return same(formatRatio(value));
  if (isSentence(value)) return { vi: value.vi, en: value.en };
  const members = joined(Object.entries(value).map(([key, one]) => member(key, one)));
  return isInside ? { vi: `(${members.vi})`, en: `(${members.en})` } : members;
}

/** The ages of a roadmap are counted in months; people say them in years and months. */
const ageKeys: readonly string[] = ['male', 'female'];

function member(key: string, value: unknown): Sentence {
  const name = word(key);
  const text = ageKeys.includes(key) && typeof value === 'number' ? ageText(value) : textOf(value, true);
  return { vi: `${name.vi}: ${text.vi}`, en: `${name.en}: ${text.en}` };
}

function ageText(months: number): Sentence {
  const years = Math.floor(months / 12);
  const odd = months % 12;
  return {
    vi: odd === 0 ? `${years} tuổi` : `${years} tuổi ${odd} tháng`,
    en: odd === 0 ? `${years} years` : `${years} years ${odd} months`,
  };
}

function word(text: string): Sentence {
  return wordNames[text] ?? same(text);
}

function same(text: string): Sentence {
  return { vi: text, en: text };
}

/** Semicolons, for a comma stands inside of ratios. */
function joined(texts: readonly Sentence[]): Sentence {
  return { vi: texts.map(({ vi }) => vi).join('; '), en: texts.map(({ en }) => en).join('; ') };
}

function isRatio(value: object): value is Ratio {
  return 'of' in value && 'per' in value && typeof value.of === 'bigint' && typeof value.per === 'bigint';
}

function isSentence(value: object): value is Sentence {
  return 'vi' in value && 'en' in value && typeof value.vi === 'string' && typeof value.en === 'string';
}
