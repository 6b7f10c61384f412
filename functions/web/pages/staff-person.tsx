/** One account: what it is, what was proposed of it, the acts on it, its history. */
import type { Child, FC } from 'hono/jsx';
import * as z from 'zod';
import { type Account, isUnitRole, may, needsSecondFactor } from '../../../shared/case/access.ts';
import { operatorOf } from '../../../shared/case/first-administrators.ts';
import { asAccount, type PendingProposal, setUpActor, termsIn } from '../../../shared/case/staff.ts';
import type { Entry } from '../../../shared/case/store.ts';
import { At, Form, NoteBox, ProblemBox } from '../elements.tsx';
import type { Answer, Problem, Visit } from '../page.tsx';
import { entryNames, staffChangeNames } from '../words.ts';
import { factorText, roleText, shownStaff, type ShownStaff, staffNote, StaffTag } from './staff.tsx';
import { type StaffForm, StaffFields } from './staff-fields.tsx';

export async function staffPersonPage(visit: Visit, problem?: Problem, typed?: StaffForm): Promise<Answer> {
  const { say, params, query, ports } = visit;
  const shown = await shownStaff(params['id'] ?? '', visit);
  if (shown === undefined) {
    return {
      page: say('Không tìm thấy tài khoản', 'No such account'),
      status: 404,
      body: (
        <>
          <ProblemBox problem={problem} visit={visit} />
          <p>
            {say(
              'Tài khoản này không có, hoặc đề nghị mở đã bị từ chối.',
              'There is no such account, or it was refused.',
            )}{' '}
            <a href="/tai-khoan">{say('Danh sách tài khoản', 'All accounts')}</a>
          </p>
        </>
      ),
    };
  }
  const proposed = termsIn(shown.staff.pending?.proposal);
  return {
    page: shown.name,
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <NoteBox note={staffNote(query.get('ghi'))} visit={visit} />
        <p>
          <a href="/tai-khoan">{say('Danh sách tài khoản', 'All accounts')}</a>
        </p>
        <What visit={visit} shown={shown} />
        {shown.isBehind ? <Behind visit={visit} shown={shown} /> : ''}
        {shown.staff.pending === undefined ? (
          ''
        ) : (
          <Pending
            visit={visit}
            shown={shown}
            pending={shown.staff.pending}
            wanted={proposed === undefined ? undefined : await asAccount(shown.staff.id, proposed, ports.vault)}
            proposer={await ports.directory.nameOf(shown.staff.pending.by)}
          />
        )}
        <OldCodes visit={visit} shown={shown} />
        <Acts visit={visit} shown={shown} typed={typed} />
        <Past visit={visit} entries={shown.staff.entries} names={await entryAuthors(shown.staff.entries, visit)} />
      </>
    ),
  };
}

const What: FC<{ visit: Visit; shown: ShownStaff }> = ({ visit, shown }) => {
  const { say } = visit;
  const { terms, email } = shown;
  return (
    <dl class="facts">
      <dt>{say('Tình trạng', 'State')}</dt>
      <dd>
        <StaffTag shown={shown} visit={visit} />
      </dd>
      <dt>{say('Thư điện tử', 'Mail')}</dt>
      <dd>{email}</dd>
      <dt>{say('Vai trò', 'Role')}</dt>
      <dd>{roleText(terms, visit)}</dd>
      {isUnitRole(terms.role) ? (
        <>
          <dt>{say('Đơn vị', 'Units')}</dt>
          <dd>{terms.units.join(', ')}</dd>
        </>
      ) : (
        ''
      )}
      <dt>{say('Số định danh', 'Citizen id')}</dt>
      <dd>
        {terms.citizenDigest === undefined
          ? say('chưa ghi', 'not recorded')
          : say('đã ghi, chỉ lưu dạng băm', 'recorded, as a digest only')}
      </dd>
      <dt>{say('Mã xác thực', 'One-time codes')}</dt>
      <dd>{factorText(shown, visit)}</dd>
    </dl>
  );
};

