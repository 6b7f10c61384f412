/** Who is asked to confirm a batch now, and whether the mail reached them. */
import type { FC } from 'hono/jsx';
import type { Batch } from '../../../shared/case/batch.ts';
import { keyOfNext } from '../../../shared/case/delivery.ts';
import { askingKey } from '../../../shared/approval/asking-mail.ts';
import { awaitedNow, nextStep } from '../../../shared/approval/next.ts';
import { At } from '../elements.tsx';
import type { Visit } from '../page.tsx';
import type { MailRecord, Mails } from '../ports.ts';

export const Asked: FC<{ visit: Visit; batch: Batch }> = async ({ visit, batch }) => {
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
          </li>
        ),
      )}
    </>
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
