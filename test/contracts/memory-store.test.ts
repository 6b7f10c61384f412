import { memoryStore } from '../../infra/local/simulation/memory-store.ts';
import { anchorContract } from './anchors.ts';
import { storeContract } from './store.ts';

storeContract('in memory', async () => ({ store: memoryStore(), close: async () => {} }));
anchorContract('in memory', async () => {
  const store = memoryStore();
  return { store, anchors: store, close: async () => {} };
});
