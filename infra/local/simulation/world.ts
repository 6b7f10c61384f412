/** The ports of a simulated campaign: everything in memory, a clock that only moves when told, ids that follow from the seed. */
import { sha256 } from '../../../shared/hash.ts';
import type { Account, Role } from '../../../shared/case/access.ts';
import type { Directory, Files, NoticeSigner, Ports, Vault } from '../../../shared/case/ports.ts';
import type { Change, Store } from '../../../shared/case/store.ts';
import type { Random } from '../seeded.ts';
import { memoryStore } from './memory-store.ts';

export interface World {
  readonly ports: Ports;
  /** The clock goes on by so many minutes. */
  pass(minutes: number): void;
}

const begin = Date.parse('2025-09-01T01:00:00.000Z');

/** Takes what stands before the store, if something does: a guard broken on purpose. */
export function openWorld(accounts: readonly Account[], before: (store: Store) => Store = (store) => store): World {
  let now = begin;
  let told = new Date(now).toISOString();
  let ids = 0;
  const store = memoryStore();
  return {
    ports: {
      store: before(store),
      anchored: store,
      files: memoryFiles(),
      vault: openVault,
      mailer: { send: async () => {} },
      desk: { start: nothing, remember: nothing, waiting: nothing, wake: nothing },
      directory: directoryOf(accounts),
      noticeSigner,
      now: () => told,
      id: () => {
        ids += 1;
        return `id-${String(ids).padStart(6, '0')}`;
      },
      publicUrl: 'http://localhost',
    },
    pass(minutes) {
      now += minutes * 60_000;
      told = new Date(now).toISOString();
    },
  };
}

async function nothing(): Promise<undefined> {}

function memoryFiles(): Files {
  const kept = new Map<string, Uint8Array>();
  return {
    async put(content) {
      const hash = sha256(content);
      kept.set(hash, content);
      return hash;
    },
    get: async (hash) => kept.get(hash),
  };
}

/** Seals nothing: nobody in a simulation has anything to hide. */
const openVault: Vault = {
  prepare: async () => {},
  seal: async (_caseId, text) => text,
  open: async (_caseId, sealed) => sealed,
  digest: async (kind, text) => sha256(`${kind}/${text}`),
};

/** Nobody takes a paper home from a simulation. */
const noticeSigner: NoticeSigner = {
  current: async () => ({ id: '', pem: '' }),
  sign: async () => new Uint8Array(),
  keys: async () => [],
  verifies: () => false,
};

function directoryOf(accounts: readonly Account[]): Directory {
  return {
    holding: async (role: Role) => accounts.filter((account) => account.role === role),
    nameOf: async (id) => id,
    find: async (id) => accounts.find((account) => account.id === id),
  };
}

export class Killed extends Error {}

/**
 * The process dies at the n-th write from now, before it is kept or just after; every later write dies too. The store in memory
 * has written when it has been asked, so that nothing of a dead process is written after its death is told.
 */
export function dyingAt(ports: Ports, n: number, when: 'before' | 'after'): Ports {
  let writes = 0;
  const { store } = ports;
  return {
    ...ports,
    store: {
      read: async (stream) => store.read(stream),
      page: async (query) => store.page(query),
      holderOf: async (key) => store.holderOf(key),
      async commit(changes: readonly Change[]) {
        writes += 1;
        if (writes > n || (writes === n && when === 'before')) throw new Killed();
        const outcome = await store.commit(changes);
        if (writes === n) throw new Killed();
        return outcome;
      },
    },
  };
}

/** Does an act that the process may die in, again and again until it was done; answers how often it died, and what came of it. */
export async function survive(
  act: (ports: Ports) => Promise<unknown>,
  ports: Ports,
  random: Random,
  isDeadly: boolean,
): Promise<{ readonly deaths: number; readonly came: unknown }> {
  for (let deaths = 0; ; deaths += 1) {
    const dies = isDeadly && deaths < 3 && random.chance(deaths === 0 ? 0.25 : 0.4);
    try {
      const came = await act(dies ? dyingAt(ports, random.between(1, 5), random.of(['before', 'after'])) : ports);
      return { deaths, came };
    } catch (error) {
      const isKill = error instanceof Killed || (error instanceof Error && error.cause instanceof Killed);
      if (!isKill) throw error;
    }
  }
}
