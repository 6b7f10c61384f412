/** The API of the cloud home. The gateway's authorizer has let the call in; whose token it is decides what it may. */
import type { Hono } from 'hono';
import { type ApiClients, poolToken } from '../../shared/case/api-client.ts';
import { apiApp } from '../api/app.ts';
import { historyClients } from '../api/clients.ts';
import { memoryRate } from '../api/rate.ts';
import { jobs } from '../home/jobs.ts';
import { refusals } from '../home/refusals.ts';
import { apiTokens, type ApiTokens } from './api-tokens.ts';
import { jobFunction } from './begin-job.ts';
import { report } from './chores.ts';
import type { AwsHome } from './home.ts';
import { setting } from './settings.ts';

export function apiOf(home: AwsHome): Hono {
  const { ports, scratch, settings } = home;
  const tokens = apiTokens({ issuer: setting(settings, 'SIGN_IN_ISSUER') });
  return apiApp({
    ...ports,
    jobs: jobs(scratch, ports.id, jobFunction(home)),
    clients: poolClients(tokens, historyClients(ports)),
    rate: memoryRate(Date.now),
    refusals: refusals(scratch, ports.now),
    report,
  });
}

/** A client of the user pool is a client of ours when two administrators entered it by its name there. */
export function poolClients(tokens: ApiTokens, entered: ApiClients): ApiClients {
  return {
    async clientOf(token) {
      const holder = await tokens.holderOf(token);
      return holder === undefined ? undefined : entered.clientOf(poolToken(holder.clientId));
    },
  };
}
