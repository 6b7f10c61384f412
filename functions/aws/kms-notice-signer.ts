/**
 * The NoticeSigner port on a key of KMS (`ECC_NIST_EDWARDS25519`), found by its alias. To change the key, point the alias at
 * another: notices are signed by that one within minutes, and papers of before still verify by the public key that was kept.
 */
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { Permanent } from '../../shared/case/faults.ts';
import type { NoticeKey, NoticeSigner } from '../../shared/case/ports.ts';
import type { Scratch } from '../../shared/case/scratch.ts';
import { noticeKeyOf, verifiesNotice } from '../home/notice-keys.ts';
import { pause, type Pause, service } from './faults.ts';

export interface NoticeKeyPlace {
  /** `alias/…` */
  readonly keyId: string;
  readonly wait?: Pause;
  /** Milliseconds of the epoch. */
  readonly now?: () => number;
}

/** So long the key behind the alias is taken for the same. */
export const knownMinutes = 5;
const kind = 'notice-key';

interface Known {
  readonly key: NoticeKey;
  /** The key itself, not its alias: a signature is by the key whose name it bears. */
  readonly arn: string;
  readonly until: number;
}

/** `published` keeps every public key, for good. */
export function kmsNoticeSigner(
  client: KMSClient,
  { keyId, wait = pause, now = Date.now }: NoticeKeyPlace,
  published: Pick<Scratch, 'insert' | 'list'>,
): NoticeSigner {
  const ask = service('the key service', wait);
  let known: Known | undefined;

  async function current(): Promise<Known> {
    if (known !== undefined && known.until > now()) return known;
    const found = await ask(async () => client.send(new GetPublicKeyCommand({ KeyId: keyId })));
    if (found.PublicKey === undefined || found.KeyId === undefined) throw new Permanent('the key service gave no key');
    const key = noticeKeyOf(found.PublicKey);
    // Before anything is signed by it: nobody may hold a paper whose key is not known.
    await published.insert(kind, key.id, key.pem);
    known = { key, arn: found.KeyId, until: now() + knownMinutes * 60_000 };
    return known;
  }

  return {
    current: async () => (await current()).key,
    async sign(id, text) {
      const { key, arn } = await current();
      if (key.id !== id) throw new Error(`notices are not signed by key ${id} any more`);
      const signed = await ask(async () =>
        client.send(
          new SignCommand({
            KeyId: arn,
            Message: Buffer.from(text),
            MessageType: 'RAW',
            SigningAlgorithm: 'ED25519_SHA_512',
          }),
        ),
      );
      if (signed.Signature === undefined) throw new Permanent('the key service gave no signature');
      return signed.Signature;
    },
    // Without the key service: a paper can be verified whatever becomes of its key.
    keys: async () => (await published.list(kind)).map(({ value }) => noticeKeyOf(value)),
    verifies: verifiesNotice,
  };
}
