/** The mail that asks a confirmer. Code, count and limit only: sums and names stay behind the sign-in. */
import { formatDay, type LocalDate } from '../calendar.ts';
import type { Batch } from '../case/batch.ts';
import type { Mail } from '../case/ports.ts';
import { roundOf } from './next.ts';
import type { ApprovalStep } from './route.ts';

interface Asking {
  readonly step: Pick<ApprovalStep, 'confirms'>;
  readonly to: { readonly id: string; readonly email: string };
  readonly until: LocalDate;
  /** Where the button leads. */
  readonly url: string;
}

export function askingMail(key: string, { id, code, frozen }: Batch, { step, to, until, url }: Asking): Mail {
  const { vi } = step.confirms;
  return {
    key,
    to: to.email,
    account: to.id,
    subject: `[Chi trả] Đợt ${code}: đề nghị ${vi.toLocaleLowerCase('vi')}`,
    lines: [
      `Đợt chi trả ${code} (phiên bản ${frozen?.version}) gồm ${frozen?.people} người đang chờ đồng chí xác nhận trên hệ thống: ${vi}.`,
      `Đề nghị hoàn thành trước hết ngày ${formatDay(until)}.`,
    ],
    button: { label: 'Mở đợt', url },
    footer: [
      'Liên kết chỉ mở trang; đồng chí cần đăng nhập để xem và xác nhận. Hệ thống không bao giờ hỏi mật khẩu hay số tài khoản qua thư.',
    ],
    batch: id,
  };
}

/** One mail a step, version and person, and one more each time a step is reopened. */
export function askingKey(
  batch: Pick<Batch, 'id' | 'reopenings'>,
  { step, version, account }: { readonly step: string; readonly version: number; readonly account: string },
): string {
  return `${batch.id}/${step}/${version}/${account}${roundOf(batch)}`;
}
