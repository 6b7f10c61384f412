/** What was found of a digital signature in a paper that somebody signed outside. */
import * as z from 'zod';
import { type Refused, refused } from './ports.ts';

export const digitalSignature = z.object({
  /** The name in the certificate; the chain of trust to the State's root is not checked here. */
  signer: z.string(),
  organisation: z.string().exactOptional(),
  issuer: z.string(),
  signedAt: z.string().exactOptional(),
  /** Intact: nothing that it covers changed since. Unchecked: of a kind or strength that is not verified. */
  state: z.enum(['intact', 'unchecked', 'altered']),
});
export type DigitalSignature = z.infer<typeof digitalSignature>;

/** A paper that was changed after somebody signed it is no signed paper; one without a signature in it is a scan. */
export function alteredObjection(signatures: readonly DigitalSignature[] = []): Refused | undefined {
  const altered = signatures.find(({ state }) => state === 'altered');
  if (altered === undefined) return undefined;
  const { signer } = altered;
  return refused(
    `Chữ ký số của "${signer}" trong tệp không còn khớp với nội dung: tệp đã bị thay đổi sau khi ký, hoặc chỉ là một phần của tệp. Hãy tải lại đúng tệp đã ký.`,
    `The digital signature of "${signer}" does not fit the file any more: it was changed after signing, or is a part of it. Upload the signed file itself.`,
  );
}
