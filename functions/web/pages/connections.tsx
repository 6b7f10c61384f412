/** Kết nối: systems that may call the API, and systems that are told what moves; what waits, what failed. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { apiScopes, everyClient, type StoredClient } from '../../../shared/case/api-client.ts';
import { scopeNames } from '../../../shared/case/api-client-acts.ts';
import { webhookEvents } from '../../../shared/case/webhook.ts';
import { openReceivers, type Receiver } from '../../../shared/case/webhook-receiver.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { At, Day, Empty, Field, Form, NoteBox, ProblemBox, Table, Tag } from '../elements.tsx';
import { type Answer, field, type Problem, type Visit } from '../page.tsx';
import type { FailedMessage } from '../ports.ts';
import { webhookEventNames } from '../words.ts';

const notes: ReadonlyMap<string | null, Sentence> = new Map<string | null, Sentence>([
  [
    'xac-nhan',
    { vi: 'Đã xác nhận; mã truy cập có hiệu lực từ bây giờ.', en: 'Confirmed; the token counts from now on.' },
  ],
  [
    'de-nghi',
    {
      vi: 'Đã ghi đề nghị; chờ người quản trị thứ hai xác nhận.',
      en: 'Proposed; a second administrator must confirm.',
    },
  ],
  ['thu-hoi', { vi: 'Đã thu hồi; mã truy cập không còn dùng được.', en: 'Revoked; the token counts no more.' }],
  ['ngung', { vi: 'Đã ngừng gửi tới nơi này.', en: 'Nothing more is sent there.' }],
  ['gui-lai', { vi: 'Sẽ gửi lại trong ít phút.', en: 'It is sent again within minutes.' }],
]);

export const noWebhooks: Problem = {
  vi: 'Bản cài đặt này chưa bật gửi thông báo tới hệ thống khác.',
  en: 'This installation tells no other system.',
};

interface Shown {
  readonly problem?: Problem;
  /** A secret that is shown now and never again. */
  readonly once?: { readonly what: 'token' | 'secret'; readonly text: string };
}

export async function connectionsPage(visit: Visit, { problem, once }: Shown = {}): Promise<Answer> {
  const { say, ports, query } = visit;
  const [clients, receivers] = [await everyClient(ports.store), await openReceivers(ports.store)];
  const isRefused = (form: string) => problem !== undefined && visit.path === form;
  return {
    page: say('Kết nối', 'Connections'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <NoteBox note={notes.get(query.get('ghi'))} visit={visit} />
        {once === undefined ? '' : <Once visit={visit} once={once} />}
        <p class="lead">
          {say('Tài liệu API: ', 'The API is described at ')}
          <a href="/api/openapi.json" download="">
            /api/openapi.json
          </a>
        </p>
        <h2>{say('Hệ thống được gọi API', 'Systems that may call the API')}</h2>
        <Clients visit={visit} clients={clients} />
        <ProposeClient visit={visit} isRefused={isRefused('/ket-noi')} />
        <h2>{say('Nơi nhận thông báo', 'Systems that are told what moves')}</h2>
        <Receivers visit={visit} receivers={receivers} />
        <RegisterReceiver visit={visit} isRefused={isRefused('/noi-nhan')} />
        <Failed visit={visit} failed={(await ports.webhooks?.failed()) ?? []} receivers={receivers} />
      </>
    ),
  };
}

const Once: FC<{ visit: Visit; once: NonNullable<Shown['once']> }> = ({ visit: { say }, once: { what, text } }) => (
  <div class="note" role="status">
    <p>
      {what === 'token'
        ? say(
            'Mã truy cập, chỉ hiện lần này; mã có hiệu lực khi người quản trị khác xác nhận. Chuyển cho bên kết nối qua kênh an toàn, không qua thư.',
            'The token is shown this once; it counts when another administrator has confirmed it. Hand it over safely, never by mail.',
          )
        : say(
            'Khóa ký, chỉ hiện lần này. Bên nhận dùng khóa để kiểm tra chữ ký của từng thông báo.',
            'The signing secret is shown this once. The receiver checks the signature of each message with it.',
          )}
    </p>
    <p>
      <code>{text}</code>
    </p>
  </div>
);

const looks = {
  proposed: { tone: 'waiting', shape: '○', vi: 'Chờ người thứ hai', en: 'To be confirmed' },
  open: { tone: 'done', shape: '●', vi: 'Đang dùng', en: 'Open' },
  revoked: { tone: 'quiet', shape: '–', vi: 'Đã thu hồi', en: 'Revoked' },
} as const;

