/**
 * Thẩm định, phê duyệt: batches, and the one page on which a batch is looked at and decided. A link in a mail opens
 * it; only a signed-in POST from this page decides.
 */
import type { FC } from 'hono/jsx';
import { formatDay, localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import {
  type Batch,
  batchSummary,
  type FrozenList,
  type FrozenPart,
  payable,
  readBatch,
  readFrozenList,
} from '../../../shared/case/batch.ts';
import { identityOf, readCase } from '../../../shared/case/case.ts';
import { markSentence, reasonSentence } from '../../../shared/case/explain.ts';
import { partSummary, caseIdOf } from '../../../shared/case/part.ts';
import { allRows } from '../../../shared/case/store.ts';
import { budgetLevels, readUnits, sources } from '../../../shared/case/unit.ts';
import { barredBecause, decide } from '../../../shared/approval/decide.ts';
import { nextStep } from '../../../shared/approval/next.ts';
import { recordProvincialDecision } from '../../../shared/approval/provincial-decision.ts';
import { linkClaim } from '../../../shared/approval/request.ts';
import { formatDong, inWords, sum } from '../../../shared/dong.ts';
import { sha256 } from '../../../shared/hash.ts';
import { At, Empty, Field, Form, Money, ProblemBox, Table, Tag } from '../elements.tsx';
import { type Answer, field, type Problem, upload, type Visit } from '../page.tsx';
import { Asked } from './batch-asked.tsx';
import { BatchPapers, SignatureFields, signatureIn, signedAs } from './batch-papers.tsx';
import { batchStatusNames, levelNames, regimeNames, sourceNames } from '../words.ts';

const rowsAPage = 40;

export async function batchesPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, account } = visit;
  return {
    page: say('Thẩm định, phê duyệt', 'Approval'),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        {may(account, 'batch.make') ? <Make visit={visit} /> : ''}
        <Batches visit={visit} />
      </>
    ),
  };
}

interface Pot {
  readonly source: (typeof sources)[number];
  readonly level: (typeof budgetLevels)[number];
  people: number;
  total: bigint;
}

/** What is appraised and in no batch, by source and level: one batch never mixes two. */
async function pots({ ports }: Visit): Promise<readonly Pot[]> {
  const found: Pot[] = sources.flatMap((source) =>
    budgetLevels.map((level) => ({ source, level, people: 0, total: 0n })),
  );
  for await (const row of allRows(ports.store, { kind: 'part', status: 'appraised' })) {
    const summary = partSummary.parse(row.summary);
    const pot = found.find(({ source, level }) => source === row.source && level === summary.level);
    if (pot === undefined) continue;
    pot.people += 1;
    pot.total += BigInt(summary.total);
  }
  return found.filter(({ people }) => people > 0);
}

const Make: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words } = visit;
  const found = await pots(visit);
  return (
    <section>
      <h2>{say('Lập đợt chi trả', 'Make a batch')}</h2>
      {found.length === 0 ? (
        <Empty>{say('Chưa có hồ sơ nào đã thẩm định để lập đợt.', 'No appraised case to put into a batch.')}</Empty>
      ) : (
        ''
      )}
      {found.map(({ source, level, people, total }) => (
        <Form to="/dot" visit={visit} class="act">
          <input type="hidden" name="source" value={source} />
          <input type="hidden" name="level" value={level} />
          <button type="submit" class="primary">
            {say(
              `Chốt danh sách ${people} người, ${formatDong(total)} đồng`,
              `Freeze ${people} people, ${formatDong(total)} đồng`,
            )}
          </button>
          <span class="hint">
            {words(sourceNames[source])}, {words(levelNames[level])}
          </span>
        </Form>
      ))}
    </section>
  );
};

