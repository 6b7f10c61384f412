/**
 * For whoever has nothing but the paper: whether the text of a notice's QR is genuine, and what it says, to be compared with
 * the paper. Nobody signs in, nothing is looked up in the data, and nothing is shown but what the QR holds.
 */
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie } from 'hono/cookie';
import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import { formatInstant } from '../../shared/calendar.ts';
import { checkPath } from '../../shared/completion/issue-notice.ts';
import {
  checkSeal,
  type SealCheck,
  type SealedNotice,
  statusesIn,
} from '../../shared/completion/result-notice-seal.ts';
import { formatDong } from '../../shared/dong.ts';
import type { Language, Sentence } from '../../shared/vietnamese.ts';
import { field } from './page.tsx';
import type { WebPorts } from './ports.ts';
import { caseStatusNames, statusNames } from './words.ts';

type Say = (vi: string, en: string) => string;

const mostBodyBytes = 20_000;
/** Of everybody together: a check takes no longer than a page, but nobody has signed in. */
const mostChecksAMinute = 300;

export function serveNoticeCheck(app: Hono, ports: Pick<WebPorts, 'noticeSigner' | 'now'>): void {
  let minute = '';
  let checks = 0;
  app.get(checkPath, async (context) => respond(context, ports));
  app.post(
    checkPath,
    bodyLimit({ maxSize: mostBodyBytes, onError: (context) => context.text(tooLong.vi, 413) }),
    async (context) => {
      const now = ports.now().slice(0, 'YYYY-MM-DDThh:mm'.length);
      checks = now === minute ? checks + 1 : 1;
      minute = now;
      if (checks > mostChecksAMinute) return context.text(tooMany.vi, 429);
      const typed = field(await context.req.formData().catch(() => new FormData()), 'ma');
      return respond(context, ports, typed);
    },
  );
  app.get('/kiem-tra/khoa/:id', async (context) => {
    const key = (await ports.noticeSigner.keys()).find(({ id }) => `${id}.pem` === context.req.param('id'));
    if (key === undefined) return context.notFound();
    context.header('Content-Type', 'application/x-pem-file');
    return context.body(key.pem);
  });
}

const tooLong: Sentence = {
  vi: 'Đoạn dán vào dài quá. Hãy chỉ dán chữ quét được từ mã QR.',
  en: 'Too long: paste the text of the QR alone.',
};
const tooMany: Sentence = {
  vi: 'Đang có quá nhiều lượt kiểm tra. Hãy thử lại sau một phút.',
  en: 'Too many checks at once. Try again in a minute.',
};

async function respond(
  context: Context,
  { noticeSigner }: Pick<WebPorts, 'noticeSigner'>,
  typed?: string,
): Promise<Response> {
  const language: Language = getCookie(context, 'ngon-ngu') === 'en' ? 'en' : 'vi';
  const say: Say = (vi, en) => (language === 'vi' ? vi : en);
  const keys = await noticeSigner.keys();
  const check = typed === undefined ? undefined : checkSeal(typed, keys, (...given) => noticeSigner.verifies(...given));
  context.header('Cache-Control', 'no-store');
  return context.html(
    <OpenFrame language={language} say={say} title={say('Kiểm tra thông báo kết quả', 'Check a notice of result')}>
      {check === undefined ? '' : <Verdict check={check} say={say} language={language} />}
      <CheckForm say={say} typed={typed ?? ''} />
      <Keys say={say} ids={keys.map(({ id }) => id)} />
    </OpenFrame>,
    check === undefined || check.outcome === 'genuine' ? 200 : 422,
  );
}

const OpenFrame: FC<{ language: Language; say: Say; title: string; children?: Child }> = ({
  language,
  say,
  title,
  children,
}) => (
  <>
    {raw('<!doctype html>')}
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title} – Chi trả</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <main class="open-check">
          <p class="brand">
            Chi trả<span>{say('Chế độ khi sắp xếp, tinh giản – tỉnh Nghệ An', 'Leaving allowances – Nghệ An')}</span>
          </p>
          <h1>{title}</h1>
          {children}
          <p class="hint">
            <a
              href={`/ngon-ngu/${language === 'vi' ? 'en' : 'vi'}?tro-lai=${encodeURIComponent(checkPath)}`}
              lang={language === 'vi' ? 'en' : 'vi'}
            >
              {language === 'vi' ? 'English' : 'Tiếng Việt'}
            </a>
          </p>
        </main>
      </body>
    </html>
  </>
);

