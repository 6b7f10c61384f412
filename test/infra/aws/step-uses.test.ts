/** What each step really asks of its ports, in batches that are paid, rejected and left without money, against what its role allows. */
import { expect, test } from 'vitest';
import { handlers } from '../../../functions/handlers.ts';
import { fileOf, functionRows, type Uses } from '../../../infra/aws/functions.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { reconcile } from '../../../shared/disbursement/reconcile.ts';
import { provinces } from '../../province.ts';

const openProvince = provinces();

type Asked = Map<string, Set<string>>;

/** The same ports, which note each call by the step that made it. */
function noting(ports: Ports, step: string, asked: Asked): Ports {
  const note = (what: string) => asked.set(step, (asked.get(step) ?? new Set()).add(what));
  const noted = <T extends object>(name: string, port: T): T =>
    new Proxy(port, {
      get(target, method, receiver) {
        note(`${name}.${String(method)}`);
        return Reflect.get(target, method, receiver);
      },
    });
  const { store, files, vault, mailer, desk, directory, noticeSigner, anchored } = ports;
  return {
    ...ports,
    store: noted('store', store),
    files: {
      async get(hash) {
        note('files.get');
        return files.get(hash);
      },
      async put(content, as) {
        note(as === undefined ? 'files.put' : `files.put a ${as}`);
        return files.put(content, as);
      },
    },
    vault: noted('vault', vault),
    mailer: noted('mailer', mailer),
    desk: noted('desk', desk),
    directory: noted('directory', directory),
    noticeSigner: noted('noticeSigner', noticeSigner),
    anchored: noted('anchored', anchored),
    get publicUrl() {
      note('publicUrl');
      return ports.publicUrl;
    },
  };
}

/** Whether a row allows what a call comes to in the cloud. */
const allows: Readonly<Record<string, (uses: Uses) => boolean>> = {
  'store.read': ({ histories }) => histories !== undefined,
  'store.page': ({ histories }) => histories !== undefined,
  'store.holderOf': ({ histories }) => histories !== undefined,
  'store.commit': ({ histories }) => histories === 'write',
  'files.get': ({ files, payments, scratch, vault }) =>
    files !== undefined && payments !== undefined && scratch !== undefined && vault === true,
  'files.put': ({ files, scratch, vault }) => files === 'write' && scratch === 'write' && vault === true,
  'files.put a payment': ({ payments, scratch, vault }) =>
    payments === 'write' && scratch === 'write' && vault === true,
  'vault.open': ({ vault, scratch }) => vault === true && scratch !== undefined,
  'vault.digest': ({ vault }) => vault === true,
  'vault.seal': ({ vault, scratch }) => vault === true && scratch === 'write',
  'vault.prepare': ({ vault, scratch }) => vault === true && scratch === 'write',
  'mailer.send': ({ scratch }) => scratch === 'write',
  publicUrl: ({ links }) => links === true,
  'desk.remember': ({ scratch }) => scratch === 'write',
  'desk.waiting': ({ scratch }) => scratch !== undefined,
  'desk.wake': ({ workflow }) => workflow !== undefined,
  'desk.start': ({ workflow }) => workflow === 'begin',
  // Accounts are histories; their mails are sealed in them.
  'directory.holding': ({ histories, vault, scratch }) =>
    histories !== undefined && vault === true && scratch !== undefined,
  'directory.find': ({ histories, vault, scratch }) =>
    histories !== undefined && vault === true && scratch !== undefined,
  'directory.nameOf': ({ histories, vault, scratch }) =>
    histories !== undefined && vault === true && scratch !== undefined,
};

test('no step asks what its role forbids, and each that may write a history has written one', async () => {
  const province = await openProvince({ people: 12 });
  const asked: Asked = new Map();
  const waits = { 'approval.request': true, 'approval.await-decision': true, 'disbursement.follow': true };
  const take = async (name: string, batchId: string) => {
    const ports = noting({ ...province.ports, desk: deskOf(province.ports) }, name, asked);
    if (!(name in waits)) return province.step(name, batchId, ports);
    return handlers[name]?.(async () => ports)({ batchId, token: `${name}-1` });
  };
  await province.appraiseAll();
  await province.freeze('b1');
  await take('entitlement.list', 'b1');
  await take('entitlement.recompute', 'b1');
  await take('approval.next', 'b1');
  await take('approval.request', 'b1');
  await province.decides('home-affairs-leader', 'b1');
  await province.decides('finance-leader', 'b1');
  await take('approval.await-decision', 'b1');
  await province.provincial('b1');
  await take('approval.await-decision', 'b1');
  await take('approval.next', 'b1');
  for (const name of ['disbursement.fund', 'disbursement.order', 'disbursement.slips', 'disbursement.follow'])
    await take(name, 'b1');
  await province.sendSlips('b1');
  const orders = await province.orders('b1');
  await reconcile(
    'b1',
    'file',
    await province.resultFile('b1', orders),
    province.account('finance-officer').id,
    province.still,
  );
  await take('disbursement.follow', 'b1');
  await take('disbursement.next', 'b1');
  await take('completion.report', 'b1');
  const rejecting = await openProvince({ people: 3 });
  await rejecting.frozenBatch('b2');
  await rejecting.decides('home-affairs-leader', 'b2', { outcome: 'rejected', reason: 'Sai mức lương.' });
  await rejecting.step('approval.release', 'b2', noting(rejecting.still, 'approval.release', asked));
  const poor = await openProvince({ people: 3, estimate: 0n });
  await poor.decidedBatch('b3');
  await poor.step('disbursement.fund', 'b3', noting(poor.still, 'disbursement.fund', asked));

  expect([...asked.keys()].toSorted()).toEqual(Object.keys(handlers).toSorted());
  for (const [name, calls] of asked) {
    const uses = functionRows[fileOf(name)]?.uses ?? {};
    expect(
      [...calls].filter((call) => !(allows[call]?.(uses) ?? false)),
      name,
    ).toEqual([]);
  }
  const mayWrite = Object.keys(handlers).filter((name) => functionRows[fileOf(name)]?.uses.histories === 'write');
  const wrote = mayWrite.filter((name) => asked.get(name)?.has('store.commit'));
  // A recomputation writes only where it differs.
  expect(mayWrite.filter((name) => !wrote.includes(name))).toEqual(['entitlement.recompute']);
});

/** Remembers and wakes as the cloud's does, moving nothing. */
function deskOf({ desk }: Ports): Ports['desk'] {
  const waiting = new Map<string, { readonly awaited: string; readonly token: string }>();
  return {
    ...desk,
    async remember(batchId, awaited, token) {
      waiting.set(batchId, { awaited, token });
    },
    waiting: async (batchId) => waiting.get(batchId),
    async wake() {},
  };
}