const Batches: FC<{ visit: Visit }> = async ({ visit }) => {
  const { say, words, ports } = visit;
  const rows: { id: string; status: string; source: string; summary: ReturnType<typeof batchSummary.parse> }[] = [];
  for await (const row of allRows(ports.store, { kind: 'batch' })) {
    rows.push({
      id: row.stream.slice('batch/'.length),
      status: row.status,
      source: row.source ?? '',
      summary: batchSummary.parse(row.summary),
    });
  }
  if (rows.length === 0) return <Empty>{say('Chưa có đợt nào.', 'No batch yet.')}</Empty>;
  const total = sum(rows.filter(({ status }) => status !== 'released').map(({ summary }) => BigInt(summary.total)));
  return (
    <section>
      <h2>{say('Các đợt', 'Batches')}</h2>
      <Table label={say('Các đợt chi trả', 'Batches')}>
        <thead>
          <tr>
            <th>{say('Đợt', 'Batch')}</th>
            <th>{say('Nguồn, cấp', 'Source, level')}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Số tiền (đồng)', 'Sum (đồng)')}</th>
            <th>{say('Trạng thái', 'State')}</th>
            <th>{say('Từ', 'Since')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ id, status, source, summary }) => (
            <tr>
              <td>
                <a href={`/dot/${id}`}>{summary.code}</a>
              </td>
              <td>
                {words(sourceNames[sources.find((one) => one === source) ?? 'regular'])},{' '}
                {words(levelNames[summary.level])}
              </td>
              <td class="number">{summary.people}</td>
              <td class="number">
                <Money amount={summary.total} />
              </td>
              <td>{words(batchStatusNames[status])}</td>
              <td>
                <At instant={summary.since} visit={visit} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colspan={3}>{say('Tổng (không kể đợt đã trả lại)', 'Total (without those given back)')}</th>
            <td class="number">
              <Money amount={total} />
            </td>
            <td colspan={2}></td>
          </tr>
        </tfoot>
      </Table>
    </section>
  );
};

export async function makeBatch(visit: Visit): Promise<Answer> {
  const { form, ports, account } = visit;
  const source = sources.find((one) => one === field(form, 'source'));
  const level = budgetLevels.find((one) => one === field(form, 'level'));
  if (source === undefined || level === undefined)
    return batchesPage(visit, { vi: 'Hãy chọn nguồn và cấp ngân sách.', en: 'Choose a source and a level.' });
  const wish = { batchId: ports.id(), source, level, by: account.id };
  return { to: `/viec/${await ports.jobs.start('freeze', wish, account.id)}` };
}

export async function freezeAgain(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const batch = await readBatch(ports.store, params['id'] ?? '');
  const reason = field(form, 'reason');
  if (batch === undefined) return batchesPage(visit);
  if (reason === '' && batch.frozen !== undefined)
    return batchPage(visit, { vi: 'Hãy ghi lý do chốt lại danh sách.', en: 'State why the list is frozen anew.' });
  const again = batch.frozen === undefined ? {} : { reason };
  const wish = { batchId: batch.id, source: batch.source, level: batch.level, by: account.id, ...again };
  return { to: `/viec/${await ports.jobs.start('freeze', wish, account.id)}` };
}

/** A link from a mail: tied to person, step, version and content. It opens the page and does nothing else. */
export async function openLink(visit: Visit): Promise<Answer> {
  const { ports, params, account } = visit;
  const token = params['token'] ?? '';
  const holder = await ports.store.holderOf(linkClaim(token));
  const batch = holder === undefined ? undefined : await readBatch(ports.store, holder.slice('batch/'.length));
  if (batch === undefined) {
    return linkProblem(
      visit,
      'Liên kết không đúng. Hãy mở lại thư và bấm đúng liên kết, hoặc vào “Việc của tôi”.',
      'This link is not right. Open the mail again, or go to “My work”.',
    );
  }
  const asked = askedBy(batch, token);
  if (asked === undefined) {
    return linkProblem(
      visit,
      `Liên kết này thuộc phiên bản cũ của đợt ${batch.code}. Danh sách đã được chốt lại; hãy dùng thư mới nhất hoặc vào “Việc của tôi”.`,
      `This link belongs to an older version of batch ${batch.code}. Use the newest mail or go to “My work”.`,
    );
  }
  if (asked.account !== account.id) {
    return linkProblem(
      visit,
      'Liên kết này được gửi cho người khác. Hãy đăng nhập bằng tài khoản nhận thư, hoặc vào “Việc của tôi”.',
      'This link was sent to someone else. Sign in with the account that got the mail, or go to “My work”.',
    );
  }
  if (batch.decisions.some(({ step }) => step === asked.step)) {
    return linkProblem(
      visit,
      `Bước này của đợt ${batch.code} đã được xác nhận; liên kết đã dùng xong.`,
      `This step of batch ${batch.code} was decided; the link is used.`,
    );
  }
  if (localDateOf(ports.now()) > asked.until) {
    return linkProblem(
      visit,
      `Liên kết đã hết hạn ngày ${formatDay(asked.until)}. Đợt ${batch.code} vẫn chờ đồng chí: hãy mở từ “Việc của tôi”.`,
      `This link expired on ${formatDay(asked.until)}. Batch ${batch.code} still waits for you: open it from “My work”.`,
    );
  }
  return { to: `/dot/${batch.id}` };
}

