/** Tài khoản: who may sign in as what, what waits for a second administrator, who tried to sign in. */
import type { FC } from 'hono/jsx';
import { may, needsSecondFactor } from '../../../shared/case/access.ts';
import { asAccount, readStaff, type Staff, staffStream, type StaffTerms, termsIn } from '../../../shared/case/staff.ts';
import { allRows } from '../../../shared/case/store.ts';
import { compareNames, type Sentence } from '../../../shared/vietnamese.ts';
import { At, Empty, Form, NoteBox, ProblemBox, Table, Tag } from '../elements.tsx';
import type { Answer, Problem, Visit } from '../page.tsx';
import type { Held, SignInRecord } from '../ports.ts';
import { roleNames, staffChangeNames, staffStatusNames } from '../words.ts';
import { emptyWish, type StaffForm, StaffFields } from './staff-fields.tsx';

/** An account with the words that lists and pages show of it. */
export interface ShownStaff extends Held {
  readonly staff: Staff;
  readonly terms: StaffTerms;
  readonly name: string;
  readonly email: string;
}

/** `undefined` of an account that nobody proposed. */
export async function shownStaff(id: string, { ports }: Visit): Promise<ShownStaff | undefined> {
  const staff = await readStaff(ports.store, id);
  const terms = staff?.terms ?? termsIn(staff?.pending?.proposal);
  if (staff === undefined || terms === undefined) return undefined;
  const { name, email } = await asAccount(id, terms, ports.vault);
  return { staff, terms, name, email, ...(await ports.signIns.holds(id)) };
}

const notes = {
  'de-nghi': {
    vi: 'Đã ghi đề nghị; chờ người quản trị thứ hai xác nhận.',
    en: 'Proposed; a second administrator must confirm.',
  },
  'xac-nhan': { vi: 'Đã xác nhận; thay đổi có hiệu lực ngay.', en: 'Confirmed; it counts from now on.' },
  moi: {
    vi: 'Đã xác nhận và gửi thư mời đặt mật khẩu (liên kết dùng một lần, 72 giờ).',
    en: 'Confirmed; a link to set the password was mailed (good once, for 72 hours).',
  },
  'xac-nhan-chua': {
    vi: 'Đã xác nhận; thay đổi có hiệu lực ngay. Riêng nơi đăng nhập chưa nhận được thay đổi: sau ít phút, bấm “Cập nhật nơi đăng nhập” bên dưới.',
    en: 'Confirmed; it counts from now on. The place of sign-in did not take it yet: in some minutes, press “Update the sign-in” below.',
  },
  'moi-chua': {
    vi: 'Đã ghi, nhưng thư mời chưa gửi được. Tài khoản không mất gì: sau ít phút, bấm “Gửi thư” ở mục gửi lại thư mời bên dưới.',
    en: 'Recorded, but the invitation could not be sent. Nothing is lost: in some minutes, send it again below.',
  },
  'dong-chua': {
    vi: 'Đã đóng tài khoản, không ai vào được hệ thống bằng tài khoản này. Riêng nơi đăng nhập chưa xóa người dùng: sau ít phút, bấm “Cập nhật nơi đăng nhập” bên dưới.',
    en: 'Closed; nobody comes in by it. Its user at the place of sign-in is still there: in some minutes, press “Update the sign-in” below.',
  },
  theo: { vi: 'Nơi đăng nhập đã đúng như tài khoản.', en: 'The sign-in is now as the account is.' },
  'theo-chua': {
    vi: 'Nơi đăng nhập vẫn chưa nhận. Hãy thử lại sau; nếu vẫn vậy, báo người vận hành hệ thống.',
    en: 'The place of sign-in still does not take it. Try later; if it stays so, tell whoever runs the system.',
  },
  'ma-cho': {
    vi: 'Đã xác nhận: mọi phiên đã kết thúc và không ai đăng nhập được bằng mã cũ. Nơi đăng nhập chưa nhận được lệnh xóa mã cũ, nên người này chưa đăng ký được mã mới. Hãy bấm “Xóa mã cũ lần nữa” bên dưới.',
    en: 'Confirmed: every session has ended, and nobody gets in by the old codes. The sign-in service has not forgotten them yet, so that no new ones can be enrolled. Press “Have the old codes forgotten” below.',
  },
  'ma-xong': {
    vi: 'Nơi đăng nhập đã xóa mã cũ; lần đăng nhập tới người này đăng ký mã mới.',
    en: 'The sign-in service has forgotten the old codes; new ones are enrolled at the next sign-in.',
  },
  'tu-choi': { vi: 'Đã từ chối đề nghị.', en: 'The proposal was refused.' },
  rut: { vi: 'Đã rút đề nghị.', en: 'The proposal was taken back.' },
  dong: { vi: 'Đã đóng tài khoản; mọi phiên đăng nhập đã kết thúc.', en: 'Closed; every session has ended.' },
  thu: {
    vi: 'Đã gửi thư đặt mật khẩu; liên kết cũ không còn dùng được.',
    en: 'A link to set the password was mailed; the earlier one is void.',
  },
} as const;

