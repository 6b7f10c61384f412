/** The Store port on DynamoDB: on a double in memory, and through the SDK over HTTP on a server that stands in for AWS. */
import { afterAll, describe } from 'vitest';
import { dynamoClient } from '../../functions/aws/dynamo-client.ts';
import { tableHeads } from '../../functions/aws/dynamo-scan.ts';
import { dynamoStore } from '../../functions/aws/dynamo-store.ts';
import { listedAnchors } from '../../shared/case/listed-anchors.ts';
import type { Store } from '../../shared/case/store.ts';
import { createTable, credentials, deleteTable, doubled, memoryFiles, region } from '../dynamo.ts';
import { openMoto } from '../../infra/local/moto.ts';
import { anchorContract } from './anchors.ts';
import { storeContract } from './store.ts';

type Table = Parameters<typeof dynamoStore>[0];

/** Pages of two items: a walk over the smallest table goes on from page to page. */
function anchorsOver(table: Table, store: Store) {
  return listedAnchors({ store, files: memoryFiles(), heads: () => tableHeads({ table, segments: 2, pageItems: 2 }) });
}

async function openDouble() {
  const table = doubled();
  const store = dynamoStore(table);
  return { store, anchors: anchorsOver(table, store), close: async () => table.client.destroy() };
}

storeContract('on a double of DynamoDB', openDouble);
anchorContract('on a double of DynamoDB', openDouble);

const moto = await openMoto();

describe.skipIf(moto === undefined)('over HTTP', () => {
  const client = dynamoClient({ region, credentials, endpoint: moto?.endpoint ?? '' });
  let tables = 0;
  afterAll(async () => {
    client.destroy();
    await moto?.close();
  });

  async function openTable() {
    tables += 1;
    const table = { client, name: `histories-${tables}` };
    await createTable(client, table.name);
    const store = dynamoStore(table);
    return { store, anchors: anchorsOver(table, store), close: async () => deleteTable(client, table.name) };
  }

  storeContract('on a stand-in of DynamoDB', openTable, { isForSmallTables: true });
  anchorContract('on a stand-in of DynamoDB', openTable);
});