/** Its user elsewhere is not what the account is: told until it is. */
const Behind: FC<{ visit: Visit; shown: ShownStaff }> = ({ visit, shown }) => {
  const { say, account } = visit;
  return (
    <section class="act">
      <h2>{say('Nơi đăng nhập chưa theo kịp', 'The sign-in is behind')}</h2>
      <p>
        {shown.staff.status === 'closed'
          ? say(
              'Tài khoản đã đóng, nhưng nơi đăng nhập còn người dùng của tài khoản này. Không ai vào được hệ thống bằng nó.',
              'The account is closed, but its user is still there. Nobody comes in by it.',
            )
          : say(
              'Nơi đăng nhập còn giữ địa chỉ thư cũ: người này đăng nhập và nhận thư đặt lại mật khẩu ở địa chỉ cũ.',
              'The place of sign-in still has the old mail: by it the person signs in, and gets links for another password.',
            )}
      </p>
      {may(account, 'staff.propose') ? (
        <Form to={`/tai-khoan/${shown.staff.id}/noi-dang-nhap`} visit={visit}>
          <button type="submit">{say('Cập nhật nơi đăng nhập', 'Update the sign-in')}</button>
        </Form>
      ) : (
        ''
      )}
    </section>
  );
};

interface PendingOf {
  readonly visit: Visit;
  readonly shown: ShownStaff;
  readonly pending: PendingProposal;
  readonly wanted: Account | undefined;
  readonly proposer: string;
}

const Pending: FC<PendingOf> = ({ visit, shown, pending, wanted, proposer }) => {
  const { say, words, account } = visit;
  const { proposal, at, by, seq } = pending;
  const to = `/tai-khoan/${shown.staff.id}`;
  const mayAnswer = may(account, 'staff.confirm') && by !== account.id && shown.staff.id !== account.id;
  return (
    <section class="act">
      <h2>
        {say('Chờ người quản trị thứ hai', 'Waits for a second administrator')}:{' '}
        {words(staffChangeNames[proposal.change])}
      </h2>
      <p>
        {proposer}, <At instant={at} visit={visit} />. {say('Lý do', 'Why')}: {proposal.reason}
      </p>
      {wanted === undefined ? '' : <Difference visit={visit} shown={shown} wanted={wanted} />}
      {mayAnswer ? (
        <>
          <Form to={`${to}/xac-nhan`} visit={visit}>
            <input type="hidden" name="proposal" value={String(seq)} />
            <button type="submit" class="primary">
              {say('Xác nhận đề nghị', 'Confirm the proposal')}
            </button>
          </Form>
          <Form to={`${to}/tu-choi`} visit={visit}>
            <input type="hidden" name="proposal" value={String(seq)} />
            <ReasonField id="refuse-reason" label={say('Lý do từ chối', 'Why it is refused')} />
            <button type="submit">{say('Từ chối đề nghị', 'Refuse the proposal')}</button>
          </Form>
        </>
      ) : (
        ''
      )}
      {by === account.id ? (
        <Form to={`${to}/rut`} visit={visit}>
          <input type="hidden" name="proposal" value={String(seq)} />
          <p class="hint">
            {say(
              'Người đề nghị không tự xác nhận; đồng chí có thể rút lại.',
              'Whoever proposed does not confirm; you may take it back.',
            )}
          </p>
          <button type="submit">{say('Rút đề nghị', 'Take the proposal back')}</button>
        </Form>
      ) : (
        ''
      )}
    </section>
  );
};