/** What the act that led here did. */
export function staffNote(done: string | null): Sentence | undefined {
  return new Map<string | null, Sentence>(Object.entries(notes)).get(done);
}

const signInsShown = 50;

export async function staffPage(visit: Visit, problem?: Problem, typed: StaffForm = emptyWish): Promise<Answer> {
  const { say, account, ports, query } = visit;
  const all = await everyone(visit);
  const waiting = all.filter(({ staff }) => staff.pending !== undefined);
  return {
    page: say('Tài khoản', 'Accounts'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <NoteBox note={staffNote(query.get('ghi'))} visit={visit} />
        <p class="lead">
          {say(
            `${all.length} tài khoản; ${waiting.length} đề nghị chờ người quản trị thứ hai.`,
            `${all.length} accounts; ${waiting.length} proposals wait for a second administrator.`,
          )}
        </p>
        <List visit={visit} all={all} names={await namesOf(all, visit)} />
        {may(account, 'staff.propose') ? (
          <details class="act" open={problem !== undefined}>
            <summary>{say('Đề nghị mở tài khoản mới', 'Propose a new account')}</summary>
            <p>
              {say(
                'Tài khoản chỉ có hiệu lực khi người quản trị khác xác nhận; sau đó thư mời đặt mật khẩu được gửi đi.',
                'The account counts once another administrator has confirmed it; a link to set the password is mailed then.',
              )}
            </p>
            <Form to="/tai-khoan" visit={visit}>
              <StaffFields visit={visit} typed={typed} isNew />
              <button type="submit" class="primary">
                {say('Đề nghị mở tài khoản', 'Propose the account')}
              </button>
            </Form>
          </details>
        ) : (
          ''
        )}
        <SignInLog visit={visit} records={await ports.signIns.latest(signInsShown)} all={all} />
      </>
    ),
  };
}

async function everyone(visit: Visit): Promise<readonly ShownStaff[]> {
  const found: ShownStaff[] = [];
  for await (const { stream, status } of allRows(visit.ports.store, { kind: 'account' })) {
    const shown = status === 'refused' ? undefined : await shownStaff(stream.slice(staffStream('').length), visit);
    if (shown !== undefined) found.push(shown);
  }
  return found.toSorted((one, other) => compareNames(one.name, other.name));
}

async function namesOf(all: readonly ShownStaff[], { ports }: Visit): Promise<ReadonlyMap<string, string>> {
  const ids = all.flatMap(({ staff }) => (staff.pending === undefined ? [] : [staff.pending.by]));
  return new Map(await Promise.all(ids.map(async (id) => [id, await ports.directory.nameOf(id)] as const)));
}

