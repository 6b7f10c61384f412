/** What the API needs beyond the use cases' ports. Both homes build the same application from these. */
import type { ApiClients } from '../../shared/case/api-client.ts';
import type { Ports } from '../../shared/case/ports.ts';
import type { Jobs, Refusals } from '../web/ports.ts';

/** Port: how often a client may call. */
export interface RateLimit {
  /** Seconds to wait, or nothing where the call may go on. */
  take(clientId: string): number | undefined;
}

/** The API writes no mail: it has no links. */
export interface ApiPorts extends Omit<Ports, 'publicUrl'> {
  readonly jobs: Jobs;
  readonly clients: ApiClients;
  readonly rate: RateLimit;
  /** Told of each call that the guard does not let in. */
  readonly refusals: Pick<Refusals, 'note'>;
  /** Where an unexpected fault goes; no personal data in it. */
  report(error: unknown): void;
}