function askedBy(batch: Batch, token: string) {
  return batch.asked.find(({ link }) => link === sha256(token));
}

function linkProblem(visit: Visit, vi: string, en: string): Answer {
  return {
    page: visit.say('Không mở được liên kết', 'The link does not open'),
    status: 409,
    body: (
      <>
        <ProblemBox problem={{ vi, en }} visit={visit} />
        <p>
          <a class="button" href="/">
            {visit.say('Việc của tôi', 'My work')}
          </a>
        </p>
      </>
    ),
  };
}

export async function batchPage(visit: Visit, problem?: Problem): Promise<Answer> {
  const { say, ports, params } = visit;
  const batch = await readBatch(ports.store, params['id'] ?? '');
  if (batch === undefined)
    return {
      page: say('Không tìm thấy', 'Not found'),
      body: <p>{say('Không có đợt này.', 'There is no such batch.')}</p>,
      status: 404,
    };
  if (batch.frozen === undefined)
    return {
      page: say(`Đợt ${batch.code}`, `Batch ${batch.code}`),
      body: (
        <>
          <p>
            {batch.isReleased
              ? say('Đợt này không có danh sách và đã kết thúc.', 'This batch has no list and has ended.')
              : say('Danh sách đang được chốt.', 'The list is being frozen.')}
          </p>
          {may(visit.account, 'batch.make') && !batch.isReleased ? (
            <Form to={`/dot/${batch.id}/chot-lai`} visit={visit}>
              <button type="submit">{say('Chốt tiếp nếu đã dừng giữa chừng', 'Go on, if it stopped half way')}</button>
            </Form>
          ) : (
            ''
          )}
        </>
      ),
      ...(batch.isReleased ? {} : { refreshAfter: 5 }),
    };
  const list = await readFrozenList(ports.files, batch);
  const barred = barredBecause(visit.account.id, batch, list);
  return {
    page: say(`Đợt chi trả ${batch.code}`, `Batch ${batch.code}`),
    ...(problem === undefined ? {} : { status: 422 }),
    body: (
      <>
        <ProblemBox problem={problem} visit={visit} />
        <Head visit={visit} batch={batch} list={list} />
        <Steps visit={visit} batch={batch} />
        <Breakdown visit={visit} batch={batch} list={list} />
        {canDecide(visit, batch) && barred !== undefined ? (
          <p class="note" role="status">
            {visit.words(barred)}
          </p>
        ) : (
          ''
        )}
        {canDecide(visit, batch) && barred === undefined ? (
          <>
            <Decide visit={visit} batch={batch} list={list} />
            <Reject visit={visit} batch={batch} />
          </>
        ) : (
          <ReadOnly visit={visit} batch={batch} list={list} />
        )}
        <BatchPapers visit={visit} batch={batch} />
        {may(visit.account, 'batch.record-provincial-decision') ? (
          <Provincial visit={visit} batch={batch} list={list} />
        ) : (
          ''
        )}
        {may(visit.account, 'batch.make') ? <Again visit={visit} batch={batch} /> : ''}
      </>
    ),
  };
}

function canDecide({ account }: Visit, batch: Batch): boolean {
  const step = nextStep(batch);
  return (
    !batch.isReleased &&
    batch.isRecomputed &&
    batch.differing.length === 0 &&
    step !== undefined &&
    step.role === account.role &&
    !batch.decisions.some(({ outcome }) => outcome === 'rejected')
  );
}

