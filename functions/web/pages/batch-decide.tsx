/** The form in which a step is confirmed, with the people it takes out, or the whole is given back. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { type Batch, type FrozenList, type FrozenPart, payable } from '../../../shared/case/batch.ts';
import type { TakeOut } from '../../../shared/approval/decide.ts';
import { exceptionsFirst } from '../../../shared/approval/difference.ts';
import { nextStep } from '../../../shared/approval/next.ts';
import { formatDong, sum } from '../../../shared/dong.ts';
import { Field, Form, Money, Table } from '../elements.tsx';
import { field, type Visit } from '../page.tsx';
import { Marks, named, rowsAPage } from './batch-people.tsx';
import { regimeNames } from '../words.ts';

export interface Draft {
  readonly out: readonly TakeOut[];
  readonly page: number;
}

/** The people to be taken out are carried from page to page within the form; nothing is stored until it is confirmed. */
export function draftOf(visit: Visit, parts: readonly FrozenPart[]): Draft {
  const { form } = visit;
  const chosen = new Set(form.getAll('out').map(String));
  const back = new Set(form.getAll('to-unit').map(String));
  const out = parts.flatMap(({ part }) =>
    chosen.has(part) ? [{ part, reason: field(form, `reason-${part}`), toUnit: back.has(part) }] : [],
  );
  return { out, page: Math.max(1, Number(field(form, 'page') || '1') || 1) };
}

export const Decide: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, words } = visit;
  const step = nextStep(batch);
  const { parts, total } = payable(batch, list);
  const draft = draftOf(visit, parts);
  const ordered = exceptionsFirst(parts);
  const pages = Math.ceil(ordered.length / rowsAPage);
  const page = Math.min(draft.page, pages);
  const onPage = ordered.slice((page - 1) * rowsAPage, page * rowsAPage);
  const shown = await named(visit, onPage);
  const isHere = (part: string) => onPage.some((one) => one.part === part);
  const outTotal = sum(
    parts.filter(({ part }) => draft.out.some((one) => one.part === part)).map((part) => BigInt(part.total)),
  );
  const left = parts.length - draft.out.length;
  return (
    <Form to={`/dot/${batch.id}/xac-nhan`} visit={visit} class="decide">
      {/* The first button is what the Enter key presses: it only counts again what is ticked. */}
      <button
        type="submit"
        class="unseen"
        tabindex={-1}
        formaction={`/dot/${batch.id}/xem`}
        name="page"
        value={String(page)}
      >
        {say('Đếm lại', 'Count again')}
      </button>
      <h2>{words(step?.confirms)}</h2>
      <WhatWasSeen batch={batch} />
      {draft.out
        .filter(({ part }) => !isHere(part))
        .map(({ part, reason, toUnit = false }) => (
          <>
            <input type="hidden" name="out" value={part} />
            <input type="hidden" name={`reason-${part}`} value={reason} />
            {toUnit ? <input type="hidden" name="to-unit" value={part} /> : ''}
          </>
        ))}
      {may(visit.account, 'batch.see-people') ? <Ticks visit={visit} shown={shown} draft={draft} /> : ''}
      {pages > 1 && may(visit.account, 'batch.see-people') ? (
        <p class="pager">
          {say(`Trang ${page} trên ${pages}. `, `Page ${page} of ${pages}. `)}
          {page > 1 ? (
            <button type="submit" formaction={`/dot/${batch.id}/xem`} name="page" value={String(page - 1)}>
              ← {say('Trước', 'Before')}
            </button>
          ) : (
            ''
          )}{' '}
          {page < pages ? (
            <button type="submit" formaction={`/dot/${batch.id}/xem`} name="page" value={String(page + 1)}>
              {say('Sau', 'Next')} →
            </button>
          ) : (
            ''
          )}
        </p>
      ) : (
        ''
      )}
      {draft.out.length === 0 ? (
        ''
      ) : (
        <p class="note">
          {say(
            `Đang đánh dấu đưa ra ${draft.out.length} người, ${formatDong(outTotal)} đồng: ${formatDong(total)} − ${formatDong(outTotal)} = ${formatDong(total - outTotal)} đồng cho ${left} người.`,
            `Marked to be taken out: ${draft.out.length}, ${formatDong(outTotal)} đồng; ${formatDong(total - outTotal)} đồng for ${left} people would be left.`,
          )}
        </p>
      )}
      <p class="act">
        <button type="submit" class="primary" name="outcome" value="confirmed">
          {say(
            `Xác nhận trên hệ thống: ${parts.length} người, ${formatDong(total)} đồng, trừ người được đánh dấu`,
            `Confirm ${parts.length} people, ${formatDong(total)} đồng, less those ticked`,
          )}
        </button>
        <span class="hint">
          {say(
            'Xác nhận này không phải chữ ký; văn bản thẩm định được ký số riêng.',
            'This is not a signature; the appraisal letter is signed on its own.',
          )}
        </span>
      </p>
    </Form>
  );
};