const Clients: FC<{ visit: Visit; clients: readonly StoredClient[] }> = ({ visit, clients }) => {
  const { say } = visit;
  if (clients.length === 0) return <Empty>{say('Chưa có hệ thống nào.', 'There is none yet.')}</Empty>;
  return (
    <Table label={say('Hệ thống được gọi API', 'Systems that may call the API')}>
      <thead>
        <tr>
          <th>{say('Hệ thống', 'System')}</th>
          <th>{say('Quyền', 'Scopes')}</th>
          <th>{say('Đơn vị', 'Units')}</th>
          <th>{say('Hết hạn sau ngày', 'Last day')}</th>
          <th>{say('Tình trạng', 'State')}</th>
          <th>{say('Việc', 'Acts')}</th>
        </tr>
      </thead>
      <tbody>
        {clients.map((client) => (
          <Client visit={visit} client={client} />
        ))}
      </tbody>
    </Table>
  );
};

const Client: FC<{ visit: Visit; client: StoredClient }> = ({ visit, client }) => {
  const { say, words, account } = visit;
  const { id, status, terms, proposedBy, proposedAt } = client;
  const { tone, shape } = looks[status];
  const mayConfirm = status === 'proposed' && proposedBy !== account.id && may(account, 'connection.confirm');
  return (
    <tr>
      <td>
        {terms.name}
        <span class="hint">
          {id} · <At instant={proposedAt} visit={visit} />
        </span>
      </td>
      <td>{terms.scopes.map((scope) => words(scopeNames[scope])).join('; ')}</td>
      <td>{terms.units?.join(', ') ?? say('cả tỉnh', 'the whole province')}</td>
      <td>
        <Day day={terms.expiresOn} />
      </td>
      <td>
        <Tag tone={tone}>
          {shape} {words(looks[status])}
        </Tag>
      </td>
      <td>
        {mayConfirm ? (
          <Form to={`/ket-noi/${id}/xac-nhan`} visit={visit}>
            <button type="submit">{say('Xác nhận', 'Confirm')}</button>
          </Form>
        ) : (
          ''
        )}
        {status !== 'revoked' && may(account, 'connection.end') ? (
          <EndForm to={`/ket-noi/${id}/thu-hoi`} name={`ly-do-${id}`} label={say('Thu hồi', 'Revoke')} visit={visit} />
        ) : (
          ''
        )}
      </td>
    </tr>
  );
};

const EndForm: FC<{ to: string; name: string; label: string; visit: Visit }> = ({ to, name, label, visit }) => (
  <details class="act">
    <summary>{label}</summary>
    <Form to={to} visit={visit}>
      <p class="field">
        <label for={name}>{visit.say('Lý do', 'Reason')}</label>
        <input id={name} name="reason" type="text" required />
      </p>
      <button type="submit">{label}</button>
    </Form>
  </details>
);

interface Asked {
  readonly visit: Visit;
  /** It was sent and refused: it stands open, with what was typed. */
  readonly isRefused: boolean;
}

const typedIn = ({ visit: { form }, isRefused }: Asked) => ({
  text: (name: string, otherwise = '') => (isRefused ? field(form, name) : otherwise),
  has: (name: string, value: string) => isRefused && form.getAll(name).includes(value),
});

const ProposeClient: FC<Asked> = (asked) => {
  const { visit, isRefused } = asked;
  const { say, words, account } = visit;
  if (!may(account, 'connection.propose')) return <></>;
  const typed = typedIn(asked);
  return (
    <details class="act" open={isRefused}>
      <summary>{say('Đề nghị một hệ thống mới', 'Propose a system')}</summary>
      <Form to="/ket-noi" visit={visit}>
        <Field
          label={say('Tên hệ thống, cơ quan quản lý', 'The system and its owner')}
          name="name"
          value={typed.text('name')}
          required
        />
        <fieldset>
          <legend>{say('Được làm gì', 'What it may do')}</legend>
          {apiScopes.map((scope) => (
            <label class="choice">
              <input type="checkbox" name="scope" value={scope} checked={typed.has('scope', scope)} />{' '}
              {words(scopeNames[scope])} <code>{scope}</code>
            </label>
          ))}
        </fieldset>
        <Field
          label={say('Mã đơn vị', 'Codes of units')}
          hint={say('Cách nhau bằng dấu phẩy; để trống là cả tỉnh', 'By commas; empty is the whole province')}
          name="units"
          value={typed.text('units')}
        />
        <Field
          label={say('Số ngày hiệu lực', 'Days it counts')}
          name="days"
          inputmode="numeric"
          value={typed.text('days', '90')}
          required
        />
        <Field
          label={say('Mã ứng dụng ở kho tài khoản của đám mây', 'Client id in the user pool')}
          hint={say(
            'Chỉ khi chạy trên đám mây: hệ thống đó dùng mã của kho tài khoản ấy, không có mã truy cập nào được tạo ở đây',
            'In the cloud alone: such a system brings tokens of the user pool, and none is made here',
          )}
          name="poolClient"
          value={typed.text('poolClient')}
        />
        <button type="submit" class="primary">
          {say('Đề nghị và hiện mã truy cập', 'Propose, and show the token')}
        </button>
      </Form>
    </details>
  );
};

