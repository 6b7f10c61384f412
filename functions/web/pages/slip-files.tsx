/** The files of a slip: what they prove, who took which and when, and the way to take one. */
import type { FC } from 'hono/jsx';
import { may } from '../../../shared/case/access.ts';
import { bankName } from '../../../shared/case/banks.ts';
import type { Slip } from '../../../shared/case/slip.ts';
import { formatDong } from '../../../shared/dong.ts';
import { keptHash, needsReason } from '../../../shared/disbursement/custody.ts';
import { filesOf, keyOf, type MadeKind, type SlipFile } from '../../../shared/disbursement/slip-file.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { At, Empty, Field, Form, Table } from '../elements.tsx';
import { field, type Visit } from '../page.tsx';

const madeNames: { readonly [K in MadeKind]: Sentence } = {
  'form-09.xlsx': { vi: 'Danh sách người hưởng (Mẫu số 09), bảng tính', en: 'List of beneficiaries (form 09), sheet' },
  'form-09.pdf': { vi: 'Danh sách người hưởng (Mẫu số 09), bản in PDF', en: 'List of beneficiaries (form 09), PDF' },
  'slip-data.xlsx': { vi: 'Dữ liệu từng ô của chứng từ, bảng tính', en: 'Every field of the voucher, sheet' },
  'pain-001.xml': {
    vi: 'Lệnh chuyển tiền ISO 20022 (pain.001), XML',
    en: 'ISO 20022 payment initiation (pain.001), XML',
  },
};

function nameOf(file: SlipFile, all: readonly SlipFile[]): Sentence {
  if ('made' in file) return madeNames[file.made];
  const { bank, fileType, isExample } = file.template;
  const count = all.filter((one) => 'template' in one && one.template.bank === bank).length;
  const [part, partEn] = count === 1 ? ['', ''] : [`, tệp ${file.number}/${count}`, `, file ${file.number}/${count}`];
  const [example, exampleEn] = isExample ? [' – mẫu ví dụ', ' – example layout'] : ['', ''];
  return {
    vi: `${bankName(bank)}, .${fileType}${part}${example}`,
    en: `${bankName(bank)}, .${fileType}${partEn}${exampleEn}`,
  };
}

export const SlipFiles: FC<{ visit: Visit; slip: Slip }> = ({ visit, slip }) => {
  const { say } = visit;
  const all = filesOf(slip);
  const mayTake = may(visit.account, 'slip.take-file');
  return (
    <section>
      <h2>{say('Tệp của chứng từ', 'Files of the slip')}</h2>
      <MadeFiles visit={visit} slip={slip} all={all} mayTake={mayTake} />
      {mayTake ? <BankFiles visit={visit} slip={slip} all={all} /> : ''}
      {mayTake ? <TakeAgain visit={visit} slip={slip} all={all} /> : ''}
      <TakenFiles visit={visit} slip={slip} all={all} />
    </section>
  );
};

interface Shown {
  readonly visit: Visit;
  readonly slip: Slip;
  readonly all: readonly SlipFile[];
}

