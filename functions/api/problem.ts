/** What is wrong with a call, as problem details (RFC 9457): Vietnamese first, English beside; nothing of our insides. */
import * as z from 'zod';
import type { Sentence } from '../../shared/vietnamese.ts';

const kinds = {
  'not-json': { status: 400, vi: 'Nội dung gửi không phải JSON', en: 'The body is no JSON' },
  'bad-query': { status: 400, vi: 'Tham số không hợp lệ', en: 'A parameter is wrong' },
  'key-missing': { status: 400, vi: 'Thiếu Idempotency-Key', en: 'Idempotency-Key is missing' },
  unauthorised: { status: 401, vi: 'Chưa xác thực', en: 'Not authenticated' },
  forbidden: { status: 403, vi: 'Không có quyền', en: 'Not allowed' },
  'not-found': { status: 404, vi: 'Không tìm thấy', en: 'Not found' },
  'wrong-method': { status: 405, vi: 'Phương thức không được nhận', en: 'This method is not taken' },
  'not-ready': { status: 409, vi: 'Chưa thực hiện được', en: 'Not possible now' },
  'too-large': { status: 413, vi: 'Nội dung quá lớn', en: 'Too large' },
  'wrong-type': { status: 415, vi: 'Kiểu nội dung không được nhận', en: 'This type of content is not taken' },
  'does-not-fit': { status: 422, vi: 'Nội dung không đúng quy định', en: 'The content does not fit' },
  'key-reused': {
    status: 422,
    vi: 'Idempotency-Key đã dùng cho nội dung khác',
    en: 'The key was used for another body',
  },
  'too-many-calls': { status: 429, vi: 'Gọi quá nhiều', en: 'Too many calls' },
  failed: { status: 500, vi: 'Hệ thống gặp lỗi', en: 'The system failed' },
  busy: { status: 503, vi: 'Hệ thống đang bận', en: 'The system is busy' },
} as const satisfies Record<string, Sentence & { readonly status: number }>;
export type ProblemKind = keyof typeof kinds;

/** The statuses that a problem can have, for the published document. */
export const problemTitles: ReadonlyMap<number, Sentence> = new Map(
  Object.values(kinds).map(({ status, vi, en }) => [status, { vi, en }]),
);

/** Of a body that is wrong all over, more would only make the answer larger than the body. */
export const mostFaults = 1000;
const longestPath = 200;
export const toldFaults = z.array(z.object({ path: z.string(), message: z.string() })).max(mostFaults);
/** How many there are, where they are more than are told. */
export const faultCount = z.number().int();

export const problemDetails = z.looseObject({
  /** `urn:chi-tra:problem:` and the kind, which programs may rely on. */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  detail_en: z.string(),
  faults: toldFaults.exactOptional(),
  faultCount: faultCount.exactOptional(),
});

export interface Problem {
  readonly kind: ProblemKind;
  readonly says: Sentence;
  /** Members beside those that every problem has. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export const problemType = 'application/problem+json';

export function problemBody({ kind, says, more = {} }: Problem): z.infer<typeof problemDetails> {
  const { status, vi } = kinds[kind];
  return { type: `urn:chi-tra:problem:${kind}`, title: vi, status, detail: says.vi, detail_en: says.en, ...more };
}

interface Fault {
  readonly path: string;
  readonly message: string;
}

/** As many as an answer holds; a path may be a key of a megabyte. */
export function faultsToTell(faults: readonly Fault[]): {
  readonly faults: readonly Fault[];
  readonly faultCount?: number;
} {
  const told = faults.slice(0, mostFaults).map(({ path, message }) => {
    return { path: path.length > longestPath ? `${path.slice(0, longestPath)}…` : path, message };
  });
  return { faults: told, ...(faults.length > told.length ? { faultCount: faults.length } : {}) };
}

export function statusOf({ kind }: Pick<Problem, 'kind'>): number {
  return kinds[kind].status;
}

export function notFound(what: Sentence): Problem {
  return {
    kind: 'not-found',
    says: {
      vi: `Không có ${what.vi} này, hoặc hệ thống kết nối không được đọc. Hãy kiểm tra lại mã.`,
      en: `There is no such ${what.en}, or this client may not read it. Check the id.`,
    },
  };
}
