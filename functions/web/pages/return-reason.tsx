/** Why a payment came back, who must act, and what the unit may tell the person. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { returnReasonOf } from '../../../shared/disbursement/return-reasons.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import type { Visit } from '../page.tsx';

const actors: Readonly<Record<'unit' | 'finance' | 'home-affairs', Sentence>> = {
  unit: { vi: 'Đơn vị', en: 'The unit' },
  finance: { vi: 'Sở Tài chính', en: 'Finance' },
  'home-affairs': { vi: 'Sở Nội vụ', en: 'Home Affairs' },
};

export const WhyItCameBack: FC<{ visit: Visit; said: string | undefined }> = ({ visit, said }) => {
  const { say, words, account } = visit;
  const { code, means, actor, toDo, message } = returnReasonOf(said);
  return (
    <>
      <p>
        <strong>
          {words(means)} ({code}).
        </strong>{' '}
        {say('Người xử lý: ', 'To act: ')}
        {words(actors[actor])}. {words(toDo)}
      </p>
      {message !== undefined && may(account, 'account.correct') ? (
        <details>
          <summary>{say('Lời nhắn soạn sẵn cho người hưởng', 'Ready message to the person')}</summary>
          <p class="letter" lang="vi">
            {message}
          </p>
        </details>
      ) : (
        ''
      )}
    </>
  );
};
