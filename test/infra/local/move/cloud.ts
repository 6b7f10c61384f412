/** A cloud home in memory for provinces that move: the table on its double, sealed files and wrapped keys as they lie. */
import { type Keys, sealingKeys, type WrappedKeys } from '../../../../functions/home/sealing.ts';
import { tableHeads } from '../../../../functions/aws/dynamo-scan.ts';
import { dynamoStore } from '../../../../functions/aws/dynamo-store.ts';
import type { CloudArrival } from '../../../../infra/local/move/table-place.ts';
import { listedAnchors } from '../../../../shared/case/listed-anchors.ts';
import type { Files } from '../../../../shared/case/ports.ts';
import { sha256 } from '../../../../shared/hash.ts';
import { doubled } from '../../../dynamo.ts';

/** Takes the master key of the home that the province comes from, and another if somebody brings that. */
export function memoryCloud(
  master: Uint8Array,
  table: CloudArrival['walk']['table'] = doubled(),
  comingMaster: Uint8Array = master,
) {
  const bytes = new Map<string, Uint8Array>();
  const wrapped = new Map<string, Uint8Array>();
  const pems = new Set<string>();
  const keyPlace: WrappedKeys = {
    get: async (owner) => wrapped.get(owner),
    async insertMany(keys) {
      const fresh = [...keys.keys()].filter((owner) => !wrapped.has(owner));
      insert(keys);
      return fresh;
    },
    async remove(owner) {
      wrapped.delete(owner);
    },
  };
  function insert(keys: ReadonlyMap<string, Uint8Array>): void {
    for (const [owner, key] of keys) if (!wrapped.has(owner)) wrapped.set(owner, key);
  }
  const keys: Keys = sealingKeys(master, keyPlace);
  const files: Files = {
    async put(content) {
      const hash = sha256(content);
      if (!bytes.has(hash)) bytes.set(hash, await keys.sealBytes(hash, content));
      return hash;
    },
    async get(hash) {
      const sealed = bytes.get(hash);
      return sealed === undefined ? undefined : keys.openBytes(hash, sealed);
    },
  };
  const store = dynamoStore(table);
  const walk = { table, segments: 2 };
  const place: CloudArrival = {
    walk,
    files,
    sealed: {
      files: () => bytes.keys(),
      read: async (hash) => bytes.get(hash) ?? Promise.reject(new Error(`no file ${hash}`)),
      write: async (hash, sealed) => void bytes.set(hash, sealed),
      keys: () => wrapped.entries(),
      insertKeys: async (more) => insert(more),
    },
    notices: {
      noticeKeys: async () => [...pems],
      keepNoticeKey: async (pem) => void pems.add(pem),
    },
    settled: async () => undefined,
    master: comingMaster,
    takeMaster: async () => undefined,
  };
  const anchored = listedAnchors({ store, files, heads: () => tableHeads(walk) });
  return { place, store, files, vault: keys, anchored, bytes };
}
