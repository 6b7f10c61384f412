/** The acts on connections: systems that call the API, and systems that are told what moves. */
import { addDays, localDateOf } from '../../../shared/calendar.ts';
import { confirmClient, proposeClient, revokeClient } from '../../../shared/case/api-client-acts.ts';
import { endReceiver } from '../../../shared/case/webhook-receiver.ts';
import { newToken } from '../api-token.ts';
import { type Answer, field, type Visit } from '../page.tsx';
import { connectionsPage, noWebhooks } from './connections.tsx';

const idOf = ({ params }: Visit) => params['id'] ?? '';
const done = (note: string): Answer => ({ to: `/ket-noi?ghi=${note}` });
const chosen = ({ form }: Visit, name: string) => form.getAll(name).filter((one) => typeof one === 'string');

/** The token is on the page that answers, and nowhere else ever. */
export async function proposeClientAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const token = newToken();
  const days = field(form, 'days');
  const expiresOn = /^\d{1,3}$/.test(days) ? addDays(localDateOf(ports.now()), Number(days)) : '';
  const units = field(form, 'units')
    .split(/[\s,;]+/)
    .filter((code) => code !== '');
  const poolClient = field(form, 'poolClient');
  const inPool = poolClient === '' ? {} : { poolClient };
  const wish = { name: field(form, 'name'), scopes: chosen(visit, 'scope'), units, expiresOn, token, ...inPool };
  const outcome = await proposeClient(wish, account, ports);
  if (outcome.outcome === 'refused') return connectionsPage(visit, { problem: outcome.why });
  return poolClient === '' ? connectionsPage(visit, { once: { what: 'token', text: token } }) : done('de-nghi');
}

export async function confirmClientAct(visit: Visit): Promise<Answer> {
  const outcome = await confirmClient(idOf(visit), visit.account, visit.ports);
  return outcome.outcome === 'refused' ? connectionsPage(visit, { problem: outcome.why }) : done('xac-nhan');
}

export async function revokeClientAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const outcome = await revokeClient(idOf(visit), field(form, 'reason'), account, ports);
  return outcome.outcome === 'refused' ? connectionsPage(visit, { problem: outcome.why }) : done('thu-hoi');
}

export async function registerReceiverAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  if (ports.webhooks === undefined) return connectionsPage(visit, { problem: noWebhooks });
  const wish = { name: field(form, 'name'), url: field(form, 'url'), events: chosen(visit, 'event') };
  const outcome = await ports.webhooks.register(wish, account);
  if (outcome.outcome === 'refused') return connectionsPage(visit, { problem: outcome.why });
  return connectionsPage(visit, { once: { what: 'secret', text: outcome.secret } });
}

export async function endReceiverAct(visit: Visit): Promise<Answer> {
  const { form, account, ports } = visit;
  const outcome = await endReceiver(idOf(visit), field(form, 'reason'), account, ports);
  return outcome.outcome === 'refused' ? connectionsPage(visit, { problem: outcome.why }) : done('ngung');
}

export async function sendMessageAgainAct(visit: Visit): Promise<Answer> {
  const { form, ports } = visit;
  const isFound = await ports.webhooks?.again(idOf(visit), field(form, 'message'));
  if (isFound === true) return done('gui-lai');
  const problem = {
    vi: 'Không có thông báo gửi hỏng này; có thể đã được gửi lại.',
    en: 'There is no such failed message; it may have been sent again.',
  };
  return connectionsPage(visit, { problem });
}
