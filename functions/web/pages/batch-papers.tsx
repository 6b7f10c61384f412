/** The legal papers of a batch: made from the frozen list, signed outside, and recorded against it. */
import type { FC } from 'hono/jsx';
import { formatDay } from '../../../shared/calendar.ts';
import { may } from '../../../shared/case/access.ts';
import { type Batch, capacities, type SignedLetter } from '../../../shared/case/batch.ts';
import { type LegalPaperKind, legalPaperKinds } from '../../../shared/approval/legal-papers.ts';
import { type Capacity, letterDue, type Signature } from '../../../shared/approval/signed-letter.ts';
import type { DigitalSignature } from '../../../shared/case/digital-signature.ts';
import type { Sentence } from '../../../shared/vietnamese.ts';
import { At, Field, Form } from '../elements.tsx';
import { FileField } from '../large-files.tsx';
import { field, type Form as Posted, type Visit } from '../page.tsx';

const paperNames: Readonly<Record<LegalPaperKind, Sentence>> = {
  appraisal: { vi: 'Văn bản thẩm định (Sở Nội vụ)', en: 'Appraisal letter (Home Affairs)' },
  submission: { vi: 'Tờ trình (Sở Tài chính)', en: 'Submission (Finance)' },
  decision: { vi: 'Dự thảo Quyết định của UBND tỉnh', en: "Draft decision of the People's Committee" },
};
export const capacityNames: Readonly<Record<Capacity, Sentence>> = {
  head: { vi: 'Cấp trưởng ký', en: 'Head' },
  KT: { vi: 'KT. (ký thay)', en: 'KT. (for the head)' },
  TL: { vi: 'TL. (thừa lệnh)', en: 'TL. (by order)' },
  TUQ: { vi: 'TUQ. (thừa ủy quyền)', en: 'TUQ. (by authority)' },
};

/** `KT. Nguyễn Văn A`, with the document that lets them sign so. */
export function signedAs(
  {
    signatory,
    capacity,
    mandate,
  }: { signatory: string; capacity?: Capacity | undefined; mandate?: string | undefined },
  { say }: Visit,
): string {
  const short = capacity === undefined || capacity === 'head' ? '' : `${capacity}. `;
  return `${short}${signatory}${mandate === undefined ? '' : say(` (theo ${mandate})`, ` (by ${mandate})`)}`;
}

export const BatchPapers: FC<{ visit: Visit; batch: Batch }> = ({ visit, batch }) => {
  const { say, words, account } = visit;
  const { papers, letters } = batch;
  // Somebody was taken out since the papers were made.
  const isStale =
    papers !== undefined && batch.decisions.some(({ at, takeOut }) => takeOut.length > 0 && at > papers.at);
  const due = may(account, 'batch.record-letter') ? letterDue(account, batch) : undefined;
  return (
    <section>
      <h2>{say('Văn bản', 'Papers')}</h2>
      {papers === undefined ? (
        <p class="hint">
          {say(
            'Lập văn bản thẩm định, tờ trình và dự thảo quyết định từ đúng danh sách này để ký số bên ngoài.',
            'Appraisal letter, submission and draft decision are made from this very list, to be signed outside.',
          )}
        </p>
      ) : (
        <p>
          {legalPaperKinds.map((kind, index) => (
            <>
              {index > 0 ? ' · ' : ''}
              <a href={`/dot/${batch.id}/van-ban/${kind}.docx`} download="">
                {words(paperNames[kind])} (.docx)
              </a>
            </>
          ))}
          <br />
          <span class="hint">
            {say(`Lập cho ${papers.people} người lúc `, `Made for ${papers.people} people `)}
            <At instant={papers.at} visit={visit} />.
          </span>
        </p>
      )}
      {isStale ? (
        <p class="note">
          {say(
            'Đã có người được đưa ra sau khi lập văn bản; hãy lập lại.',
            'Somebody was taken out since; make the papers again.',
          )}
        </p>
      ) : (
        ''
      )}
      {may(account, 'batch.write-papers') && !batch.isReleased && (papers === undefined || isStale) ? (
        <Form to={`/dot/${batch.id}/van-ban`} visit={visit}>
          <button type="submit">{say('Lập văn bản (.docx)', 'Make the papers (.docx)')}</button>
        </Form>
      ) : (
        ''
      )}
      {letters.length === 0 ? (
        ''
      ) : (
        <ul>
          {letters.map((letter) => (
            <li>
              ● {words(paperNames[letter.kind])}: {letter.number}, {formatDay(letter.on)}, {signedAs(letter, visit)}
              <Signatures visit={visit} signatures={letter.signatures} />
            </li>
          ))}
        </ul>
      )}
      {due === undefined ? '' : <RecordLetter visit={visit} batch={batch} kind={due} />}
    </section>
  );
};

