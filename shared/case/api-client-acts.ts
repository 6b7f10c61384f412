/** Use cases: an administrator proposes a client of the API, another confirms it, either ends it. */
import { addDays, isLocalDate, localDateOf } from '../calendar.ts';
import { sha256 } from '../hash.ts';
import type { Account } from './access.ts';
import {
  type ApiScope,
  apiScopes,
  clientRow,
  clientStream,
  type ClientTerms,
  poolToken,
  readClient,
  type StoredClient,
  tokenClaim,
} from './api-client.ts';
import { commitDeciding } from './history.ts';
import { type Ports, type Refused, refused } from './ports.ts';
import { readUnits } from './unit.ts';

export interface ClientWish {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Empty for the whole province. */
  readonly units: readonly string[];
  readonly expiresOn: string;
  /** Fresh and random, at least 32 bytes of it; whoever calls shows it once. */
  readonly token: string;
  /** In the cloud: the id of the user pool's client, whose tokens are taken in the place of that one. */
  readonly poolClient?: string;
}

/** Days. */
const longestLife = 366;
/** In characters. */
const longestName = 100;
const longestReason = 500;
const fewestTokenCharacters = 40;

type Doing = Pick<Ports, 'store' | 'now' | 'id'>;

export async function proposeClient(
  wish: ClientWish,
  by: Pick<Account, 'id'>,
  ports: Doing,
): Promise<{ readonly outcome: 'proposed'; readonly id: string } | Refused> {
  const terms = await termsOf(wish, ports);
  if ('outcome' in terms) return terms;
  const id = ports.id();
  const at = ports.now();
  const entry = { kind: 'api-client-proposed', at, by: by.id, data: terms };
  const outcome = await ports.store.commit([
    {
      stream: clientStream(id),
      readAt: 0,
      entries: [entry],
      row: clientRow('proposed', terms, { proposedBy: by.id, since: at }),
      claims: [tokenClaim(terms.tokenHash)],
    },
  ]);
  if (outcome.outcome === 'committed') return { outcome: 'proposed', id };
  return refused(
    'Mã truy cập hoặc mã ứng dụng này đã được ghi cho một hệ thống khác. Hãy thu hồi và tạo mã mới.',
    'This token or client id is entered for another system. Make another.',
  );
}

async function termsOf(wish: ClientWish, { store, now }: Doing): Promise<ClientTerms | Refused> {
  const name = wish.name.trim();
  if (name === '' || name.length > longestName) {
    return refused(
      `Hãy ghi tên hệ thống kết nối và cơ quan quản lý (không quá ${longestName} ký tự).`,
      `Name the system and its owner (at most ${longestName} characters).`,
    );
  }
  const scopes = apiScopes.filter((scope) => wish.scopes.includes(scope));
  if (scopes.length === 0 || scopes.length < new Set(wish.scopes).size) {
    return refused(
      `Hãy chọn ít nhất một quyền trong: ${apiScopes.join(', ')}.`,
      `Choose at least one scope of: ${apiScopes.join(', ')}.`,
    );
  }
  const known = await readUnits(store);
  const strange = wish.units.filter((code) => !known.has(code));
  if (strange.length > 0) {
    return refused(
      `Không có đơn vị ${strange.join(', ')} trong sổ đăng ký. Hãy ghi mã đơn vị đã đăng ký.`,
      `No unit ${strange.join(', ')} is registered. Give codes of registered units.`,
    );
  }
  const today = localDateOf(now());
  if (!isLocalDate(wish.expiresOn) || wish.expiresOn < today || wish.expiresOn > addDays(today, longestLife)) {
    return refused(
      `Mã truy cập dùng được từ hôm nay đến không quá ${longestLife} ngày tới. Hãy ghi lại thời hạn.`,
      `Give a last day from today to at most ${longestLife} days on.`,
    );
  }
  const { poolClient } = wish;
  if (poolClient !== undefined && !/^[\w+]{1,128}$/.test(poolClient)) {
    return refused(
      'Mã ứng dụng ở kho tài khoản của đám mây chỉ gồm chữ, số, dấu gạch dưới và dấu cộng. Hãy chép lại từ bảng điều khiển.',
      "A user pool's client id has letters, digits, underscores and plus signs alone. Copy it again.",
    );
  }
  if (wish.token.length < fewestTokenCharacters) throw new RangeError('a token too short to be secret');
  return {
    name,
    scopes,
    ...(wish.units.length === 0 ? {} : { units: [...new Set(wish.units)] }),
    tokenHash: sha256(poolClient === undefined ? wish.token : poolToken(poolClient)),
    expiresOn: wish.expiresOn,
  };
}

