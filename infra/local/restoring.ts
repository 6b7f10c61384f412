/**
 * Data are restored within DATA_DIR itself, which may be a disk of its own, or lie in a folder of somebody else: first into
 * `.restoring`, then member by member to their places, the histories last. Without them nothing takes DATA_DIR for a province.
 */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockData } from './data-lock.ts';
import { moveWhole, syncTree } from './whole-files.ts';

const name = '.restoring';
const histories = 'histories.sqlite';
/** Whatever else lies in DATA_DIR was not put there by a restoration. */
const movedBefore = /^(files|(keys|scratch)\.sqlite(-wal|-shm)?)$/;
/** A lock, and what a disk keeps at its top. */
const nothing = /^lock\.sqlite|^lost\+found$/;

/** Moves a file or folder to its place, whole. */
export type Move = (from: string, to: string) => void;

/**
 * Has `.restoring` filled, and what it was filled with moved to its place. What a run left that died before is removed first; nothing
 * is left of one that is refused. Throws while another process has the data.
 */
export async function restoring<Made extends { readonly outcome: string }>(
  dataDirectory: string,
  fill: (building: string) => Promise<Made>,
  move: Move = moveWhole,
): Promise<Made | { readonly outcome: 'refused'; readonly why: string }> {
  const why = whyNotEmpty(dataDirectory);
  if (why !== undefined) return { outcome: 'refused', why };
  const isNew = mkdirSync(dataDirectory, { recursive: true, mode: 0o700 }) !== undefined;
  const isLockNew = !existsSync(join(dataDirectory, 'lock.sqlite'));
  const lock = lockData(dataDirectory);
  let made: Made | { readonly outcome: 'refused'; readonly why: string } | undefined;
  try {
    const meanwhile = whyNotEmpty(dataDirectory);
    made = meanwhile === undefined ? await filled(dataDirectory, fill, move) : { outcome: 'refused', why: meanwhile };
    return made;
  } finally {
    lock.close();
    if (made?.outcome === 'refused') {
      if (isLockNew) rmSync(join(dataDirectory, 'lock.sqlite'), { force: true });
      if (isNew) rmdirSync(dataDirectory);
    }
  }
}

/** Throws where a restoration died: half of its data are there, and nobody may begin a province between them. */
export function mustNotBeHalf(dataDirectory: string): void {
  if (!existsSync(join(dataDirectory, name)) || existsSync(join(dataDirectory, histories))) return;
  throw new Error(
    `Việc khôi phục vào ${dataDirectory} chưa xong. Hãy chạy lại npm run restore; nếu không khôi phục nữa, hãy xóa ${[name, ...movedFrom(dataDirectory)].join(', ')} ở đó.`,
  );
}

async function filled<Made extends { readonly outcome: string }>(
  dataDirectory: string,
  fill: (building: string) => Promise<Made>,
  move: Move,
): Promise<Made> {
  const building = join(dataDirectory, name);
  // These first: while the histories lie in `.restoring`, they are known to be its own.
  for (const member of movedFrom(dataDirectory)) rmSync(join(dataDirectory, member), { recursive: true });
  rmSync(building, { recursive: true, force: true });
  mkdirSync(building, { mode: 0o700 });
  const made = await fill(building);
  if (made.outcome !== 'refused') {
    syncTree(building);
    const members = readdirSync(building).filter((member) => member !== histories);
    for (const member of [...members, histories]) move(join(building, member), join(dataDirectory, member));
  }
  rmSync(building, { recursive: true });
  return made;
}

function whyNotEmpty(dataDirectory: string): string | undefined {
  if (!existsSync(dataDirectory)) return undefined;
  const moved = movedFrom(dataDirectory);
  const lying = readdirSync(dataDirectory).filter(
    (member) => member !== name && !nothing.test(member) && !moved.includes(member),
  );
  if (lying.length === 0) return undefined;
  return `${dataDirectory} không trống (${lying.slice(0, 3).join(', ')}): chỉ khôi phục vào thư mục chưa có dữ liệu. Hãy chuyển chúng đi nơi khác, hoặc chọn thư mục khác bằng DATA_DIR.`;
}

/** What a run had moved already when it died: the histories are filled in last and moved last. */
function movedFrom(dataDirectory: string): readonly string[] {
  const building = join(dataDirectory, name);
  if (!existsSync(join(building, histories)) || existsSync(join(dataDirectory, histories))) return [];
  return readdirSync(dataDirectory).filter((member) => movedBefore.test(member) && !existsSync(join(building, member)));
}