/** What was found of digital signatures in a recorded paper; nothing for papers recorded before they were looked for. */
export const Signatures: FC<{ visit: Visit; signatures: readonly DigitalSignature[] | undefined }> = ({
  visit,
  signatures,
}) => {
  const { say } = visit;
  if (signatures === undefined) return <></>;
  if (signatures.length === 0)
    return (
      <span class="hint">
        {say('Tệp không có chữ ký số (bản quét).', 'No digital signature in the file (a scan).')}
      </span>
    );
  return (
    <>
      {signatures.map(({ signer, organisation, state, signedAt }) => (
        <span class="hint">
          {say('Chữ ký số: ', 'Digital signature: ')}
          {signer}
          {organisation === undefined ? '' : ` (${organisation})`}
          {signedAt === undefined ? '' : ', '}
          {signedAt === undefined ? '' : <At instant={signedAt} visit={visit} />}.{' '}
          {state === 'intact'
            ? say(
                'Nội dung nguyên vẹn từ khi ký; chưa kiểm tra chứng thư với cơ quan cấp.',
                'Unchanged since it was signed; the certificate was not checked with its issuer.',
              )
            : say('Loại chữ ký này chưa kiểm tra được.', 'This kind of signature is not checked.')}
        </span>
      ))}
    </>
  );
};

const RecordLetter: FC<{ visit: Visit; batch: Batch; kind: SignedLetter['kind'] }> = ({ visit, batch, kind }) => {
  const { say, words, form } = visit;
  return (
    <details class="act" open={field(form, 'letter-number') !== ''}>
      <summary>
        {say('Ghi văn bản đã ký: ', 'Record the signed letter: ')}
        {words(paperNames[kind])}
      </summary>
      <Form to={`/dot/${batch.id}/van-ban-da-ky`} visit={visit} files>
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="version" value={String(batch.frozen?.version ?? '')} />
        <input type="hidden" name="contentHash" value={batch.frozen?.contentHash ?? ''} />
        <Field
          label={say('Số, ký hiệu', 'Number')}
          name="letter-number"
          required
          value={field(form, 'letter-number')}
        />
        <Field
          label={say('Ngày văn bản', 'Day')}
          name="letter-on"
          type="date"
          required
          value={field(form, 'letter-on')}
        />
        <SignatureFields visit={visit} prefix="letter-" />
        <FileField
          visit={visit}
          label={say('Văn bản đã ký (PDF, ảnh)', 'The signed letter (PDF, picture)')}
          name="letter-paper"
          accept=".pdf,.png,.jpg,.jpeg"
          required
        />
        <button type="submit">{say('Ghi văn bản đã ký', 'Record the signed letter')}</button>
      </Form>
    </details>
  );
};

/** Who signed, in what capacity, and what lets them. */
export const SignatureFields: FC<{ visit: Visit; prefix?: string }> = ({ visit, prefix = '' }) => {
  const { say, words, form } = visit;
  return (
    <>
      <Field
        label={prefix === '' ? say('Người ký', 'Signatory') : say('Người ký văn bản', 'Signatory of the letter')}
        name={`${prefix}signatory`}
        required
        value={field(form, `${prefix}signatory`)}
      />
      <p class="field">
        <label for={`${prefix}capacity`}>{say('Ký với tư cách', 'Signs as')}</label>
        <select id={`${prefix}capacity`} name={`${prefix}capacity`}>
          {capacities.map((one) => (
            <option value={one} selected={field(form, `${prefix}capacity`) === one}>
              {words(capacityNames[one])}
            </option>
          ))}
        </select>
      </p>
      <Field
        label={say('Văn bản giao, ủy quyền ký (chỉ với TL., TUQ.)', 'Document that allows it (TL. and TUQ. only)')}
        name={`${prefix}mandate`}
        value={field(form, `${prefix}mandate`)}
      />
    </>
  );
};

export function signatureIn(form: Posted, prefix = ''): Signature {
  return {
    number: field(form, `${prefix}number`),
    on: field(form, `${prefix}on`),
    signatory: field(form, `${prefix}signatory`),
    capacity: capacities.find((one) => one === field(form, `${prefix}capacity`)) ?? 'head',
    mandate: field(form, `${prefix}mandate`),
  };
}
