/** The ports of one machine, over one data folder. Each thread of the process opens its own. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import type { Desk, Ports } from '../../shared/case/ports.ts';
import { homeStore, readWhereabouts, type Whereabouts } from '../../shared/case/whereabouts.ts';
import { mailer } from '../../functions/home/mails.ts';
import { type Accounts, accounts } from './accounts.ts';
import { sealedFiles } from './files.ts';
import { type Keys, openKeys } from './keys.ts';
import { noticeSigner } from './notice-key.ts';
import { mustNotBeHalf } from './restoring.ts';
import { openScratch, type SqliteScratch } from './scratch.ts';
import { openSqliteStore, type SqliteStore } from './sqlite-store.ts';

export interface HomeSettings {
  readonly dataDirectory: string;
  readonly keyDirectory: string;
  readonly publicUrl: string;
}

export interface Home {
  /** Refuses what another home must write, by throwing NotThisHome. */
  readonly store: SqliteStore;
  /** Of the province; the same as long as the home is open. */
  whereabouts(): Promise<Whereabouts>;
  readonly scratch: SqliteScratch;
  readonly keys: Keys;
  readonly accounts: Accounts;
  /** The use cases' ports, with the desk that is given; `onMail` is told of each mail that is to be sent. */
  ports(desk: Desk, onMail?: () => void): Ports;
  close(): void;
}

export function openHome({ dataDirectory, keyDirectory, publicUrl }: HomeSettings): Home {
  mustNotBeHalf(dataDirectory);
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const histories = openSqliteStore(join(dataDirectory, 'histories.sqlite'));
  // Whoever writes where the province is has the folder for itself: it does not change while a home is open.
  let where: Promise<Whereabouts> | undefined;
  const whereabouts = async () => (where ??= readWhereabouts(histories));
  const store = homeStore(histories, whereabouts);
  const scratch = openScratch(join(dataDirectory, 'scratch.sqlite'));
  const keys = openKeys(keyDirectory, dataDirectory);
  const directory = accounts({ scratch, store, vault: keys });
  const now = () => new Date().toISOString();
  const home: Home = {
    store,
    whereabouts,
    scratch,
    keys,
    accounts: directory,
    ports: (desk, onMail = () => {}) => ({
      store,
      files: sealedFiles(join(dataDirectory, 'files'), keys),
      vault: keys,
      mailer: mailer(scratch.port, now, onMail),
      desk,
      directory,
      noticeSigner: noticeSigner(keyDirectory),
      anchored: store,
      now,
      id: () => v7(),
      publicUrl,
    }),
    close() {
      store.close();
      scratch.close();
      keys.close();
    },
  };
  return home;
}

/** For the pages' thread: the workflow runs in the background thread alone, which an entry wakes. */
export const noDesk: Desk = {
  start: async () => pagesHaveNoDesk(),
  remember: async () => pagesHaveNoDesk(),
  waiting: async () => pagesHaveNoDesk(),
  wake: async () => pagesHaveNoDesk(),
};

function pagesHaveNoDesk(): never {
  throw new Error('a page does not move the workflow; its entry does');
}
