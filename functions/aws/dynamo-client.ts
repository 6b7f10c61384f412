/** The document client that the table's adapters use: their ladder is the only one, and no request waits for ever. */
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

const connectionMilliseconds = 1000;
/** A transaction of a hundred actions takes tens of milliseconds; one that takes so long is lost. */
const longestMilliseconds = 5000;

/** Takes the region and, against a server that stands in for AWS, its address and made-up credentials. */
export function dynamoClient(
  settings: Pick<DynamoDBClientConfig, 'region' | 'endpoint' | 'credentials'>,
  requestMilliseconds = longestMilliseconds,
): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    ...settings,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectionMilliseconds,
      requestTimeout: requestMilliseconds,
      throwOnRequestTimeout: true,
    },
  });
  return DynamoDBDocumentClient.from(client);
}
