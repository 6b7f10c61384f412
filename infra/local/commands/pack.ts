/**
 * `npm run pack -- --list`: the batches, one a line. `npm run pack -- BATCH --out pack.zip`: the batch's evidence pack, of
 * DATA_DIR and KEY_DIR, at the newest anchor (one is taken where the batch has gone on since) or at `--anchor HASH`.
 * `--to KEY` names a file with the receiver's X25519 public key: the pack then has names, accounts and files, and is sealed to
 * that receiver. `npm run pack -- open pack.sealed --key private.pem --out pack.zip` opens one.
 * Exit code 0, 1 when a sealed pack does not open, 2 for a wrong command line; a file that is there is never replaced.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { makePack } from '../../../functions/completion/make-pack.ts';
import { openSealed, receiverOf, sealFor } from '../../../functions/papers/pack-envelope.ts';
import { allRows } from '../../../shared/case/store.ts';
import { noDesk } from '../home.ts';
import { openStored } from './stored.ts';

interface Wish {
  readonly isList: boolean;
  readonly names: readonly string[];
  readonly out?: string | undefined;
  readonly to?: string | undefined;
  readonly key?: string | undefined;
  readonly anchor?: string | undefined;
}

const usage =
  'Cách dùng: npm run pack -- --list | ĐỢT --out GÓI.zip [--to KHÓA-CÔNG-KHAI.pem] [--anchor MÃ-NEO] | open GÓI --key KHÓA-RIÊNG.pem --out GÓI.zip';

process.exitCode = await run();

async function run(): Promise<number> {
  let wish: Wish;
  try {
    const text = { type: 'string' } as const;
    const options = {
      list: { type: 'boolean', default: false },
      out: text,
      to: text,
      key: text,
      anchor: text,
    } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    wish = { ...values, isList: values.list, names: positionals };
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const [first, second] = wish.names;
  if (wish.isList && first === undefined) return list();
  if (first === undefined || wish.out === undefined || wish.isList) return refuse(usage);
  if (first !== 'open') return second === undefined ? make(first, wish.out, wish) : refuse(usage);
  if (second === undefined || wish.key === undefined || wish.names.length > 2) return refuse(usage);
  return open(second, wish.key, wish.out);
}

async function list(): Promise<number> {
  const home = openStored();
  if (typeof home === 'string') return refuse(home);
  try {
    for await (const { stream } of allRows(home.store, { kind: 'batch' })) say(stream.slice('batch/'.length));
    return 0;
  } finally {
    home.close();
  }
}

async function make(batch: string, out: string, { to, anchor }: Wish): Promise<number> {
  const pem = to === undefined ? undefined : readText(to);
  if (pem === undefined && to !== undefined) return refuse(`Không đọc được khóa ${to}.`);
  const receiver = pem === undefined ? undefined : receiverOf(pem);
  if (receiver !== undefined && 'vi' in receiver) return refuse(receiver.vi);
  const home = openStored();
  if (typeof home === 'string') return refuse(home);
  try {
    const wish = { batch, isFull: receiver !== undefined, ...(anchor === undefined ? {} : { anchor }) };
    const made = await makePack(wish, 'system', home.ports(noDesk));
    if (made.outcome === 'refused') return refuse(made.why.vi);
    const bytes = receiver === undefined ? made.zip : sealFor(receiver, made.zip);
    if (!writeNew(out, bytes)) return 2;
    say(
      `Đã lập ${out}: đợt ${batch}, ${bytes.length} byte, theo mã neo thứ ${made.anchor.number} ${made.anchor.anchor}.`,
    );
    if (receiver !== undefined) say(`Đã mã hóa cho khóa ${receiver.id}.`);
    say(`Mã gói: ${made.root}`);
    return 0;
  } finally {
    home.close();
  }
}

function open(sealed: string, key: string, out: string): number {
  const [bytes, pem] = [readBytes(sealed), readText(key)];
  if (bytes === undefined || pem === undefined) return refuse(`Không đọc được ${bytes === undefined ? sealed : key}.`);
  const clear = openSealed(bytes, pem);
  if ('vi' in clear) {
    say(`HỎNG: ${clear.vi}`);
    return 1;
  }
  if (!writeNew(out, clear)) return 2;
  say(`Đã mở thành ${out}. Kiểm tra: npm run verify -- ${out}`);
  return 0;
}

function writeNew(file: string, bytes: Uint8Array): boolean {
  try {
    writeFileSync(file, bytes, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    refuse(isThere ? `${file} đã có. Hãy chọn tên khác.` : `Không ghi được ${file}.`);
    return false;
  }
}

function readBytes(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  const bytes = readBytes(file);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}