const Receivers: FC<{ visit: Visit; receivers: readonly Receiver[] }> = ({ visit, receivers }) => {
  const { say, words, account } = visit;
  if (receivers.length === 0) return <Empty>{say('Chưa có nơi nhận nào.', 'There is none yet.')}</Empty>;
  return (
    <Table label={say('Nơi nhận thông báo', 'Systems that are told what moves')}>
      <thead>
        <tr>
          <th>{say('Hệ thống, địa chỉ', 'System, address')}</th>
          <th>{say('Sự kiện', 'Events')}</th>
          <th>{say('Từ lúc', 'Since')}</th>
          <th>{say('Việc', 'Acts')}</th>
        </tr>
      </thead>
      <tbody>
        {receivers.map(({ id, name, url, events, since }) => (
          <tr>
            <td>
              {name}
              <span class="hint">{url}</span>
            </td>
            <td>{events.map((event) => words(webhookEventNames[event])).join('; ')}</td>
            <td>
              <At instant={since} visit={visit} />
            </td>
            <td>
              {may(account, 'connection.end') ? (
                <EndForm
                  to={`/noi-nhan/${id}/ngung`}
                  name={`ly-do-${id}`}
                  label={say('Ngừng gửi', 'End')}
                  visit={visit}
                />
              ) : (
                ''
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};

const RegisterReceiver: FC<Asked> = (asked) => {
  const { visit, isRefused } = asked;
  const { say, words, account, ports } = visit;
  if (!may(account, 'connection.propose')) return <></>;
  if (ports.webhooks === undefined) return <p class="hint">{words(noWebhooks)}</p>;
  const typed = typedIn(asked);
  return (
    <details class="act" open={isRefused}>
      <summary>{say('Thêm nơi nhận', 'Add a receiver')}</summary>
      <Form to="/noi-nhan" visit={visit}>
        <p class="field">
          <label for="receiver">{say('Tên hệ thống, cơ quan quản lý', 'The system and its owner')}</label>
          <input id="receiver" name="name" type="text" value={typed.text('name')} required />
        </p>
        <Field
          label={say('Địa chỉ nhận', 'Address')}
          hint={say('https://…, tên miền công khai', 'https://…, a public name')}
          name="url"
          value={typed.text('url')}
          required
        />
        <fieldset>
          <legend>{say('Sự kiện', 'Events')}</legend>
          {webhookEvents.map((event) => (
            <label class="choice">
              <input type="checkbox" name="event" value={event} checked={typed.has('event', event)} />{' '}
              {words(webhookEventNames[event])} <code>{event}</code>
            </label>
          ))}
        </fieldset>
        <button type="submit">{say('Thêm và hiện khóa ký', 'Add, and show the secret')}</button>
      </Form>
    </details>
  );
};

const Failed: FC<{ visit: Visit; failed: readonly FailedMessage[]; receivers: readonly Receiver[] }> = ({
  visit,
  failed,
  receivers,
}) => {
  const { say, account } = visit;
  if (failed.length === 0) return <></>;
  const names = new Map(receivers.map(({ id, name }) => [id, name]));
  return (
    <section>
      <h2>{say('Thông báo không gửi được', 'Messages that could not be sent')}</h2>
      <p>
        {say(
          'Hỏi bên nhận vì sao; khi họ đã sửa thì gửi lại. Trong lúc chờ, họ đọc được trạng thái qua API.',
          'Ask the receiver why, and send again once it is mended. Meanwhile it can read the state through the API.',
        )}
      </p>
      <Table label={say('Thông báo không gửi được', 'Messages that could not be sent')}>
        <thead>
          <tr>
            <th>{say('Nơi nhận', 'Receiver')}</th>
            <th>{say('Sự kiện', 'Event')}</th>
            <th>{say('Số lần gửi, lỗi', 'Tries, fault')}</th>
            <th>{say('Việc', 'Acts')}</th>
          </tr>
        </thead>
        <tbody>
          {failed.map(({ receiver, id, type, tries, fault = '' }) => (
            <tr>
              <td>{names.get(receiver) ?? say('đã ngừng', 'ended')}</td>
              <td>
                {type}
                <span class="hint">{id}</span>
              </td>
              <td>
                {tries} · {fault}
              </td>
              <td>
                {may(account, 'connection.propose') ? (
                  <Form to={`/noi-nhan/${receiver}/gui-lai`} visit={visit}>
                    <input type="hidden" name="message" value={id} />
                    <button type="submit">{say('Gửi lại', 'Send again')}</button>
                  </Form>
                ) : (
                  ''
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
};
