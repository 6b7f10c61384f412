/**
 * Answers that are larger than a function may give. Lambda takes 6 MB of one, in which a file stands as base64, a third larger
 * than it is; the gateway's own 10 MB are never reached.
 *
 * A file that does not fit is put where files pass through, and the browser is led to it (303) by a link that is signed for a
 * minute. That link is a bearer capability: whoever has it within its minute has this one file, signed in or not. So it is made
 * after the person's right was asked and the read was logged, stands in this one answer and nowhere else, and nothing keeps it.
 * Only what is offered as a download leaves: a page opened under the bucket's address would stand without our policy.
 */
import { type Context, Hono } from 'hono';
import { defaultIsContentTypeBinary } from 'hono/aws-lambda';
import type { Sentence } from '../../shared/vietnamese.ts';

/** Of Lambda, less what status and headers may take: the gateway lets 10 kB of headers pass. */
export const mostAnswerBytes = 6 * 1024 * 1024 - 32 * 1024;

export interface PassingFile {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** The header that makes it a download and gives its name. */
  readonly disposition: string;
}

/** Port: where a file passes through on its way to one browser. */
export interface PassingFiles {
  /** Gives the link that hands it out, for a minute, to whoever has it. */
  pass(file: PassingFile): Promise<string>;
}

export interface Fitting {
  readonly passing: PassingFiles;
  /** Bytes that an answer may take as Lambda counts them. */
  readonly most?: number;
  report(error: unknown): void;
}

/** The same application, whose answers all fit. */
export function fitting(pages: Pick<Hono, 'fetch'>, { passing, most = mostAnswerBytes, report }: Fitting): Hono {
  const app = new Hono();
  app.all('*', async (context: Context) => {
    const answer = await pages.fetch(context.req.raw, context.env);
    const { bytes, size } = await measured(answer);
    if (size <= most) return new Response(answer.body === null ? null : bytes, answer);
    const disposition = answer.headers.get('Content-Disposition') ?? '';
    if (answer.status === 200 && /^attachment\b/i.test(disposition)) {
      const type = answer.headers.get('Content-Type') ?? 'application/octet-stream';
      return leading(answer, await passing.pass({ bytes, type, disposition }));
    }
    report(new Error(`an answer of ${size} bytes is no file, and cannot be sent`));
    return saying(answer, tooMuchToShow);
  });
  app.onError((error, context) => {
    report(error);
    return context.text(notFetched.vi, 500);
  });
  return app;
}

/** The body, and the bytes that it takes in what Lambda hands on. */
export async function measured(
  answer: Response,
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly size: number }> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const type = answer.headers.get('Content-Type');
  if (type !== null && defaultIsContentTypeBinary(type)) return { bytes, size: 4 * Math.ceil(bytes.length / 3) };
  // As JSON, with what must be escaped in it; its two quotes are counted too.
  return { bytes, size: Buffer.byteLength(JSON.stringify(new TextDecoder().decode(bytes))) };
}

/** Cookies and policies of the answer stay with it; what described the body goes. 303: after a POST too, the browser fetches by GET. */
function leading(answer: Response, link: string): Response {
  const headers = withoutBody(answer);
  headers.set('Location', link);
  headers.set('Cache-Control', 'no-store');
  headers.set('Referrer-Policy', 'no-referrer');
  return new Response(null, { status: 303, headers });
}

function saying(answer: Response, sentence: Sentence): Response {
  const headers = withoutBody(answer);
  headers.set('Content-Type', 'text/plain; charset=UTF-8');
  return new Response(sentence.vi, { status: 500, headers });
}

function withoutBody(answer: Response): Headers {
  const headers = new Headers(answer.headers);
  for (const name of ['Content-Type', 'Content-Disposition', 'Content-Length', 'Content-Encoding', 'ETag']) {
    headers.delete(name);
  }
  return headers;
}

const tooMuchToShow: Sentence = {
  vi: 'Trang này có quá nhiều dòng nên không gửi được. Hãy quay lại, mở từng đơn vị hoặc từng đợt, hoặc tải tệp thay cho trang.',
  en: 'This page has too many rows to be sent. Go back and open one unit or batch, or fetch the file instead.',
};
const notFetched: Sentence = {
  vi: 'Tệp lớn chưa chuyển được. Hãy quay lại và tải lại tệp; nếu vẫn lỗi, báo quản trị hệ thống.',
  en: 'The large file could not be handed over. Go back and fetch it again; if it fails again, tell the administrator.',
};
