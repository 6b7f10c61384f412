import { memoryStore } from '../../infra/local/simulation/memory-store.ts';
import { storeContract } from './store.ts';

storeContract('in memory', async () => ({ store: memoryStore(), close: async () => {} }));