export async function confirmClient(
  id: string,
  by: Pick<Account, 'id'>,
  ports: Doing,
): Promise<{ readonly outcome: 'confirmed' } | Refused> {
  return move(id, ports, (client) => {
    if (client.status !== 'proposed') return alreadySettled;
    if (client.proposedBy === by.id) return ownProposal;
    return { kind: 'api-client-confirmed', by: by.id, data: {}, status: 'open', outcome: 'confirmed' };
  });
}

/** Ends a client, or a proposal. Its token counts no more from the next call on. */
export async function revokeClient(
  id: string,
  reason: string,
  by: Pick<Account, 'id'>,
  ports: Doing,
): Promise<{ readonly outcome: 'revoked' } | Refused> {
  const why = reason.trim();
  if (why === '' || why.length > longestReason) {
    return refused(
      `Hãy ghi lý do thu hồi (không quá ${longestReason} ký tự).`,
      `State why it is revoked (at most ${longestReason} characters).`,
    );
  }
  return move(id, ports, (client) => {
    if (client.status === 'revoked') return alreadySettled;
    return { kind: 'api-client-revoked', by: by.id, data: { reason: why }, status: 'revoked', outcome: 'revoked' };
  });
}

interface Move<Outcome> {
  readonly kind: string;
  readonly by: string;
  readonly data: unknown;
  readonly status: 'open' | 'revoked';
  readonly outcome: Outcome;
}

async function move<Outcome extends string>(
  id: string,
  { store, now }: Doing,
  decide: (client: StoredClient) => Move<Outcome> | Refused,
): Promise<{ readonly outcome: Outcome } | Refused> {
  let moved: Outcome | undefined;
  const done = await commitDeciding<Refused>(store, async () => {
    const client = await readClient(store, id);
    if (client === undefined) return { stop: noClient };
    const decided = decide(client);
    if ('why' in decided) return { stop: decided };
    moved = decided.outcome;
    const { kind, by, data, status } = decided;
    const at = now();
    const row = clientRow(status, client.terms, { proposedBy: client.proposedBy, since: at });
    const entries = [{ kind, at, by, data }];
    return { changes: [{ stream: clientStream(id), readAt: client.entries.length, entries, row }] };
  });
  if (done.outcome === 'stopped') return done.stop;
  if (moved === undefined) throw new Error(`client ${id} was moved by nothing`);
  return { outcome: moved };
}

const noClient = refused('Không có hệ thống kết nối này.', 'There is no such client.');
const alreadySettled = refused(
  'Hệ thống kết nối này đã được xác nhận hoặc thu hồi trước đó.',
  'This client was confirmed or revoked before.',
);
const ownProposal = refused(
  'Người đề nghị không được tự xác nhận. Hãy nhờ người quản trị khác xác nhận.',
  'Whoever proposed it may not confirm it. Ask another administrator.',
);

/** What a scope lets a system do, for pages and the published document. */
export const scopeNames: Readonly<Record<ApiScope, { readonly vi: string; readonly en: string }>> = {
  'facts:assess': { vi: 'Tính thử chế độ từ dữ kiện, không lưu', en: 'Assess facts; nothing is stored' },
  'lists:submit': { vi: 'Gửi danh sách của đơn vị', en: "Submit a unit's people" },
  'cases:read': { vi: 'Đọc hồ sơ', en: 'Read cases' },
  'batches:read': { vi: 'Đọc đợt chi trả và khoản chi', en: 'Read batches and payments' },
  'results:write': { vi: 'Gửi kết quả thanh toán', en: 'Send results of payments' },
  'persons:read': { vi: 'Thấy họ tên, số định danh', en: 'See names and citizen ids' },
};
