/** What a mail and a letter may say and what not, read off the rules that they are made through. */
import type { FC } from 'hono/jsx';
import {
  mayNotSay,
  maySay,
  noticeEventNames,
  type NoticeEvent,
  noticeEvents,
  type NoticeFact,
  noticeFactNames,
  type NoticeWay,
} from '../../../shared/completion/notice-rules.ts';
import { Table } from '../elements.tsx';
import type { Visit } from '../page.tsx';

export const LetterRules: FC<{ visit: Visit }> = ({ visit }) => {
  const { say, words } = visit;
  return (
    <details>
      <summary>{say('Được nói gì, không được nói gì', 'What may be said, and what not')}</summary>
      <Table label={say('Nội dung được nói', 'What may be said')}>
        <thead>
          <tr>
            <th>{say('Việc', 'What happened')}</th>
            <th>{say('Cách báo', 'How')}</th>
            <th>{say('Được nói', 'May say')}</th>
            <th>{say('Không được nói', 'May not say')}</th>
          </tr>
        </thead>
        <tbody>
          {grouped().map(({ way, events }) => (
            <Row visit={visit} way={way} what={events.map((event) => words(noticeEventNames[event])).join('; ')} />
          ))}
        </tbody>
      </Table>
    </details>
  );
};

/** What happened that is told alike stands in one row. */
function grouped(): readonly { readonly way: NoticeWay; readonly events: readonly NoticeEvent[] }[] {
  const ways = noticeEvents.flatMap((event): readonly NoticeWay[] => [
    { event, to: 'unit', by: 'mail' },
    { event, to: 'person', by: 'letter' },
  ]);
  const alike = Map.groupBy(ways, (way) => `${way.by} ${maySay(way).join()}`);
  return [...alike.values()]
    .flatMap((group) => group.slice(0, 1).map((way) => ({ way, events: group.map(({ event }) => event) })))
    .toSorted((one, other) => Number(one.way.by === 'letter') - Number(other.way.by === 'letter'));
}

const Row: FC<{ visit: Visit; way: NoticeWay; what: string }> = ({ visit, way, what }) => {
  const { say, words } = visit;
  const list = (facts: readonly NoticeFact[]) => facts.map((fact) => words(noticeFactNames[fact])).join(', ');
  return (
    <tr>
      <td>{what}</td>
      <td>
        {way.by === 'mail'
          ? say('thư điện tử cho đơn vị', 'mail to the unit')
          : say('thư giấy giao người hưởng', 'letter to the person')}
      </td>
      <td>{list(maySay(way))}</td>
      <td>{list(mayNotSay(way))}</td>
    </tr>
  );
};