const List: FC<{ visit: Visit; all: readonly ShownStaff[]; names: ReadonlyMap<string, string> }> = ({
  visit,
  all,
  names,
}) => {
  const { say, words } = visit;
  return (
    <Table label={say('Tài khoản', 'Accounts')}>
      <thead>
        <tr>
          <th>{say('Họ và tên, thư điện tử', 'Full name, mail')}</th>
          <th>{say('Vai trò', 'Role')}</th>
          <th>{say('Đơn vị', 'Units')}</th>
          <th>{say('Tình trạng', 'State')}</th>
          <th>{say('Mã xác thực', 'One-time codes')}</th>
          <th>{say('Chờ người thứ hai', 'To be confirmed')}</th>
        </tr>
      </thead>
      <tbody>
        {all.map((shown) => (
          <tr>
            <td>
              <a href={`/tai-khoan/${shown.staff.id}`}>{shown.name}</a>
              <span class="hint">{shown.email}</span>
            </td>
            <td>{roleText(shown.terms, visit)}</td>
            <td>{shortUnits(shown.terms.units)}</td>
            <td class="staff-state">
              <StaffTag shown={shown} visit={visit} />
              {shown.isBehind ? (
                <span class="hint">{say('nơi đăng nhập chưa theo kịp', 'the sign-in is behind')}</span>
              ) : (
                ''
              )}
            </td>
            <td class="staff-state">{factorText(shown, visit)}</td>
            <td>
              {shown.staff.pending === undefined ? (
                ''
              ) : (
                <>
                  {words(staffChangeNames[shown.staff.pending.proposal.change])}
                  <span class="hint">{names.get(shown.staff.pending.by) ?? ''}</span>
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

export function factorText({ secondFactor, isResetOwed, terms }: ShownStaff, { say }: Visit): string {
  if (isResetOwed === true) return say('chờ xóa mã cũ', 'old codes to be forgotten');
  if (secondFactor) return say('đã đăng ký', 'enrolled');
  return needsSecondFactor(terms) ? say('chưa đăng ký', 'not enrolled') : say('không cần', 'not needed');
}

const unitsShown = 3;

function shortUnits(units: readonly string[]): string {
  const more = units.length - unitsShown;
  return more > 0 ? `${units.slice(0, unitsShown).join(', ')} … (+${more})` : units.join(', ');
}

export function roleText({ role, isDeputy }: Pick<StaffTerms, 'role' | 'isDeputy'>, { say, words }: Visit): string {
  return `${words(roleNames[role])}${isDeputy === true ? say(' (cấp phó)', ' (deputy)') : ''}`;
}

export const StaffTag: FC<{ shown: ShownStaff; visit: Visit }> = ({ shown: { staff, password }, visit }) => {
  const { say, words } = visit;
  if (staff.status === 'open' && !password) return <Tag tone="moving">◔ {say('Đã mời', 'Invited')}</Tag>;
  const looks = {
    proposed: { tone: 'waiting', shape: '○' },
    open: { tone: 'done', shape: '●' },
    closed: { tone: 'quiet', shape: '–' },
    refused: { tone: 'back', shape: '✕' },
  } as const;
  const { tone, shape } = looks[staff.status];
  return (
    <Tag tone={tone}>
      {shape} {words(staffStatusNames[staff.status])}
    </Tag>
  );
};

const mailsOfNobody: Sentence = {
  vi: 'Thư không thuộc tài khoản nào chỉ hiện dấu vết, không hiện địa chỉ.',
  en: 'Of a mail that nobody has, only a digest is shown.',
};
const triesElsewhere: Sentence = {
  vi: 'Ở đây chỉ có các lần đăng nhập được. Các lần sai mật khẩu hoặc sai mã chỉ có trong nhật ký của nơi đăng nhập; muốn xem, hãy hỏi người vận hành hệ thống.',
  en: 'Only sign-ins that succeeded are here. Wrong passwords and codes are in the log of the place of sign-in alone; ask whoever runs the system.',
};

const outcomes = {
  'signed-in': { vi: 'đăng nhập', en: 'signed in' },
  'code-asked': { vi: 'mật khẩu đúng, chờ mã', en: 'right password, code asked' },
  enrolled: { vi: 'đăng ký mã xác thực', en: 'enrolled one-time codes' },
  'wrong-password': { vi: 'sai mật khẩu', en: 'wrong password' },
  'wrong-code': { vi: 'sai mã hoặc mã đã dùng', en: 'wrong or used code' },
  wait: { vi: 'phải đợi vì sai nhiều lần', en: 'must wait after wrong tries' },
  'password-set': { vi: 'đặt mật khẩu', en: 'set a password' },
} as const satisfies Record<SignInRecord['outcome'], unknown>;

const SignInLog: FC<{ visit: Visit; records: readonly SignInRecord[]; all: readonly ShownStaff[] }> = ({
  visit,
  records,
  all,
}) => {
  const { say, words } = visit;
  const names = new Map(all.map(({ staff, name }) => [staff.id, name]));
  const notKnown = visit.ports.signIns.knowsOnly === 'signed-in' ? triesElsewhere : mailsOfNobody;
  return (
    <section>
      <h2>{say('Các lần đăng nhập gần đây', 'Latest sign-ins')}</h2>
      <p class="hint">
        {say(
          `${signInsShown} lần gần nhất; nhật ký giữ 90 ngày. ${notKnown.vi}`,
          `The last ${signInsShown}; kept 90 days. ${notKnown.en}`,
        )}
      </p>
      {records.length === 0 ? (
        <Empty>{say('Chưa có lần nào.', 'None yet.')}</Empty>
      ) : (
        <Table label={say('Các lần đăng nhập gần đây', 'Latest sign-ins')}>
          <thead>
            <tr>
              <th>{say('Lúc', 'At')}</th>
              <th>{say('Tài khoản đăng nhập', 'Account')}</th>
              <th>{say('Kết quả', 'Outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {records.map(({ at, account, mail, outcome }) => (
              <tr>
                <td>
                  <At instant={at} visit={visit} />
                </td>
                <td>
                  {account === undefined ? (
                    <>
                      {say('không có tài khoản', 'no account')} <code>{(mail ?? '').slice(0, 12)}</code>
                    </>
                  ) : (
                    (names.get(account) ?? account)
                  )}
                </td>
                <td>{words(outcomes[outcome])}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
};
