/** The acts on a batch's evidence packs: having one made, taking one. */
import { readBatch } from '../../../shared/case/batch.ts';
import { notePackTaken, readPacks } from '../../../shared/completion/packs.ts';
import { type Answer, type Problem, upload, type Visit } from '../page.tsx';
import { batchPage } from './batch.tsx';

/** A public key in PEM is a few lines. */
const longestKey = 4096;

/** With a receiver's public key the pack is full and sealed to it; without one, personal fields stay sealed. */
export async function makePackAct(visit: Visit): Promise<Answer> {
  const { params, ports, account, form } = visit;
  const batch = params['id'] ?? '';
  const key = await upload(form, 'receiver');
  if (key !== undefined && key.bytes.length > longestKey) return batchPage(visit, noKey);
  // Whoever chose a full pack and no file must not be given the other kind.
  if (key === undefined && form.has('receiver')) return batchPage(visit, noKey);
  const receiver = key === undefined ? {} : { receiver: new TextDecoder().decode(key.bytes) };
  return { to: `/viec/${await ports.jobs.start('make-pack', { batch, by: account.id, ...receiver }, account.id)}` };
}

export async function packFile(visit: Visit): Promise<Answer> {
  const { params, ports, account } = visit;
  const batch = await readBatch(ports.store, params['id'] ?? '');
  const pack = (await readPacks(ports.store, batch?.id ?? '')).find(({ file }) => file === params['file']);
  const file = pack === undefined ? undefined : await ports.files.get(pack.file);
  if (batch === undefined || pack === undefined || file === undefined) return batchPage(visit, noPack);
  await notePackTaken(batch.id, pack.file, account.id, ports);
  const name = `goi-chung-cu-${batch.code}-${pack.root.slice(0, 8)}`;
  return pack.receiver === undefined
    ? { file, name: `${name}.zip`, type: 'application/zip' }
    : { file, name: `${name}.zip.sealed`, type: 'application/octet-stream' };
}

const noKey: Problem = {
  vi: 'Hãy chọn tệp khóa công khai X25519 của người nhận (.pem, vài dòng, bắt đầu bằng BEGIN PUBLIC KEY).',
  en: 'Choose the receiver’s X25519 public key (.pem, a few lines, beginning with BEGIN PUBLIC KEY).',
};
const noPack: Problem = {
  vi: 'Không có gói này của đợt. Hãy lập gói mới.',
  en: 'The batch has no such pack. Make a new one.',
};
