/** Every step of the workflow by its name; the state machine names them so, and their files lie where the name says. */
import { awaitDecisionTask } from './approval/await-decision.ts';
import { nextTask as approvalNext } from './approval/next.ts';
import { releaseTask } from './approval/release.ts';
import { requestTask } from './approval/request.ts';
import { reportTask } from './completion/report.ts';
import { followTask } from './disbursement/follow.ts';
import { fundTask } from './disbursement/fund.ts';
import { nextTask as disbursementNext } from './disbursement/next.ts';
import { orderTask } from './disbursement/order.ts';
import { slipsTask } from './disbursement/slips.ts';
import { listTask } from './entitlement/list.ts';
import { recomputeTask } from './entitlement/recompute.ts';
import type { Task } from './task.ts';

export const handlers: Readonly<Record<string, Task>> = {
  'entitlement.list': listTask,
  'entitlement.recompute': recomputeTask,
  'approval.next': approvalNext,
  'approval.request': requestTask,
  'approval.await-decision': awaitDecisionTask,
  'approval.release': releaseTask,
  'disbursement.fund': fundTask,
  'disbursement.order': orderTask,
  'disbursement.slips': slipsTask,
  'disbursement.follow': followTask,
  'disbursement.next': disbursementNext,
  'completion.report': reportTask,
};
