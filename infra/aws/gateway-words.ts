/**
 * What the gateway and the firewall say of a request that no function of ours sees: to a browser a page, to another system the
 * same problem as the API gives. Left alone they say `{"message":"Forbidden"}`.
 */
import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

interface Refusal {
  readonly type: ResponseType;
  /** Left out, the one that the gateway gives. */
  readonly status?: number;
  readonly title: string;
  readonly says: { readonly vi: string; readonly en: string };
}

/** The rest has the two defaults. An answer of a function never comes here, whatever its status. */
export const refusals: readonly Refusal[] = [
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    title: 'Tệp quá lớn',
    says: {
      vi: 'Nội dung gửi lên quá lớn: một lần gửi được khoảng 4 MB. Chưa có gì được ghi nhận. Hãy quay lại và dùng liên kết “Tệp lớn hơn 4 MB” cạnh ô chọn tệp; biểu mẫu có hai tệp thì chuyển tệp lớn theo lối đó.',
      en: 'The request is too large: about 4 MB can be sent at once. Nothing was recorded. Go back and use the link for files over 4 MB beside the file’s field; of two files bring the large one that way.',
    },
  },
  {
    type: ResponseType.WAF_FILTERED,
    status: 403,
    title: 'Yêu cầu bị chặn',
    says: {
      vi: 'Tường lửa đã chặn yêu cầu này. Chưa có gì được ghi nhận. Hãy quay lại và thử lại sau 5 phút; nếu vẫn bị chặn, báo quản trị hệ thống giờ phút và việc đang làm.',
      en: 'The firewall refused this request. Nothing was recorded. Go back and try again in 5 minutes; if it is refused again, tell the administrator when, and what you were doing.',
    },
  },
  {
    type: ResponseType.THROTTLED,
    status: 429,
    title: 'Quá nhiều yêu cầu',
    says: {
      vi: 'Hệ thống đang nhận quá nhiều yêu cầu. Chưa có gì được ghi nhận. Hãy đợi một phút rồi gửi lại.',
      en: 'The system gets too many requests. Nothing was recorded. Wait a minute, then send it again.',
    },
  },
  {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    title: 'Chưa xác thực',
    says: {
      vi: 'Mã truy cập thiếu, sai hoặc đã hết hạn. Hãy lấy mã mới của hệ thống kết nối rồi gọi lại.',
      en: 'The access token is missing, wrong or has run out. Get a new one for the client, then call again.',
    },
  },
  {
    type: ResponseType.DEFAULT_4XX,
    title: 'Yêu cầu không hợp lệ',
    says: {
      vi: 'Hệ thống không nhận được yêu cầu này. Chưa có gì được ghi nhận. Hãy quay lại trang trước, tải lại trang rồi thử lại.',
      en: 'The system could not take this request. Nothing was recorded. Go back, reload the page, and try again.',
    },
  },
  {
    type: ResponseType.DEFAULT_5XX,
    title: 'Chưa xử lý được',
    says: {
      vi: 'Hệ thống chưa trả lời được. Nếu vừa gửi biểu mẫu, hãy mở lại trang xem việc đã được ghi nhận chưa trước khi gửi lại; kèm tệp lớn hơn 4 MB thì hãy chuyển tệp theo liên kết cạnh ô chọn tệp. Nếu vẫn lỗi, báo quản trị hệ thống giờ phút.',
      en: 'The system could not answer. If you just sent a form, open the page again and look whether it was recorded before you send it once more; a file over 4 MB is brought by the link beside its field. If it fails again, tell the administrator when.',
    },
  },
];

/**
 * What the firewall says to an address that asks too often. Its words, once it has a status of its own, come before those of the
 * gateway, and without any the page is empty. They are the same for a browser and for another system, which reads the status and
 * `Retry-After`. At most 4,096 bytes.
 */
export const tooOftenPage = pageOf({
  title: 'Quá nhiều yêu cầu từ một mạng',
  says: {
    vi: 'Mạng đang dùng gửi quá nhiều yêu cầu trong 5 phút. Yêu cầu này chưa được ghi nhận. Hãy đợi 5 phút, quay lại rồi gửi lại; nếu cả cơ quan chung một mạng và vẫn bị chặn, báo quản trị hệ thống giờ phút.',
    en: 'Your network sent too many requests within 5 minutes. This one was not recorded. Wait 5 minutes, go back and send it again; if an office shares the network and is still refused, tell the administrator when.',
  },
});

export function sayRefusals(api: RestApi): void {
  for (const refusal of refusals) {
    const { type, status } = refusal;
    api.addGatewayResponse(`says ${type.responseType}`, {
      type,
      ...(status === undefined ? {} : { statusCode: String(status) }),
      responseHeaders: { 'Cache-Control': "'no-store'", 'X-Content-Type-Options': "'nosniff'" },
      templates: { 'application/json': problemOf(refusal), 'text/html': pageOf(refusal) },
    });
  }
}

/** As `functions/api/problem.ts` words one. */
function problemOf({ type, status, title, says }: Refusal): string {
  const kind = `urn:chi-tra:problem:${type.responseType.toLowerCase().replaceAll('_', '-')}`;
  return JSON.stringify({ type: kind, title, status, detail: says.vi, detail_en: says.en });
}

/** Without a style sheet of ours: nothing more is asked of a system that refuses. */
function pageOf({ title, says }: Pick<Refusal, 'title' | 'says'>): string {
  return [
    '<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${title} – Chi trả</title>`,
    '<body style="font:1.1rem/1.6 sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem">',
    `<h1>${title}</h1><p>${says.vi}</p><p lang="en">${says.en}</p></body></html>`,
  ].join('');
}