/** A reset that did not reach where second factors are kept. */
const OldCodes: FC<{ visit: Visit; shown: ShownStaff }> = ({ visit, shown: { staff, isResetOwed } }) => {
  const { say, account } = visit;
  if (isResetOwed !== true || !may(account, 'staff.confirm')) return <></>;
  return (
    <section class="act">
      <h2>{say('Mã xác thực cũ chưa được xóa', 'The old codes are not forgotten yet')}</h2>
      <p>
        {say(
          'Mã cũ không còn giá trị và không cho ai vào, nhưng nơi đăng nhập còn giữ mã đó, nên người này chưa đăng ký được mã mới.',
          'The old codes count no more and let nobody in, but the sign-in service still has them, so that no new ones can be enrolled.',
        )}
      </p>
      <Form to={`/tai-khoan/${staff.id}/ma-xac-thuc/lai`} visit={visit}>
        <button type="submit" class="primary">
          {say('Xóa mã cũ lần nữa', 'Have the old codes forgotten')}
        </button>
      </Form>
    </section>
  );
};

/** What stands now and what would, field by field. */
const Difference: FC<{ visit: Visit; shown: ShownStaff; wanted: Account }> = ({ visit, shown, wanted }) => {
  const { say } = visit;
  const isNew = shown.staff.terms === undefined;
  const nothing = say('(trống)', '(empty)');
  const rows: readonly (readonly [label: string, before: string, after: string])[] = [
    [say('Họ và tên', 'Full name'), shown.name, wanted.name],
    [say('Thư điện tử', 'Mail'), shown.email, wanted.email],
    [say('Vai trò', 'Role'), roleText(shown.terms, visit), roleText(wanted, visit)],
    [say('Đơn vị', 'Units'), shown.terms.units.join(', '), wanted.units.join(', ')],
  ];
  const changed = rows.filter(([, before, after]) => (isNew ? after !== '' : before !== after));
  const hasOtherCitizen = shown.terms.citizenDigest !== wanted.citizenDigest;
  return (
    <ul>
      {changed.map(([label, before, after]) => (
        <li>
          {label}:{' '}
          {isNew ? (
            after
          ) : (
            <>
              <s>{before === '' ? nothing : before}</s> → {after === '' ? nothing : after}
            </>
          )}
        </li>
      ))}
      {hasOtherCitizen ? <li>{say('Số định danh: ghi số khác', 'Citizen id: another one')}</li> : ''}
      {changed.length === 0 && !hasOtherCitizen ? <li>{say('Giữ nguyên mọi thông tin', 'All as it was')}</li> : ''}
    </ul>
  );
};

const ReasonField: FC<{ id: string; label: string }> = ({ id, label }) => (
  <p class="field">
    <label for={id}>{label}</label>
    <input id={id} name="reason" type="text" required maxlength={500} />
  </p>
);

