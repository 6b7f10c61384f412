/** Who is asked to confirm a batch now, and whether the mail reached them. */
import type { FC } from 'hono/jsx';
import type { Batch, FrozenList } from '../../../shared/case/batch.ts';
import { keyOfNext } from '../../../shared/case/delivery.ts';
import { barOf } from '../../../shared/approval/decide.ts';
import { askingKey } from '../../../shared/approval/asking-mail.ts';
import { awaitedNow, nextStep } from '../../../shared/approval/next.ts';
import { At } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import type { MailRecord, Mails } from '../ports.ts';

export const Asked: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { words, ports } = visit;
  const step = nextStep(batch);
  if (step === undefined || !awaitedNow(batch).startsWith('confirmation')) return <></>;
  const mails = await Promise.all(
    batch.asked
      .filter((one) => one.step === step.step)
      .map(async (one) => newestOf(await ports.mails.find(askingKey(batch, one)), ports.mails)),
  );
  return (
    <>
      {mails.map((mail) =>
        mail === undefined ? (
          ''
        ) : (
          <li>
            ○ {words(step.confirms)}: {mail.receiver.name}, <Reached visit={visit} mail={mail} />
            <Bar visit={visit} account={mail.receiver.account} batch={batch} list={list} />
          </li>
        ),
      )}
    </>
  );
};

const bars = {
  decided: { vi: 'đã xác nhận một bước khác', en: 'confirmed another step' },
  made: { vi: 'đã lập đợt', en: 'made the batch' },
  submitted: { vi: 'đã lập hồ sơ trong danh sách', en: 'submitted somebody of the list' },
  'passed-on': { vi: 'đã thẩm định hồ sơ khối Đảng trong danh sách', en: 'passed on somebody of the list' },
  appraised: { vi: 'đã thẩm định hồ sơ trong danh sách', en: 'appraised somebody of the list' },
  prepared: { vi: 'đã bổ sung, sửa hồ sơ trong danh sách', en: 'put something into a case of the list' },
  paid: { vi: 'là người được chi trả', en: 'is paid by the list' },
} as const;

/** Somebody who was asked and may not confirm: everybody sees who, and why. */
const Bar: FC<{ visit: Visit; account: string; batch: Batch; list: FrozenList }> = async ({
  visit,
  account: id,
  batch,
  list,
}) => {
  const bar = barOf((await visit.ports.directory.find(id)) ?? { id }, batch, list);
  return bar === undefined ? (
    <></>
  ) : (
    <strong>
      {' '}
      {visit.say('Không được xác nhận: ', 'May not confirm: ')}
      {visit.words(bars[bar])}.
    </strong>
  );
};

/** The mail that asked last. */
async function newestOf(mail: MailRecord | undefined, mails: Mails): Promise<MailRecord | undefined> {
  if (mail?.isSentAgain !== true) return mail;
  return newestOf(await mails.find(keyOfNext(mail.key)), mails);
}

const Reached: FC<{ visit: Visit; mail: MailRecord }> = ({ visit, mail: { delivery, at } }) => {
  const { say } = visit;
  const when = delivery.state === 'waiting' ? at : delivery.at;
  const what = {
    waiting: say('thư chờ gửi từ ', 'mail waiting since '),
    failing: say('thư chưa gửi được, thử lần cuối lúc ', 'mail not sent yet, last tried '),
    sent: say('đã gửi thư lúc ', 'mailed '),
    bounced: say('thư không tới, lúc ', 'the mail did not arrive, '),
    unneeded: say('thư không tới, lúc ', 'the mail did not arrive, '),
  };
  return (
    <span class="hint">
      {what[delivery.state]}
      <At instant={when} visit={visit} />
    </span>
  );
};