const Head: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, words, ports, account } = visit;
  const { parts, total } = payable(batch, list);
  const until = batch.asked.find((one) => one.account === account.id)?.until;
  return (
    <section class="result">
      <p class="total">
        {say(`${parts.length} người, ${formatDong(total)} đồng`, `${parts.length} people, ${formatDong(total)} đồng`)}
      </p>
      <p class="hint">{inWords(total)}.</p>
      <p>
        {words(sourceNames[batch.source])}, {words(levelNames[batch.level])}. {say('Người lập: ', 'Made by ')}
        {await ports.directory.nameOf(batch.madeBy)}, <At instant={batch.frozen?.at ?? batch.madeAt} visit={visit} />.{' '}
        {until === undefined ? (
          ''
        ) : (
          <strong>
            {say(
              `Đề nghị xong trước hết ngày ${formatDay(until)}.`,
              `Please finish by the end of ${formatDay(until)}.`,
            )}
          </strong>
        )}
      </p>
      <p class="hint">
        {say(`Phiên bản ${batch.frozen?.version}, mã nội dung `, `Version ${batch.frozen?.version}, content hash `)}
        <code>{batch.frozen?.contentHash.slice(0, 16)}</code>
        {batch.takenOut.size === 0
          ? ''
          : say(`; đã đưa ra ${batch.takenOut.size} người`, `; ${batch.takenOut.size} taken out`)}
      </p>
    </section>
  );
};

const Steps: FC<{ visit: Visit; batch: Batch }> = async ({ visit, batch }) => {
  const { say, ports } = visit;
  const decisions = await Promise.all(
    batch.decisions.map(async (decision) => ({ ...decision, name: await ports.directory.nameOf(decision.by) })),
  );
  const names = {
    people: say('Thẩm định đối tượng, chế độ', 'People and regimes'),
    money: say('Thẩm định kinh phí', 'Money'),
  };
  return (
    <ol class="steps-done">
      {batch.isRecomputed && batch.differing.length === 0 ? (
        <li>
          ●{' '}
          {say(
            'Hệ thống đã tính lại từng người: khớp với danh sách.',
            'Everyone was recomputed: the same as the list.',
          )}
        </li>
      ) : batch.differing.length > 0 ? (
        <li>
          ✕{' '}
          {say(
            `Tính lại khác ở ${batch.differing.length} người; đợt được trả lại.`,
            `${batch.differing.length} people compute differently; the batch is given back.`,
          )}
        </li>
      ) : (
        <li>○ {say('Đang tính lại từng người.', 'Everyone is being recomputed.')}</li>
      )}
      {decisions.map(({ step, name, at, outcome, takeOut, reason }) => (
        <li>
          {outcome === 'confirmed' ? '●' : '✕'} {names[step]}: {name}, <At instant={at} visit={visit} />.{' '}
          {outcome === 'rejected' ? say(`Trả lại: ${reason ?? ''}`, `Given back: ${reason ?? ''}`) : ''}
          {takeOut.length === 0
            ? ''
            : say(
                `Đưa ra ${takeOut.length} người: ${takeOut.map((one) => one.reason).join('; ')}.`,
                `${takeOut.length} taken out: ${takeOut.map((one) => one.reason).join('; ')}.`,
              )}
        </li>
      ))}
      <Asked visit={visit} batch={batch} />
      {batch.provincial === undefined ? (
        ''
      ) : (
        <li>
          ● {say('UBND tỉnh phê duyệt: Quyết định số ', "People's Committee: decision ")}
          {batch.provincial.number}, {formatDay(batch.provincial.on)}, {signedAs(batch.provincial, visit)}.
        </li>
      )}
      {batch.isReleased ? <li>✕ {say('Đợt đã được trả lại.', 'The batch was given back.')}</li> : ''}
    </ol>
  );
};

