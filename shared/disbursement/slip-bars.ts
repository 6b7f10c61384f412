/** What keeps a slip from being signed or sent whatever it says: taken back, payments paused, its budget year closed. */
import { readEstimate } from '../case/funding.ts';
import { pauseOf, readPauses } from '../case/pause.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import type { Slip } from '../case/slip.ts';

export async function barOfSlip(slip: Slip, { store }: Pick<Ports, 'store'>): Promise<Refused | undefined> {
  if (slip.withdrawn !== undefined) {
    return refused(
      `Sở Tài chính đã rút lại chứng từ này: ${slip.withdrawn.reason}. Những người còn lại được lập chứng từ mới.`,
      `Finance took this slip back: ${slip.withdrawn.reason}. Those who are left get a new one.`,
    );
  }
  const pause = pauseOf(await readPauses(store), slip.unit);
  if (pause !== undefined) {
    return refused(
      `Việc chi trả đang tạm dừng: ${pause.reason}. Chứng từ được giữ nguyên; ký, gửi tiếp khi Sở Tài chính cho chi lại.`,
      `Payments are paused: ${pause.reason}. The slip stays as it is; go on when Finance lets payments go on.`,
    );
  }
  const { closedAt, years } = await readEstimate(store, slip.unit, slip.source);
  if (
    slip.from === 'estimate' &&
    closedAt !== undefined &&
    slip.madeAt <= closedAt &&
    years.at(-1)?.outcome === 'lapsed'
  ) {
    return refused(
      `Dự toán năm ${years.at(-1)?.year} đã khóa, chứng từ này không gửi được nữa. Đề nghị Sở Tài chính rút lại để lập theo dự toán năm mới.`,
      `The estimate of ${years.at(-1)?.year} is closed and this slip cannot be sent. Ask Finance to take it back, so that it is made on the new year's.`,
    );
  }
  return undefined;
}