const MadeFiles: FC<Shown & { mayTake: boolean }> = ({ visit, slip, all, mayTake }) => {
  const { say, words } = visit;
  const made = all.filter((file) => 'made' in file);
  const check = slip.files[0]?.check;
  return (
    <>
      <p>
        {say(
          `Mỗi tệp có ${slip.people} người, ${formatDong(BigInt(slip.total))} đồng`,
          `Each file has ${slip.people} people, ${formatDong(BigInt(slip.total))} đồng`,
        )}
        {check === undefined ? '.' : say(', mã kiểm tra ', ', check value ')}
        {check === undefined ? '' : <code>{check.slice(0, 16)}</code>}
      </p>
      <Table label={say('Tệp lập cùng chứng từ', 'Files made with the slip')}>
        <thead>
          <tr>
            <th>{say('Tệp', 'File')}</th>
            {mayTake ? <th>{say('Lấy tệp', 'Take')}</th> : ''}
            <th>SHA-256</th>
          </tr>
        </thead>
        <tbody>
          {made.map((file) => (
            <tr>
              <td>{words(nameOf(file, all))}</td>
              {mayTake ? (
                <td>
                  {needsReason(slip, keyOf(file)) ? (
                    say('đã lấy', 'taken')
                  ) : (
                    <Form to={`/chung-tu/${slip.id}/tep`} visit={visit}>
                      <input type="hidden" name="file" value={keyOf(file)} />
                      <button type="submit" aria-label={`${say('Tải', 'Download')} ${words(nameOf(file, all))}`}>
                        {say('Tải', 'Download')}
                      </button>
                    </Form>
                  )}
                </td>
              ) : (
                ''
              )}
              <td>
                <code>{keptHash(slip, file)?.slice(0, 16) ?? '–'}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
};

const BankFiles: FC<Shown> = ({ visit, slip, all }) => {
  const { say } = visit;
  const left = all.filter((file) => 'template' in file && !needsReason(slip, keyOf(file)));
  if (left.length === 0) return <></>;
  return (
    <Form to={`/chung-tu/${slip.id}/tep`} visit={visit} class="act">
      <h3>{say('Tệp chuyển khoản theo mẫu của ngân hàng', "Transfers in a bank's layout")}</h3>
      <Choice
        visit={visit}
        all={all}
        of={left}
        id="bank-file"
        label={say('Tệp của ngân hàng', "The bank's file")}
        hint={say(
          'Mẫu ví dụ dùng cho đến khi có tệp mẫu của ngân hàng; hãy so với mẫu của ngân hàng trước khi nộp.',
          "An example layout serves until the bank's own is known; compare before you hand it in.",
        )}
      />
      <button type="submit">{say('Lập và tải tệp của ngân hàng', "Make and download the bank's file")}</button>
    </Form>
  );
};

const TakeAgain: FC<Shown> = ({ visit, slip, all }) => {
  const { say, form } = visit;
  const taken = all.filter((file) => needsReason(slip, keyOf(file)));
  if (taken.length === 0) return <></>;
  return (
    <Form to={`/chung-tu/${slip.id}/tep`} visit={visit} class="act">
      <h3>{say('Lấy lại một tệp đã lấy', 'Take a file again')}</h3>
      <Choice visit={visit} all={all} of={taken} id="again-file" label={say('Tệp cần lấy lại', 'File')} />
      <Field
        label={say('Lý do lấy lại', 'Reason')}
        name="reason"
        hint={say('Được ghi cùng tên người lấy và thời điểm.', 'It is kept with who takes it, and when.')}
        required
        value={field(form, 'reason')}
      />
      <button type="submit">{say('Lấy lại tệp', 'Take it again')}</button>
    </Form>
  );
};

const Choice: FC<
  Pick<Shown, 'visit' | 'all'> & { of: readonly SlipFile[]; id: string; label: string; hint?: string }
> = ({ visit, all, of, id, label, hint }) => (
  <p class="field">
    <label for={id}>{label}</label>
    {hint === undefined ? (
      ''
    ) : (
      <span class="hint" id={`${id}-hint`}>
        {hint}
      </span>
    )}
    <select id={id} name="file" required {...(hint === undefined ? {} : { 'aria-describedby': `${id}-hint` })}>
      {of.map((file) => (
        <option value={keyOf(file)} selected={field(visit.form, 'file') === keyOf(file)}>
          {visit.words(nameOf(file, all))}
        </option>
      ))}
    </select>
  </p>
);

const TakenFiles: FC<Shown> = async ({ visit, slip, all }) => {
  const { say, words, ports } = visit;
  if (slip.taken.length === 0) return <Empty>{say('Chưa ai lấy tệp nào.', 'Nobody has taken a file.')}</Empty>;
  const rows = await Promise.all(
    slip.taken.map(async (one) => ({
      ...one,
      name: await ports.directory.nameOf(one.by),
      known: all.find((file) => keyOf(file) === one.file),
    })),
  );
  return (
    <Table label={say('Ai đã lấy tệp nào', 'Who took which file')}>
      <thead>
        <tr>
          <th>{say('Tệp', 'File')}</th>
          <th>{say('Người lấy', 'By')}</th>
          <th>{say('Lúc', 'When')}</th>
          <th>{say('Lý do lấy lại', 'Reason')}</th>
          <th>SHA-256</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ file, known, name, at, reason, hash }) => (
          <tr>
            <td>{known === undefined ? file : words(nameOf(known, all))}</td>
            <td>{name}</td>
            <td>
              <At instant={at} visit={visit} />
            </td>
            <td>{reason ?? say('lần đầu', 'first time')}</td>
            <td>
              <code>{hash.slice(0, 16)}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
};
