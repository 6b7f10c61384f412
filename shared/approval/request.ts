/** Use case, step `approval.request`: asks the next confirmer by mail, once a step and version. */
import { localDateOf, type LocalDate } from '../calendar.ts';
import type { Account } from '../case/access.ts';
import { type Batch, batchStream, readBatch } from '../case/batch.ts';
import { commitDeciding } from '../case/history.ts';
import type { Ports } from '../case/ports.ts';
import type { WaitingState } from '../case/workflow-state.ts';
import { sha256 } from '../hash.ts';
import { askingKey, askingMail } from './asking-mail.ts';
import { addWorkingDays } from '../law/working-days.ts';
import { delegationsInForce } from './delegation.ts';
import { awaitedNow, nextStep, roundOf } from './next.ts';
import type { ApprovalStep } from './route.ts';

export async function requestConfirmation({ batchId, token }: WaitingState, ports: Ports): Promise<void> {
  const batch = await readBatch(ports.store, batchId);
  if (batch === undefined) throw new Error(`there is no batch ${batchId}`);
  await remember(batch, 'confirmation', token, ports);
  const step = nextStep(batch);
  if (step !== undefined && awaitedNow(batch).startsWith('confirmation')) {
    await ask(batch, step, await whomToAsk(step, ports), ports);
  }
  await nudge(batchId, ports);
}

/** Step `approval.await-decision`: waits until the People's Committee's decision is recorded. */
export async function awaitProvincialDecision({ batchId, token }: WaitingState, ports: Ports): Promise<void> {
  const batch = await readBatch(ports.store, batchId);
  if (batch === undefined) throw new Error(`there is no batch ${batchId}`);
  await remember(batch, 'provincial-decision', token, ports);
  await nudge(batchId, ports);
}

/** What is awaited now, if it is of this kind; else something that is never awaited, so that the nudge wakes at once. */
async function remember(batch: Batch, kind: string, token: string, { desk }: Ports): Promise<void> {
  const awaited = awaitedNow(batch);
  await desk.remember(batch.id, awaited.startsWith(kind) ? awaited : `${kind}/moved-on`, token);
}

/** Wakes the workflow of a batch whose answer is there. Harmless when it does not wait, or waits for something else. */
export async function nudge(batchId: string, ports: Ports): Promise<void> {
  const waiting = await ports.desk.waiting(batchId);
  if (waiting === undefined || waiting.awaited === 'units-and-treasury') return;
  const batch = await readBatch(ports.store, batchId);
  if (batch !== undefined && awaitedNow(batch) !== waiting.awaited) await ports.desk.wake(batchId, waiting.token);
}

/** Claims find the batch of a link; only the link's SHA-256 is ever stored. */
export function linkClaim(link: string): string {
  return `link/${sha256(link)}`;
}

/** The heads who hold the step's role, else whoever does, and those to whom it is delegated today. */
export async function whomToAsk(step: ApprovalStep, ports: Ports): Promise<readonly Account[]> {
  const holders = await ports.directory.holding(step.role);
  const heads = holders.filter(({ isDeputy = false }) => !isDeputy);
  const delegated = new Set((await delegationsInForce(step, ports)).map(({ to }) => to));
  const others = await Promise.all(step.delegates.map(async (role) => ports.directory.holding(role)));
  const delegates = others.flat().filter(({ id }) => delegated.has(id));
  const own = heads.length > 0 ? heads : holders;
  return [...own, ...delegates.filter(({ id }) => !own.some((one) => one.id === id))];
}

/** Asks these people to confirm the step, each once; whoever was asked before is left alone. */
export async function ask(batch: Batch, step: ApprovalStep, whom: readonly Account[], ports: Ports): Promise<void> {
  const { frozen } = batch;
  if (frozen === undefined) return;
  const { store, now, publicUrl, mailer } = ports;
  for (const { id: account, email } of whom) {
    const link = await linkFor(batch, step, account, ports);
    const until = limitOf(batch, step, localDateOf(now()));
    const asked = await commitDeciding(store, async () => {
      const current = await readBatch(store, batch.id);
      const wasAsked = current?.asked.some((one) => one.step === step.step && one.account === account);
      const hasMoved = current?.frozen?.version !== frozen.version || current.reopenings !== batch.reopenings;
      if (current === undefined || hasMoved) return { stop: 'moved' };
      if (wasAsked === true) return { stop: 'asked' };
      const data = { step: step.step, version: frozen.version, until, link: sha256(link), account };
      return {
        changes: [
          {
            stream: batchStream(batch.id),
            readAt: current.entries.length,
            entries: [{ kind: 'asked', at: now(), by: 'system', data }],
            claims: [linkClaim(link)],
          },
        ],
      };
    });
    // A list that was frozen anew meanwhile is asked for anew, by its own links.
    if (asked.outcome === 'stopped' && asked.stop === 'moved') return;
    const key = askingKey(batch, { step: step.step, version: frozen.version, account });
    const to = { id: account, email };
    await mailer.send(askingMail(key, batch, { step, to, until, url: `${publicUrl}/lien-ket/${link}` }));
  }
}

/** The limit that the first was asked with; whoever is asked after it has a working day. */
function limitOf({ asked }: Batch, { step, withinDays }: ApprovalStep, today: LocalDate): LocalDate {
  const first = asked.find((one) => one.step === step);
  if (first === undefined) return addWorkingDays(today, withinDays);
  return first.until > today ? first.until : addWorkingDays(today, 1);
}

/** The same link each time it is asked for, known to nobody who has not the keys: 256 bits. */
export async function linkFor(
  batch: Batch,
  { step }: Pick<ApprovalStep, 'step'>,
  account: string,
  { vault }: Pick<Ports, 'vault'>,
): Promise<string> {
  const digest = await vault.digest(
    'link',
    `${[batch.id, batch.frozen?.version, batch.frozen?.contentHash, step, account].join('/')}${roundOf(batch)}`,
  );
  return Buffer.from(digest, 'hex').toString('base64url');
}
