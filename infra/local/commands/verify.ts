/**
 * `npm run verify -- DIR`: checks a data folder on its own, without keys: every hash, every link, rows and claims as the
 * histories make them, every anchor. `--anchor HASH`: this anchor, from a printed report, must be among them.
 * `npm run verify -- --home aws`: the same of the table that the environment names, whose anchors' lists lie in its buckets.
 * `npm run verify -- pack.zip`: an evidence pack, by the verifier that lies in it; `--root HASH` as it was printed.
 * Keys of persons who were erased, which an older copy may bring back, are named.
 * Exit code 0 when everything holds, 1 when something does not (the first broken entry is named), 2 for wrong usage.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runVerifier } from '../../../functions/papers/verify-pack.mjs';
import { type Problem, type ProblemCode, type Verified, verifyHistories } from '../../../shared/case/verify.ts';
import { erasedOwners } from '../../../shared/case/erased.ts';
import { keysBackAgain } from '../erased-keys.ts';
import { openToVerify } from '../sqlite-store.ts';

const shown = 20;

async function run(): Promise<number> {
  const args = process.argv.slice(2);
  const isFile = (arg: string) => statSync(arg, { throwIfNoEntry: false })?.isFile() ?? arg.endsWith('.zip');
  return args.some(isFile) ? runVerifier(args, say) : verifyHome();
}

async function verifyHome(): Promise<number> {
  let wish: { readonly directory: string | undefined; readonly anchor?: string | undefined; readonly home: string };
  try {
    const options = { anchor: { type: 'string' }, home: { type: 'string', default: 'local' } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    if (positionals.length > 1) return refuse('Chỉ nhận một thư mục dữ liệu.');
    wish = { directory: positionals[0], ...values };
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  const { directory, anchor, home } = wish;
  if (anchor !== undefined && !/^[0-9a-f]{64}$/.test(anchor)) return refuse('Mã neo gồm 64 chữ số và chữ a–f.');
  if (home === 'aws' && directory === undefined) return verifyCloud(anchor);
  if (home !== 'local') return refuse('--home nhận local (mặc định) hoặc aws; aws không đi cùng thư mục.');
  if (directory === undefined) return refuse('Thiếu thư mục dữ liệu: npm run verify -- DIR [--anchor HASH]');
  const file = join(directory, 'histories.sqlite');
  if (!existsSync(file)) return refuse(`Không có ${file}.`);
  const store = openToVerify(file);
  try {
    const told = tell(verifyHistories(store.held(), anchor), anchor);
    return Math.max(told, tellErased(keysBackAgain(directory)));
  } catch (error) {
    say(`HỎNG: không đọc hết được dữ liệu (${error instanceof Error ? error.message : String(error)}).`);
    return 1;
  } finally {
    store.close();
  }
}

/** What only the cloud needs is loaded when it is asked for: an inspector has the folder and nothing else. */
async function verifyCloud(anchor: string | undefined): Promise<number> {
  const { openMovingHome } = await import('../../../functions/aws/moving-home.ts');
  const { readSettings } = await import('../../../functions/aws/settings.ts');
  const { verifyTable } = await import('../../../functions/aws/verify-table.ts');
  try {
    const { walk, files, sealed } = await openMovingHome(readSettings(process.env));
    const erased = new Set<string>();
    const verified = await verifyTable(walk, files, anchor, (entries) => {
      for (const owner of erasedOwners(entries)) erased.add(owner);
    });
    const back: string[] = [];
    if (erased.size > 0) for await (const [owner] of sealed.keys()) if (erased.has(owner)) back.push(owner);
    return Math.max(tell(verified, anchor), tellErased(back));
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function tell({ entries, streams, rows, claims, anchors, problems, count }: Verified, anchor?: string): number {
  say(
    `${entries} mục của ${streams} lịch sử, ${rows} dòng tổng hợp, ${claims} khóa, ${anchors} mã neo đã được đối chiếu.`,
  );
  const first = problems.find(({ of }) => of === 'entry');
  if (first !== undefined) say(`Mục hỏng đầu tiên: ${first.at} mục ${first.seq} (${words[first.what]}).`);
  for (const problem of problems.slice(0, shown)) say(`- ${sentence(problem)}`);
  if (count > shown) say(`… và ${count - shown} điểm khác.`);
  if (count === 0 && anchor !== undefined) say(`Mọi thứ khớp, và mã neo ${anchor} có trong dữ liệu.`);
  else if (count === 0) say(anchors === 0 ? alone.withoutAnchors : alone.withAnchors);
  else say(`HỎNG: ${count} điểm không khớp.`);
  return count === 0 ? 0 : 1;
}

/** Keys that an older copy brought back: 1 when there are any. */
function tellErased(back: readonly string[]): number {
  if (back.length === 0) return 0;
  say(
    `Còn ${back.length} khóa của người đã xóa dữ liệu. Hãy xóa lại: npm run erase-person -- --again (thêm --home aws nếu ở trên mây).`,
  );
  for (const owner of back.slice(0, shown)) say(`- ${owner}`);
  return 1;
}

/** Whoever can write everything can also take away the anchors, or all that came after one: only paper tells. */
const alone = {
  withAnchors: 'Mọi thứ khớp với nhau. Chưa đối chiếu với giấy: hãy thêm --anchor và mã neo in trên báo cáo gần nhất.',
  withoutAnchors:
    'Mọi thứ khớp với nhau, nhưng không có mã neo nào: nếu đã in mã neo trên giấy thì dữ liệu đã bị cắt. Hãy kiểm tra bằng --anchor.',
} as const;

const kinds = { entry: 'Lịch sử', row: 'Dòng tổng hợp', claim: 'Khóa', anchor: 'Mã neo' } as const;

function sentence({ of, at, seq, what }: Problem): string {
  return `${kinds[of]} ${at}${seq === undefined ? '' : ` mục ${seq}`}: ${words[what]}`;
}

const words: Readonly<Record<ProblemCode, string>> = {
  'missing-before': 'thiếu mục ngay trước mục này trong sổ',
  'wrong-seq': 'số thứ tự không liền nhau',
  'wrong-link': 'không nối với mục trước',
  'wrong-hash': 'nội dung không khớp mã băm',
  unreadable: 'không đọc được, hoặc thiếu phần cuối',
  'not-as-anchored': 'không phải mục mà mã neo ghi',
  'row-differs': 'khác với lịch sử',
  'row-not-in-histories': 'không do lịch sử nào tạo ra',
  'row-missing': 'lịch sử có mà bảng tổng hợp thiếu',
  'claim-differs': 'thuộc hồ sơ khác với lịch sử',
  'claim-not-in-histories': 'không do lịch sử nào tạo ra',
  'claim-missing': 'lịch sử có mà bảng khóa thiếu',
  'claimed-twice': 'hai lịch sử cùng giữ',
  'anchor-broken': 'chuỗi mã neo bị đứt',
  'anchor-differs': 'không khớp các lịch sử trước nó',
  'anchor-unknown': 'mã neo trên báo cáo in không có trong dữ liệu: lịch sử đã bị ghi lại',
};

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 2;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Last: the words above must be there.
process.exitCode = await run();
