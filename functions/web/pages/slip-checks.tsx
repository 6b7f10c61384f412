/** What the Treasury would refuse the slip for, one line a check, above the signatures. */
import type { FC } from 'hono/jsx';
import { localDateOf } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import type { Slip } from '../../../shared/case/slip.ts';
import { type Actor, type PreCheck, preCheckTitles } from '../../../shared/disbursement/pre-check.ts';
import { slipEvidence } from '../../../shared/disbursement/pre-check-evidence.ts';
import { preChecks } from '../../../shared/disbursement/pre-checks.ts';
import { referencesOf } from '../../../shared/disbursement/slips.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { Tag } from '../elements.tsx';
import type { Visit } from '../page.tsx';

const shapes = {
  holds: { shape: '✓', tone: 'done', word: { vi: 'đạt', en: 'holds' } },
  warns: { shape: '!', tone: 'stuck', word: { vi: 'cần xem', en: 'look' } },
  fails: { shape: '✗', tone: 'back', word: { vi: 'chưa đạt', en: 'fails' } },
} as const;

const actors: Readonly<Record<Actor, Sentence>> = {
  unit: { vi: 'đơn vị', en: 'the unit' },
  finance: { vi: 'Sở Tài chính', en: 'Finance' },
  administrator: { vi: 'quản trị hệ thống', en: 'the administrators' },
};

/** Nothing once the slip is sent: from then on the Treasury checks. */
export const SlipChecks: FC<{ visit: Visit; slip: Slip }> = async ({ visit, slip }) => {
  const { say, ports } = visit;
  if (slip.sent !== undefined) return <></>;
  const evidence = await slipEvidence(slip, await referencesOf(slip, ports), ports, ports.papers.rowsOf);
  const checks = preChecks(evidence, localDateOf(ports.now()));
  const isFailing = checks.some(({ state }) => state === 'fails');
  return (
    <section>
      <h2>{say('Kiểm tra trước khi gửi Kho bạc', 'Checked before it goes to the Treasury')}</h2>
      {isFailing ? (
        <p class="note">
          {say(
            'Còn mục chưa đạt: chưa được ký và chưa được ghi nhận đã gửi.',
            'Something fails: it must not be signed, nor its sending recorded.',
          )}
        </p>
      ) : (
        ''
      )}
      <ul class="checks">
        {checks.map((check) => (
          <Line visit={visit} check={check} />
        ))}
      </ul>
      {may(visit.account, 'signatory.see') ? (
        <p class="hint">
          <a href="/nguoi-ky">{say('Người có thẩm quyền ký', 'Who may sign')}</a>
        </p>
      ) : (
        ''
      )}
    </section>
  );
};

const Line: FC<{ visit: Visit; check: PreCheck }> = ({ visit, check: { code, state, holds, findings } }) => {
  const { say, words } = visit;
  const { shape, tone, word } = shapes[state];
  return (
    <li>
      <Tag tone={tone}>
        {shape} {words(word)}
      </Tag>{' '}
      <strong>
        {code} {words(preCheckTitles[code])}.
      </strong>{' '}
      {findings.length === 0
        ? words(holds)
        : findings.map(({ state: found, says, actor }) => (
            <span class="finding">
              {found === 'fails' ? '✗' : '!'} {words(says)}{' '}
              <span class="hint">
                {say('Người xử lý: ', 'To act: ')}
                {words(actors[actor])}.
              </span>{' '}
            </span>
          ))}
    </li>
  );
};
