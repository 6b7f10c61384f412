/** The API of the cloud home. The gateway's authorizer has let the call in; whose token it is decides what it may. */
import { Hono } from 'hono';
import { type ApiClients, poolToken } from '../../shared/case/api-client.ts';
import { apiApp } from '../api/app.ts';
import { historyClients } from '../api/clients.ts';
import { problemBody, problemType, statusOf, type Problem } from '../api/problem.ts';
import { memoryRate } from '../api/rate.ts';
import { jobs } from '../home/jobs.ts';
import { refusals } from '../home/refusals.ts';
import { apiTokens, type ApiTokens } from './api-tokens.ts';
import { jobFunction } from './begin-job.ts';
import { report } from './chores.ts';
import type { AwsHome } from './home.ts';
import { measured, mostAnswerBytes } from './large-answers.ts';
import { setting } from './settings.ts';

export function apiOf(home: AwsHome): Hono {
  const { ports, scratch, settings } = home;
  const tokens = apiTokens({ issuer: setting(settings, 'SIGN_IN_ISSUER') });
  const api = apiApp({
    // By name: a copy of all would ask for what this function was not given.
    store: ports.store,
    files: ports.files,
    vault: ports.vault,
    mailer: ports.mailer,
    desk: ports.desk,
    directory: ports.directory,
    noticeSigner: ports.noticeSigner,
    anchored: ports.anchored,
    now: ports.now,
    id: ports.id,
    jobs: jobs(scratch, ports.id, jobFunction(home)),
    clients: poolClients(tokens, historyClients(ports)),
    rate: memoryRate(Date.now),
    refusals: refusals(scratch, ports.now),
    report,
  });
  return fittingApi(api, mostAnswerBytes);
}

/** Every answer of the API is paged and far below what a function may give; one that is not is a fault that says so. */
export function fittingApi(api: Pick<Hono, 'fetch'>, most: number): Hono {
  const app = new Hono();
  app.all('*', async (context) => {
    const answer = await api.fetch(context.req.raw, context.env);
    const { bytes, size } = await measured(answer);
    if (size <= most) return new Response(answer.body === null ? null : bytes, answer);
    report(new Error(`an answer of ${size} bytes of the API cannot be sent`));
    const headers = { 'Content-Type': problemType, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
    return new Response(JSON.stringify(problemBody(tooLargeAnswer)), { status: statusOf(tooLargeAnswer), headers });
  });
  return app;
}

const tooLargeAnswer: Problem = {
  kind: 'failed',
  says: {
    vi: 'Câu trả lời lớn hơn 6 MB nên không gửi được. Hãy gọi lại với limit nhỏ hơn; nếu vẫn lỗi, báo quản trị hệ thống.',
    en: 'The answer is over 6 MB and cannot be sent. Call again with a smaller limit; if it fails again, tell the administrator.',
  },
};

/** As the pool calls the API: its scopes are `chi-tra/cases:read`. */
export const poolPrefix = 'chi-tra/';

/**
 * A client of the user pool is a client of ours when two administrators entered it by its name there. It may what both say: its
 * entry, and the token that the pool gave it.
 */
export function poolClients(tokens: ApiTokens, entered: ApiClients): ApiClients {
  return {
    async clientOf(token) {
      const holder = await tokens.holderOf(token);
      const client = holder === undefined ? undefined : await entered.clientOf(poolToken(holder.clientId));
      if (holder === undefined || client === undefined) return undefined;
      return { ...client, scopes: client.scopes.filter((scope) => holder.scopes.includes(`${poolPrefix}${scope}`)) };
    },
  };
}
