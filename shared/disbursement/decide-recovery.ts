/** Use case: the Finance leader decides what is done about money that was paid too much. Nothing is asked back by itself. */
import { commitDeciding } from '../case/history.ts';
import { type Ports, type Refused, refused } from '../case/ports.ts';
import { readCase } from '../case/case.ts';
import { readRecovery, recoveryOutcomes, recoveryRow, recoveryStream } from '../case/recovery.ts';
import * as z from 'zod';

export interface RecoveryDecision {
  readonly id: string;
  readonly outcome: string;
  readonly reason: string;
  /** The scanned decision, in Files. */
  readonly paper: string;
}

export async function decideRecovery(
  { id, outcome: wish, reason, paper }: RecoveryDecision,
  by: string,
  { store, now }: Pick<Ports, 'store' | 'now'>,
): Promise<{ readonly outcome: 'decided' } | Refused> {
  const outcome = await commitDeciding(store, async () => {
    const recovery = await readRecovery(store, id);
    const of = recovery && (await readCase(store, recovery.caseId));
    if (recovery === undefined || of === undefined) {
      return { stop: refused('Không tìm thấy khoản này.', 'There is no such sum.') };
    }
    if (recovery.decided !== undefined) {
      return { stop: refused('Khoản này đã được quyết định.', 'This sum is decided already.') };
    }
    const chosen = z.enum(recoveryOutcomes).safeParse(wish);
    if (!chosen.success || reason.trim() === '' || paper === '') {
      return {
        stop: refused(
          'Hãy chọn thu hồi hoặc không thu hồi, ghi lý do và đính kèm văn bản quyết định.',
          'Choose to recover or not, state the reason and attach the decision.',
        ),
      };
    }
    const at = now();
    const data = { outcome: chosen.data, reason: reason.trim(), paper };
    const summary = { caseId: recovery.caseId, over: recovery.over, since: at };
    return {
      changes: [
        {
          stream: recoveryStream(id),
          readAt: recovery.entries.length,
          entries: [{ kind: 'decided', at, by, data }],
          row: recoveryRow('decided', of.submitted.payingUnit, summary),
        },
      ],
    };
  });
  return outcome.outcome === 'stopped' ? outcome.stop : { outcome: 'decided' };
}
