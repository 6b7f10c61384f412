/** The frame: the five words with what waits for me in each, language, who I am. */
import { raw } from 'hono/html';
import type { Child, FC } from 'hono/jsx';
import { type Act, may } from '../../shared/case/access.ts';
import type { Sentence } from '../../shared/vietnamese.ts';
import { At, NoteBox } from './elements.tsx';
import { broughtNote } from './large-files.tsx';
import type { Visit } from './page.tsx';
import { type Stage, type Waiting, stages } from './waiting.ts';
import { roleNames } from './words.ts';

/** What is looked up rather than worked through, linked at the foot of each page. */
const registers: readonly { readonly path: string; readonly act: Act; readonly name: Sentence }[] = [
  { path: '/luat', act: 'law.see', name: { vi: 'Các con số của pháp luật', en: 'The numbers of the law' } },
  { path: '/don-vi', act: 'unit.see', name: { vi: 'Đơn vị', en: 'Units' } },
  { path: '/so-hoan-tra', act: 'recovery.see', name: { vi: 'Sổ hoàn trả, thu hồi', en: 'Money to come back' } },
  { path: '/hoan-thanh/bao-cao', act: 'report.see', name: { vi: 'Báo cáo', en: 'Reports' } },
  { path: '/hoan-thanh/doi-chieu', act: 'difference.see', name: { vi: 'Đối chiếu số liệu', en: 'Named differences' } },
  { path: '/hoan-thanh/lich', act: 'limit.see', name: { vi: 'Lịch và hạn', en: 'Calendar and limits' } },
  { path: '/hoan-thanh/thu-bao', act: 'letter.see', name: { vi: 'Thư báo', en: 'Letters to hand over' } },
  { path: '/khieu-nai', act: 'complaint.list', name: { vi: 'Khiếu nại', en: 'Complaints' } },
  { path: '/thong-bao', act: 'result-notice.see', name: { vi: 'Thông báo kết quả', en: 'Notices of result' } },
  { path: '/uy-quyen', act: 'delegation.see', name: { vi: 'Ủy quyền', en: 'Delegations' } },
  { path: '/nguoi-ky', act: 'signatory.see', name: { vi: 'Người có thẩm quyền ký', en: 'Who may sign' } },
  {
    path: '/kiem-tra/quyet-toan',
    act: 'settlement.see',
    name: { vi: 'Quyết toán, đối chiếu Kho bạc', en: 'Settlement and Treasury balances' },
  },
  { path: '/kiem-tra/nhat-ky', act: 'read-log.see', name: { vi: 'Nhật ký xem dữ liệu', en: 'Log of reads' } },
  { path: '/thu', act: 'mail.see', name: { vi: 'Thư đã gửi', en: 'Mails sent' } },
];

export const Frame: FC<{
  title: string;
  visit: Visit;
  waiting: readonly Waiting[];
  now: string;
  refreshAfter?: number | undefined;
  children?: Child;
}> = ({ title, visit, waiting, now, refreshAfter, children }) => (
  <>
    {raw('<!doctype html>')}
    <html lang={visit.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {refreshAfter === undefined ? '' : <meta http-equiv="refresh" content={String(refreshAfter)} />}
        <title>{title} – Chi trả</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <a class="skip" href="#main">
          {visit.say('Đến nội dung', 'Skip to content')}
        </a>
        <header>
          <div class="bar">
            <a class="brand" href="/">
              Chi trả
              <span>{visit.say('Chế độ khi sắp xếp, tinh giản – tỉnh Nghệ An', 'Leaving allowances – Nghệ An')}</span>
            </a>
            <Who visit={visit} />
          </div>
          <Ways visit={visit} waiting={waiting} />
        </header>
        <main id="main">
          <h1>{title}</h1>
          <NoteBox note={broughtNote(visit)} visit={visit} />
          {children}
        </main>
        <footer>
          {visit.say('Số liệu tính đến ', 'Figures as of ')}
          <At instant={now} visit={visit} />
          <span class="registers">
            {registers
              .filter(({ act }) => may(visit.account, act))
              .map(({ path, name }) => (
                <>
                  {' · '}
                  <a href={path}>{visit.words(name)}</a>
                </>
              ))}
          </span>
          {visit.ports.isDemonstration ? (
            <> · {visit.say('Bản trình diễn, dữ liệu giả định', 'Demonstration, made-up data')}</>
          ) : (
            ''
          )}
        </footer>
      </body>
    </html>
  </>
);

const Who: FC<{ visit: Visit }> = ({ visit }) => (
  <div class="who">
    <span>
      {visit.account.name} · {visit.words(roleNames[visit.account.role])}
    </span>
    <a
      href={`/ngon-ngu/${visit.language === 'vi' ? 'en' : 'vi'}?tro-lai=${encodeURIComponent(visit.path)}`}
      lang={visit.language === 'vi' ? 'en' : 'vi'}
    >
      {visit.language === 'vi' ? 'English' : 'Tiếng Việt'}
    </a>
    {may(visit.account, 'reading.see') ? (
      <a href="/diem-chua-thong-nhat">{visit.say('Điểm chưa thống nhất', 'Open readings')}</a>
    ) : (
      ''
    )}
    {may(visit.account, 'inspection.see') ? <a href="/kiem-tra">{visit.say('Kiểm tra', 'Inspection')}</a> : ''}
    {may(visit.account, 'staff.see') ? <a href="/tai-khoan">{visit.say('Tài khoản', 'Accounts')}</a> : ''}
    {may(visit.account, 'connection.see') ? <a href="/ket-noi">{visit.say('Kết nối', 'Connections')}</a> : ''}
    {visit.ports.isDemonstration ? <a href="/hop-thu">{visit.say('Hộp thư', 'Mailbox')}</a> : ''}
    {visit.ports.isDemonstration && may(visit.account, 'result.import') ? (
      <a href="/kho-bac">{visit.say('Kho bạc mô phỏng', 'Simulated Treasury')}</a>
    ) : (
      ''
    )}
    <form method="post" action="/dang-xuat">
      <input type="hidden" name="csrf" value={visit.csrf} />
      <button type="submit" class="link">
        {visit.say('Đăng xuất', 'Sign out')}
      </button>
    </form>
  </div>
);

const Ways: FC<{ visit: Visit; waiting: readonly Waiting[] }> = ({ visit, waiting }) => (
  <nav aria-label={visit.say('Các bước', 'Stages')}>
    <ol>
      {stages.map((stage) => (
        <Way stage={stage} visit={visit} count={countOf(stage, waiting)} />
      ))}
    </ol>
  </nav>
);

const Way: FC<{ stage: Stage; visit: Visit; count: number }> = ({ stage, visit, count }) => {
  const isHere = visit.path.startsWith(stage.path);
  const badge =
    count === 0 ? (
      ''
    ) : (
      <span class="badge" title={visit.say('đang chờ tôi', 'waiting for me')}>
        {count}
        <span class="unseen"> {visit.say('đang chờ tôi', 'waiting for me')}</span>
      </span>
    );
  return (
    <li>
      {may(visit.account, stage.act) ? (
        <a href={stage.path} {...(isHere ? { 'aria-current': 'page' } : {})}>
          {visit.words(stage.name)} {badge}
        </a>
      ) : (
        <span class="closed">{visit.words(stage.name)}</span>
      )}
    </li>
  );
};

function countOf(stage: Stage, waiting: readonly Waiting[]): number {
  return waiting.filter(({ stage: of }) => of === stage.word).reduce((total, { people }) => total + people, 0);
}