const Ticks: FC<{ visit: Visit; shown: Awaited<ReturnType<typeof named>>; draft: Draft }> = ({
  visit,
  shown,
  draft,
}) => {
  const { say, words } = visit;
  return (
    <Table label={say('Danh sách, ca cần xem xếp trước', 'The list, exceptions first')}>
      <thead>
        <tr>
          <th>{say('Họ và tên', 'Name')}</th>
          <th class="number">{say('Đồng', 'Đồng')}</th>
          <th>{say('Đưa ra khỏi danh sách, lý do', 'Take out, reason')}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((part) => {
          const chosen = draft.out.find((one) => one.part === part.part);
          return (
            <tr>
              <td>
                <a href={`/ho-so/${part.caseId}`}>{part.name}</a>
                <span class="hint">
                  {part.employer} · {words(regimeNames[part.regime])}
                </span>
                <Marks visit={visit} part={part} />
              </td>
              <td class="number">
                <Money amount={part.total} />
              </td>
              <td>
                <div class="take-out">
                  <label>
                    <input
                      type="checkbox"
                      name="out"
                      value={part.part}
                      checked={chosen !== undefined}
                      aria-label={say(`Đưa ${part.name} ra`, `Take ${part.name} out`)}
                    />{' '}
                    {say('Đưa ra', 'Take out')}
                  </label>
                  <input
                    name={`reason-${part.part}`}
                    value={chosen?.reason ?? ''}
                    aria-label={say(`Lý do đưa ${part.name} ra`, `Reason for ${part.name}`)}
                    placeholder={say('lý do', 'reason')}
                  />
                  <label>
                    <input
                      type="checkbox"
                      name="to-unit"
                      value={part.part}
                      checked={chosen?.toUnit === true}
                      aria-label={say(`Trả hồ sơ của ${part.name} về đơn vị`, `Return ${part.name} to the unit`)}
                    />{' '}
                    {say('Trả về đơn vị', 'Back to the unit')}
                  </label>
                </div>
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
};

/** What a decision is bound to; the store has the last word on each. */
const WhatWasSeen: FC<{ batch: Batch }> = ({ batch }) => (
  <>
    <input type="hidden" name="step" value={nextStep(batch)?.step ?? ''} />
    <input type="hidden" name="version" value={String(batch.frozen?.version ?? '')} />
    <input type="hidden" name="contentHash" value={batch.frozen?.contentHash ?? ''} />
    <input type="hidden" name="reopenings" value={String(batch.reopenings)} />
  </>
);

export const Reject: FC<{ visit: Visit; batch: Batch }> = ({ visit, batch }) => {
  const { say, form } = visit;
  return (
    <details class="act" open={field(form, 'outcome') === 'rejected'}>
      <summary>{say('Trả lại cả đợt', 'Give the whole batch back')}</summary>
      <Form to={`/dot/${batch.id}/xac-nhan`} visit={visit}>
        <WhatWasSeen batch={batch} />
        <Field label={say('Lý do trả lại', 'Reason')} name="rejection" required value={field(form, 'rejection')} />
        <button type="submit" name="outcome" value="rejected">
          {say('Trả lại cả đợt', 'Give back')}
        </button>
      </Form>
    </details>
  );
};
