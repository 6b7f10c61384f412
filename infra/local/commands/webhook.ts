/**
 * `npm run --silent webhook -- --by ACCOUNT …`: systems that are told what moved. `--name … --url https://… --event …` registers one and
 * prints its secret once; `--end ID --reason …` ends it; `--again RECEIVER/MESSAGE` sends once more what was given up; `--list` tells
 * receivers, what waits and what failed.
 */
import { parseArgs } from 'node:util';
import { outbox } from '../../../functions/webhooks/outbox.ts';
import { register } from '../../../functions/webhooks/register.ts';
import type { Account } from '../../../shared/case/access.ts';
import type { Ports } from '../../../shared/case/ports.ts';
import { endReceiver, openReceivers } from '../../../shared/case/webhook-receiver.ts';
import type { Home } from '../home.ts';
import { asAdministrator, refuse, say, tellRefusal } from './connections.ts';

process.exitCode = await run();

async function run(): Promise<number> {
  let asked: ReturnType<typeof options>;
  try {
    asked = options();
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
  return asAdministrator(asked.by, async (account, ports, home) => act(asked, account, ports, home));
}

function options() {
  return parseArgs({
    options: {
      by: { type: 'string' },
      name: { type: 'string' },
      url: { type: 'string' },
      event: { type: 'string', multiple: true, default: [] },
      end: { type: 'string' },
      reason: { type: 'string', default: '' },
      again: { type: 'string' },
      list: { type: 'boolean' },
    },
  }).values;
}

async function act(
  { name, url, event, end, reason, again, list }: ReturnType<typeof options>,
  account: Account,
  ports: Ports,
  home: Home,
): Promise<number> {
  const box = outbox(home.scratch.port, Date.now);
  if (list === true) return tellAll(ports, box);
  if (end !== undefined) {
    const done = await endReceiver(end, reason, account, ports);
    if (done.outcome === 'refused') return tellRefusal(done);
    say('Đã ngừng gửi tới nơi này.');
    return 0;
  }
  if (again !== undefined) {
    const [receiver = '', message = ''] = again.split('/');
    if (!(await box.again(receiver, message))) return refuse('Không có thông báo gửi hỏng nào như vậy.');
    say('Sẽ gửi lại trong ít phút.');
    return 0;
  }
  // The demonstration's data have demonstration receivers: its own machine, in clear.
  const allowsInside = process.env['MODE'] !== 'production';
  const made = await register({ name: name ?? '', url: url ?? '', events: event }, account, ports, { allowsInside });
  if (made.outcome === 'refused') return tellRefusal(made);
  say(`Nơi nhận: ${made.id}`, `Khóa ký, chỉ hiện một lần: ${made.secret}`);
  return 0;
}

async function tellAll(ports: Ports, box: ReturnType<typeof outbox>): Promise<number> {
  for (const { id, name, url, events } of await openReceivers(ports.store)) {
    say(['nhận', id, url, events.join(','), name].join('\t'));
  }
  for (const { receiver, id, type, tries, fault = '' } of await box.waiting()) {
    say(['chờ', `${receiver}/${id}`, type, `${tries} lần`, fault].join('\t'));
  }
  for (const { receiver, id, type, tries, fault = '' } of await box.failed()) {
    say(['hỏng', `${receiver}/${id}`, type, `${tries} lần`, fault, whatToDo].join('\t'));
  }
  return 0;
}

const whatToDo = 'Hỏi bên nhận vì sao; khi họ đã sửa, gửi lại bằng --again. Họ cũng đọc được trạng thái qua API.';
