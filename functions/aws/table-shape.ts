/** The shapes of the two tables, and a prefix, plain data: the adapters, the stack and the tests that make tables read it here. */

/** The histories: what each item holds is told in `dynamo-store.ts`. Both indexes hold keys only, and sparsely. */
export const historiesShape = {
  partition: { name: 'stream', type: 'S' },
  sort: { name: 'seq', type: 'N' },
  indexes: {
    byKind: { name: 'by-kind', attribute: 'kind' },
    byBatch: { name: 'by-batch', attribute: 'kindAndBatch' },
  },
} as const;

/** What can be thrown away; `expiresAt` is in seconds of the epoch, as DynamoDB's time-to-live asks. */
export const scratchShape = {
  partition: { name: 'kind', type: 'S' },
  sort: { name: 'key', type: 'S' },
  expiry: 'expiresAt',
} as const;

/** In the bucket of uploads: answers that are too large for a function, each for a minute. */
export const answersPrefix = 'answers/';