const Acts: FC<{ visit: Visit; shown: ShownStaff; typed: StaffForm | undefined }> = ({ visit, shown, typed }) => {
  const { say, account } = visit;
  const { staff, terms, name, email, password } = shown;
  if (!may(account, 'staff.propose') || staff.terms === undefined) return <></>;
  if (staff.id === account.id) {
    return (
      <p class="hint">
        {say(
          'Đây là tài khoản của đồng chí: chỉ người quản trị khác thay đổi được.',
          'This is your own account: only other administrators may change it.',
        )}
      </p>
    );
  }
  const to = `/tai-khoan/${staff.id}`;
  const isOpen = staff.status === 'open';
  const isFree = staff.pending === undefined;
  const known: StaffForm = {
    name,
    email,
    role: terms.role,
    units: terms.units.join(', '),
    isDeputy: terms.isDeputy ?? false,
    citizenId: '',
    reason: '',
  };
  const change = isOpen
    ? { title: say('Đề nghị thay đổi', 'Propose a change'), send: say('Gửi đề nghị thay đổi', 'Propose the change') }
    : { title: say('Đề nghị mở lại', 'Propose to open again'), send: say('Gửi đề nghị mở lại', 'Propose the opening') };
  return (
    <>
      {isFree ? (
        <Act title={change.title} isOpen={typed !== undefined}>
          <Form to={`${to}/de-nghi`} visit={visit}>
            <StaffFields visit={visit} typed={typed ?? known} />
            <button type="submit">{change.send}</button>
          </Form>
        </Act>
      ) : (
        ''
      )}
      {isOpen ? (
        <Act
          title={password ? say('Gửi thư đặt lại mật khẩu', 'Mail a new link') : say('Gửi lại thư mời', 'Invite again')}
        >
          <p>
            {say(
              'Thư đến địa chỉ của tài khoản; liên kết dùng một lần trong 72 giờ, liên kết cũ mất hiệu lực.',
              'The mail goes to the address of the account; the link is good once, for 72 hours, and earlier ones are void.',
            )}
          </p>
          <Form to={`${to}/thu-moi`} visit={visit}>
            <button type="submit">{say('Gửi thư', 'Send the mail')}</button>
          </Form>
        </Act>
      ) : (
        ''
      )}
      {isOpen && isFree && (needsSecondFactor(terms) || shown.secondFactor) ? (
        <Act title={say('Đề nghị đặt lại mã xác thực', 'Propose to reset the one-time codes')}>
          <Form to={`${to}/ma-xac-thuc`} visit={visit}>
            <ReasonField id="reset-reason" label={say('Lý do đặt lại', 'Why they are reset')} />
            <button type="submit">{say('Gửi đề nghị đặt lại', 'Propose the reset')}</button>
          </Form>
        </Act>
      ) : (
        ''
      )}
      {isOpen && may(account, 'staff.close') ? (
        <Act title={say('Đóng tài khoản', 'Close the account')}>
          <p>
            {say(
              'Có hiệu lực ngay, một người quản trị là đủ; mọi phiên đăng nhập kết thúc. Mở lại cần hai người.',
              'At once, by one administrator; every session ends. Opening it again takes two.',
            )}
          </p>
          <Form to={`${to}/dong`} visit={visit}>
            <ReasonField id="close-reason" label={say('Lý do đóng', 'Why it is closed')} />
            <button type="submit">{say('Đóng ngay', 'Close now')}</button>
          </Form>
        </Act>
      ) : (
        ''
      )}
    </>
  );
};

const Act: FC<{ title: string; isOpen?: boolean; children?: Child }> = ({ title, isOpen, children }) => (
  <details class="act" open={isOpen ?? false}>
    <summary>{title}</summary>
    {children}
  </details>
);

/** Of each entry, by its hash. */
async function entryAuthors(entries: readonly Entry[], visit: Visit): Promise<ReadonlyMap<string, string>> {
  return new Map(await Promise.all(entries.map(async (entry) => [entry.hash, await authorOf(entry, visit)] as const)));
}

async function authorOf(entry: Entry, { say, ports }: Visit): Promise<string> {
  if (entry.by === 'system') return say('Hệ thống', 'System');
  if (entry.by !== setUpActor) return ports.directory.nameOf(entry.by);
  const operator = (await operatorOf(entry, ports.vault)) ?? say('không còn tên', 'name erased');
  return say(
    `Người cài đặt hệ thống, tự khai là ${operator}`,
    `Whoever set up the system, by their own word ${operator}`,
  );
}

const reasoned = z.object({ reason: z.string().optional() });

function reasonIn(data: string): string {
  const { reason } = reasoned.parse(JSON.parse(data));
  return reason === undefined ? '' : `: ${reason}`;
}

const Past: FC<{ visit: Visit; entries: readonly Entry[]; names: ReadonlyMap<string, string> }> = ({
  visit,
  entries,
  names,
}) => (
  <section>
    <h2>{visit.say('Lịch sử', 'History')}</h2>
    <ol class="history">
      {entries.toReversed().map(({ at, kind, hash, data }) => (
        <li>
          <At instant={at} visit={visit} /> – {visit.words(entryNames[kind] ?? { vi: kind, en: kind })}
          {reasonIn(data)}
          <span class="hint">
            {' '}
            {names.get(hash) ?? ''} · {hash.slice(0, 12)}
          </span>
        </li>
      ))}
    </ol>
  </section>
);
