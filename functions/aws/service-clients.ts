/** How the clients of AWS's services are set up: the adapters' ladder is the only one, and no request waits for ever. */

export interface Place {
  readonly region: string;
  /** Of a server that stands in for AWS, with made-up credentials. */
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const connectionMilliseconds = 1000;
const longestMilliseconds = 10_000;
/** A paper of 25 MB over a slow connection. */
export const longestFileMilliseconds = 60_000;

/** What every client is made with: `new S3Client(clientSettings(place, longestFileMilliseconds))`. */
export function clientSettings(place: Place, requestMilliseconds = longestMilliseconds) {
  return {
    ...place,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectionMilliseconds,
      requestTimeout: requestMilliseconds,
      throwOnRequestTimeout: true,
    },
  };
}