const Breakdown: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, words, ports } = visit;
  const { parts } = payable(batch, list);
  const units = await readUnits(ports.store);
  const table = (label: string, key: (part: FrozenPart) => string, name: (key: string) => string) => {
    const groups = new Map<string, { people: number; total: bigint }>();
    for (const part of parts) {
      const group = groups.get(key(part)) ?? { people: 0, total: 0n };
      groups.set(key(part), { people: group.people + 1, total: group.total + BigInt(part.total) });
    }
    return (
      <Table label={label}>
        <thead>
          <tr>
            <th>{label}</th>
            <th class="number">{say('Người', 'People')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
          </tr>
        </thead>
        <tbody>
          {[...groups]
            .toSorted(([one], [other]) => one.localeCompare(other, 'vi', { numeric: true }))
            .map(([of, group]) => (
              <tr>
                <td>{name(of)}</td>
                <td class="number">{group.people}</td>
                <td class="number">
                  <Money amount={group.total} />
                </td>
              </tr>
            ))}
        </tbody>
      </Table>
    );
  };
  return (
    <div class="side-by-side">
      {table(
        say('Theo điều khoản', 'By article'),
        ({ regime }) => regime,
        (regime) => words(regimeNames[regime]),
      )}
      <details>
        <summary>{say('Theo đơn vị chi trả', 'By paying unit')}</summary>
        {table(
          say('Theo đơn vị chi trả', 'By paying unit'),
          ({ unit }) => unit,
          (unit) => units.get(unit)?.name ?? unit,
        )}
      </details>
    </div>
  );
};

/** Exceptions first, then the biggest sums, then the rest. */
function sorted(parts: readonly FrozenPart[]): readonly FrozenPart[] {
  const weight = ({ open, marks }: FrozenPart) => open.length * 2 + marks.length;
  return parts.toSorted(
    (one, other) => weight(other) - weight(one) || (BigInt(other.total) > BigInt(one.total) ? 1 : -1),
  );
}

async function named({ ports }: Visit, parts: readonly FrozenPart[]) {
  return Promise.all(
    parts.map(async (part) => {
      const of = await readCase(ports.store, caseIdOf(part.part));
      return {
        ...part,
        caseId: caseIdOf(part.part),
        employer: of?.submitted.employer ?? '',
        name: of === undefined ? '–' : (await identityOf(ports.vault, of)).fullName,
      };
    }),
  );
}

const Marks: FC<{ visit: Visit; part: FrozenPart }> = ({ visit, part }) => (
  <>
    {[...part.marks.map(markSentence), ...part.open.map(reasonSentence)].map((sentence) => (
      <Tag tone="stuck">! {visit.words(sentence)}</Tag>
    ))}
  </>
);

interface Draft {
  readonly out: readonly { readonly part: string; readonly reason: string }[];
  readonly page: number;
}

/** The people to be taken out are carried from page to page within the form; nothing is stored until it is confirmed. */
function draftOf(visit: Visit, parts: readonly FrozenPart[]): Draft {
  const { form } = visit;
  const chosen = new Set(form.getAll('out').map(String));
  const out = parts.flatMap(({ part }) => (chosen.has(part) ? [{ part, reason: field(form, `reason-${part}`) }] : []));
  return { out, page: Math.max(1, Number(field(form, 'page') || '1') || 1) };
}

