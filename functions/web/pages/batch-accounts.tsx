/** Which accounts of a list may send the money back: counts for everyone, the people for those who may see them. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { type AccountVerdict, findingSentence } from '../../../shared/case/account-check.ts';
import { accountStanding } from '../../../shared/case/account-standing.ts';
import { type Batch, type FrozenList, type FrozenPart, payable } from '../../../shared/case/batch.ts';
import { readCase } from '../../../shared/case/case.ts';
import { groupsOf } from '../../../shared/case/history.ts';
import { caseIdOf } from '../../../shared/case/part.ts';
import { Tag } from '../elements.tsx';
import type { Visit } from '../page.tsx';

/** A longer list is looked through when somebody asks for it: each account is opened and its history read. */
const mostUnasked = 300;
const mostNamed = 40;
const groupSize = 100;

export const BatchAccounts: FC<{ visit: Visit; batch: Batch; list: FrozenList }> = async ({ visit, batch, list }) => {
  const { say, query } = visit;
  const { parts } = payable(batch, list);
  // Once it is decided the slips are checked, one by one.
  if (batch.provincial !== undefined) return <></>;
  return (
    <section>
      <h2>{say('Tài khoản có nhận được tiền không', 'Will the accounts take the money')}</h2>
      {parts.length <= mostUnasked || query.get('tai-khoan') === 'xem' ? (
        <Checked visit={visit} parts={parts} />
      ) : (
        <p>
          <a href={`/dot/${batch.id}?tai-khoan=xem`}>
            {say(`Kiểm tra ${parts.length} tài khoản`, `Check ${parts.length} accounts`)}
          </a>
        </p>
      )}
    </section>
  );
};

const Checked: FC<{ visit: Visit; parts: readonly FrozenPart[] }> = async ({ visit, parts }) => {
  const { say, words, account } = visit;
  const checked = await verdictsOf(visit, parts);
  const countOf = (verdict: AccountVerdict['verdict']) => checked.filter((one) => one.verdict === verdict).length;
  const doubtful = checked.filter(({ verdict }) => verdict === 'doubtful');
  const seesPeople = may(account, 'batch.see-people');
  return (
    <>
      <p>
        <Tag tone="done">
          ✓ {countOf('known-good')} {say('đã từng nhận được tiền', 'have taken money')}
        </Tag>{' '}
        <Tag tone="quiet">
          ○ {countOf('never-used')} {say('chưa từng chi', 'never used')}
        </Tag>{' '}
        <Tag tone={doubtful.length === 0 ? 'quiet' : 'stuck'}>
          ! {doubtful.length} {say('có thể bị trả lại', 'may bounce')}
        </Tag>
      </p>
      {seesPeople && doubtful.length > 0 ? (
        <ul>
          {doubtful.slice(0, mostNamed).map(({ caseId, name, findings }) => (
            <li>
              <a href={`/ho-so/${caseId}`}>{name}</a>:{' '}
              {findings.map((finding) => words(findingSentence(finding))).join(' ')}
            </li>
          ))}
        </ul>
      ) : (
        ''
      )}
      {seesPeople && doubtful.length > mostNamed ? (
        <p class="hint">
          {say(`Và ${doubtful.length - mostNamed} người khác.`, `And ${doubtful.length - mostNamed} more.`)}
        </p>
      ) : (
        ''
      )}
    </>
  );
};

async function verdictsOf({ ports }: Visit, parts: readonly FrozenPart[]) {
  const checked: (AccountVerdict & { readonly caseId: string; readonly name: string })[] = [];
  for (const group of groupsOf(parts, groupSize)) {
    const some = await Promise.all(
      group.map(async ({ part }) => {
        const of = await readCase(ports.store, caseIdOf(part));
        if (of === undefined) return [];
        const { verdict, findings, who } = await accountStanding(of, of.account, ports);
        return [{ verdict, findings, caseId: of.id, name: who.fullName }];
      }),
    );
    checked.push(...some.flat());
  }
  return checked;
}
