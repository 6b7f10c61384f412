/**
 * Plays the Pipe, which no stand-in runs: reads the histories table's stream, record by record and in order, as a Pipe does,
 * and hands the records on.
 */
import * as z from 'zod';
import type { Place } from '../../../functions/aws/service-clients.ts';

export interface Pipe {
  /** What came since the last time; empty when nothing did. */
  records(): Promise<readonly unknown[]>;
}

const streams = z.object({ Streams: z.array(z.object({ StreamArn: z.string() })).min(1) });
const described = z.object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) });
const iterator = z.object({ ShardIterator: z.string() });
const page = z.object({ Records: z.array(z.unknown()) });
const record = z.object({ dynamodb: z.object({ SequenceNumber: z.string() }) });

export async function openPipe(place: Place & { readonly endpoint: string }, TableName: string): Promise<Pipe> {
  const ask = async (action: string, body: object) => {
    const response = await fetch(place.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDBStreams_20120810.${action}`,
        // The stand-in finds the service and the region here, and checks no signature.
        authorization: `AWS4-HMAC-SHA256 Credential=none/20260101/${place.region}/dynamodb/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the stream answers ${response.status} to ${action}`);
    return response.json();
  };
  const [stream] = streams.parse(await ask('ListStreams', { TableName })).Streams;
  const StreamArn = stream?.StreamArn;
  const { Shards } = described.parse(await ask('DescribeStream', { StreamArn })).StreamDescription;
  const [shard] = Shards;
  let from: object = { ShardIteratorType: 'TRIM_HORIZON' };
  return {
    async records() {
      // Each time anew: the stand-in's own next place moves on by one record whenever there was none.
      const place = iterator.parse(await ask('GetShardIterator', { StreamArn, ShardId: shard?.ShardId, ...from }));
      const { Records } = page.parse(await ask('GetRecords', place));
      const last = Records.at(-1);
      const SequenceNumber = last === undefined ? undefined : record.parse(last).dynamodb.SequenceNumber;
      if (SequenceNumber !== undefined) from = { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber };
      return Records;
    },
  };
}