const Decide: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, words } = visit;
  const step = nextStep(batch);
  const { parts, total } = payable(batch, list);
  const draft = draftOf(visit, parts);
  const ordered = sorted(parts);
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
        .map(({ part, reason }) => (
          <>
            <input type="hidden" name="out" value={part} />
            <input type="hidden" name={`reason-${part}`} value={reason} />
          </>
        ))}
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
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {pages > 1 ? (
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

/** What a decision is bound to; the store has the last word on each. */
const WhatWasSeen: FC<{ batch: Batch }> = ({ batch }) => (
  <>
    <input type="hidden" name="step" value={nextStep(batch)?.step ?? ''} />
    <input type="hidden" name="version" value={String(batch.frozen?.version ?? '')} />
    <input type="hidden" name="contentHash" value={batch.frozen?.contentHash ?? ''} />
  </>
);

const Reject: FC<{ visit: Visit; batch: Batch }> = ({ visit, batch }) => {
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

const ReadOnly: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, words, query } = visit;
  const ordered = sorted(list.parts);
  const pages = Math.ceil(ordered.length / rowsAPage);
  const page = Math.min(pages, Math.max(1, Number(query.get('trang') ?? '1') || 1));
  const shown = await named(visit, ordered.slice((page - 1) * rowsAPage, page * rowsAPage));
  return (
    <section>
      <h2>{say('Danh sách', 'The list')}</h2>
      <Table label={say('Danh sách', 'The list')}>
        <thead>
          <tr>
            <th>{say('Họ và tên', 'Name')}</th>
            <th>{say('Nơi công tác', 'Employer')}</th>
            <th>{say('Chế độ', 'Regime')}</th>
            <th class="number">{say('Đồng', 'Đồng')}</th>
            <th>{say('Cần xem', 'To look at')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((part) => {
            const out = batch.takenOut.get(part.part);
            return (
              <tr class={out === undefined ? '' : 'out'}>
                <td>
                  <a href={`/ho-so/${part.caseId}`}>{part.name}</a>
                </td>
                <td>{part.employer}</td>
                <td>{words(regimeNames[part.regime])}</td>
                <td class="number">
                  <Money amount={part.total} />
                </td>
                <td>
                  {out === undefined ? (
                    <Marks visit={visit} part={part} />
                  ) : (
                    <Tag tone="quiet">
                      – {say('Đã đưa ra: ', 'Taken out: ')}
                      {out.reason}
                    </Tag>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      {pages > 1 ? (
        <nav class="pager" aria-label={say('Các trang', 'Pages')}>
          {page > 1 ? <a href={`/dot/${batch.id}?trang=${page - 1}`}>← {say('Trước', 'Before')}</a> : ''}{' '}
          {say(`Trang ${page} trên ${pages}`, `Page ${page} of ${pages}`)}{' '}
          {page < pages ? <a href={`/dot/${batch.id}?trang=${page + 1}`}>{say('Sau', 'Next')} →</a> : ''}
        </nav>
      ) : (
        ''
      )}
    </section>
  );
};

const Provincial: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = ({ visit, batch, list }) => {
  const { say, form } = visit;
  if (nextStep(batch) !== undefined || batch.provincial !== undefined || batch.isReleased) return <></>;
  const { parts, total } = payable(batch, list);
  return (
    <section class="act">
      <h2>{say('Ghi quyết định của UBND tỉnh', "Record the People's Committee's decision")}</h2>
      <p>
        {say(
          'Quyết định phê duyệt danh sách và kinh phí là căn cứ pháp lý của mọi khoản chi; số người và số tiền phải khớp với danh sách đã xác nhận.',
          'The decision is the legal basis of every payment; people and sum must agree with the confirmed list.',
        )}
      </p>
      <Form to={`/dot/${batch.id}/quyet-dinh`} visit={visit} files>
        <input type="hidden" name="version" value={String(batch.frozen?.version ?? '')} />
        <Field
          label={say('Số quyết định', 'Number')}
          name="number"
          hint="1234/QĐ-UBND"
          required
          value={field(form, 'number')}
        />
        <Field label={say('Ngày quyết định', 'Day')} name="on" type="date" required value={field(form, 'on')} />
        <SignatureFields visit={visit} />
        <Field
          label={say('Số người ghi trong quyết định', 'People in the decision')}
          name="people"
          inputmode="numeric"
          hint={say(`danh sách đã xác nhận: ${parts.length}`, `confirmed list: ${parts.length}`)}
          required
          value={field(form, 'people')}
        />
        <Field
          label={say('Tổng kinh phí ghi trong quyết định (đồng)', 'Sum in the decision (đồng)')}
          name="total"
          inputmode="numeric"
          hint={say(`danh sách đã xác nhận: ${formatDong(total)}`, `confirmed list: ${formatDong(total)}`)}
          required
          value={field(form, 'total')}
        />
        <Field
          label={say('Bản quét quyết định (PDF, ảnh)', 'Scanned decision (PDF, picture)')}
          name="paper"
          type="file"
          accept=".pdf,.png,.jpg,.jpeg"
          required
        />
        <button type="submit" class="primary">
          {say(
            `Ghi quyết định cho ${parts.length} người, ${formatDong(total)} đồng`,
            `Record the decision for ${parts.length} people, ${formatDong(total)} đồng`,
          )}
        </button>
      </Form>
    </section>
  );
};

const Again: FC<{ visit: Visit; batch: Batch }> = ({ visit, batch }) => {
  const { say } = visit;
  if (batch.isReleased || batch.provincial !== undefined) return <></>;
  return (
    <details class="act">
      <summary>{say('Chốt lại danh sách (phiên bản mới)', 'Freeze the list anew')}</summary>
      <p>
        {say(
          'Thêm những hồ sơ vừa được thẩm định cùng nguồn và cấp. Mọi xác nhận trên phiên bản cũ mất hiệu lực.',
          'Adds cases appraised since, of the same source and level. Confirmations of the old version are void.',
        )}
      </p>
      <Form to={`/dot/${batch.id}/chot-lai`} visit={visit}>
        <Field label={say('Lý do', 'Reason')} name="reason" required />
        <button type="submit">{say('Chốt lại', 'Freeze anew')}</button>
      </Form>
    </details>
  );
};

/** Decides; a refused decision shows the page again with everything that was ticked and written. */
export async function decideAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const batch = await readBatch(ports.store, params['id'] ?? '');
  if (batch?.frozen === undefined) return batchPage(visit);
  const list = await readFrozenList(ports.files, batch);
  const draft = draftOf(visit, list.parts);
  const outcome = field(form, 'outcome');
  if (outcome !== 'rejected' && outcome !== 'confirmed') return batchPage(visit);
  const unticked = list.parts.some(
    ({ part }) => field(form, `reason-${part}`) !== '' && !draft.out.some((one) => one.part === part),
  );
  if (unticked) {
    return batchPage(visit, {
      vi: 'Có người được ghi lý do nhưng chưa đánh dấu đưa ra. Chưa có gì được ghi nhận: hãy đánh dấu, hoặc xóa lý do.',
      en: 'Someone has a reason but is not ticked. Nothing was recorded: tick them, or delete the reason.',
    });
  }
  const decided = await decide(
    {
      batchId: batch.id,
      step: field(form, 'step'),
      version: Number(field(form, 'version')),
      contentHash: field(form, 'contentHash'),
      outcome,
      takeOut: outcome === 'rejected' ? [] : draft.out,
      ...(field(form, 'rejection') === '' ? {} : { reason: field(form, 'rejection') }),
      shown: shownText(batch, list, draft),
    },
    account,
    ports,
  );
  return decided.outcome === 'refused' ? batchPage(visit, decided.why) : { to: `/dot/${batch.id}` };
}

/** What the person had before them, kept with the decision: the sums, and the difference they made. */
function shownText(batch: Batch, list: FrozenList, draft: Draft): string {
  const { parts, total } = payable(batch, list);
  const outTotal = sum(
    parts.filter(({ part }) => draft.out.some((one) => one.part === part)).map((part) => BigInt(part.total)),
  );
  return [
    `Đợt ${batch.code}, phiên bản ${batch.frozen?.version}, mã nội dung ${batch.frozen?.contentHash}`,
    `Trước: ${parts.length} người, ${formatDong(total)} đồng`,
    ...draft.out.map(({ part, reason }) => `Đưa ra: ${part}: ${reason}`),
    `Sau: ${parts.length - draft.out.length} người, ${formatDong(total - outTotal)} đồng`,
  ].join('\n');
}

export async function provincialAct(visit: Visit): Promise<Answer> {
  const { form, ports, account, params } = visit;
  const digits = (name: string) => field(form, name).replaceAll(/[.\s]/g, '');
  const people = digits('people');
  const total = digits('total').replace(/đ(ồng)?$/u, '');
  if (!/^\d{1,6}$/.test(people) || !/^\d{1,15}$/.test(total)) {
    return batchPage(visit, {
      vi: 'Số người và tổng kinh phí phải là số, ví dụ 119 và 118.345.678.900.',
      en: 'People and sum must be numbers, such as 119 and 118.345.678.900.',
    });
  }
  const paper = await upload(form, 'paper');
  const recorded = await recordProvincialDecision(
    {
      batchId: params['id'] ?? '',
      version: Number(field(form, 'version')),
      ...signatureIn(form),
      people: Number(people),
      total: BigInt(total),
      paper: paper === undefined ? '' : await ports.files.put(paper.bytes),
    },
    account.id,
    ports,
  );
  return recorded.outcome === 'refused' ? batchPage(visit, recorded.why) : { to: `/dot/${params['id'] ?? ''}` };
}
