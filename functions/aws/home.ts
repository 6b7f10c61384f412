/** The ports of the cloud home. */
import type { Hono } from 'hono';
import { Permanent } from '../../shared/case/faults.ts';
import type { Ports } from '../../shared/case/ports.ts';
import type { WebPorts } from '../web/ports.ts';
import type { AwsSettings } from './settings.ts';

export interface AwsHome {
  ports(): Promise<Ports>;
  webPorts(): Promise<WebPorts>;
  /** The pages, with their sign-in. */
  pages(): Promise<Hono>;
  /** What other systems ask, behind the authorizer. */
  api(): Promise<Hono>;
  /** Acts on entries that the bus told of, as one detail of an event. */
  followEntries(detail: unknown): Promise<void>;
  /** Tells other systems of them. */
  sendWebhooks(detail: unknown): Promise<void>;
  runJob(id: string): Promise<void>;
  /** Whoever stayed silent is asked again, and duties and mails that failed are tried again. */
  remind(): Promise<void>;
  takeAnchor(): Promise<void>;
}

export function openAwsHome(settings: AwsSettings): AwsHome {
  const missing = async (): Promise<never> => {
    throw new Permanent(`the home of stage ${settings.STAGE ?? '–'} is not built`);
  };
  return {
    ports: missing,
    webPorts: missing,
    pages: missing,
    api: missing,
    followEntries: missing,
    sendWebhooks: missing,
    runJob: missing,
    remind: missing,
    takeAnchor: missing,
  };
}
