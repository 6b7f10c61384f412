/** The fields that state an account, on the form of a new one and of a change. */
import type { FC } from 'hono/jsx';
import * as z from 'zod';
import { mayBeDeputy, roles } from '../../../shared/case/access.ts';
import type { StaffWish } from '../../../shared/case/staff-acts.ts';
import { Field } from '../elements.tsx';
import { type Form, field, type Problem, type Visit } from '../page.tsx';
import { roleNames } from '../words.ts';

export interface StaffForm {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly units: string;
  readonly isDeputy: boolean;
  readonly citizenId: string;
  readonly reason: string;
}

export const emptyWish: StaffForm = {
  name: '',
  email: '',
  role: '',
  units: '',
  isDeputy: false,
  citizenId: '',
  reason: '',
};

export function typedStaff(form: Form): StaffForm {
  return {
    name: field(form, 'name'),
    email: field(form, 'email'),
    role: field(form, 'role'),
    units: field(form, 'units'),
    isDeputy: field(form, 'deputy') === '1',
    citizenId: field(form, 'citizenId'),
    reason: field(form, 'reason'),
  };
}

const roleOf = z.enum(roles);

/** The typed fields as a wish, or what is wrong with them. */
export function wishOf(typed: StaffForm): StaffWish | { readonly problem: Problem } {
  const role = roleOf.safeParse(typed.role);
  if (!role.success) return { problem: { vi: 'Hãy chọn vai trò của tài khoản.', en: 'Choose the role.' } };
  const units = typed.units.split(/[\s,;]+/).filter((code) => code !== '');
  return { ...typed, role: role.data, units };
}

export const StaffFields: FC<{ visit: Visit; typed: StaffForm; isNew?: boolean }> = ({ visit, typed, isNew }) => {
  const { say, words } = visit;
  const deputies = roles.filter((role) => mayBeDeputy(role)).map((role) => words(roleNames[role]));
  return (
    <>
      <Field label={say('Họ và tên', 'Full name')} name="name" value={typed.name} required />
      <Field
        label={say('Thư điện tử công vụ', 'Official mail')}
        name="email"
        type="email"
        value={typed.email}
        required
      />
      <p class="field">
        <label for="role">{say('Vai trò', 'Role')}</label>
        <select id="role" name="role" required>
          <option value="">{say('– Chọn vai trò –', '– Choose –')}</option>
          {roles.map((role) => (
            <option value={role} selected={role === typed.role}>
              {words(roleNames[role])}
            </option>
          ))}
        </select>
      </p>
      <p class="choice">
        <input id="deputy" name="deputy" type="checkbox" value="1" checked={typed.isDeputy} />{' '}
        <label for="deputy">{say('Cấp phó', 'Deputy')}</label>
        <span class="hint">
          {say('chỉ với: ', 'only of: ')}
          {deputies.join('; ')}
        </span>
      </p>
      <Field
        label={say('Mã đơn vị', 'Codes of units')}
        name="units"
        value={typed.units}
        hint={say(
          'Chỉ với vai trò của đơn vị: mã ĐVQHNS, cách nhau bằng dấu phẩy.',
          'Only for the roles of a unit: registered codes, commas between them.',
        )}
      />
      <Field
        label={say('Số định danh cá nhân', 'Citizen id')}
        name="citizenId"
        inputmode="numeric"
        value={typed.citizenId}
        hint={
          isNew === true
            ? say(
                '12 chữ số, nên có: để không ai xác nhận danh sách có tên mình. Chỉ lưu dạng băm.',
                '12 digits, if known: so that nobody confirms a list that pays them. Only a digest is kept.',
              )
            : say('Để trống thì giữ như đang có. Chỉ lưu dạng băm.', 'Left empty it stays. Only a digest is kept.')
        }
      />
      <Field
        label={say('Lý do, căn cứ của đề nghị', 'Reason, paper')}
        name="reason"
        value={typed.reason}
        hint={say('Ví dụ: quyết định bổ nhiệm, số và ngày.', 'Such as the appointment, its number and day.')}
        required
      />
    </>
  );
};