const CheckForm: FC<{ say: Say; typed: string }> = ({ say, typed }) => (
  <form method="post" action={checkPath}>
    <p class="field">
      <label for="ma">{say('Chữ quét được từ mã QR', 'The text scanned from the QR')}</label>
      <textarea id="ma" name="ma" rows={5} maxlength={600} required autocomplete="off" spellcheck={false}>
        {typed}
      </textarea>
    </p>
    <p class="hint">
      {say(
        'Mở máy ảnh hoặc ứng dụng quét mã trên điện thoại, quét mã QR trên giấy, sao chép chữ bắt đầu bằng “CT1:” rồi dán vào ô trên. Mã thật không chứa liên kết nào.',
        'Scan the QR with a phone, copy the text that begins with “CT1:” and paste it above. A genuine code holds no link.',
      )}
    </p>
    <button type="submit" class="primary">
      {say('Kiểm tra', 'Check')}
    </button>
  </form>
);

const Verdict: FC<{ check: SealCheck; say: Say; language: Language }> = ({ check, say, language }) => {
  if (check.outcome === 'genuine') return <Genuine says={check.says} say={say} language={language} />;
  return (
    <div class="problem" role="alert">
      <h2>{say('Chưa xác nhận được', 'Not confirmed')}</h2>
      <p>{say(...wrong(check))}</p>
    </div>
  );
};

function wrong(check: Exclude<SealCheck, { outcome: 'genuine' }>): readonly [vi: string, en: string] {
  switch (check.outcome) {
    case 'unreadable':
      return [
        'Đây không phải là chữ đầy đủ của mã QR trên thông báo. Hãy quét lại và dán toàn bộ chữ, không thêm bớt.',
        'This is not the whole text of a notice’s QR. Scan it again and paste all of it.',
      ];
    case 'unknown-key':
      return [
        `Không có khóa ký ${check.keyId} của tỉnh. Giấy này không do hệ thống lập. Đừng làm theo giấy; hãy hỏi trực tiếp đơn vị.`,
        `The province has no key ${check.keyId}: this was not made here. Ask the unit in person.`,
      ];
    case 'altered':
      return [
        'Chữ ký không khớp: nội dung đã bị sửa, hoặc dán thiếu chữ. Hãy quét lại; nếu vẫn vậy, đừng tin giấy này và hỏi trực tiếp đơn vị.',
        'The signature does not match: the text was altered or is not whole. If scanning again does not help, do not trust the paper.',
      ];
  }
}

const Genuine: FC<{ says: SealedNotice; say: Say; language: Language }> = ({ says, say, language }) => {
  const rows: readonly (readonly [string, string])[] = [
    [say('Chữ đầu của họ tên', 'Initials'), says.initials],
    [say('Số định danh', 'Citizen id'), says.maskedCitizenId],
    [
      say('Số tiền', 'Sum'),
      says.total === undefined ? say('chưa có quyết định', 'not decided') : `${formatDong(says.total)} đồng`,
    ],
    [say('Quyết định, chứng từ', 'Decision or document'), says.decisionNumber],
    [say('Tình trạng', 'State'), stateWords(says, language)],
    [say('Tính đến', 'As of'), formatInstant(says.asOf, language)],
    [say('Mã hồ sơ', 'Case'), says.caseId.toUpperCase()],
  ];
  return (
    <div class="genuine" role="status">
      <h2>{say('Mã QR là thật', 'The QR is genuine')}</h2>
      <p>
        {say(
          'Hãy so từng dòng dưới đây với giấy. Khác một dòng là giấy đã bị sửa. Tình trạng có thể đã thay đổi từ lúc đó.',
          'Compare each line with the paper: where one differs, the paper was altered. The state may have changed since.',
        )}
      </p>
      <dl>
        {rows.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </div>
  );
};

function stateWords(says: SealedNotice, language: Language): string {
  const found = statusesIn(says).map((status) => statusNames[status][language]);
  return found.length > 0 ? found.join('; ') : (caseStatusNames[says.state]?.[language] ?? says.state);
}

const Keys: FC<{ say: Say; ids: readonly string[] }> = ({ say, ids }) =>
  ids.length === 0 ? (
    <></>
  ) : (
    <p class="hint">
      {say('Khóa công khai để tự kiểm tra không cần mạng: ', 'Public keys, to check without a network: ')}
      {ids.map((id, index) => (
        <>
          {index === 0 ? '' : ', '}
          <a href={`/kiem-tra/khoa/${id}.pem`} download>
            {id}
          </a>
        </>
      ))}
      .
    </p>
  );
