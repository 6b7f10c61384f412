/**
 * Whole đồng and exact ratios. The only place that rounds money.
 * Rounding half up, once an amount, is our reading where the decrees are silent (question O10).
 */
export type Dong = bigint;

/** An exact rate or count: 0.8 is `{ of: 4n, per: 5n }`. `per` is above zero. */
export interface Ratio {
  readonly of: bigint;
  readonly per: bigint;
}

/** A whole number as a ratio. Takes an integer count (months, years, persons). */
export function whole(count: number | bigint): Ratio {
  return { of: BigInt(count), per: 1n };
}

/** Reads a plain decimal such as `"4.65"`. Throws on anything else; parse what a person typed before it comes here. */
export function decimal(text: string): Ratio {
  const known = decimals.get(text);
  if (known !== undefined) return known;
  const read = readDecimal(text);
  if (decimals.size < mostDecimals) decimals.set(text, read);
  return read;
}

/** Coefficients and percentages come from a few hundred steps of pay tables. */
const decimals = new Map<string, Ratio>();
const mostDecimals = 5000;

function readDecimal(text: string): Ratio {
  const parts = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text);
  if (parts === null) throw new RangeError(`not a decimal: ${text}`);
  const digits = parts[2] ?? '';
  return { of: BigInt(`${parts[1]}${digits}`), per: 10n ** BigInt(digits.length) };
}

export function plus(one: Ratio, other: Ratio): Ratio {
  return one.per === other.per
    ? { of: one.of + other.of, per: one.per }
    : { of: one.of * other.per + other.of * one.per, per: one.per * other.per };
}

export function product(one: Ratio, other: Ratio): Ratio {
  return { of: one.of * other.of, per: one.per * other.per };
}

/** The base times every factor, rounded half up to whole đồng, once. Base and factors are not negative. */
export function times(base: Dong, ...factors: readonly Ratio[]): Dong {
  return timesExactly(base, factors).amount;
}

/** `times`, and whether there was nothing to round; an amount that was rounded rests on question O10. */
export function timesExactly(
  base: Dong,
  factors: readonly Ratio[],
): { readonly amount: Dong; readonly exact: boolean } {
  let of = base;
  let per = 1n;
  for (const factor of factors) {
    of *= factor.of;
    per *= factor.per;
  }
  const amount = of / per;
  const rest = of - amount * per;
  return rest === 0n ? { amount, exact: true } : { amount: 2n * rest < per ? amount : amount + 1n, exact: false };
}

export function sum(amounts: Iterable<Dong>): Dong {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

/** `168480000n` → `168.480.000`, as written in Viet Nam; the caller adds `đồng`. */
export function formatDong(amount: Dong): string {
  if (amount !== lastFormatted.amount) lastFormatted = { amount, text: withDots(amount) };
  return lastFormatted.text;
}

/** Every line of a person shows the same salary. */
let lastFormatted = { amount: 0n, text: '0' };

function withDots(amount: Dong): string {
  const digits = (amount < 0n ? -amount : amount).toString();
  let text = '';
  for (let end = digits.length; end > 0; end -= 3) {
    text = digits.slice(Math.max(0, end - 3), end) + (text === '' ? '' : `.${text}`);
  }
  return amount < 0n ? `-${text}` : text;
}

/** Decimals are written with one to six places. */
const scales = [10n, 100n, 1000n, 10_000n, 100_000n, 1_000_000n];
const mostPlaces = scales.length;

/** `{ of: 4n, per: 5n }` → `0,8`; a ratio without a finite decimal is written as a fraction. */
export function formatRatio({ of, per }: Ratio): string {
  if (per === 1n) return of.toString();
  if (of % per === 0n) return (of / per).toString();
  for (let places = 1; places <= mostPlaces; places += 1) {
    const scaled = of * (scales[places - 1] ?? 1n);
    if (scaled % per !== 0n) continue;
    const digits = (scaled / per).toString().padStart(places + 1, '0');
    return `${digits.slice(0, -places)},${digits.slice(-places)}`;
  }
  return `${of}/${per}`;
}

const digitWords = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];
const groupWords = ['', ' nghìn', ' triệu'];

/**
 * The sum in words as it stands on a payment paper: `Một tỷ không trăm linh năm đồng`.
 * Takes an amount from zero to under 10^18 đồng; throws RangeError beyond.
 */
export function inWords(amount: Dong): string {
  if (amount < 0n || amount >= 10n ** 18n) throw new RangeError(`cannot put ${amount} into words`);
  const words = amount === 0n ? 'không' : read(amount);
  return `${words.charAt(0).toLocaleUpperCase('vi')}${words.slice(1)} đồng`;
}

function read(amount: Dong): string {
  const billions = amount / 1_000_000_000n;
  const rest = amount % 1_000_000_000n;
  const head = billions > 0n ? `${read(billions)} tỷ` : '';
  return [head, readUnderBillion(rest, billions > 0n)].filter((part) => part !== '').join(' ');
}

function readUnderBillion(amount: Dong, isContinued: boolean): string {
  const groups = [amount % 1000n, (amount / 1000n) % 1000n, amount / 1_000_000n].map(Number);
  const parts: string[] = [];
  for (let place = 2; place >= 0; place -= 1) {
    const group = groups[place] ?? 0;
    if (group > 0) parts.push(readGroup(group, isContinued || parts.length > 0) + (groupWords[place] ?? ''));
  }
  return parts.join(' ');
}

function readGroup(group: number, isContinued: boolean): string {
  const hundreds = Math.floor(group / 100);
  const tens = Math.floor((group % 100) / 10);
  const ones = group % 10;
  const words: string[] = [];
  if (hundreds > 0 || isContinued) words.push(`${digitWords[hundreds]} trăm`);
  if (tens === 0 && ones > 0 && words.length > 0) words.push('linh');
  if (tens === 1) words.push('mười');
  if (tens > 1) words.push(`${digitWords[tens]} mươi`);
  if (ones > 0) words.push(readOnes(ones, tens));
  return words.join(' ');
}

function readOnes(ones: number, tens: number): string {
  if (ones === 1 && tens > 1) return 'mốt';
  if (ones === 4 && tens > 1) return 'tư';
  if (ones === 5 && tens > 0) return 'lăm';
  return digitWords[ones] ?? '';
}
