/** What may still be changed on a case: its facts, taking it back, holding it or ending it. */
import type { FC } from 'hono/jsx';
import { mayBeWithdrawn } from '../../../shared/approval/hold.ts';
import { may } from '../../../shared/case/access.ts';
import type { Part } from '../../../shared/case/part.ts';
import { isOpenToCorrection } from '../../../shared/intake/correct.ts';
import { Field, Form } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import type { Visit } from '../page.tsx';
import type { Shown } from './case-shown.ts';

export function canWithdraw({ account }: Visit, { of, parts }: Shown): boolean {
  const isClosed = of.entries.some(({ kind }) => kind === 'closed');
  return may(account, 'case.withdraw') && !isClosed && parts.every((part) => mayBeWithdrawn(of, part));
}

export function canCorrect({ account }: Visit, { of, parts }: Shown): boolean {
  const isClosed = of.entries.some(({ kind }) => kind === 'closed');
  const isRest = of.submitted.difference !== undefined;
  return may(account, 'case.correct') && !isClosed && !isRest && isOpenToCorrection(parts);
}

export const Correct: FC<{ visit: Visit; caseId: string }> = ({ visit, caseId }) => {
  const { say } = visit;
  return (
    <details class="act">
      <summary>{say('Sửa dữ kiện của người này', 'Correct this person’s facts')}</summary>
      <p>
        <a href={`/ho-so/${caseId}/sua-tren-trang`}>{say('Sửa ngay trên trang', 'Correct on a page')}</a>
      </p>
      <p>
        {say(
          'Hoặc điền lại dòng của người này và quá trình công tác vào mẫu danh sách. Chỉ dữ kiện tính chế độ được sửa; tài khoản sửa ở mục riêng. Hệ thống tính lại ngay; nếu tiền đã chi, phần chênh lệch được trả thêm hoặc ghi vào danh sách thu hồi.',
          'Or fill this person’s row and periods into the list template. Only what the sum is made of is corrected; accounts have their own form. The case is computed again at once; if the money is paid, the difference is paid or listed for recovery.',
        )}
      </p>
      <Form to={`/ho-so/${caseId}/sua`} visit={visit} files>
        <FileField
          visit={visit}
          label={say('Tệp theo mẫu (.xlsx)', 'Filled template (.xlsx)')}
          name="file"
          accept=".xlsx"
          required
        />
        <FileField
          visit={visit}
          label={say('Giấy tờ chứng minh (bản quét)', 'The paper that shows it (scan)')}
          name="paper"
          required
        />
        <Field label={say('Lý do', 'Reason')} name="reason" required />
        <button type="submit">{say('Ghi và tính lại', 'Record and compute again')}</button>
      </Form>
    </details>
  );
};

export const Withdraw: FC<{ visit: Visit; caseId: string }> = ({ visit, caseId }) => {
  const { say } = visit;
  return (
    <details class="act">
      <summary>{say('Rút hồ sơ để sửa và gửi lại', 'Take the case back to correct and submit it again')}</summary>
      <p>
        {say(
          'Hồ sơ chưa được thẩm định nên đơn vị rút lại được. Sau khi rút, sửa dòng của người này trong danh sách rồi tải lên lại.',
          'It is not appraised yet, so the unit may take it back. Then mend this person’s row in the list and upload it again.',
        )}
      </p>
      <Form to={`/ho-so/${caseId}/rut`} visit={visit}>
        <Field label={say('Lý do', 'Reason')} name="reason" required />
        <button type="submit">{say('Rút hồ sơ', 'Take back')}</button>
      </Form>
    </details>
  );
};

export const HoldActs: FC<{ visit: Visit; part: Part }> = ({ visit, part }) => {
  const { say } = visit;
  return (
    <details class="act">
      <summary>
        {part.status === 'held'
          ? say('Tiếp tục hoặc kết thúc', 'Resume or end')
          : say('Tạm dừng hoặc kết thúc', 'Hold or end')}
      </summary>
      <Form to={`/ho-so/${part.caseId}/tam-dung`} visit={visit}>
        <input type="hidden" name="part" value={part.id} />
        <Field
          label={say('Lý do (bắt buộc, ghi vào lịch sử)', 'Reason (required, kept in the history)')}
          name="reason"
          required
        />
        {part.status === 'held' ? (
          <button type="submit" name="act" value="resume">
            {say('Tiếp tục', 'Resume')}
          </button>
        ) : (
          <button type="submit" name="act" value="hold">
            {say('Tạm dừng chi trả', 'Hold')}
          </button>
        )}{' '}
        <button type="submit" name="act" value="cancel">
          {say('Không tiếp tục chi trả', 'End: do not pay')}
        </button>
      </Form>
    </details>
  );
};
