/** The acts on accounts of the staff. */
import {
  closeStaff,
  confirmProposal,
  proposeChange,
  proposeFactorReset,
  proposeStaff,
  recordInvitation,
  refuseProposal,
  withdrawProposal,
} from '../../../shared/case/staff-acts.ts';
import { type Answer, field, type Visit } from '../page.tsx';
import { staffPage } from './staff.tsx';
import { typedStaff, wishOf } from './staff-fields.tsx';
import { staffPersonPage } from './staff-person.tsx';

const personPath = ({ params }: Visit, note: string): Answer => ({
  to: `/tai-khoan/${params['id'] ?? ''}?ghi=${note}`,
});
const idOf = ({ params }: Visit) => params['id'] ?? '';
const proposalOf = ({ form }: Visit) => Number(field(form, 'proposal'));

export async function proposeStaffAct(visit: Visit): Promise<Answer> {
  const typed = typedStaff(visit.form);
  const wish = wishOf(typed);
  if ('problem' in wish) return staffPage(visit, wish.problem, typed);
  const outcome = await proposeStaff(wish, visit.account, visit.ports);
  return outcome.outcome === 'refused'
    ? staffPage(visit, outcome.why, typed)
    : { to: `/tai-khoan/${outcome.id}?ghi=de-nghi` };
}

export async function proposeChangeAct(visit: Visit): Promise<Answer> {
  const typed = typedStaff(visit.form);
  const wish = wishOf(typed);
  if ('problem' in wish) return staffPersonPage(visit, wish.problem, typed);
  const outcome = await proposeChange(idOf(visit), wish, visit.account, visit.ports);
  return outcome.outcome === 'refused' ? staffPersonPage(visit, outcome.why, typed) : personPath(visit, 'de-nghi');
}

export async function proposeResetAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const outcome = await proposeFactorReset(idOf(visit), field(form, 'reason'), account, ports);
  return outcome.outcome === 'refused' ? staffPersonPage(visit, outcome.why) : personPath(visit, 'de-nghi');
}

/** An account that opens gets its invitation with the confirmation; when the mail is lost it can be sent again. */
export async function confirmProposalAct(visit: Visit): Promise<Answer> {
  const { account, ports } = visit;
  const id = idOf(visit);
  const outcome = await confirmProposal(id, proposalOf(visit), account, ports);
  if (outcome.outcome === 'refused') return staffPersonPage(visit, outcome.why);
  if (outcome.change === 'reset-second-factor') return personPath(visit, await forgetFactor(visit));
  if (outcome.change !== 'open' && outcome.change !== 'reopen') {
    return personPath(visit, (await isDone(ports.signIns.follow?.(id), ports)) ? 'xac-nhan' : 'xac-nhan-chua');
  }
  await recordInvitation(id, account, ports);
  return personPath(visit, (await isDone(ports.signIns.invite(id), ports)) ? 'moi' : 'moi-chua');
}

/** What was confirmed stands, whatever becomes of it elsewhere: until then nobody is let in by the old factor. */
async function forgetFactor(visit: Visit): Promise<string> {
  const { signIns } = visit.ports;
  return (await isDone(signIns.resetFactor?.(idOf(visit)), visit.ports)) ? 'xac-nhan' : 'ma-cho';
}

/** Asks once more for a reset that did not get through. */
export async function resetAgainAct(visit: Visit): Promise<Answer> {
  const note = await forgetFactor(visit);
  return personPath(visit, note === 'xac-nhan' ? 'ma-xong' : note);
}

export async function refuseProposalAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const outcome = await refuseProposal(idOf(visit), proposalOf(visit), field(form, 'reason'), account, ports);
  return outcome.outcome === 'refused' ? staffPersonPage(visit, outcome.why) : { to: '/tai-khoan?ghi=tu-choi' };
}

export async function withdrawProposalAct(visit: Visit): Promise<Answer> {
  const outcome = await withdrawProposal(idOf(visit), proposalOf(visit), visit.account, visit.ports);
  return outcome.outcome === 'refused' ? staffPersonPage(visit, outcome.why) : { to: '/tai-khoan?ghi=rut' };
}

export async function closeStaffAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const outcome = await closeStaff(idOf(visit), field(form, 'reason'), account, ports);
  if (outcome.outcome === 'refused') return staffPersonPage(visit, outcome.why);
  // Closed here it lets nobody in, whatever becomes of its user elsewhere.
  return personPath(visit, (await isDone(ports.signIns.follow?.(idOf(visit)), ports)) ? 'dong' : 'dong-chua');
}

export async function inviteAct(visit: Visit): Promise<Answer> {
  const { account, ports } = visit;
  const outcome = await recordInvitation(idOf(visit), account, ports);
  if (outcome.outcome === 'refused') return staffPersonPage(visit, outcome.why);
  return personPath(visit, (await isDone(ports.signIns.invite(idOf(visit)), ports)) ? 'thu' : 'moi-chua');
}

/** Once more what an act could not do where users are kept: the account itself is as it was decided. */
export async function followAct(visit: Visit): Promise<Answer> {
  const { ports } = visit;
  return personPath(visit, (await isDone(ports.signIns.follow?.(idOf(visit)), ports)) ? 'theo' : 'theo-chua');
}

/** What the sign-in could not do is no fault of the act: it was recorded, and is told apart. */
async function isDone(act: Promise<void> | undefined, { report }: Visit['ports']): Promise<boolean> {
  try {
    await act;
    return true;
  } catch (error) {
    report(error);
    return false;
  }
}
